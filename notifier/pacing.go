package notifier

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

const calls store.Shelf[Calls] = "calls"

// Calls is what was spent of a chat's budget, so that a restart does not
// spend it again.
type Calls struct {
	At []time.Time `json:"at"` // of the last minute, oldest first
}

// use is a call to a destination; ok is false where nobody counts.
func (o *Outbox) use(d Dest) (u use, ok bool) {
	limited, ok := o.Senders[d.Transport()].(Limited)
	if !ok {
		return use{}, false
	}
	return use{room: limited.Room(d), limits: limited.Limits()}, true
}

// take asks for the call that a job is about to make, and returns how long it
// has to wait; 0: it is counted.
func (o *Outbox) take(j *job, now time.Time) time.Duration {
	u, ok := o.use(j.message.Dest)
	if !ok {
		return 0
	}
	u.urgent, u.edit = j.urgent(), j.edits()
	return o.budgets.take(u, now)
}

// Spend counts a call to a chat that did not come from here and has no time to
// wait: the answer to somebody who asked. What is due here waits for it.
func (o *Outbox) Spend(d Dest, now time.Time) {
	if u, ok := o.use(d); ok {
		o.budgets.spend(u, now)
	}
}

// stall slows a transport down that has complained.
func (o *Outbox) stall(d Dest, now time.Time) {
	if u, ok := o.use(d); ok {
		o.budgets.stall(u, now)
	}
}

// pace is how long a chat is left alone after each call.
func (o *Outbox) pace(d Dest) time.Duration {
	u, _ := o.use(d)
	return u.limits.Gap
}

// keepCalls stores what was spent, in the transaction of what a call led to.
func (o *Outbox) keepCalls(tx store.Tx, d Dest) error {
	u, ok := o.use(d)
	if !ok {
		return nil
	}
	return calls.Put(tx, store.Key(u.room), Calls{At: o.budgets.spentIn(u.room, time.Now())})
}

// recallCalls reads what an earlier process spent.
func (o *Outbox) recallCalls(tx store.Tx, now time.Time) error {
	o.budgets = newBudgets()
	for _, d := range o.Current().AllDests() {
		u, ok := o.use(d)
		if !ok || len(o.budgets.spentIn(u.room, now)) > 0 {
			continue
		}
		before, found, err := calls.Get(tx, store.Key(u.room))
		if err != nil {
			return fmt.Errorf("read calls in %s: %w", u.room, err)
		}
		if found {
			o.budgets.recall(u, before.At, now)
		}
	}
	return nil
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

// Recall reads what an earlier process left for this one to know before it
// speaks. It comes before Run, and before anybody is told anything.
func (o *Outbox) Recall(ctx context.Context, now time.Time) error {
	return o.DB.View(ctx, func(tx store.Tx) error {
		m, err := readMoves(tx)
		if err != nil {
			return err
		}
		o.moves.Store(&m)
		return o.recallCalls(tx, now)
	})
}
