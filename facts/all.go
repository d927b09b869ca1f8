package facts

import (
	"iter"
	"slices"
	"strings"
)

// All returns the facts in the order of the file, dead ones included.
func (l *Library) All() iter.Seq[Fact] { return slices.Values(l.facts) }

// Covers reports whether the fact speaks about a cell of the issue map. A fact
// without sites holds everywhere; one with sites does not hold where no site is
// known.
func (f Fact) Covers(topic, site string) bool { return f.covers(topic, site) }

// Find returns the fact of an id, dead ones included; in another case where no
// id is written so.
func (l *Library) Find(id string) (Fact, bool) {
	i := slices.IndexFunc(l.facts, func(f Fact) bool { return f.ID == id })
	if i < 0 {
		i = slices.IndexFunc(l.facts, func(f Fact) bool { return strings.EqualFold(f.ID, id) })
	}
	if i < 0 {
		return Fact{}, false
	}
	return l.facts[i], true
}
