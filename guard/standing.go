package guard

import (
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// standing is what may stand in a text, read.
type standing struct {
	names     []string
	nameWords [][]string
	cited     []cited
}

// A cited figure is one of a fact, with what it is about.
type cited struct {
	figure
	local    []string // the content words next to it
	sentence []string // the content words of its sentence
	fact     []string // all words of its fact
}

func (c Cited) standing() standing {
	s := standing{names: append(c.names(), addresses(c.Facts)...)}
	s.nameWords = folded(c.names())
	for _, f := range c.Facts {
		s.cite(f)
	}
	for _, t := range c.Texts {
		for _, f := range figuresIn(t, read(t)) {
			if f.sort != quantity && f.sort != aName {
				s.cited = append(s.cited, cited{figure: f})
			}
		}
	}
	return s
}

// cite reads the figures of a fact. What stands in the name of its source or in
// its limits may be said, too.
func (s *standing) cite(f facts.Fact) {
	all := strings.Fields(text.Fold(f.Text + " " + f.Unit))
	for _, part := range []string{f.Text, f.Date, f.Source.Name, f.ProvesNot, f.ID} {
		words := read(part)
		list := figuresIn(part, words)
		for i, g := range list {
			if g.sort == quantity && part == f.Text {
				g = measured(g, f)
			}
			near := around(words, list, i)
			s.cited = append(s.cited, cited{figure: g, local: near.local, sentence: near.sentence, fact: all})
		}
	}
}

// measured returns a figure of a fact with the unit that the fact is kept with,
// if the sentence leaves it out.
func measured(g figure, f facts.Fact) figure {
	figures := figuresIn(f.Number+" "+f.Unit, read(f.Number+" "+f.Unit))
	if g.unit == "" && len(figures) > 0 && figures[0].value == g.value {
		g.unit = figures[0].unit
	}
	return g
}

// figures returns the faults of a text's figures.
func (s standing) figures(in string, words []word) []Fault {
	var out []Fault
	list := figuresIn(in, words)
	for i, f := range list {
		if s.allows(f, around(words, list, i)) {
			continue
		}
		kind := Number
		if f.value == "100" && f.unit == "%" { // seratus persen
			kind = Absolute
		}
		out = append(out, Fault{kind, f.start, f.end})
	}
	return out
}

// allows reports a figure that a fact has, for the same thing.
func (s standing) allows(f figure, at near) bool {
	if f.sort != quantity {
		return slices.ContainsFunc(s.cited, func(c cited) bool { return c.sort == f.sort && same(c.figure, f) })
	}
	if s.isCitedYear(f) {
		return true
	}
	own, other := 0, 0
	for _, c := range s.cited {
		switch {
		case c.sort != quantity:
		case c.value == f.value && c.counts(f):
			own = max(own, 1+at.likeness(c))
		case c.unit == f.unit:
			other = max(other, 1+at.likeness(c))
		}
	}
	return own > 0 && (other <= own || other < minBound)
}

// minBound is how much a figure's surroundings must be like those of another
// one of the facts, to be taken for a place where that one belongs.
const minBound = 3

func same(c, f figure) bool {
	switch f.sort {
	case aDate:
		return f.date.within(c.date)
	case aClock:
		return c.value == f.value && (f.unit == "" || c.unit == f.unit)
	default:
		return c.value == f.value
	}
}

// isCitedYear reports a number that is a year of a fact's dates: tahun 2026.
func (s standing) isCitedYear(f figure) bool {
	year := whole(f.value)
	return isYear(year) && f.unit == "" && slices.ContainsFunc(s.cited, func(c cited) bool { return c.sort == aDate && c.date.year == year })
}

// counts reports whether a figure of the same value counts what the fact's does.
func (c cited) counts(f figure) bool {
	switch {
	case f.unit != "":
		return f.unit == c.unit || c.unit == "" && slices.Contains(c.fact, f.unit)
	case f.noun != "":
		return slices.Contains(c.fact, f.noun)
	}
	return true
}
