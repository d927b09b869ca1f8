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
	"github.com/siaga-id/siaga/volume"
)

// Eval matches posts, counts them and returns what the rules say at now, in
// the order of the rules and then of the sites. Without posts it is a tick:
// conditions may have held long enough, or ended. Posts of the backlog are
// counted and never fire.
func (s *Set) Eval(tx store.Tx, now time.Time, posts []source.Post) ([]Firing, error) {
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	for _, rule := range s.learners {
		if _, err := since(tx, rule, now); err != nil {
			return nil, err
		}
	}
	fresh, err := s.match(tx, now, posts)
	if err != nil {
		return nil, err
	}
	states, err := s.due(tx, fresh, now)
	if err != nil {
		return nil, err
	}
	var out []Firing
	for _, k := range s.inOrder(states) {
		f, err := s.judge(tx, k, states[k], fresh, now)
		if err != nil {
			return nil, fmt.Errorf("judge %s: %w", k, err)
		}
		if f.Phase != "" {
			out = append(out, f)
		}
	}
	return out, nil
}

// due returns the series that have to be judged: those with new posts, those
// that time may change, and those whose silence is waited for.
func (s *Set) due(tx store.Tx, fresh batch, now time.Time) (map[store.Key]state, error) {
	all := map[store.Key]state{}
	err := running.Scan(tx, "", func(k store.Key, v state) error {
		all[k] = v
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read series: %w", err)
	}
	states := map[store.Key]state{}
	for k, v := range all {
		if v.waits() {
			states[k] = v
		}
	}
	for k := range fresh {
		states[k] = all[k]
	}
	if s.memory.watched != volume.At(now) { // within a bucket silence does not grow
		for _, k := range s.watched {
			states[k] = all[k]
		}
		s.memory.watched = volume.At(now)
	}
	return states, nil
}

// match stores a hit for every rule that a post matches and returns the
// evidence by series, oldest first.
func (s *Set) match(tx store.Tx, now time.Time, posts []source.Post) (batch, error) {
	fresh := batch{}
	counted := pages{}
	d := s.index.Borrow()
	defer d.GiveBack()
	for i := range posts {
		p := &posts[i]
		for r, spans := range d.Matches(p) {
			c := &s.rules[r]
			k := seriesKey(c.Name, c.label(p))
			fires, err := counted.add(tx, k, p)
			if err == nil && fires && c.When.Kind() == New {
				fires, err = newPlace(tx, c, p)
			}
			if err != nil {
				return nil, err
			}
			if fires && !p.Backlog {
				fresh[k] = append(fresh[k], Evidence{Post: *p, Spans: slices.Clone(spans)})
			}
		}
	}
	for _, list := range fresh {
		slices.SortStableFunc(list, byPublished)
	}
	if err := counted.write(tx); err != nil {
		return nil, err
	}
	return fresh, s.countBatch(tx, counted, now)
}

func byPublished(a, b Evidence) int { return a.Post.Published.Compare(b.Post.Published) }

// batch is what has just come, by series, each oldest first.
type batch map[store.Key][]Evidence

// judge returns what one series says now, with an empty phase if nothing.
func (s *Set) judge(tx store.Tx, k store.Key, was state, fresh batch, now time.Time) (Firing, error) {
	name, label := splitSeries(k)
	i, known := s.byName[name]
	if !known || s.rules[i].lost(s.watched, k, len(fresh[k]) > 0) {
		return Firing{}, running.Delete(tx, k)
	}
	c := &s.rules[i]
	f := Firing{
		Rule: c.Name, Topic: c.Topic, Severity: c.Severity, Grievance: c.Grievance,
		At: now, When: c.When, New: fresh[k], Wide: c.wide(),
	}
	f.Site, f.Source = splitLabel(label)
	var err error
	if f.Shadow, err = c.inShadow(tx); err != nil {
		return Firing{}, err
	}
	if c.When.Lasts() {
		err = s.lasting(tx, c, k, was, &f, fresh)
	} else {
		err = s.single(tx, c, k, &f)
	}
	if f.Phase != "" {
		f.Summary = s.summarise(c, f)
	}
	return f, err
}

// lost reports whether a reload took away what a series waits for: its
// condition, or the source or site whose silence it is.
func (c *compiled) lost(watched []store.Key, k store.Key, fresh bool) bool {
	if c.When.Kind() == Silence {
		return !slices.Contains(watched, k)
	}
	return !c.When.Lasts() && !fresh
}

// single gives f the phase of a rule that fires for one post at a time.
func (s *Set) single(tx store.Tx, c *compiled, k store.Key, f *Firing) (err error) {
	f.When.Within = keywordWindow(f.New, f.At)
	if f.Counts, err = count(tx, k, f.At, f.When.Within); err != nil {
		return err
	}
	if c.When.Kind() == New {
		return s.named(tx, c, f)
	}
	f.Phase, err = keyword(tx, k, f.New, f.At)
	return err
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

// lasting gives f the phase of a rule with a condition, and the evidence for it.
func (s *Set) lasting(tx store.Tx, c *compiled, k store.Key, was state, f *Firing, all batch) error {
	fresh, from, quiet := f.New, was, c.When.Kind() == Silence
	if was.Firing && (was.Shadow != f.Shadow || was.Quiet != quiet) { // whoever hears of it now has not heard of it yet
		from = state{Met: was.Met}
	}
	from.Call = from.Call.at(f.At)
	w, err := s.weigh(tx, c, k, from, f, all)
	if err != nil {
		return err
	}
	is, phase := c.next(from, w, len(fresh) > 0, f.At)
	is.Shadow, is.Quiet, f.Phase = f.Shadow && is.Firing, quiet && is.Firing, phase
	f.Measure.LastCall, f.Size = from.Call.N, w.size
	is.Call, f.Louder = from.Call.hear(phase, w, f)
	if err := keepState(tx, k, was, is); err != nil {
		return err
	}
	if len(fresh) == 0 && phase != Began {
		return nil
	}
	recent, err := quote(tx, k, fresh, cmp.Or(f.Measure.End, f.At).Add(-f.When.Within))
	if phase == Began {
		f.New = recent
	}
	return err
}

// Due reports whether a tick at now may change anything.
func (s *Set) Due(tx store.Tx, now time.Time) (bool, error) {
	s.memory.mu.Lock()
	looked := s.memory.watched == volume.At(now)
	s.memory.mu.Unlock()
	if len(s.watched) > 0 && !looked {
		return true, nil
	}
	return waiting(tx)
}

// Running reports whether time may change anything before the next post comes.
func (s *Set) Running(tx store.Tx) (bool, error) {
	if len(s.watched) > 0 {
		return true, nil
	}
	return waiting(tx)
}

func waiting(tx store.Tx) (bool, error) {
	any := false
	err := running.Scan(tx, "", func(_ store.Key, s state) error {
		if any = any || s.waits(); any {
			return store.ErrStop
		}
		return nil
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

// seriesKey is the key of a series: a rule and what it is split by. Without
// that, or where a post has none of it, the label is empty.
func seriesKey(rule, label string) store.Key {
	if label == "" {
		label = "-"
	}
	return store.Path(rule, label)
}

func splitSeries(k store.Key) (rule, label string) {
	rule, label, _ = strings.Cut(string(k), "/")
	if label == "-" {
		label = ""
	}
	return rule, label
}

// sourceMark begins the label of a series that is a source and no site.
const sourceMark = "@"

// label returns what tells the series of a post from the others of its rule.
func (c *compiled) label(p *source.Post) string {
	switch {
	case c.When.Kind() == Spread, slices.Contains(c.By, "site"):
		return p.Site
	case slices.Contains(c.By, "source"):
		return sourceMark + p.Source
	}
	return ""
}

// wide reports whether all sites are in one series.
func (c *compiled) wide() bool { return c.When.Kind() != Spread && !slices.Contains(c.By, "site") }

func splitLabel(label string) (site, source string) {
	if name, is := strings.CutPrefix(label, sourceMark); is {
		return "", name
	}
	return label, ""
}
