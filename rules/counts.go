package rules

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
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
