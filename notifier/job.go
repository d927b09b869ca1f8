package notifier

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// job is one thing to deliver: a card, with ping set a reply under it, or with
// stray set the end of a message that is no card any more.
type job struct {
	key     store.Key // of cards, or of pings
	ping    *Ping
	stray   *Stray
	card    Delivery
	message Message
	hash    string
	held    time.Time // ping: until when it waited or waits for the end of quiet hours; zero: it does not
	also    []job     // ping: others that are told with it
	barred  bool      // about a shadow incident, in what is no admins' chat any more
}

// rev is the revision that a job draws.
func (j *job) rev() uint64 {
	if j.message.Kind == KindStorm {
		return j.card.WantRev
	}
	return j.message.Card.Incident.Rev
}

// label names what a job is about, for logs and look-ups.
func (j *job) label() string {
	if j.message.Kind == KindStorm {
		return fmt.Sprintf("%s-%d", stormWord, j.message.Storm.N)
	}
	return j.message.Card.Incident.ID.String()
}

// wait is how long a job must rest: after a failure, or to collect counts.
func (j *job) wait(now time.Time) time.Duration {
	if j.stray != nil {
		return until(j.stray.NotBefore, now, longestRest)
	}
	if j.ping != nil {
		return max(until(j.ping.NotBefore, now, longestRest), until(j.held, now, escalation.LongestQuiet))
	}
	rest := until(j.card.NotBefore, now, longestRest)
	if j.card.State == Sending {
		rest = max(rest, until(j.card.Since.Add(grace), now, grace))
	}
	if j.card.State == Sent && j.message.Kind == KindStorm {
		return max(rest, until(j.card.SentAt.Add(stormCalm), now, stormCalm))
	}
	if j.card.State == Sent && j.card.SentState == j.message.Card.Incident.StateRev {
		rest = max(rest, until(j.card.SentAt.Add(calm), now, calm))
	}
	return rest
}

// until is how far t lies ahead, or 0 where that is more than it can be: the
// clock was set back since t was stored, and nobody may wait for it.
func until(t, now time.Time, atMost time.Duration) time.Duration {
	if d := t.Sub(now); d <= atMost {
		return d
	}
	return 0
}

// speaks reports whether a job makes a call that the other side counts.
func (j *job) speaks() bool {
	switch {
	case j.barred:
		return false
	case j.stray != nil:
		return true
	case j.ping != nil:
		return !j.stale() && j.ping.Attempts < maxPingTries
	case j.card.State == Sent:
		return j.hash != j.card.SentHash
	default: // one that may be there is looked for first
		return j.card.State == Unsent
	}
}

func (j *job) edits() bool { return j.stray != nil || j.ping == nil && j.card.State == Sent }

// urgent reports whether a job may take what is kept of a budget: a new
// critical card, or a call for help that nobody has answered.
func (j *job) urgent() bool {
	in := j.message.Card.Incident
	if in.Severity < rules.Critical || in.Shadow || j.edits() {
		return false
	}
	return j.ping == nil || !j.ping.Silent && in.State == incident.Open
}

// rank orders what a chat waits for. While there is enough for all of it, what
// changed on a card comes before the words about it; when there is not, people
// are called first and the card follows.
func (j *job) rank(short bool) int {
	edits, pings := 3, 5
	if short {
		edits, pings = 4, 3
	}
	switch {
	case j.stray != nil:
		return 6
	case j.urgent() && j.ping == nil:
		return 0
	case j.urgent():
		return 1
	case j.ping != nil:
		return pings
	case !j.edits(), j.message.Kind == KindStorm: // which is how new incidents are shown now
		return 2
	case j.card.SentState != j.message.Card.Incident.StateRev:
		return edits
	default: // only counts have moved
		return edits + 1
	}
}

// inOrder sorts what a chat waits for: the loudest incident first, cards
// before pings, and by rank where there is not enough left for all.
func (o *Outbox) inOrder(d Dest, jobs []job, now time.Time) {
	due := 0
	for i := range jobs {
		if jobs[i].wait(now) <= 0 && jobs[i].speaks() {
			due++
		}
	}
	u, limited := o.use(d)
	short := limited && u.limits.PerMinute > 0 && due > o.budgets.left(u, now)
	slices.SortStableFunc(jobs, func(a, b job) int {
		if rank := cmp.Compare(a.rank(short), b.rank(short)); rank != 0 || a.ping != nil || a.stray != nil {
			return rank
		}
		x, y := a.message.Card.Incident, b.message.Card.Incident
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), cmp.Compare(x.ID, y.ID))
	})
}
