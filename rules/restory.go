package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// Restory lets posts count for the stories, and with the voices, that they have
// now that a person has moved them (source.Split, source.Join): what was counted
// of them before, and what waits to be quoted. The next Eval judges by that; it
// says nothing by itself.
func Restory(tx store.Tx, moved []source.Post) error {
	if err := recount(tx, moved); err != nil {
		return fmt.Errorf("count for another story: %w", err)
	}
	if err := requote(tx, moved); err != nil {
		return fmt.Errorf("quote for another story: %w", err)
	}
	return nil
}

// recount goes once through each day on which a post was published: which rules
// have matched it is not known any more.
func recount(tx store.Tx, moved []source.Post) error {
	days := map[store.Shelf[hitList]]map[uint64]hit{}
	minutes := map[string]bool{}
	for i := range moved {
		h, day := newHit(&moved[i]), hits.On(moved[i].Published)
		if days[day] == nil {
			days[day] = map[uint64]hit{}
		}
		days[day][h.post] = h
		minutes[store.Minute(moved[i].Published.Truncate(bucket))] = true
	}
	buckets := map[store.Key]change{}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if err := recountDay(tx, day, days[day], minutes, buckets); err != nil {
			return err
		}
	}
	return recountSlots(tx, buckets, noPace, func(store.Key, pace, pace, time.Time, dayCounts) {})
}

// noPace is when the history of a series begins that has none. Whatever has
// been counted has one.
func noPace(store.Key) (time.Time, error) { return time.Time{}, nil }

// recountDay mends the matches of a day and notes the buckets that changed.
func recountDay(tx store.Tx, day store.Shelf[hitList], now map[uint64]hit, minutes map[string]bool, buckets map[store.Key]change) error {
	changed := map[store.Key]hitList{}
	err := day.Scan(tx, "", func(k store.Key, list hitList) error {
		if !minutes[string(k[strings.LastIndexByte(string(k), '/')+1:])] {
			return nil
		}
		for i, h := range list {
			if as, ok := now[h.post]; ok && h != as {
				list[i].story, list[i].voice = as.story, as.voice
				changed[k] = list
			}
		}
		return nil
	})
	for _, k := range slices.Sorted(maps.Keys(changed)) {
		if err == nil {
			err = day.Put(tx, k, changed[k])
		}
		series := k[:strings.LastIndexByte(string(k), '/')]
		at := time.Unix(changed[k][0].at, 0).UTC().Truncate(bucket)
		buckets[series] = change{at: append(buckets[series].at, at)}
	}
	return err
}

func requote(tx store.Tx, moved []source.Post) error {
	now := map[string]*source.Post{}
	for i := range moved {
		now[moved[i].ID] = &moved[i]
	}
	changed := map[store.Key]quoted{}
	err := recents.Scan(tx, "", func(k store.Key, q quoted) error {
		for i := range q.Posts {
			p := &q.Posts[i].Post
			if as := now[p.ID]; as != nil && (as.Story != p.Story || as.Voice != p.Voice) {
				p.Story, p.Voice = as.Story, as.Voice
				changed[k] = q
			}
		}
		return nil
	})
	for _, k := range slices.Sorted(maps.Keys(changed)) {
		q := changed[k]
		if q.Posts = newest(q.Posts, time.Time{}); err == nil {
			err = recents.Put(tx, k, q)
		}
	}
	return err
}
