package forms

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

//go:embed lookalikes.txt
var lookalikesFile string

// lookalikes maps a word that only looks like a form of some root to the roots
// that it does belong to, usually none.
//
//nolint:gochecknoglobals // read once, then never written
var lookalikes = sync.OnceValue(func() map[string][]string {
	words := make(map[string][]string, 2048)
	for head, list := range groups(lookalikesFile) {
		var roots []string
		if head != "" {
			roots = []string{head}
		}
		for word := range strings.FieldsSeq(list) {
			words[word] = roots
		}
	}
	return words
})

// related maps a root to the lookalikes that belong to it.
//
//nolint:gochecknoglobals // read once, then never written
var related = sync.OnceValue(func() map[string][]string {
	words := make(map[string][]string, 128)
	for head, list := range groups(lookalikesFile) {
		if head != "" {
			words[head] = append(words[head], strings.Fields(list)...)
		}
	}
	return words
})

// groups reads the lines of a word file: "head: word word", or words alone.
// A # begins a comment.
func groups(file string) iter.Seq2[string, string] {
	return func(yield func(head, list string) bool) {
		for line := range strings.Lines(file) {
			line, _, _ = strings.Cut(line, "#")
			head, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if !ok {
				head, list = "", head
			}
			if list != "" && !yield(head, list) {
				return
			}
		}
	}
}
