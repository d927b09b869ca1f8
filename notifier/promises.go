package notifier

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/promise"
)

// promisesOf returns what is owed in the cell of an incident, from whichever
// incident it comes. Nobody answers for a shadow incident.
func promisesOf(all []promise.Promise, in incident.Incident) []promise.Promise {
	if in.Shadow {
		return nil
	}
	return promise.Of(all, in.Topic, in.Site)
}

// owed reports whether the promise that a reminder is about is still owed at
// the date that it speaks of.
func owed(c Card, e incident.Entry) bool {
	return slices.ContainsFunc(c.Promises, func(p promise.Promise) bool {
		return p.Incident == c.Incident.ID && p.N == e.Item && p.Due.Equal(e.Until)
	})
}

// DueSoon is how far ahead what is due is counted.
const DueSoon = 7 * 24 * time.Hour

// Owed is how many promises a digest tells of.
type Owed struct {
	Late int // should have been kept
	Soon int // are due within DueSoon
}

// owedTo counts the promises of the sites that a chat hears of.
func (p *Plan) owedTo(all []promise.Promise, d Dest, now time.Time) Owed {
	var out Owed
	for _, x := range all {
		switch {
		case !slices.Contains(p.Dests(x.Site), d):
		case x.Overdue(now):
			out.Late++
		case x.Due.Sub(now) <= DueSoon:
			out.Soon++
		}
	}
	return out
}
