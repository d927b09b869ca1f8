package promise

import "time"

// remindAt is the hour of the site at which owners are reminded (chat.md 3 has
// the days): early enough to do something that very day.
const remindAt = 8

// moments returns when the owner is reminded of a promise, by the clocks of its
// site: seven days and one day before it is due, on that day, and once at the
// first such hour after it was due. The times are in their order.
func (p Promise) moments(zone *time.Location) []time.Time {
	due := p.Due.In(zone)
	morning := func(day int) time.Time {
		return time.Date(due.Year(), due.Month(), due.Day()+day, remindAt, 0, 0, 0, zone)
	}
	var out []time.Time
	for _, before := range []int{7, 1, 0} {
		if at := morning(-before); at.Before(p.Due) {
			out = append(out, at)
		}
	}
	late := morning(0)
	if late.Before(p.Due) {
		late = morning(1)
	}
	return append(out, late)
}

// since is the time up to which nobody need be reminded: of what was promised
// later than that, or told. A reminder from the future was given while the
// clock was wrong, and counts for nothing.
func (p Promise) since(now time.Time) time.Time {
	since := p.At
	if p.Moved.After(since) {
		since = p.Moved
	}
	if p.Told.After(since) && !p.Told.After(now) {
		since = p.Told
	}
	return since
}

// Remind returns the moment of the reminder that is due at now. Of several that
// were missed the latest says it all. ok is false where none is due.
func (p Promise) Remind(now time.Time, zone *time.Location) (at time.Time, ok bool) {
	if p.Kept != nil {
		return time.Time{}, false
	}
	since := p.since(now)
	for _, m := range p.moments(zone) {
		if m.After(since) && !m.After(now) {
			at, ok = m, true
		}
	}
	return at, ok
}

// Next returns the moment of the first reminder that comes after now; zero: none
// does.
func (p Promise) Next(now time.Time, zone *time.Location) time.Time {
	since := p.since(now)
	for _, m := range p.moments(zone) {
		if p.Kept == nil && m.After(since) && m.After(now) {
			return m
		}
	}
	return time.Time{}
}
