package escalation

import (
	"time"

	"github.com/siaga-id/siaga/incident"
)

// Move is what time brings to an incident next.
type Move struct {
	Verb incident.Verb // Escalate, Remind, Ask, Release or Wake
	Due  time.Time     // in the past where it has not been done in time
}

// Next returns what is to happen next to an incident, and when. ok is false
// where nothing will, as long as the incident stays as it is. Where the clock
// was set back since something happened, so that what follows would have to
// wait for longer than it ever does, it is due at once.
func (p *Policy) Next(in incident.Incident, now time.Time) (move Move, ok bool) {
	switch {
	case in.State == incident.Resolved, in.Shadow:
		return Move{}, false
	case !in.Snoozed.IsZero():
		return Move{incident.Wake, within(in.Snoozed, now, incident.LongestSnooze)}, true
	case in.State == incident.Acknowledged:
		return p.ask(in, now)
	default:
		return p.call(in, now)
	}
}

// call returns the next step of the ladder, or the next reminder after its end.
func (p *Policy) call(in incident.Incident, now time.Time) (Move, bool) {
	steps, c := p.Ladder[in.Severity], in.Calling
	if c.Rung < len(steps) {
		step := steps[c.Rung]
		due := within(waiting(in).Add(step.After), now, step.After)
		return Move{incident.Escalate, latest(due, patience(steps, c, now))}, true
	}
	r := p.Repeat[in.Severity]
	if r.Every <= 0 {
		return Move{}, false
	}
	last, pause := latest(waiting(in), c.At), r.pause(c.Repeats)
	if in.CalledAt.After(last) { // it grew, and people were called for that
		last, pause = in.CalledAt, r.pause(0)
	}
	return Move{incident.Remind, within(last.Add(pause), now, pause)}, true
}

// patience is until when the people of the last step are given time. It
// matters where that step came late, because nobody ran us, or early, because
// somebody asked for it: nobody's superior is called in the same minute.
func patience(steps []Step, c incident.Calling, now time.Time) time.Time {
	if c.Rung == 0 || c.At.IsZero() {
		return time.Time{}
	}
	d := min(steps[0].After, steps[c.Rung].After-steps[c.Rung-1].After)
	return within(c.At.Add(d), now, d)
}

// ask returns when the owner is asked for a sign of life, or loses the
// incident for want of one.
func (p *Policy) ask(in incident.Incident, now time.Time) (Move, bool) {
	limit := p.AckTimeout[in.Severity]
	switch c := in.Calling; {
	case limit <= 0:
		return Move{}, false
	case c.Asked.IsZero():
		return Move{incident.Ask, within(waiting(in).Add(limit), now, limit)}, true
	default:
		return Move{incident.Release, within(c.Asked.Add(p.Answer), now, p.Answer)}, true
	}
}

// waiting is since when the incident waits for somebody or, when it is taken,
// since when nothing was heard of its owner.
func waiting(in incident.Incident) time.Time {
	switch {
	case !in.Calling.Since.IsZero():
		return in.Calling.Since
	case in.State == incident.Acknowledged: // from before this was noted
		return in.AckAt
	default:
		return latest(in.First, in.CalledAt)
	}
}

// within returns due, or now where that lies further ahead than it can: the
// clock was set back since, and nobody may wait for it.
func within(due, now time.Time, atMost time.Duration) time.Time {
	if due.Sub(now) > atMost {
		return now
	}
	return due
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
