package notifier

import (
	"cmp"
	"slices"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

// quietUntil returns when the quiet hours end in which t lies for an incident,
// or t. A critical incident has none.
func (p *Plan) quietUntil(in incident.Incident, t time.Time) time.Time {
	place := p.Sites[in.Site]
	if in.Severity >= rules.Critical || len(place.Quiet) == 0 {
		return t
	}
	return escalation.QuietUntil(place.Quiet, t, cmp.Or(place.Zone, p.Zone, time.UTC))
}

// hushed reports whether a new card makes no sound now.
func (p *Plan) hushed(in incident.Incident, now time.Time) bool {
	return in.Shadow || p.quietUntil(in, now).After(now)
}

// heldUntil returns until when a ping waits for the end of quiet hours; the
// zero time: it is none of those that do. It is computed from when the ping was
// written down, so that a restart changes nothing, and from the incident and the
// quiet hours as they are now.
func (p *Plan) heldUntil(ping Ping, in incident.Incident) time.Time {
	end := p.quietUntil(in, ping.Entry.At)
	if ping.Why == WasResolved || !end.After(ping.Entry.At) {
		return time.Time{}
	}
	return end
}

// grouped makes one message of the pings that waited for quiet hours that are
// over. What would not be told anyway stays on its own, to be dropped, and so
// does a reminder of a promise, which no line about its incident would replace.
func grouped(jobs []job, now time.Time) []job {
	var out, over []job
	for _, j := range jobs {
		if j.ping.Why != PromiseDue && !j.held.IsZero() && j.wait(now) <= 0 && !j.barred && !j.stale() && j.needless() == "" {
			over = append(over, j)
			continue
		}
		out = append(out, j)
	}
	if len(over) == 0 {
		return out
	}
	return append([]job{group(over)}, out...)
}

// group is the message of several pings: a line for each of their incidents,
// the loudest first, and the names of all whom they call.
func group(over []job) job {
	first := over[0]
	first.also = over[1:]
	m := &first.message
	m.Why, m.Direct, m.Call, m.Entry = QuietEnded, false, nil, incident.Entry{At: first.held}
	m.Silent = true
	for _, j := range over {
		m.Silent = m.Silent && j.message.Silent
		if !slices.ContainsFunc(m.Cards, func(c Card) bool { return c.Incident.ID == j.ping.ID }) {
			m.Cards = append(m.Cards, j.message.Card)
		}
		for _, c := range j.message.Call {
			if !slices.Contains(m.Call, c) {
				m.Call = append(m.Call, c)
			}
		}
	}
	slices.SortStableFunc(m.Cards, func(a, b Card) int {
		x, y := a.Incident, b.Incident
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), cmp.Compare(x.ID, y.ID))
	})
	if len(m.Cards) > 1 {
		m.ReplyTo = Receipt{}
	}
	return first
}

// members are the jobs of the pings that a job tells.
func (j *job) members() []job {
	return append([]job{*j}, j.also...)
}
