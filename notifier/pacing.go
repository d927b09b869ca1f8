package notifier

import (
	"context"
	"fmt"
	"time"

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
