package evidence

import (
	"slices"
	"strings"
	"unicode"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// Having returns the facts, dead ones included, that have every word of a line
// in some form: in their sentence and topics, or, as it is written, in their id,
// source, number and sites. A line without a word that could tell facts apart
// finds none.
func (x *Index) Having(line string) []facts.Fact {
	d := x.ranker.desks.Get().(*desk) //nolint:forcetypeassert // the only kind
	defer x.ranker.desks.Put(d)
	x.ranker.rank(d, line, nil) // for the terms of the line
	asked := make([][]string, len(d.asked))
	for i, w := range d.asked {
		asked[i] = stems(nil, w.spelled)
	}
	var out []facts.Fact
	for i, f := range x.facts {
		if len(asked) > 0 && x.hasAll(d, asked, i) {
			out = append(out, f)
		}
	}
	return out
}

// hasAll reports whether fact i has each word that was asked.
func (x *Index) hasAll(d *desk, asked [][]string, i int) bool {
	terms, written := x.ranker.termsOf(i), written(x.facts[i])
	for n, term := range d.terms {
		if !slices.Contains(terms, term) && !slices.ContainsFunc(written, func(w string) bool { return related(w, asked[n]) }) {
			return false
		}
	}
	return true
}

// related reports whether a word of a fact may be a form of a word that was asked
// for. The roots of a library are those of words that have relatives there; a
// word that somebody looks for may be the first of its family.
func related(word string, asked []string) bool {
	return word == asked[0] || slices.ContainsFunc(stems(nil, word), func(s string) bool {
		return len(s) >= leastStem && slices.Contains(asked, s)
	})
}

// written is what people may look for in a fact, as words.
func written(f facts.Fact) []string {
	parts := slices.Concat([]string{f.Text, f.ID, f.Source.Name, f.Source.URL, f.Number, f.Unit, f.Date}, f.Topics, f.Sites)
	return strings.FieldsFunc(text.Fold(strings.Join(parts, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
