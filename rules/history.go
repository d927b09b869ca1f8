package rules

import (
	"fmt"
	"iter"
	"time"

	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/volume"
)

// Series is what a rule counts by itself: all that it matches, or what it
// matches of one site or one source.
type Series struct{ Rule, Site, Source string }

func (s Series) key() store.Key {
	if s.Source != "" {
		return seriesKey(s.Rule, sourceMark+s.Source)
	}
	return seriesKey(s.Rule, s.Site)
}

func seriesOf(k store.Key) (s Series) {
	var label string
	s.Rule, label = splitSeries(k)
	s.Site, s.Source = splitLabel(label)
	return s
}

// SeriesOf returns the series of a rule that were ever counted, in order.
func SeriesOf(tx store.Tx, rule string) (out []Series, err error) {
	err = paces.Scan(tx, store.Key(rule)+"/", func(k store.Key, _ pace) error {
		out = append(out, seriesOf(k))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read series of %s: %w", rule, err)
	}
	return out, nil
}

// Slot is five minutes of a series, and what the condition of its rule comes to
// at the end of them.
type Slot struct {
	At     time.Time     // when it begins, in UTC
	Counts Counts        // published in it; a voice or a story counts once an hour
	Usual  float64       // units of the condition that are usual in it; 0 as well while nothing is known
	Learnt time.Duration // how much history there is, of 28 days
	Within time.Duration // of the window that the condition looks at, which ends with the slot
	// Measure says how much was in that window, and how much is usual there. Its
	// Score is the part that there is of what the condition asks for: from 1 on it
	// is met. It is 0 where nothing can be said, and of conditions that have no
	// window of their own: none, new and spread.
	Measure Measure
}

// SpikesAfter is how much history a spike needs before it says anything, and
// SilentAfter a silence (detection.md: warm-up).
const (
	SpikesAfter = 12 * time.Hour
	SilentAfter = 48 * time.Hour
)

// History tells how a series went, slot by slot from the one that holds from to
// the one that holds to: first comes the slot in which its counts begin. What
// is said of a slot rests on posts that were published until its end, on at most
// 28 days before from, and on what Hold left in. It is what a live baseline
// would have said if every post had come at once. A rule that the set does not
// have is ErrNoRule.
func (s *Set) History(tx store.Tx, k Series, from, to time.Time) iter.Seq2[Slot, error] {
	return func(yield func(Slot, error) bool) {
		i, known := s.byName[k.Rule]
		if !known {
			yield(Slot{}, fmt.Errorf("history of %s: %w", k.Rule, ErrNoRule))
			return
		}
		p, err := openPast(tx, &s.rules[i], k.key(), from)
		first, more := volume.At(from), true
		for at := p.first; err == nil && more && at <= volume.At(to); at += opened {
			end := min(at+opened-1, volume.At(to))
			if err = p.read(at, end); err != nil {
				break
			}
			for v := range p.usual.Verdicts(at, end) {
				if slot := p.judge(v); v.Bucket >= first && !yield(slot, nil) {
					more = false
					break
				}
			}
		}
		if err != nil {
			yield(Slot{}, fmt.Errorf("history of %s: %w", k.key(), err))
		}
	}
}

// past walks once through the history of a series.
type past struct {
	tx     store.Tx
	rule   *compiled
	series store.Key
	spans  []span
	usual  *volume.Series
	counts map[volume.Bucket]Counts // of the stretch that was read last
	roll   roll
	first  volume.Bucket
}

// openPast begins where recall begins with a baseline for from.
func openPast(tx store.Tx, c *compiled, series store.Key, from time.Time) (*past, error) {
	p := &past{tx: tx, rule: c, series: series}
	begun, known, err := paces.Get(tx, series)
	if err == nil && !known { // no post came, but its silence may be waited for
		begun, known, err = paces.Get(tx, store.Key(c.Name))
	}
	if err == nil {
		p.spans, err = holds(tx, series)
	}
	if !known {
		begun.Since = from
	}
	if err == nil {
		begun.Since, err = begins(tx, series, begun.Since, from, history)
	}
	p.first = volume.At(begun.Since)
	p.usual = volume.New(p.first)
	p.roll = newRoll(c.When)
	return p, err
}

// read takes in the counts of [at, end], which are at most opened buckets.
func (p *past) read(at, end volume.Bucket) error {
	for _, s := range p.spans {
		p.usual.Apart(max(volume.At(s.From), at), min(volume.At(s.end()), end+1))
	}
	p.counts = map[volume.Bucket]Counts{}
	unit := p.rule.When.counts()
	err := slots(p.tx, p.series, at.Time(), end.Time(), func(t time.Time, c Counts) {
		p.counts[volume.At(t)] = c
		p.usual.Put(volume.At(t), c.Of(unit))
	})
	if kind := p.rule.When.Kind(); err != nil || kind != Count && kind != Ratio {
		return err
	}
	last := (end + 1).Time().Add(-time.Second)
	return within(p.tx, p.series, last, last.Add(time.Second).Sub(at.Time()), p.roll.add)
}

// judge weighs the window that ends with a bucket by the condition, as weigh
// does.
func (p *past) judge(v volume.Verdict) Slot {
	w := p.rule.When
	hour := v.Looks[len(v.Looks)-1]
	s := Slot{
		At: v.Bucket.Time(), Counts: p.counts[v.Bucket], Within: w.Within,
		Usual: hour.Usual * float64(volume.Span) / float64(hour.Within), Learnt: time.Duration(v.Learnt) * volume.Span,
	}
	switch w.Kind() {
	case Spike:
		p.spike(v, &s)
	case Silence:
		p.silence(v, &s)
	case Ratio:
		s.Measure.N = p.counted(v.Bucket)
		s.Measure.Usual, _ = p.usual.Mean(v.Bucket, w.Within, w.Against)
		s.Measure.Learnt, s.Measure.Needed = w.learnt(p.first.Time(), (v.Bucket+1).Time()), w.needed()
		s.Measure.Score = float64(s.Measure.N) / max(float64(w.N), w.Ratio*s.Measure.Usual)
	case Count:
		s.Measure.N = p.counted(v.Bucket)
		s.Measure.Score = float64(s.Measure.N) / float64(w.N)
	case EachStory, New, Spread:
	}
	return s
}

func (p *past) spike(v volume.Verdict, s *Slot) {
	look := v.Best(p.rule.When.Within, p.rule.When.N)
	if look.Within == 0 { // fewer than the floor: what there is in the longest window
		for _, l := range v.Looks {
			if l.Within <= p.rule.When.Within {
				look = volume.Look{Within: l.Within, Count: l.Count, Usual: l.Usual}
			}
		}
	}
	s.Within = look.Within
	s.Measure = Measure{
		N: look.Count, Usual: look.Usual, Likes: look.Above, Of: look.Among, Past: s.Learnt,
		Score:  v.Score(p.rule.When.Within, p.rule.When.N) / float64(p.rule.level),
		Learnt: v.Days(), Needed: p.rule.When.needed(),
	}
}

func (p *past) silence(v volume.Verdict, s *Slot) {
	s.Within = p.rule.When.Silent
	s.Measure = Measure{Learnt: v.Days(), Needed: p.rule.When.needed()}
	var silent bool
	if s.Measure.Usual, silent = p.usual.Silent(v.Bucket, s.Within); silent {
		s.Measure.Score = 1
	}
}

// counted is the most that any window held which ends in the bucket. Matches
// are kept for shorter than counts; without them it is the sum of its buckets.
func (p *past) counted(b volume.Bucket) int {
	if n, any := p.roll.to(b.Time()); any {
		return n
	}
	return p.usual.Count(b, p.rule.When.Within)
}
