package facts

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// watched holds every fact that was ever in force, as it was last seen.
const watched store.Shelf[watch] = "watched"

// watch is what is known of a fact, and what its owner was told.
type watch struct {
	Fact Fact `json:"fact"`
	Told int  `json:"told,omitempty"` // how many of the reminders before Fact.ValidUntil are over
	Dead bool `json:"dead,omitempty"`
}

// Ahead are the days before its last one on which the owner of a fact is
// reminded of it.
func Ahead() []int { return []int{30, 7, 1} }

// remindAt is the hour of the reminders, where people are at work; the end
// itself is at midnight.
const remindAt = 9

// Cause says what has become of a fact.
type Cause string

// The causes.
const (
	Ending     Cause = "ending"     // it still lives, for some days
	Expired    Cause = "expired"    // the others are dead
	Superseded Cause = "superseded" // by another fact
	Removed    Cause = "removed"    // it is in no file any more
)

// News is what has become of one fact since it was last looked at.
type News struct {
	Fact  Fact
	Cause Cause
	Days  int // Ending: from today to its last day
}

// Review is what is new of all facts, and when there may be more.
type Review struct {
	News []News
	Next time.Time // zero: not before something changes
	keep []watch
}

// Look compares the facts in force with what was known of them. What a fact was
// when it was first seen is no news: whoever wrote an end that is near knows it,
// and nothing rests on a fact that was never live. Neither are the days of an
// end that was moved.
func Look(tx store.Tx, l *Library, now time.Time) (Review, error) {
	known := map[string]watch{}
	err := watched.Scan(tx, "", func(k store.Key, w watch) error {
		known[string(k)] = w
		return nil
	})
	if err != nil {
		return Review{}, fmt.Errorf("read what is known of the facts: %w", err)
	}
	var r Review
	for f := range l.All() {
		w, seen := known[f.ID]
		delete(known, f.ID)
		r.see(w, seen, f, now)
	}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if w := known[id]; !w.Dead {
			w.Dead = true
			r.keep, r.News = append(r.keep, w), append(r.News, News{Fact: w.Fact, Cause: Removed})
		}
	}
	return r, nil
}

// see compares one fact with what was known of it.
func (r *Review) see(was watch, seen bool, f Fact, now time.Time) {
	live, told := f.Live(now), passed(f, now)
	is := watch{Fact: f, Told: told, Dead: !live}
	fresh := !seen || was.Dead || !was.Fact.ValidUntil.Equal(f.ValidUntil)
	switch {
	case !live && seen && !was.Dead:
		r.News = append(r.News, News{Fact: f, Cause: f.deadBy()})
	case live && !fresh && told > was.Told:
		r.News = append(r.News, News{Fact: f, Cause: Ending, Days: daysLeft(f, now)})
	case live && !fresh:
		is.Told = was.Told // a clock that was set back
	}
	if live {
		r.wait(f, now)
	}
	if !seen || !equal(was, is) {
		r.keep = append(r.keep, is)
	}
}

// wait has the review looked at again when a fact is next due.
func (r *Review) wait(f Fact, now time.Time) {
	next := f.ValidUntil
	for _, days := range Ahead() {
		if at := reminder(f, days); at.After(now) && at.Before(next) {
			next = at
		}
	}
	if r.Next.IsZero() || next.Before(r.Next) {
		r.Next = next
	}
}

// Changed reports whether there is something to keep.
func (r Review) Changed() bool { return len(r.keep) > 0 }

// Keep writes down what is known now. It belongs in the transaction that tells
// the news, so that they are told once.
func (r Review) Keep(tx store.Tx) error {
	for _, w := range r.keep {
		if err := watched.Put(tx, store.Key(w.Fact.ID), w); err != nil {
			return fmt.Errorf("keep what is known of %s: %w", w.Fact.ID, err)
		}
	}
	return nil
}

// watchFrom makes a fact known from the moment at which it was accepted: it may
// die before anybody has looked.
func watchFrom(tx store.Tx, f Fact, now time.Time) error {
	if err := watched.Put(tx, store.Key(f.ID), watch{Fact: f, Told: passed(f, now)}); err != nil {
		return fmt.Errorf("watch %s: %w", f.ID, err)
	}
	return nil
}

func (f Fact) deadBy() Cause {
	if f.SupersededBy != "" {
		return Superseded
	}
	return Expired
}

// LastDay is the last day on which the fact may be used, at its beginning.
func (f Fact) LastDay() time.Time {
	y, m, d := f.ValidUntil.Add(-1).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, f.ValidUntil.Location())
}

// reminder is when the owner is reminded some days before the last one.
func reminder(f Fact, days int) time.Time {
	y, m, d := f.LastDay().Date()
	return time.Date(y, m, d-days, remindAt, 0, 0, 0, f.ValidUntil.Location())
}

// passed is how many reminders of a fact are over, or due, at now.
func passed(f Fact, now time.Time) int {
	n := 0
	for _, days := range Ahead() {
		if !now.Before(reminder(f, days)) {
			n++
		}
	}
	return n
}

// daysLeft is how many days from today the last day of a fact is.
func daysLeft(f Fact, now time.Time) int {
	y, m, d := now.In(f.ValidUntil.Location()).Date()
	last := f.LastDay()
	ly, lm, ld := last.Date()
	between := time.Date(ly, lm, ld, 0, 0, 0, 0, time.UTC).Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	return int(between / (24 * time.Hour))
}

// equal compares what is stored.
func equal(a, b watch) bool {
	x, xErr := json.Marshal(a)
	y, yErr := json.Marshal(b)
	return cmp.Or(xErr, yErr) == nil && strings.Compare(string(x), string(y)) == 0
}
