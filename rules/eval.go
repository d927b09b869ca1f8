package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

const running store.Shelf[state] = "series"

// state is where the condition of one series stands. A series that is neither
// pending nor firing has none: until a post comes, time cannot change it.
type state struct {
	Met    time.Time `json:"met,omitzero"`     // the condition holds since
	Firing bool      `json:"firing,omitempty"` // it has held for long enough
	Unmet  time.Time `json:"unmet,omitzero"`   // firing, but the condition ended then
	Shadow bool      `json:"shadow,omitempty"` // firing, but to admins only
}

// Eval matches posts, counts them and returns what the rules say at now, in
// the order of the rules and then of the sites. Without posts it is a tick:
// conditions may have held long enough, or ended. Posts of the backlog are
// counted and never fire.
func (s *Set) Eval(tx store.Tx, now time.Time, posts []source.Post) ([]Firing, error) {
	fresh, err := s.match(tx, posts)
	if err != nil {
		return nil, err
	}
	states := map[store.Key]state{}
	err = running.Scan(tx, "", func(k store.Key, v state) error {
		states[k] = v
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read series: %w", err)
	}
	for k := range fresh {
		if _, ok := states[k]; !ok {
			states[k] = state{}
		}
	}
	var out []Firing
	for _, k := range s.inOrder(states) {
		f, err := s.judge(tx, k, states[k], fresh[k], now)
		if err != nil {
			return nil, fmt.Errorf("judge %s: %w", k, err)
		}
		if f.Phase != "" {
			out = append(out, f)
		}
	}
	return out, nil
}

// match stores a hit for every rule that a post matches and returns the
// evidence by series, oldest first.
func (s *Set) match(tx store.Tx, posts []source.Post) (map[store.Key][]Evidence, error) {
	fresh := map[store.Key][]Evidence{}
	counted := pages{}
	d := s.index.Borrow()
	defer d.GiveBack()
	for i := range posts {
		p := &posts[i]
		for r, spans := range d.Matches(p) {
			k := seriesKey(s.rules[r].Name, s.rules[r].site(p))
			added, err := counted.add(tx, k, p)
			if err != nil {
				return nil, err
			}
			if added && !p.Backlog {
				fresh[k] = append(fresh[k], Evidence{Post: *p, Spans: slices.Clone(spans)})
			}
		}
	}
	for _, list := range fresh {
		slices.SortStableFunc(list, byPublished)
	}
	return fresh, counted.write(tx)
}

func byPublished(a, b Evidence) int { return a.Post.Published.Compare(b.Post.Published) }

// judge returns what one series says now, with an empty phase if nothing.
func (s *Set) judge(tx store.Tx, k store.Key, was state, fresh []Evidence, now time.Time) (Firing, error) {
	name, site := splitSeries(k)
	i, known := s.byName[name]
	if !known || s.rules[i].When.N == 0 && len(fresh) == 0 { // a reload took the rule or its condition away
		return Firing{}, running.Delete(tx, k)
	}
	c := &s.rules[i]
	f := Firing{
		Rule: c.Name, Topic: c.Topic, Site: site, Severity: c.Severity, Grievance: c.Grievance,
		At: now, When: c.When, New: fresh,
	}
	f.When.Within = c.window(fresh, now)
	var err error
	if f.Shadow, err = c.inShadow(tx); err != nil {
		return Firing{}, err
	}
	if f.Counts, err = count(tx, k, now, f.When.Within); err != nil {
		return Firing{}, err
	}
	if c.When.N == 0 {
		f.Phase, err = keyword(tx, k, fresh, now)
	} else {
		err = c.volume(tx, k, was, &f)
	}
	if f.Phase != "" {
		f.Summary = s.summarise(c, f)
	}
	return f, err
}

// keyword is the phase of a rule without a condition: each new story begins,
// and another post of a known one makes it grow.
func keyword(tx store.Tx, k store.Key, fresh []Evidence, now time.Time) (Phase, error) {
	known, err := storiesOf(tx, k, now)
	if err != nil {
		return "", err
	}
	arrived := map[uint64]int{}
	for _, e := range fresh {
		arrived[sum(e.Post.Story)]++
	}
	for story, posts := range arrived {
		if posts >= known[story] { // an old post, edited, may be past memory
			return Began, nil
		}
	}
	return Grew, nil
}

// volume gives f the phase of a rule with a condition, and the evidence for it.
func (c *compiled) volume(tx store.Tx, k store.Key, was state, f *Firing) error {
	fresh, from := f.New, was
	if was.Firing && was.Shadow != f.Shadow { // whoever hears of it now has not heard of it yet
		from = state{Met: was.Met}
	}
	is, phase := c.next(from, f.Counts.Of(c.When.Unit) >= c.When.N, len(fresh) > 0, f.At)
	is.Shadow, f.Phase = f.Shadow && is.Firing, phase
	if err := remember(tx, k, was, is); err != nil {
		return err
	}
	if len(fresh) == 0 && phase != Began {
		return nil
	}
	recent, err := quote(tx, k, fresh, f.At.Add(-c.When.Within))
	if phase == Began {
		f.New = recent
	}
	return err
}

// next is the life of one series: idle, pending (For), firing, and firing
// still (KeepFiring) as in Prometheus. It returns the series as it is now and
// what there is to say, or an empty phase.
func (c *compiled) next(s state, met, grew bool, now time.Time) (state, Phase) {
	switch {
	case !s.Firing && !met:
		return state{}, ""
	case !s.Firing:
		if s.Met.IsZero() {
			s.Met = now
		}
		if now.Sub(s.Met) < c.For {
			return s, ""
		}
		s.Firing = true
		return s, Began
	case met:
		s.Unmet = time.Time{}
	default:
		if s.Unmet.IsZero() {
			s.Unmet = now
		}
		if now.Sub(s.Unmet) >= c.KeepFiring {
			return state{}, Ceased
		}
	}
	if grew {
		return s, Grew
	}
	return s, ""
}

// remember keeps the state of a series if it has changed.
func remember(tx store.Tx, k store.Key, was, is state) error {
	switch is {
	case was:
		return nil
	case state{}:
		return running.Delete(tx, k)
	default:
		return running.Put(tx, k, is)
	}
}

// Running reports whether any series waits for a tick.
func Running(tx store.Tx) (bool, error) {
	var any bool
	err := running.Scan(tx, "", func(store.Key, state) error {
		any = true
		return store.ErrStop
	})
	if err != nil {
		return false, fmt.Errorf("read series: %w", err)
	}
	return any, nil
}

// inOrder returns the keys by rule, as the admin wrote them, then by site.
func (s *Set) inOrder(m map[store.Key]state) []store.Key {
	rank := func(k store.Key) int {
		name, _ := splitSeries(k)
		return s.byName[name]
	}
	return slices.SortedFunc(maps.Keys(m), func(a, b store.Key) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
}

func seriesKey(rule, site string) store.Key {
	if site == "" {
		site = "-"
	}
	return store.Path(rule, site)
}

func splitSeries(k store.Key) (rule, site string) {
	rule, site, _ = strings.Cut(string(k), "/")
	if site == "-" {
		site = ""
	}
	return rule, site
}
