package notifier

import (
	"context"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// fail stores what a failed card call means (chat.md 1.4) and returns when to
// try again. A definite failure never clears Maybe: an earlier copy may be there.
func (o *Outbox) fail(ctx context.Context, j job, err error) (time.Duration, error) {
	failed := asSendError(err)
	d, in := j.message.Dest, j.message.Card.Incident
	o.Log.Warn("card not delivered", "dest", string(d), "incident", in.ID.String(),
		"class", string(failed.Class), "attempt", j.card.Attempts+1, "err", failed.Err)
	var wait time.Duration
	err = o.update(ctx, j.key, func(c *Delivery) {
		wait = after(c, failed)
		c.LastErr = failed.Error()
		c.NotBefore = time.Now().Add(wait)
	})
	return max(wait, time.Millisecond), err
}

// deadPause is how often a chat that is closed to us is tried again: somebody
// may have let the bot in.
const deadPause = 10 * time.Minute

// after changes a delivery according to the class of its failure and returns
// how long it must rest.
func after(c *Delivery, failed *SendError) time.Duration {
	first := c.State != Sent
	switch failed.Class {
	case Flood:
		c.unsend(first)
		return failed.After + retryAfter(0)
	case Ambiguous:
		c.Attempts++
		if first { // stays Sending: reconcile settles it
			c.Maybe = true
			return 0
		}
		return retryAfter(c.Attempts) // edits may be repeated
	case BadFormat, ThreadGone:
		c.unsend(first)
		if c.Plain { // the plain form was refused too
			c.Attempts++
			return retryAfter(c.Attempts)
		}
		c.Plain = true
		return 0
	case Dead, Migrated:
		c.unsend(first)
		c.Attempts++
		return deadPause
	case Gone:
		*c = Delivery{WantRev: c.WantRev, Resent: c.Resent}
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

// deliverPing sends one reply under a card and forgets it, or puts it off.
func (o *Outbox) deliverPing(ctx context.Context, j job) (time.Duration, error) {
	if j.stale() {
		return 0, o.dropPing(ctx, j.key)
	}
	posted, err := o.posted(ctx, &j)
	if err != nil || !posted {
		return cardFirst, err
	}
	err = call(ctx, func(ctx context.Context) error {
		_, err := o.Senders[j.message.Dest.Transport()].Send(ctx, j.message)
		return err
	})
	if err == nil {
		return 0, o.dropPing(ctx, j.key)
	}
	failed := asSendError(err)
	o.Log.Warn("ping not delivered", "dest", string(j.ping.Dest), "incident", j.ping.ID.String(),
		"why", string(j.ping.Why), "class", string(failed.Class), "err", failed.Err)
	p := *j.ping
	wait := p.after(failed)
	if p.Attempts >= maxPingTries {
		return 0, o.dropPing(ctx, j.key)
	}
	p.LastErr, p.NotBefore = failed.Error(), time.Now().Add(wait)
	return wait, o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		return pings.Put(tx, j.key, p)
	})
}

// cardFirst is the pause of a ping whose card has yet to be posted.
const cardFirst = 5 * time.Second

// posted looks for the card under which the ping goes: earlier jobs of the
// round may have posted it afresh, or found it gone.
func (o *Outbox) posted(ctx context.Context, j *job) (bool, error) {
	var c Delivery
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		c, _, err = cards.Get(tx, cardKey(j.message.Dest, j.ping.ID))
		return err
	})
	j.message.ReplyTo = c.At
	return c.State == Sent, err
}

// after counts the failure where it is one of the ping's own and returns how
// long to wait: what certainly did not arrive is tried for ever.
func (p *Ping) after(failed *SendError) time.Duration {
	switch failed.Class {
	case Flood:
		return failed.After + retryAfter(0)
	case NotSent:
		return retryUpTo
	case Ambiguous:
		p.Attempts++
		return grace
	default:
		p.Attempts = maxPingTries
		return 0
	}
}

// stale reports whether a call for help came too late: the incident is over.
func (j *job) stale() bool {
	in := j.message.Card.Incident
	loud := !j.ping.Silent
	return loud && in.State != incident.Open && in.Rev > j.ping.Entry.To
}

func (o *Outbox) dropPing(ctx context.Context, key store.Key) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		return pings.Delete(tx, key)
	})
}
