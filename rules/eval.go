package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

const running store.Shelf[Series] = "series"

// Series is what has to be remembered of one rule at one site while there are
// matches in its window or it fires.
type Series struct {
	Met     time.Time  `json:"met,omitzero"`     // the condition holds since; zero: it does not
	Firing  bool       `json:"firing,omitempty"` //
	LastMet time.Time  `json:"lastMet,omitzero"` // the condition held last
	Recent  []Evidence `json:"recent,omitempty"` // newest last, for the first card
}

// maxRecent is how many posts wait to be quoted: as many as a card shows.
const maxRecent = 3

// Eval matches posts, counts them and returns what the rules say at now, in
// the order of the rules and then of the sites. Without posts it is a tick:
// conditions may have begun to hold long enough, or ended. Posts of the
// backlog are counted and never fire.
func (s *Set) Eval(tx store.Tx, now time.Time, posts []source.Post) ([]Firing, error) {
	fresh, err := s.match(tx, posts)
	if err != nil {
		return nil, err
	}
	watched := map[store.Key]Series{}
	err = running.Scan(tx, "", func(k store.Key, v Series) error {
		watched[k] = v
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read series: %w", err)
	}
	for k := range fresh {
		if _, ok := watched[k]; !ok {
			watched[k] = Series{}
		}
	}
	var out []Firing
	for _, k := range s.inOrder(watched) {
		f, err := s.judge(tx, k, watched[k], fresh[k], now)
		if err != nil {
			return nil, err
		}
		out = append(out, f...)
	}
	return out, nil
}

// match stores a hit for every rule that a post matches and returns the
// evidence by series, oldest first.
func (s *Set) match(tx store.Tx, posts []source.Post) (map[store.Key][]Evidence, error) {
	fresh := map[store.Key][]Evidence{}
	d := newDoc()
	for i := range posts {
		p := &posts[i]
		d.reset(p)
		for r := range s.rules {
			spans, ok := s.rules[r].query.match(d)
			if !ok {
				continue
			}
			k := seriesKey(s.rules[r].Name, s.rules[r].site(p))
			added, err := record(tx, k, p)
			if err != nil {
				return nil, err
			}
			if added && !p.Backlog {
				fresh[k] = append(fresh[k], Evidence{Post: *p, Spans: spans})
			}
		}
	}
	for _, list := range fresh {
		slices.SortStableFunc(list, func(a, b Evidence) int { return a.Post.Published.Compare(b.Post.Published) })
	}
	return fresh, nil
}

// judge decides what one series says now and stores what to remember of it.
func (s *Set) judge(tx store.Tx, k store.Key, was Series, fresh []Evidence, now time.Time) ([]Firing, error) {
	name, site := splitSeries(k)
	i, known := s.index[name]
	if !known { // the rule was removed by a reload
		return nil, running.Delete(tx, k)
	}
	c := &s.rules[i]
	n, err := count(tx, k, now, c.window())
	if err != nil {
		return nil, err
	}
	is, phase := c.next(was, fresh, n, now)
	if err := remember(tx, k, is, n); err != nil {
		return nil, err
	}
	if phase == "" {
		return nil, nil
	}
	f := Firing{
		Rule: c.Name, Phase: phase, Topic: c.Topic, Site: site, Severity: c.Severity, Grievance: c.Grievance,
		At: now, Counts: n.Counts, When: When{Unit: c.When.Unit, N: c.When.N, Within: c.window()}, New: fresh,
		Summary: s.summarise(c, site, n.Counts),
	}
	if phase == Began {
		f.New = is.Recent
	}
	return []Firing{f}, nil
}

// remember keeps what a series needs later, and forgets it with its last match.
func remember(tx store.Tx, k store.Key, s Series, n tally) error {
	var err error
	if !s.Firing && n.Posts == 0 {
		err = running.Delete(tx, k)
	} else {
		err = running.Put(tx, k, s)
	}
	if err != nil {
		return fmt.Errorf("keep series %s: %w", k, err)
	}
	return nil
}

// Running reports whether any series waits for a tick.
func Running(tx store.Tx) (bool, error) {
	var any bool
	err := running.Scan(tx, "", func(store.Key, Series) error {
		any = true
		return store.ErrStop
	})
	if err != nil {
		return false, fmt.Errorf("read series: %w", err)
	}
	return any, nil
}

// Forget removes the text of a deleted post from what waits to be quoted.
func Forget(tx store.Tx, post string) error {
	hit := map[store.Key]Series{}
	err := running.Scan(tx, "", func(k store.Key, s Series) error {
		if slices.ContainsFunc(s.Recent, func(e Evidence) bool { return e.Post.ID == post }) {
			s.Recent = slices.DeleteFunc(s.Recent, func(e Evidence) bool { return e.Post.ID == post })
			hit[k] = s
		}
		return nil
	})
	for k, s := range hit {
		if err == nil {
			err = running.Put(tx, k, s)
		}
	}
	if err != nil {
		return fmt.Errorf("forget %s: %w", post, err)
	}
	return nil
}

// next is the life of one series: idle, pending (For), firing, and firing
// still (KeepFiring) as in Prometheus. It returns the series as it is now and
// what there is to say, or an empty phase.
func (c *compiled) next(s Series, fresh []Evidence, n tally, now time.Time) (Series, Phase) {
	s.Recent = tail(append(slices.Clone(s.Recent), fresh...), maxRecent)
	if c.When.N == 0 {
		return s, keyword(fresh, n)
	}
	met := n.Of(c.When.Unit) >= c.When.N
	if met {
		s.LastMet = now
		if s.Met.IsZero() {
			s.Met = now
		}
	} else if !s.Firing {
		s.Met = time.Time{}
	}
	switch {
	case !s.Firing && met && now.Sub(s.Met) >= c.For:
		s.Firing = true
		return s, Began
	case s.Firing && !met && now.Sub(s.LastMet) >= c.KeepFiring:
		return Series{Recent: s.Recent}, Ceased
	case s.Firing && len(fresh) > 0:
		return s, Grew
	}
	return s, ""
}

// keyword is the phase of a rule without a condition: each new story begins,
// and another post of a known one makes it grow.
func keyword(fresh []Evidence, n tally) Phase {
	if len(fresh) == 0 {
		return ""
	}
	now := map[uint64]int{}
	for _, e := range fresh {
		now[sum(e.Post.Story)]++
	}
	for story, posts := range now {
		if posts >= n.stories[story] {
			return Began
		}
	}
	return Grew
}

// inOrder returns the keys by rule, as the admin wrote them, then by site.
func (s *Set) inOrder(m map[store.Key]Series) []store.Key {
	keys := make([]store.Key, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	rank := func(k store.Key) int {
		name, _ := splitSeries(k)
		return s.index[name]
	}
	slices.SortFunc(keys, func(a, b store.Key) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	return keys
}

func tail(list []Evidence, n int) []Evidence { return list[max(0, len(list)-n):] }

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
