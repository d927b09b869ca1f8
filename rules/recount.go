package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

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

// recountSlots writes the counts of the buckets that changed, by series. One
// that is new is counted since its rule is.
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
