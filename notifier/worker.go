package notifier

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/siaga-id/siaga/store"
)

const (
	// callTimeout bounds one call to a chat, also during a shutdown.
	callTimeout = 15 * time.Second
	// idle is the longest sleep of a worker: a bell that was lost with a
	// crash, or rung by another process, costs at most this.
	idle = 30 * time.Second
	// storePause is the wait after the store itself failed.
	storePause = 5 * time.Second
)

// Run delivers until ctx ends. A call under way is then waited for, at most
// callTimeout; whatever is left is in the store and goes out at the next start.
func (o *Outbox) Run(ctx context.Context) {
	var workers sync.WaitGroup
	for d := range o.bells {
		workers.Go(func() { o.work(ctx, d) })
	}
	workers.Wait()
}

// work serves one chat. A chat that is slow or dead delays no other.
func (o *Outbox) work(ctx context.Context, d Dest) {
	for !stopping(ctx) {
		wait, err := o.round(ctx, d)
		if err != nil {
			o.Log.Error("deliver", "dest", string(d), "err", err)
			wait = storePause
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-o.bells[d]:
		}
		timer.Stop()
	}
}

// round does what is due in one chat and returns how long nothing will be due
// unless the bell rings. The error is the store's.
func (o *Outbox) round(ctx context.Context, d Dest) (time.Duration, error) {
	wait := idle
	jobs, err := o.jobs(ctx, d)
	if err != nil {
		return 0, err
	}
	for _, j := range jobs {
		if stopping(ctx) {
			return 0, nil
		}
		next, err := o.deliver(ctx, j)
		if err != nil {
			return 0, err
		}
		if next > 0 {
			wait = min(wait, next)
		}
	}
	return wait, nil
}

// stopping reports whether the process is about to end.
func stopping(ctx context.Context) bool { return ctx.Err() != nil }

// job is one thing to deliver: a card, or with ping set a reply under it.
type job struct {
	key     store.Key // of cards, or of pings
	ping    *Ping
	card    Delivery
	message Message
	hash    string
}

// deliver brings one job forward by one call. It returns how long to wait for
// the next one, 0 for nothing more to do.
func (o *Outbox) deliver(ctx context.Context, j job) (time.Duration, error) {
	if wait := j.wait(time.Now()); wait > 0 {
		return wait, nil
	}
	if j.ping != nil {
		return o.deliverPing(ctx, j)
	}
	switch {
	case j.card.State == Sent && j.hash == j.card.SentHash:
		return 0, o.recordShown(ctx, j, j.card.At)
	case j.card.State == Sent:
		return o.edit(ctx, j)
	case j.card.State == Sending:
		return o.reconcile(ctx, j)
	default:
		return o.post(ctx, j)
	}
}

// call runs one call to a chat. It outlives ctx, so that a shutdown does not
// cut off a message that the other side is about to accept.
func call(ctx context.Context, fn func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	return fn(ctx)
}

// nonceSize is enough for one message among those of a few minutes: 40 bits.
const nonceSize = 8

// post sends a card for the first time. That it is about to is stored before
// the call, so that a crash in between is known of.
func (o *Outbox) post(ctx context.Context, j job) (time.Duration, error) {
	j.message.Nonce = fmt.Sprintf("%v/%s", j.message.Card.Incident.ID, rand.Text()[:nonceSize])
	j.message.Again = j.card.Maybe
	err := o.update(ctx, j.key, func(c *Delivery) {
		c.State, c.Nonce, c.Since = Sending, j.message.Nonce, time.Now()
	})
	if err != nil {
		return 0, err
	}
	var at Receipt
	err = call(ctx, func(ctx context.Context) (err error) {
		at, err = o.Senders[j.message.Dest.Transport()].Send(ctx, j.message)
		return err
	})
	if err != nil {
		return o.fail(ctx, j, err)
	}
	return 0, o.recordShown(ctx, j, at)
}

// edit brings a posted card up to date.
func (o *Outbox) edit(ctx context.Context, j job) (time.Duration, error) {
	editor, ok := o.Senders[j.message.Dest.Transport()].(Editor)
	if !ok {
		return 0, o.update(ctx, j.key, func(c *Delivery) { *c = Delivery{WantRev: c.WantRev} })
	}
	err := call(ctx, func(ctx context.Context) error { return editor.Edit(ctx, j.card.At, j.message) })
	if failed := (*SendError)(nil); errors.As(err, &failed) && failed.Class == Unchanged {
		err = nil
	}
	if err != nil {
		return o.fail(ctx, j, err)
	}
	return 0, o.recordShown(ctx, j, j.card.At)
}

// grace is how long a call that may be under way is given to arrive before
// anybody looks for its result (chat.md 1.1: without it, duplicates).
const grace = callTimeout

// reconcile settles a first post of which we do not know whether it arrived,
// because the process died or the answer was lost.
func (o *Outbox) reconcile(ctx context.Context, j job) (time.Duration, error) {
	if wait := time.Until(j.card.Since.Add(grace)); wait > 0 {
		return wait, nil
	}
	finder, ok := o.Senders[j.message.Dest.Transport()].(Finder)
	if !ok { // it cannot be found: post again, and say so
		j.card.Maybe = true
		return o.resend(ctx, j)
	}
	var at Receipt
	var found bool
	err := call(ctx, func(ctx context.Context) (err error) {
		at, found, err = finder.Find(ctx, j.message.Dest, j.card.Nonce, j.card.Since)
		return err
	})
	switch {
	case errors.Is(err, ErrCannotFind):
		j.card.Maybe = true
		return o.resend(ctx, j)
	case err != nil: // never post blind
		return retryAfter(j.card.Attempts), o.update(ctx, j.key, func(c *Delivery) {
			c.Attempts++
			c.LastErr = err.Error()
			c.NotBefore = time.Now().Add(retryAfter(c.Attempts))
		})
	case found:
		j.hash = "" // it was drawn for an earlier revision: compare by an edit
		return time.Millisecond, o.adopt(ctx, j, at)
	default:
		j.card.Maybe = false
		return o.resend(ctx, j)
	}
}

func (o *Outbox) resend(ctx context.Context, j job) (time.Duration, error) {
	err := o.update(ctx, j.key, func(c *Delivery) {
		c.State, c.Maybe = Unsent, j.card.Maybe
		c.Resent++
	})
	return time.Millisecond, err
}
