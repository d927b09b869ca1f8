package guard

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/siaga-id/siaga/forms"
)

//go:embed phrases.txt
var phraseFile string

// A phrase is a row of words that must not stand in a text.
type phrase struct {
	kind   Kind
	words  [][]string // each one of several; ~root stands for the forms of a root, _ for up to two words
	before []string   // one of which right before it, or a word further, excuses it
	after  []string   // the same right behind it
}

// phrasebook is all phrases by what they may begin with.
type phrasebook struct {
	first  map[string][]phrase
	family *forms.Family // of all roots
}

//nolint:gochecknoglobals // read once, then never written
var book = sync.OnceValue(func() phrasebook {
	b := phrasebook{first: map[string][]phrase{}}
	var kind Kind
	var roots []string
	for line := range strings.Lines(phraseFile) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		switch name, isKind := strings.CutPrefix(line, "= "); {
		case line == "":
		case isKind:
			kind = Kind(strings.TrimSpace(name))
		default:
			p := readPhrase(kind, line)
			for _, w := range p.words {
				roots = append(roots, rootsIn(w)...)
			}
			b.add(p)
		}
	}
	b.family = forms.NewFamily(roots)
	return b
})

// readPhrase reads a line: words / excused before \ excused after.
func readPhrase(kind Kind, line string) phrase {
	p := phrase{kind: kind}
	line, after, _ := strings.Cut(line, `\`)
	line, before, _ := strings.Cut(line, "/")
	p.before, p.after = strings.Fields(before), strings.Fields(after)
	for w := range strings.FieldsSeq(line) {
		p.words = append(p.words, strings.Split(w, "|"))
	}
	return p
}

func rootsIn(words []string) []string {
	var out []string
	for _, w := range words {
		if root, ok := strings.CutPrefix(w, "~"); ok {
			out = append(out, root)
		}
	}
	return out
}

// add keeps a phrase, and the same phrase written without spaces (#uuite).
func (b phrasebook) add(p phrase) {
	for _, w := range p.words[0] {
		b.first[w] = append(b.first[w], p)
	}
	if len(p.words) < 2 {
		return
	}
	glued := ""
	for _, w := range p.words {
		if len(w) > 1 || w[0][0] == '~' || w[0] == "_" {
			return
		}
		glued += w[0]
	}
	p.words = [][]string{{glued}}
	b.first[glued] = append(b.first[glued], p)
}
