package slack

import (
	"context"
	"time"

	"github.com/siaga-id/siaga/store"
)

// inbox holds what was worked on, so that an envelope that Slack sends again
// does nothing.
const inbox store.Shelf[seen] = "inbox"

const (
	keepSeen  = time.Hour // Slack repeats an event for some minutes
	sweepTime = 10 * time.Minute
)

type seen struct {
	At time.Time `json:"at"`
}

func seenKey(id string) store.Key { return store.Path(transport, id) }

// markSeen returns the step that notes id in a handler's transaction.
func markSeen(id string, now time.Time) func(store.Tx) error {
	return func(tx store.Tx) error { return inbox.Put(tx, seenKey(id), seen{At: now}) }
}

// wasSeen reports whether id was worked on. When the store cannot tell it was
// not: the Talker meets the same store, and tells the person.
func (l *listener) wasSeen(ctx context.Context, id string) bool {
	var found bool
	err := l.cfg.DB.View(ctx, func(tx store.Tx) (err error) {
		_, found, err = inbox.Get(tx, seenKey(id))
		return err
	})
	if err != nil {
		l.cfg.Log.Error("slack: look up what was worked on", "err", err)
	}
	return found
}

// sweep forgets what is older than keepSeen.
func (l *listener) sweep(ctx context.Context) {
	limit := time.Now().Add(-keepSeen)
	err := l.cfg.DB.Update(ctx, func(tx store.Tx) error {
		_, err := inbox.Sweep(tx, store.Path(transport, ""), func(_ store.Key, s seen) bool { return s.At.Before(limit) })
		return err
	})
	if err != nil {
		l.cfg.Log.Error("slack: forget what was worked on", "err", err)
	}
}
