package rules

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

// counted holds what is left of matches for two years: how many there were.
const counted store.Daily[dayCounts] = "count"

// slot is the counts of one bucket of a day. A story or a voice counts where it
// was not there in the hour before, so that the slots of an hour can be added up,
// and who repeats himself stays one.
type slot struct {
	n uint16 // of the day, from 0
	Counts
}

// dayCounts are the slots of one series on one day (UTC) in which there was
// anything, ascending.
type dayCounts []slot

const (
	slotsInDay = uint16(24 * time.Hour / bucket)
	// repeats is for how long a voice or a story does not count again.
	repeats = time.Hour
)

// AppendBinary writes each slot as four varints: how many slots after the one
// before, posts, stories, voices.
func (d dayCounts) AppendBinary(b []byte) ([]byte, error) {
	var before uint16
	for _, s := range d {
		b = binary.AppendUvarint(b, uint64(s.n-before))
		b = binary.AppendUvarint(b, uint64(s.Posts))   //nolint:gosec // a count
		b = binary.AppendUvarint(b, uint64(s.Stories)) //nolint:gosec // a count
		b = binary.AppendUvarint(b, uint64(s.Voices))  //nolint:gosec // a count
		before = s.n
	}
	return b, nil
}

var errCounts = errors.New("counts of a day are damaged")

// UnmarshalBinary reads what AppendBinary wrote.
func (d *dayCounts) UnmarshalBinary(b []byte) error {
	*d = (*d)[:0]
	for at := uint64(0); len(b) > 0; {
		var v [4]uint64
		for i := range v {
			x, n := binary.Uvarint(b)
			if n <= 0 || x > 1<<31 {
				return errCounts
			}
			v[i], b = x, b[n:]
		}
		if at += v[0]; at >= uint64(slotsInDay) {
			return errCounts
		}
		*d = append(*d, slot{uint16(at), Counts{int(v[1]), int(v[2]), int(v[3])}}) //nolint:gosec // bounded above
	}
	return nil
}

// put sets the counts of one slot; without posts it has none.
func (d dayCounts) put(s slot) dayCounts {
	i, found := d.find(s.n)
	switch {
	case found && s.Posts == 0:
		return slices.Delete(d, i, i+1)
	case found:
		d[i] = s
		return d
	case s.Posts == 0:
		return d
	}
	return slices.Insert(d, i, s)
}

// at returns the counts of one slot.
func (d dayCounts) at(n uint16) Counts {
	if i, found := d.find(n); found {
		return d[i].Counts
	}
	return Counts{}
}

func (d dayCounts) find(n uint16) (i int, found bool) {
	return slices.BinarySearchFunc(d, n, func(s slot, n uint16) int { return cmp.Compare(s.n, n) })
}

// slotOf returns the day and the slot of a bucket's beginning.
func slotOf(at time.Time) (day time.Time, n uint16) {
	day = at.UTC().Truncate(24 * time.Hour)
	return day, uint16(at.Sub(day) / bucket) //nolint:gosec // less than slotsInDay
}

// run is a stretch of buckets of a series to be counted anew, both included.
type run struct{ from, to time.Time }

// runs returns, of buckets in which something changed, the stretches in which
// counts may be other ones now: a hit tells on the hour after it.
func runs(changed []time.Time) (out []run) {
	slices.SortFunc(changed, time.Time.Compare)
	for _, at := range changed {
		end := at.Add(repeats)
		if last := len(out) - 1; last >= 0 && !at.After(out[last].to.Add(bucket)) {
			out[last].to = end
			continue
		}
		out = append(out, run{at, end})
	}
	return out
}

// recounted hears of the counts of a day that changed, with the pace of the
// series before and after.
type recounted func(series store.Key, was, is pace, day time.Time, counts dayCounts)

// change is what is new in the buckets of a series.
type change struct {
	at []time.Time    // the buckets that changed
	by map[string]int // new posts, by source
}

// recountSlots writes the counts of the buckets that changed, by series. The
// history of one that is new begins when its rule was, or with what is older.
func recountSlots(tx store.Tx, changes map[store.Key]change, begun func(store.Key) (time.Time, error), fn recounted) error {
	for _, series := range slices.Sorted(maps.Keys(changes)) {
		was, known, err := paces.Get(tx, series)
		c, is := changes[series], was
		for _, r := range runs(c.at) {
			if err == nil {
				is, err = recountRun(tx, series, r, is, fn)
			}
		}
		if err == nil && !known {
			is.Since, err = begun(series)
		}
		if first := slices.MinFunc(c.at, time.Time.Compare); first.Before(is.Since) {
			is.Since = first
		}
		if err == nil && (!is.same(was) || len(c.by) > 0) {
			err = paces.Put(tx, series, is.fed(c.by))
		}
		if err != nil {
			return fmt.Errorf("count %s: %w", series, err)
		}
	}
	return nil
}

// recountRun counts a stretch and returns the pace of the series after it.
func recountRun(tx store.Tx, series store.Key, r run, p pace, fn recounted) (pace, error) {
	var list hitList
	first, end := r.from.Add(-repeats), r.to.Add(bucket)
	err := within(tx, series, end.Add(-time.Second), end.Sub(first), func(h hit) { list = append(list, h) })
	if err != nil {
		return p, err
	}
	fresh := slotsOf(list, r.from)
	for day := r.from.UTC().Truncate(24 * time.Hour); !day.After(r.to); day = day.Add(24 * time.Hour) {
		was, _, err := counted.On(day).Get(tx, series)
		if err != nil {
			return p, err
		}
		is := slices.Clone(was)
		for at := maxTime(day, r.from); !at.After(r.to) && at.Before(day.Add(24*time.Hour)); at = at.Add(bucket) {
			_, n := slotOf(at)
			if c := fresh[at.Unix()]; c.Posts >= is.at(n).Posts { // else its matches are past retention
				is = is.put(slot{n, c})
			}
		}
		if slices.Equal(was, is) {
			continue
		}
		if err := counted.On(day).Put(tx, series, is); err != nil {
			return p, err
		}
		data, _ := is.AppendBinary(nil)
		before := p
		p = p.next("counts", day, data)
		fn(series, before, p, day, is)
	}
	return p, nil
}

// slotsOf counts hits by the beginning of their bucket, in unix seconds, from
// a moment on. What is older only tells who was there before.
func slotsOf(list hitList, from time.Time) map[int64]Counts {
	inOrder(list)
	out := map[int64]Counts{}
	stories, voices := map[uint64]int64{}, map[uint64]int64{} // when they were there last; never: 0
	first, _ := slices.BinarySearchFunc(list, from.Unix(), func(h hit, at int64) int { return cmp.Compare(h.at, at) })
	for _, h := range list[first:] {
		stories[h.story], voices[h.voice] = 0, 0
	}
	for _, h := range list[:first] { // most of them are of no account
		note(stories, h.story, h.at)
		note(voices, h.voice, h.at)
	}
	for _, h := range list[first:] {
		newStory, newVoice := isNew(stories, h.story, h.at), isNew(voices, h.voice, h.at)
		at := h.at - h.at%int64(bucket/time.Second)
		c := out[at]
		c.Posts++
		c.Stories += newStory
		c.Voices += newVoice
		out[at] = c
	}
	return out
}

// note keeps when something was there, if that matters.
func note(last map[uint64]int64, id uint64, at int64) {
	if _, matters := last[id]; matters {
		last[id] = at
	}
}

// isNew returns 1 for what was not there in the hour before, and notes it.
func isNew(last map[uint64]int64, id uint64, at int64) int {
	before := last[id]
	last[id] = at
	if before > 0 && at-before < int64(repeats/time.Second) {
		return 0
	}
	return 1
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// slots calls fn for the counts of a series in the buckets that hold [from, to],
// in their order.
func slots(tx store.Tx, series store.Key, from, to time.Time, fn func(time.Time, Counts)) error {
	from = from.UTC().Truncate(bucket)
	for day := from.Truncate(24 * time.Hour); !day.After(to); day = day.Add(24 * time.Hour) {
		list, _, err := counted.On(day).Get(tx, series)
		if err != nil {
			return fmt.Errorf("read counts of %s: %w", series, err)
		}
		for _, c := range list {
			if at := day.Add(time.Duration(c.n) * bucket); !at.Before(from) && !at.After(to) {
				fn(at, c.Counts)
			}
		}
	}
	return nil
}

// lastBefore returns the beginning of the last bucket before a moment in which
// a series has a post; the zero time where its history has none.
func lastBefore(tx store.Tx, series store.Key, at time.Time) (last time.Time, err error) {
	for day := at; last.IsZero() && err == nil && at.Sub(day) <= history; day = day.Add(-24 * time.Hour) {
		begins := day.UTC().Truncate(24 * time.Hour)
		err = slots(tx, series, begins, minTime(at, begins.Add(24*time.Hour-1)), func(at time.Time, _ Counts) { last = at })
	}
	return last, err
}

// countBatch brings the counts of a batch to the shelves, and to the baselines in
// memory.
func (s *Set) countBatch(tx store.Tx, batch pages, now time.Time) error {
	changes := map[store.Key]change{}
	for _, p := range batch {
		if !p.grown {
			continue
		}
		c, known := changes[p.series]
		if !known {
			c.by = map[string]int{}
		}
		c.at = append(c.at, p.at)
		for source, n := range p.by {
			c.by[source] += n
		}
		changes[p.series] = c
	}
	begun := func(series store.Key) (time.Time, error) {
		rule, _ := splitSeries(series)
		return since(tx, rule, now)
	}
	return recountSlots(tx, changes, begun, s.memory.follow)
}
