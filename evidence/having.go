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
	var out []facts.Fact
	for i, f := range x.facts {
		if len(d.asked) > 0 && x.hasAll(d, i, written(f)) {
			out = append(out, f)
		}
	}
	return out
}

// hasAll reports whether fact i has each word that was asked.
func (x *Index) hasAll(d *desk, i int, written []string) bool {
	terms := x.ranker.termsOf(i)
	for n, term := range d.terms {
		if !slices.Contains(terms, term) && !slices.Contains(written, d.asked[n].spelled) {
			return false
		}
	}
	return true
}

// written is what people may look for in a fact beside its sentence, as words.
func written(f facts.Fact) []string {
	parts := slices.Concat([]string{f.ID, f.Source.Name, f.Source.URL, f.Number, f.Unit, f.Date}, f.Topics, f.Sites)
	return strings.FieldsFunc(text.Fold(strings.Join(parts, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
