package trial

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/rules"
)

// tally counts the matches of every rule, and finds the window in which each
// came nearest to its condition, as far as matches alone tell: what a rule that
// stayed silent is asked for. The others are asked in lookBack.
type tally struct {
	rules   map[string]*matches
	windows map[rules.Series]*window
}

type matches struct {
	when   rules.When
	n      int
	peak   Peak
	spread reach // only of Spread
}

func newTally(set *rules.Set) *tally {
	t := &tally{rules: map[string]*matches{}, windows: map[rules.Series]*window{}}
	for _, r := range set.Rules() {
		t.rules[r.Name] = &matches{when: r.When, spread: reach{when: r.When}}
	}
	return t
}

// count takes the matches of one series in the order of time, day by day.
func (t *tally) count(m rules.Match) error {
	of := t.rules[m.Rule]
	of.n++
	switch of.when.Kind() {
	case rules.Count:
		k := m.Series
		if t.windows[k] == nil {
			t.windows[k] = &window{when: of.when, seen: map[uint64]int{}}
		}
		of.nearer(Peak{Series: k, At: m.At, Within: of.when.Within, N: t.windows[k].add(m)})
	case rules.Spread:
		of.spread.add(m, of.nearer)
	case rules.EachStory, rules.Ratio, rules.Spike, rules.Silence, rules.New:
	}
	return nil
}

func (m *matches) nearer(p Peak) {
	if p.N > m.peak.N {
		m.peak = p
	}
}

// end says that there are no more matches.
func (t *tally) end() {
	for _, of := range t.rules {
		of.spread.settle(of.nearer)
	}
}

func (t *tally) report(r *Rule) {
	of := t.rules[r.Name]
	r.Matches = of.n
	if of.peak.N > 0 {
		r.Peak = of.peak
	}
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

// reach finds how many sites shared a theme, or a story, within a window. Of a
// day matches come site by site, so that each day is kept until the next.
type reach struct {
	when rules.When
	list []rules.Match // in order of time up to done
	done int
	seen map[uint64]map[string]int // posts of each site, by story; 0: the theme
}

func (r *reach) add(m rules.Match, near func(Peak)) {
	const day = 24 * time.Hour
	if m.Site == "" {
		return
	}
	if n := len(r.list); n > r.done && m.At.Truncate(day).After(r.list[n-1].At.Truncate(day)) {
		r.settle(near)
	}
	r.list = append(r.list, m)
}

// settle moves the window over the matches that were kept.
func (r *reach) settle(near func(Peak)) {
	if r.seen == nil {
		r.seen = map[uint64]map[string]int{}
	}
	slices.SortStableFunc(r.list[r.done:], func(a, b rules.Match) int { return a.At.Compare(b.At) })
	out := 0
	for ; r.done < len(r.list); r.done++ {
		m := r.list[r.done]
		for ; !r.list[out].At.After(m.At.Add(-r.when.Within)); out++ {
			r.forget(r.list[out])
		}
		k := r.shared(m)
		if r.seen[k] == nil {
			r.seen[k] = map[string]int{}
		}
		r.seen[k][m.Site]++
		near(Peak{Series: m.Series, At: m.At, Within: r.when.Within, N: len(r.seen[k])})
	}
	r.list, r.done = slices.Delete(r.list, 0, out), r.done-out
}

func (r *reach) shared(m rules.Match) uint64 {
	if r.when.Unit == rules.Stories {
		return m.Story
	}
	return 0
}

func (r *reach) forget(m rules.Match) {
	k := r.shared(m)
	if r.seen[k][m.Site]--; r.seen[k][m.Site] == 0 {
		delete(r.seen[k], m.Site)
	}
	if len(r.seen[k]) == 0 {
		delete(r.seen, k)
	}
}
