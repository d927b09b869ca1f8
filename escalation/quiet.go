package escalation

import (
	"slices"
	"time"
)

// Quiet is a stretch of the day in which people are left alone, as the clocks
// at a site show it.
type Quiet struct {
	From, To time.Duration  // since midnight, each below 24 hours; To before From: on the next day
	Days     []time.Weekday // on which it begins; empty: every day
}

// LongestQuiet is how long a message is held back at most, whatever the quiet
// hours add up to: they delay and never drop (chat.md 6).
const LongestQuiet = 24 * time.Hour

// QuietUntil returns when the quiet hours end in which t lies, at a site whose
// clocks show zone, or t itself where it lies in none. Quiet hours that follow
// on each other are one.
func QuietUntil(all []Quiet, t time.Time, zone *time.Location) time.Time {
	end := t
	for next := t; end.Sub(t) < LongestQuiet; end = next {
		for _, q := range all {
			next = latest(next, q.end(end.In(zone)))
		}
		if next.Equal(end) {
			return end
		}
	}
	return t.Add(LongestQuiet)
}

// end returns when the quiet ends in which t lies, or the zero time. It may
// have begun the day before.
func (q Quiet) end(t time.Time) time.Time {
	for _, before := range []int{0, 1} {
		day := time.Date(t.Year(), t.Month(), t.Day()-before, 0, 0, 0, 0, t.Location())
		if len(q.Days) > 0 && !slices.Contains(q.Days, day.Weekday()) {
			continue
		}
		from, to := onDay(day, 0, q.From), onDay(day, 0, q.To)
		if q.To <= q.From {
			to = onDay(day, 1, q.To)
		}
		if !t.Before(from) && t.Before(to) {
			return to
		}
	}
	return time.Time{}
}

// onDay is when the clocks show a time of day, some days later: not so many
// hours after midnight, for on some days of some zones clocks jump.
func onDay(day time.Time, later int, clock time.Duration) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day()+later, 0, 0, int(clock/time.Second), 0, day.Location())
}
