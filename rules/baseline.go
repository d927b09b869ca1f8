package rules

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/volume"
)

// memory holds the baselines of the series that conditions asked for. Whatever
// it holds can be made again from the shelves: it makes things quicker and
// changes nothing. It belongs to one store.
type memory struct {
	mu      sync.Mutex // held for an Eval
	series  map[store.Key]*remembered
	watched volume.Bucket // in which silences were last looked for
}

// remembered is a baseline and the pace of the counts that are in it.
type remembered struct {
	pace  pace
	unit  Unit
	spans []span // that are kept out, also those to come
	first volume.Bucket
	usual *volume.Series
}

func newMemory() *memory { return &memory{series: map[store.Key]*remembered{}} }

// follow puts the counts of a day that changed into a baseline that was true
// until then, and forgets one that was not, or begins later.
func (m *memory) follow(series store.Key, was, is pace, day time.Time, counts dayCounts) {
	r := m.series[series]
	switch {
	case r == nil:
	case r.pace.Rev != was.Rev, len(counts) > 0 && volume.At(day)+volume.Bucket(counts[0].n) < r.first:
		delete(m.series, series)
	default:
		r.put(day, counts)
		r.pace.Rev = is.Rev
	}
}

// put sets the counts of a day that are other ones now.
func (r *remembered) put(day time.Time, counts dayCounts) {
	first := volume.At(day)
	for n := range volume.Bucket(slotsInDay) {
		x := 0
		if len(counts) > 0 && counts[0].n == uint16(n) {
			x, counts = counts[0].Of(r.unit), counts[1:]
		}
		if r.usual.Count(first+n, volume.Span) != x {
			r.usual.Put(first+n, x)
		}
	}
}

const (
	// history is as far as a baseline reaches back (detection.md).
	history = 28 * 24 * time.Hour
	// opened is how many buckets a baseline judges again; also how far one can
	// look ahead in it.
	opened = volume.Bucket(lateFor / volume.Span)
)

// baseline returns what is usual for a series. It can be judged at now.
func (s *Set) baseline(tx store.Tx, c *compiled, series store.Key, now time.Time) (*volume.Series, error) {
	p, known, err := paces.Get(tx, series)
	if err != nil {
		return nil, fmt.Errorf("read pace of %s: %w", series, err)
	}
	if !known { // it has no post yet
		if p.Since, err = since(tx, c.Name, now); err != nil {
			return nil, err
		}
	}
	r := s.memory.series[series]
	if r == nil || !r.pace.same(p) || r.usual.Newest()-volume.At(now) > opened {
		if r, err = recall(tx, series, c.When.counts(), p, now); err != nil {
			return nil, fmt.Errorf("recall %s: %w", series, err)
		}
		s.memory.series[series] = r
	}
	err = r.pass(volume.At(now)-1, func(volume.Bucket, volume.Bucket) error { return nil }) // it is filled
	r.keepOut(volume.At(now))
	return r.usual, err
}

// recall makes a baseline from the shelves.
func recall(tx store.Tx, series store.Key, unit Unit, p pace, now time.Time) (*remembered, error) {
	spans, err := holds(tx, series)
	if err != nil {
		return nil, err
	}
	since, err := begins(tx, series, p.Since, now, history)
	if err != nil {
		return nil, err
	}
	first := volume.At(since)
	r := &remembered{pace: p, unit: unit, spans: spans, first: first, usual: volume.New(first)}
	err = r.pass(volume.At(now), func(from, to volume.Bucket) error {
		return slots(tx, series, from.Time(), to.Time(), func(at time.Time, c Counts) { r.usual.Put(volume.At(at), c.Of(unit)) })
	})
	return r, err
}

// longestGap is how far a post may lie before what is known of a series to be
// part of its history: one old post is no year of silence.
const longestGap = 48 * time.Hour

// begins is where the history of a series begins that is counted since then:
// there, or with the backlog that reaches to it without a gap; at most
// reach before now.
func begins(tx store.Tx, series store.Key, since, now time.Time, reach time.Duration) (time.Time, error) {
	oldest := now.Add(-reach)
	var backlog []time.Time
	err := slots(tx, series, oldest, since, func(at time.Time, _ Counts) { backlog = append(backlog, at) })
	for _, at := range slices.Backward(backlog) {
		if at.Before(since) && since.Sub(at) <= longestGap {
			since = at
		}
	}
	return maxTime(since, oldest), err
}

// pass lets time go to a bucket, in stretches that are short enough to say of
// them beforehand what is kept out. It calls fill before each, with its first and
// its last bucket.
func (r *remembered) pass(to volume.Bucket, fill func(from, to volume.Bucket) error) error {
	for from := r.usual.Newest() + 1; from <= to; from += opened {
		r.keepOut(from)
		end := min(from+opened-1, to)
		if err := fill(from, end); err != nil {
			return err
		}
		r.usual.Judge(end)
	}
	return nil
}

// keepOut says of a bucket, and of those that come within 6 h of it, which are
// no part of the baseline. A verdict lets time pass, so it is said before each.
func (r *remembered) keepOut(from volume.Bucket) {
	for _, s := range r.spans {
		r.usual.Apart(max(volume.At(s.From), from), min(volume.At(s.end()), from+opened))
	}
}

// since returns since when a rule is counted, which is now if nobody noted it.
func since(tx store.Tx, rule string, now time.Time) (time.Time, error) {
	p, known, err := paces.Get(tx, store.Key(rule))
	if err == nil && !known {
		p.Since = now.UTC()
		err = paces.Put(tx, store.Key(rule), p)
	}
	if err != nil {
		return now, fmt.Errorf("read pace of %s: %w", rule, err)
	}
	return p.Since, nil
}
