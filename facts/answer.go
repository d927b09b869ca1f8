package facts

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Answer is what a card says of the facts of its cell: those that answer what
// people write, or that we should listen and act instead.
type Answer struct {
	Facts       []Fact   // at most MaxFacts, the nearest first; empty with Acknowledge
	Acknowledge bool     // a grievance: acknowledge and act, denial is locked
	Live        int      // how many facts of the cell live, whether they fit or not
	Owners      []string // who is to be asked for a fact, where none lives; at most MaxFacts
}

// MaxFacts is how many facts an answer shows (matching.md 5).
const MaxFacts = 3

// Owners returns whom to ask for a fact about a cell: the owners of the facts
// that it has, dead ones included, those of the topic elsewhere where it has
// none. The owner of the fact that lived longest comes first.
func (l *Library) Owners(topic, site string) []string {
	if l == nil {
		return nil
	}
	here := l.owners(func(f Fact) bool { return f.covers(topic, site) })
	if len(here) == 0 {
		here = l.owners(func(f Fact) bool { return slices.Contains(f.Topics, topic) })
	}
	return here[:min(len(here), MaxFacts)]
}

func (l *Library) owners(of func(Fact) bool) []string {
	last := map[string]time.Time{}
	var names []string
	for _, f := range l.facts {
		if !of(f) {
			continue
		}
		if _, known := last[f.Owner]; !known {
			names = append(names, f.Owner)
		}
		if f.ValidUntil.After(last[f.Owner]) {
			last[f.Owner] = f.ValidUntil
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(last[b].Compare(last[a]), strings.Compare(a, b))
	})
	return names
}

// Live returns the facts about a cell that live at now, in the order of the file.
func (l *Library) Live(topic, site string, now time.Time) []Fact {
	return slices.DeleteFunc(l.Of(topic, site), func(f Fact) bool { return !f.Live(now) })
}

// Of returns the facts about a cell in the order of the file, dead ones included.
func (l *Library) Of(topic, site string) []Fact {
	if l == nil {
		return nil
	}
	var out []Fact
	for _, f := range l.facts {
		if f.covers(topic, site) {
			out = append(out, f)
		}
	}
	return out
}
