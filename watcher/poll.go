package watcher

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

const (
	backoffFrom = 5 * time.Second // full jitter from here ...
	backoffUpTo = 30 * time.Minute
	pollTimeout = time.Minute

	// storePause is how soon posts that were fetched and could not be taken in
	// are fetched again: the source is well, and they are wanted.
	storePause = 10 * time.Second
)

// untaken is an error of our own, after a source was read.
type untaken struct{ error }

func (e untaken) Unwrap() error { return e.error }

// errPanic is what people read of a source that panicked; the stack, which
// cron.Recover logs, is for developers.
var errPanic = errors.New("siaga made a mistake while reading it; please report the stack in the log")

// poll is the job of one source. Only one runs at a time, so its fields need
// no lock; a restart rebuilds them.
type poll struct {
	w         *Watcher
	feed      Feed
	ctx       context.Context //nolint:containedctx // cron's jobs take none
	slots     chan struct{}
	fails     int
	notBefore time.Time
}

// Run reads one source to its end.
func (p *poll) Run() {
	if time.Now().Before(p.notBefore) {
		return
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-p.ctx.Done():
		return
	}
	err := errPanic // unless toEnd returns
	defer func() {
		if p.ctx.Err() == nil { // what a shutdown cut off is no failure
			p.settle(err)
		}
	}()
	err = p.toEnd()
}

// toEnd reads batches until there is no more.
func (p *poll) toEnd() error {
	for more := true; more && p.ctx.Err() == nil; {
		var err error
		if more, err = p.once(); err != nil {
			return err
		}
	}
	return nil
}

// once fetches and takes in one batch, and reports whether there is more.
func (p *poll) once() (bool, error) {
	p.w.Seen.Polls.Add(1)
	var cursor string
	var behind bool
	err := p.w.DB.View(p.ctx, func(tx store.Tx) (err error) {
		cursor, behind, err = source.Cursor(tx, p.feed.Spec.Name)
		return err
	})
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(p.ctx, pollTimeout)
	defer cancel()
	b, err := p.feed.Poller.Poll(ctx, cursor)
	p.reached(err)
	if errors.Is(err, source.ErrNotModified) {
		if !behind {
			return false, nil
		}
		b, err = source.Batch{Cursor: cursor}, nil
	}
	if err != nil {
		return false, err
	}
	for _, bad := range b.Bad {
		p.w.Log.Warn("post left out", "source", p.feed.Spec.Name, "err", bad)
	}
	if b.Wait > 0 && !b.Live { // a file says when its next record is due, which may be in years
		p.notBefore = time.Now().Add(b.Wait)
	}
	if len(b.Events) == 0 && b.Cursor == cursor && cursor != "" && b.More == behind { // nothing to keep
		return b.More, nil
	}
	if err := p.w.Accept(p.ctx, p.feed.Spec, b); err != nil {
		return false, untaken{err}
	}
	return b.More, nil
}

// reached notes that another machine answered.
func (p *poll) reached(err error) {
	if p.feed.Spec.Fetched() && (err == nil || errors.Is(err, source.ErrNotModified)) {
		now := time.Now()
		p.w.read.Store(&now)
	}
}

// settle records how a poll ended: backoff for the next, health for people,
// one log line when a source fails and one when it is back.
func (p *poll) settle(err error) {
	if err == nil {
		p.fails = 0
	} else {
		p.w.Seen.Failures.Add(1)
		p.fails++
		p.notBefore = time.Now().Add(p.pause(err))
	}
	var h source.Health
	rerr := p.w.DB.View(p.ctx, func(tx store.Tx) (e error) {
		h, e = source.ReadHealth(tx, p.feed.Spec.Name)
		return e
	})
	next, record, tell := h.Reached(time.Now(), err)
	if rerr == nil && record {
		rerr = p.w.DB.Update(p.ctx, func(tx store.Tx) error { return p.keep(tx, h, next, tell) })
	}
	switch {
	case rerr != nil && p.ctx.Err() != nil: // a shutdown; the next start tells
	case rerr != nil:
		p.w.Log.Error("keep health", "source", next.Source, "err", rerr)
	case tell && errors.As(err, &untaken{}):
		p.w.Log.Error("posts cannot be taken in; trying again by itself", "source", next.Source, "err", err)
	case tell && err != nil:
		p.w.Log.Warn("source not seen; trying again by itself", "source", next.Source, "err", err)
	case tell:
		p.w.Log.Info("source seen again", "source", next.Source, "blind", time.Since(h.Blind).Round(time.Second))
	}
}

// keep stores the health of a source, and has what is shown of it drawn anew.
// The time for which it was blind is no part of what is usual.
func (p *poll) keep(tx store.Tx, was, is source.Health, tell bool) error {
	err := source.KeepHealth(tx, is)
	if from := p.unseen(was, is); err == nil && !from.IsZero() {
		err = rules.Blind(tx, is.Source, from, is.OK)
	}
	if err == nil && tell {
		err = p.w.refresh(tx, time.Now())
	}
	return err
}

// unseenFor is after how long without a poll that worked nobody has looked:
// Siaga itself was down. Polls that work are recorded every few minutes.
const unseenFor = 30 * time.Minute

// unseen returns since when a source that is seen was not; zero: it was.
func (p *poll) unseen(was, is source.Health) time.Time {
	switch {
	case !is.Blind.IsZero() || was.OK.IsZero():
		return time.Time{}
	case !was.Blind.IsZero():
		return was.Blind
	case is.OK.Sub(was.OK) > max(unseenFor, 3*p.feed.Spec.Every):
		return was.OK
	}
	return time.Time{}
}

// pause is how long to leave a failing source alone.
func (p *poll) pause(err error) time.Duration {
	if errors.As(err, &untaken{}) {
		return storePause
	}
	var temporary *source.Temporary
	if errors.As(err, &temporary) && temporary.Wait > 0 {
		return temporary.Wait
	}
	top := min(backoffFrom<<min(p.fails-1, 9), backoffUpTo)
	return rand.N(top) + time.Second //nolint:gosec // jitter, no secret
}
