package watcher

import (
	"sync/atomic"
	"time"
)

// What the watcher did last, for those who ask whether it still does anything.
// All times carry their monotonic reading; zero is never.

// Refused returns why the last batch was not taken in: the store cannot be
// written, for example. Empty: it was.
func (w *Watcher) Refused() string {
	if why := w.refused.Load(); why != nil {
		return *why
	}
	return ""
}

// LastTick returns when the rules were last evaluated by time alone; before
// the first tick, the zero time.
func (w *Watcher) LastTick() time.Time { return when(&w.ticked) }

// LastRead returns when another machine last answered a poll, if only that it
// has nothing new. Files of this machine do not count.
func (w *Watcher) LastRead() time.Time { return when(&w.read) }

// Waiting returns since when batches of posts wait or are refused, and none was
// taken in; zero: none waits.
func (w *Watcher) Waiting() time.Time { return when(&w.waiting) }

func when(p *atomic.Pointer[time.Time]) time.Time {
	if t := p.Load(); t != nil {
		return *t
	}
	return time.Time{}
}

// asked notes that a batch waits, and returns the note if it is the first.
func (w *Watcher) asked() *time.Time {
	now := time.Now()
	if w.waiting.CompareAndSwap(nil, &now) {
		return &now
	}
	return nil
}

// answered notes what became of a batch. What its sender gave up waits no
// more, and says nothing of us.
func (w *Watcher) answered(asked *time.Time, err error, givenUp bool) {
	switch {
	case err == nil:
		w.refused.Store(nil)
		w.waiting.Store(nil)
	case !givenUp:
		why := err.Error()
		w.refused.Store(&why)
	case asked != nil:
		w.waiting.CompareAndSwap(asked, nil)
	}
}
