package query

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/siaga-id/siaga/forms"
	"github.com/siaga-id/siaga/lexicon"
	"github.com/siaga-id/siaga/text"
)

// vocabulary is everything that some queries look for in a text. What two of
// them look for is one term, and is looked for once. It is immutable.
type vocabulary struct {
	keyer    text.Keyer
	lexicon  *lexicon.Lexicon
	prefixes []prefixes
	terms    int
}

// prefixes are the beginnings of words that have the same length in bytes.
type prefixes struct {
	length int
	terms  map[text.Key]uint32
}

// term is what a wordNode or a phraseNode asks for.
type term struct {
	text       string // the words of a phrase, with spaces between
	kind       wordKind
	colloquial bool
}

// inARow is the kind of a term that is a phrase.
const inARow wordKind = -1

// newVocabulary numbers the terms of queries, which nobody else may use meanwhile.
func newVocabulary(queries []*Query) *vocabulary {
	v := &vocabulary{keyer: text.NewKeyer()}
	numbers := map[term]uint32{}
	for _, q := range queries {
		for n := range walk(q.root) {
			number(n, q.colloquial, numbers)
		}
	}
	b := lexicon.NewBuilder(v.keyer)
	for t, id := range numbers {
		if t.kind != anyForm {
			v.add(b, t, id)
		}
	}
	v.addForms(b, numbers)
	slices.SortFunc(v.prefixes, func(a, b prefixes) int { return a.length - b.length })
	v.lexicon, v.terms = b.Build(nil), len(numbers)
	return v
}

// addForms adds every spelling of the roots. That is most of the work of a
// vocabulary, and each root is a work of its own.
func (v *vocabulary) addForms(b *lexicon.Builder, numbers map[term]uint32) {
	var roots []term
	for t := range numbers {
		if t.kind == anyForm {
			roots = append(roots, t)
		}
	}
	keys := make([][]text.Key, len(roots))
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(roots)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(roots)); i = next.Add(1) - 1 {
				for s := range forms.Spellings(roots[i].text, roots[i].colloquial) {
					keys[i] = append(keys[i], v.keyer.Word(s))
				}
			}
		})
	}
	wg.Wait()
	total := 0
	for _, list := range keys {
		total += len(list)
	}
	b.Grow(total)
	for i, list := range keys {
		for _, key := range list {
			b.Word(numbers[roots[i]], key)
		}
	}
}

// number gives the terms of one node their numbers.
func number(n node, colloquial bool, numbers map[term]uint32) {
	give := func(t term) uint32 {
		id, known := numbers[t]
		if !known {
			id = uint32(len(numbers)) //nolint:gosec // memory ends before
			numbers[t] = id
		}
		return id
	}
	switch n := n.(type) {
	case *wordNode:
		n.term = give(term{n.text, n.kind, colloquial && n.kind == anyForm})
	case *phraseNode:
		if n.terms = n.terms[:0]; !n.loose {
			n.terms = append(n.terms, give(term{text: strings.Join(n.words, " "), kind: inARow}))
			return
		}
		for _, w := range n.words {
			n.terms = append(n.terms, give(term{w, anyForm, colloquial}))
		}
	}
}

func (v *vocabulary) add(b *lexicon.Builder, t term, id uint32) {
	word := v.keyer.Word(t.text)
	switch t.kind {
	case anyForm: // see addForms
	case exactly:
		b.Word(id, word)
	case tagged:
		b.Word(id, v.keyer.Tag(word))
	case prefixed:
		v.addPrefix(t.text, word, id)
	case inARow:
		var keys []text.Key
		for w := range strings.FieldsSeq(t.text) {
			keys = append(keys, v.keyer.Word(w))
		}
		b.Phrase(id, keys...)
	}
}

func (v *vocabulary) addPrefix(s string, key text.Key, id uint32) {
	i := slices.IndexFunc(v.prefixes, func(p prefixes) bool { return p.length == len(s) })
	if i < 0 {
		i = len(v.prefixes)
		v.prefixes = append(v.prefixes, prefixes{length: len(s), terms: map[text.Key]uint32{}})
	}
	v.prefixes[i].terms[key] = id
}
