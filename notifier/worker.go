package notifier

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// callTimeout bounds one call to a chat, also during a shutdown.
	callTimeout = 15 * time.Second
	// idle is the longest sleep of a worker: a bell that was lost with a
	// crash, or rung by another process, costs at most this.
	idle = 30 * time.Second
	// storePause is the wait after the store itself failed.
	storePause = 5 * time.Second
	// grace is how long a call that may be under way is given to arrive before
	// anybody looks for its result (chat.md 1.1: without it, duplicates).
	grace = callTimeout
)

// Run delivers until ctx ends. A call under way is then waited for, at most
// callTimeout; whatever is left is in the store and goes out at the next start.
func (o *Outbox) Run(ctx context.Context) {
	var workers sync.WaitGroup
	workers.Go(func() { o.watch(ctx) })
	serving := map[Dest]bool{}
	for ctx.Err() == nil {
		for _, d := range o.dests(ctx) {
			if !serving[d] {
				serving[d] = true
				workers.Go(func() { o.work(ctx, d) })
			}
		}
		pause(ctx, idle, o.bells.fresh)
	}
	workers.Wait()
}

// work serves one chat of the configuration, wherever it is today. A chat that
// is slow or dead delays no other.
func (o *Outbox) work(ctx context.Context, chat Dest) {
	for ctx.Err() == nil {
		d := o.moved().now(chat)
		if o.keeper(d) != chat {
			pause(ctx, idle, o.bells.of(chat))
			continue
		}
		rest, sleep, err := o.turn(ctx, d)
		if err != nil {
			o.Log.Error("deliver", "dest", string(d), "err", err)
			rest = storePause
		}
		pause(ctx, rest, nil)
		pause(ctx, sleep, o.bells.of(chat))
	}
}

// pause waits for d, or less when ctx ends or the bell rings.
func pause(ctx context.Context, d time.Duration, bell <-chan struct{}) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-bell:
	}
}

// turn does the one thing that is most urgent in a chat. It returns how long
// the chat must then be left alone, whatever happens, and how long nothing is
// due unless the bell rings. The jobs are read anew for each turn: what
// became urgent meanwhile comes first. The error is the store's.
func (o *Outbox) turn(ctx context.Context, d Dest) (rest, sleep time.Duration, err error) {
	jobs, err := o.jobs(ctx, d)
	if err != nil {
		return 0, 0, err
	}
	sleep = idle
	now := time.Now()
	o.inOrder(d, jobs, now)
	for _, j := range jobs {
		wait := j.wait(now)
		if wait <= 0 && j.speaks() {
			wait = o.take(&j, now)
		}
		if wait <= 0 {
			if rest, err = o.deliver(ctx, j); errors.Is(err, errAnew) {
				err = nil // the next turn does what is wanted now
			}
			return rest, 0, err
		}
		sleep = min(sleep, wait)
	}
	return 0, sleep, nil
}

// deliver brings one job forward by one call at most, and returns how long
// its chat must be left alone.
func (o *Outbox) deliver(ctx context.Context, j job) (time.Duration, error) {
	switch {
	case j.barred:
		return 0, o.withdraw(ctx, j)
	case j.stray != nil:
		return o.disarm(ctx, j)
	case j.ping != nil:
		return o.deliverPing(ctx, j)
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

// call runs one call to the chat of a message. It outlives ctx, so that a
// shutdown does not cut off what the other side is about to accept. A
// transport that panics over a message gets its plain form next.
func (o *Outbox) call(ctx context.Context, d Dest, fn func(context.Context, Sender) error) (err error) {
	sender, ok := o.Senders[d.Transport()]
	if !ok {
		return &SendError{Class: Dead, Err: errors.New("the transport is not connected")}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			err = &SendError{Class: BadFormat, Err: fmt.Errorf("panic: %v", v)}
		}
	}()
	return fn(ctx, sender)
}

// nonceSize is enough for one message among those of a few minutes: 40 bits.
const nonceSize = 8

// post sends a card for the first time. That it is about to is stored before
// the call, so that a crash in between is known of.
func (o *Outbox) post(ctx context.Context, j job) (time.Duration, error) {
	d := j.message.Dest
	j.message.Nonce = nonce(j.label())
	j.message.Again = j.card.Maybe
	err := o.update(ctx, j, func(c *Delivery) {
		c.State, c.Nonce, c.Since = Sending, j.message.Nonce, time.Now()
	})
	if err != nil {
		return 0, err
	}
	var at Receipt
	err = o.call(ctx, d, func(ctx context.Context, s Sender) (err error) {
		at, err = s.Send(ctx, j.message)
		return err
	})
	if err != nil {
		return o.fail(ctx, j, err)
	}
	return o.pace(d), o.recordShown(ctx, j, at)
}

// edit brings a posted card up to date. A chat that cannot edit gets it anew.
func (o *Outbox) edit(ctx context.Context, j job) (time.Duration, error) {
	d := j.message.Dest
	err := o.call(ctx, d, func(ctx context.Context, s Sender) error {
		editor, ok := s.(Editor)
		if !ok {
			return &SendError{Class: Gone, Err: errors.New("messages cannot be edited")}
		}
		return editor.Edit(ctx, j.card.At, j.message)
	})
	if err != nil && asSendError(err).Class != Unchanged {
		return o.fail(ctx, j, err)
	}
	return o.pace(d), o.recordShown(ctx, j, j.card.At)
}

// reconcile settles a first post of which we do not know whether it arrived,
// because the process died or the answer was lost.
func (o *Outbox) reconcile(ctx context.Context, j job) (time.Duration, error) {
	d := j.message.Dest
	var at Receipt
	var found bool
	err := o.call(ctx, d, func(ctx context.Context, s Sender) (err error) {
		finder, ok := s.(Finder)
		if !ok {
			return ErrCannotFind
		}
		at, found, err = finder.Find(ctx, d, j.card.Nonce, j.card.Since)
		return err
	})
	switch {
	case errors.Is(err, ErrCannotFind): // post again, and say so
		return 0, o.resend(ctx, j, true)
	case err != nil: // never post blind
		return 0, errors.Join(o.failing(ctx, d, asSendError(err)), o.update(ctx, j, func(c *Delivery) {
			c.Attempts++
			c.LastErr = err.Error()
			c.NotBefore = time.Now().Add(retryAfter(c.Attempts))
		}))
	case found:
		return o.pace(d), o.adopt(ctx, j, at)
	default:
		return o.pace(d), o.resend(ctx, j, false)
	}
}

// resend lets the card be posted once more: the first time at once, then less
// and less often, as each may be a copy.
func (o *Outbox) resend(ctx context.Context, j job, maybe bool) error {
	return o.update(ctx, j, func(c *Delivery) {
		c.State, c.Maybe = Unsent, maybe
		if c.Resent > 0 {
			c.NotBefore = time.Now().Add(min(grace<<min(c.Resent, 6), longestRest))
		}
		c.Resent++
	})
}
