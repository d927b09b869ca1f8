package facts

import (
	"iter"
	"slices"
)

// All returns the facts in the order of the file, dead ones included.
func (l *Library) All() iter.Seq[Fact] { return slices.Values(l.facts) }

// Covers reports whether the fact speaks about a cell of the issue map. A fact
// without sites holds everywhere; one with sites does not hold where no site is
// known.
func (f Fact) Covers(topic, site string) bool { return f.covers(topic, site) }
