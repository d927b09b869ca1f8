package rules

import (
	"slices"
	"strings"

	"github.com/siaga-id/siaga/lexicon"
	"github.com/siaga-id/siaga/text"
)

// index is everything that some queries look for in a text. What two of them
// look for is one term, and is looked for once. It is immutable.
type index struct {
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

// newIndex numbers the terms of queries, which nobody else may use meanwhile.
func newIndex(queries []*query) *index {
	x := &index{keyer: text.NewKeyer()}
	numbers := map[term]uint32{}
	for _, q := range queries {
		for n := range walk(q.root) {
			number(n, q.colloquial, numbers)
		}
	}
	b := lexicon.NewBuilder(x.keyer)
	for t, id := range numbers {
		x.add(b, t, id)
	}
	slices.SortFunc(x.prefixes, func(a, b prefixes) int { return a.length - b.length })
	x.lexicon, x.terms = b.Build(nil), len(numbers)
	return x
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

func (x *index) add(b *lexicon.Builder, t term, id uint32) {
	word := x.keyer.Word(t.text)
	switch t.kind {
	case anyForm:
		b.Word(id, word)
	case exactly:
		b.Word(id, word)
	case tagged:
		b.Word(id, x.keyer.Tag(word))
	case prefixed:
		x.addPrefix(t.text, word, id)
	case inARow:
		var keys []text.Key
		for w := range strings.FieldsSeq(t.text) {
			keys = append(keys, x.keyer.Word(w))
		}
		b.Phrase(id, keys...)
	}
}

func (x *index) addPrefix(s string, key text.Key, id uint32) {
	i := slices.IndexFunc(x.prefixes, func(p prefixes) bool { return p.length == len(s) })
	if i < 0 {
		i = len(x.prefixes)
		x.prefixes = append(x.prefixes, prefixes{length: len(s), terms: map[text.Key]uint32{}})
	}
	x.prefixes[i].terms[key] = id
}
