package config

import (
	"testing"
	"unicode/utf8"
)

// FuzzALineIsLookedAtSafely finds a place inside the line for whatever is
// wrong with its quotation marks.
func FuzzALineIsLookedAtSafely(f *testing.F) {
	for _, line := range []string{`a: "b" c`, `a: 'it''s' c`, `- "a\" b`, `{"a": "b" c}`, `# "a" b`, `a: "`, `"`, `é: "ü" ß`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		file, problem := parse("x", []byte("x: y\n"))
		if problem != nil {
			t.Fatal(problem)
		}
		file.text, file.lines = line, []int{0}
		if e := file.quotation(1); e != nil && (e.Line != 1 || e.Column < 1 || e.Column > utf8.RuneCountInString(line)) {
			t.Errorf("%q: %v", line, e)
		}
	})
}
