package telegram

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/siaga-id/siaga/store"
)

// inbox says how far each transport has read.
const (
	inbox    store.Shelf[cursor] = "inbox"
	inboxKey store.Key           = transport
)

// staleCursor is when a cursor no longer means anything. The server keeps
// updates for 24 hours, and after a week without any it goes on from a random
// id (Bot API, Update.update_id), which may be lower than ours.
const staleCursor = 6 * 24 * time.Hour

// cursor is where to read on.
type cursor struct {
	Next int       `json:"next"` // the lowest update id not yet worked on
	At   time.Time `json:"at"`   // when the one before was
	// Moved maps a supergroup to the basic group that it was when
	// config.yaml was written, so that we do not leave it as a stranger.
	Moved map[int64]int64 `json:"moved,omitempty"`
}

// offset is the argument of getUpdates; 0 asks for all there is.
func (c cursor) offset(now time.Time) int {
	if now.Sub(c.At) > staleCursor {
		return 0
	}
	return c.Next
}

// past returns the cursor after the update with this id.
func (c cursor) past(id int, now time.Time) cursor {
	c.Next, c.At = id+1, now
	return c
}

// moving returns a cursor that remembers one more migrated chat.
func (c cursor) moving(from, to int64) cursor {
	moved := maps.Clone(c.Moved)
	if moved == nil {
		moved = make(map[int64]int64)
	}
	if first, again := moved[from]; again {
		from = first
	}
	moved[to] = from
	c.Moved = moved
	return c
}

// load reads the cursor; a shelf without one starts at the oldest update.
func load(ctx context.Context, db store.DB) (cursor, error) {
	var c cursor
	err := db.View(ctx, func(tx store.Tx) error {
		var err error
		c, _, err = inbox.Get(tx, inboxKey)
		return err
	})
	if err != nil {
		return cursor{}, fmt.Errorf("load the offset: %w", err)
	}
	return c, nil
}

// mark returns the step that notes in a handler's transaction that the
// update was read. Until that transaction is committed the cursor stands.
func (l *listener) mark(id int) func(store.Tx) error {
	return l.moveTo(l.cursor.past(id, time.Now()))
}

func (l *listener) moveTo(next cursor) func(store.Tx) error {
	return func(tx store.Tx) error {
		tx.OnCommit(func() { l.cursor = next })
		return inbox.Put(tx, inboxKey, next)
	}
}

// settle moves the cursor past an update that changed nothing, and so had no
// transaction of its own. When that cannot be stored the worst is that it is
// read again after a crash.
func (l *listener) settle(work context.Context, id int) {
	if l.cursor.Next > id {
		return
	}
	if err := l.cfg.DB.Update(work, l.mark(id)); err != nil {
		l.cfg.Log.Warn("telegram: store the offset", "err", err)
		l.cursor = l.cursor.past(id, time.Now())
	}
}
