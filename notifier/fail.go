package notifier

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const (
	// deadPause is how often a chat that is closed to us is tried again:
	// somebody may have let the bot in.
	deadPause = 10 * time.Minute
	// longestRest is above every pause that is ever stored; a longer one
	// comes from a clock that was set back.
	longestRest = 20 * time.Minute
)

// fail stores what a failed card call means (chat.md 1.4) and returns how long
// the chat must be left alone. A definite failure never clears Maybe: an
// earlier copy may be there.
func (o *Outbox) fail(ctx context.Context, j job, err error) (time.Duration, error) {
	failed := asSendError(err)
	d := j.message.Dest
	if failed.Class == Flood {
		o.stall(d, time.Now())
	}
	level := slog.LevelWarn
	if failed.Class == BadFormat { // what we draw is to be taken: our bug
		level = slog.LevelError
	}
	o.Log.Log(ctx, level, "card not delivered", "dest", string(d), "incident", j.label(),
		"class", string(failed.Class), "attempt", j.card.Attempts+1, "err", failed.Err)
	var wait time.Duration
	moved := false
	err = o.update(ctx, j, func(c *Delivery) {
		wait = after(c, failed)
		c.LastErr = failed.Error()
		c.NotBefore = time.Now().Add(wait)
	})
	if err == nil {
		moved, err = o.follow(ctx, d, failed)
	}
	if err == nil && !moved {
		err = o.failing(ctx, d, failed)
	}
	if moved {
		return 0, err
	}
	if !failed.ofChat() {
		wait = o.pace(d)
	}
	return wait, err
}

// ofChat reports whether the failure concerns the chat, and not the message.
func (e *SendError) ofChat() bool {
	switch e.Class {
	case Flood, NotSent, Dead, Migrated:
		return true
	default:
		return false
	}
}

// after changes a delivery according to the class of its failure and returns
// how long it must rest.
func after(c *Delivery, failed *SendError) time.Duration {
	first := c.State != Sent
	switch failed.Class {
	case Flood:
		c.unsend(first)
		return min(failed.After+retryAfter(0), longestRest)
	case Ambiguous:
		c.Attempts++
		if first { // stays Sending: reconcile settles it
			c.Maybe = true
			return 0
		}
		return retryAfter(c.Attempts) // edits may be repeated
	case Dead, Migrated:
		c.unsend(first)
		c.Attempts++
		return deadPause
	case BadFormat:
		c.unsend(first)
		if c.Bare { // all forms were refused
			c.Attempts++
			return retryAfter(c.Attempts)
		}
		c.Plain, c.Bare = true, c.Plain
		return 0
	case ThreadGone:
		if first { // the sender has no thread that it could leave out
			c.unsend(first)
			c.Attempts++
			return deadPause
		}
		*c = Delivery{WantRev: c.WantRev, Resent: c.Resent, Epoch: c.Epoch, Storm: c.Storm, Told: c.Told}
		return 0
	case Gone:
		*c = Delivery{WantRev: c.WantRev, Resent: c.Resent, Epoch: c.Epoch, Storm: c.Storm, Told: c.Told}
		return 0
	default:
		c.unsend(first)
		c.Attempts++
		return retryAfter(c.Attempts)
	}
}

func (c *Delivery) unsend(first bool) {
	if first {
		c.State = Unsent
	}
}

// maxPingTries: a ping that may have been told is told once more, where it cannot
// be looked up; its news is on the card anyway.
const maxPingTries = 2

// deliverPing sends one reply under a card and forgets it, or puts it off.
// The attempt is stored before the call: a ping is not repeated for ever by a
// store that can no longer forget it.
func (o *Outbox) deliverPing(ctx context.Context, j job) (time.Duration, error) {
	d := j.message.Dest
	if why := j.needless(); why != "" {
		return 0, o.skip(ctx, j, why)
	}
	if j.stale() {
		return 0, o.dropStale(ctx, j)
	}
	if wait, settled, err := o.lookedFor(ctx, j); settled || err != nil {
		return wait, err
	}
	if j.ping.Attempts >= maxPingTries {
		o.Log.Info("ping dropped", "dest", string(d), "incident", j.ping.ID.String(), "why", string(j.ping.Why))
		return 0, o.dropPing(ctx, j)
	}
	j.message.Again = j.ping.Attempts > 0
	if j.ping.Nonce == "" {
		j.ping.Nonce, j.ping.Since = nonce(j.label()), time.Now()
	}
	j.message.Nonce = j.ping.Nonce
	if err := o.markPing(ctx, j); err != nil {
		return 0, err
	}
	var at Receipt
	err := o.call(ctx, d, func(ctx context.Context, s Sender) (err error) {
		at, err = s.Send(ctx, j.message)
		return err
	})
	if err == nil {
		return o.pace(d), o.recordPing(ctx, j, at)
	}
	failed := asSendError(err)
	if failed.Class == Dead && j.ping.Direct { // who never wrote to the bot cannot be written to
		return 0, o.skip(ctx, j, SkippedClosed)
	}
	o.Log.Warn("ping not delivered", "dest", string(d), "incident", j.ping.ID.String(),
		"why", string(j.ping.Why), "class", string(failed.Class), "err", failed.Err)
	return o.putOff(ctx, j, failed)
}

func (o *Outbox) markPing(ctx context.Context, j job) error {
	return o.putPing(ctx, j, func(p *Ping) {
		p.Attempts++
		p.NotBefore = time.Now().Add(grace)
	})
}

// putOff stores a failed attempt. What certainly did not arrive was none.
func (o *Outbox) putOff(ctx context.Context, j job, failed *SendError) (time.Duration, error) {
	wait := grace
	if failed.Class == Migrated && failed.To != "" {
		if err := o.putPing(ctx, j, func(*Ping) {}); err != nil { // as it was before the attempt
			return 0, err
		}
		_, err := o.follow(ctx, j.message.Dest, failed)
		return 0, err
	}
	switch failed.Class {
	case Flood:
		wait = min(failed.After+retryAfter(0), longestRest)
	case NotSent:
		wait = retryUpTo
	case Dead, Migrated:
		wait = deadPause
	default:
	}
	err := o.putPing(ctx, j, func(p *Ping) {
		reformed := p.reform(failed.Class)
		if reformed {
			wait = 0
		}
		if !failed.ofChat() && !reformed {
			p.Attempts++
		}
		p.LastErr, p.NotBefore = failed.Error(), time.Now().Add(wait)
	})
	err = errors.Join(err, o.failing(ctx, j.message.Dest, failed))
	if !failed.ofChat() {
		wait = o.pace(j.message.Dest)
	}
	return wait, err
}

// putPing stores the ping of a job as change makes it.
func (o *Outbox) putPing(ctx context.Context, j job, change func(*Ping)) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		for _, m := range j.members() {
			p := *m.ping
			change(&p)
			if err := pings.Put(tx, m.key, p); err != nil {
				return err
			}
		}
		return o.keepCalls(tx, j.ping.Dest)
	})
}

// stale reports whether a call for help came too late: the incident was
// taken, or is over, since.
func (j *job) stale() bool {
	in := j.message.Card.Incident
	if j.ping.Why == PromiseDue { // it outlives its incident
		return false
	}
	if j.ping.Why.calls() { // of two reminders the later one says it all
		return j.ping.Why == Reminded && in.Calling.At.After(j.ping.Entry.At)
	}
	return (!j.ping.Silent || j.ping.Why == GotLouder) && in.State != incident.Open && in.StateRev > j.ping.Entry.To
}

// recordPing forgets a ping that was told, and notes that, and which incident
// its message is about.
func (o *Outbox) recordPing(ctx context.Context, j job, at Receipt) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		if at.MsgID != "" && j.ping.ID != 0 && len(j.message.Cards) < 2 {
			if err := shown.Put(tx, shownKey(j.message.Dest, at.MsgID), Shown{ID: j.ping.ID, Reply: true}); err != nil {
				return err
			}
		}
		noted := map[incident.ID]bool{}
		for _, m := range j.members() {
			if !noted[m.ping.ID] {
				noted[m.ping.ID] = true
				if err := m.remember(tx, j.message.Why, time.Now()); err != nil {
					return err
				}
			}
			if err := pings.Delete(tx, m.key); err != nil {
				return err
			}
		}
		d := j.ping.Dest
		return errors.Join(o.keepCalls(tx, d), o.arrived(tx, d, at, true))
	})
}

// dropPing forgets a ping that is not to be told.
func (o *Outbox) dropPing(ctx context.Context, j job) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error { return pings.Delete(tx, j.key) })
}
