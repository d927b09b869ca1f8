package trial

import (
	"time"

	"github.com/siaga-id/siaga/rules"
)

// tally counts the matches of every rule, and finds the window in which each
// came closest to its condition: what a rule that stayed silent is asked for.
type tally struct {
	rules   map[string]*matches
	windows map[series]*window
}

type matches struct {
	when  rules.When
	n     int
	first time.Time
	peak  Peak
}

func newTally(set *rules.Set) *tally {
	t := &tally{rules: map[string]*matches{}, windows: map[series]*window{}}
	for _, r := range set.Rules() {
		t.rules[r.Name] = &matches{when: r.When}
	}
	return t
}

// count takes the matches of one series in the order of time.
func (t *tally) count(m rules.Match) error {
	of := t.rules[m.Rule]
	if of.n++; of.first.IsZero() || m.At.Before(of.first) {
		of.first = m.At
	}
	if of.when.N == 0 {
		return nil
	}
	k := series{m.Rule, m.Site}
	if t.windows[k] == nil {
		t.windows[k] = &window{when: of.when, seen: map[uint64]int{}}
	}
	if n := t.windows[k].add(m); n > of.peak.N {
		of.peak = Peak{N: n, Site: m.Site, At: m.At}
	}
	return nil
}

func (t *tally) report(r *Rule) {
	of := t.rules[r.Name]
	r.Matches, r.FirstMatch, r.Peak = of.n, of.first, of.peak
}

// window holds the matches of one series that its condition looks back on.
type window struct {
	when rules.When
	list []unit
	seen map[uint64]int // of each voice or story that is inside
}

type unit struct {
	at time.Time
	id uint64
}

// add moves the window to a match and returns the size it then has.
func (w *window) add(m rules.Match) int {
	u := unit{at: m.At}
	switch w.when.Unit {
	case rules.Voices:
		u.id = m.Voice
	case rules.Stories:
		u.id = m.Story
	case rules.Posts: // counted one by one
	}
	w.list = append(w.list, u)
	w.seen[u.id]++
	for !w.list[0].at.After(m.At.Add(-w.when.Within)) {
		w.forget(w.list[0].id)
		w.list = w.list[1:]
	}
	if w.when.Unit == rules.Posts {
		return len(w.list)
	}
	return len(w.seen)
}

func (w *window) forget(id uint64) {
	if w.seen[id]--; w.seen[id] == 0 {
		delete(w.seen, id)
	}
}
