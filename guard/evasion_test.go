package guard

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// evasions write a word so that it looks the same, or can be read all the same.
var evasions = map[string]func(*rapid.T, string) string{
	"upper case":    func(_ *rapid.T, w string) string { return strings.ToUpper(w) },
	"zero width":    hide("\u200b"),
	"soft hyphen":   hide("\u00ad"),
	"word joiner":   hide("\u2060"),
	"bidirectional": hide("\u202a"),
	"full width":    func(_ *rapid.T, w string) string { return strings.Map(wide, w) },
	"look-alikes": func(_ *rapid.T, w string) string {
		return strings.NewReplacer("a", "а", "e", "е", "o", "о", "p", "р", "c", "с").Replace(w)
	},
	"spaced":               func(_ *rapid.T, w string) string { return spaced(w, " ") },
	"dotted":               func(_ *rapid.T, w string) string { return spaced(w, ".") },
	"spaced with dashes":   func(_ *rapid.T, w string) string { return spaced(w, "-") },
	"a digit for a letter": leet,
	"stretched":            func(_ *rapid.T, w string) string { return w + strings.Repeat(w[len(w)-1:], 3) },
	"mathematical letters": func(_ *rapid.T, w string) string { return strings.Map(bold, w) },
}

func hide(what string) func(*rapid.T, string) string {
	return func(t *rapid.T, w string) string {
		at := rapid.IntRange(1, max(1, len(w)-1)).Draw(t, "at")
		return w[:at] + what + w[at:]
	}
}

func wide(r rune) rune {
	if r > ' ' && r < 0x7f {
		return r + 0xfee0
	}
	return r
}

func bold(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + '𝐚'
	}
	return r
}

func spaced(w, with string) string {
	if len(w) < minSpaced {
		return w
	}
	return strings.Join(strings.Split(w, ""), with)
}

// leet swaps one letter within a word, as far as a reader follows it.
func leet(t *rapid.T, w string) string {
	var at []int
	for i := 1; i < len(w)-1; i++ {
		if strings.IndexByte("oieas", w[i]) >= 0 {
			at = append(at, i)
		}
	}
	if len(at) == 0 || len(w) < 4 {
		return w
	}
	i := rapid.SampledFrom(at).Draw(t, "letter")
	return w[:i] + map[byte]string{'o': "0", 'i': "1", 'e': "3", 'a': "4", 's': "5"}[w[i]] + w[i+1:]
}

func TestADisguiseHidesNothing(t *testing.T) {
	var cases [][2]string // kind, sentence
	for _, line := range lines(t, "testdata/bad.txt") {
		kind, s, _ := strings.Cut(line, "\t")
		if plainWords(s) && slices.Contains([]string{"threat", "motive", "absolute", "denial"}, kind) {
			cases = append(cases, [2]string{kind, s})
		}
	}
	if len(cases) < 100 {
		t.Fatalf("%d sentences", len(cases))
	}
	names := make([]string, 0, len(evasions))
	for name := range evasions {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		c, name := rapid.SampledFrom(cases).Draw(t, "sentence"), rapid.SampledFrom(names).Draw(t, "evasion")
		faults := Check(c[1], sample())
		i := slices.IndexFunc(faults, func(f Fault) bool { return string(f.Kind) == c[0] })
		words := strings.Split(c[1][faults[i].Start:faults[i].End], " ")
		at := rapid.IntRange(0, len(words)-1).Draw(t, "word")
		words[at] = evasions[name](t, words[at])
		text := c[1][:faults[i].Start] + strings.Join(words, " ") + c[1][faults[i].End:]
		if got := Check(text, sample()); !slices.ContainsFunc(got, func(f Fault) bool { return string(f.Kind) == c[0] }) {
			t.Fatalf("%s: %s hides what is in %q: %v", text, name, c[1], got)
		}
	})
}

// plainWords reports a sentence that is no disguise yet: letters, and more than
// two in a row or a word of English.
func plainWords(s string) bool {
	for w := range strings.FieldsSeq(strings.TrimSuffix(s, ".")) {
		other := strings.IndexFunc(w, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) >= 0
		if other || len(w) == 1 && w != "a" {
			return false
		}
	}
	return true
}
