package notifier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

const reaches store.Shelf[Reach] = "reach"

// Reach is how far a chat cannot be reached. There is none for a chat whose
// last call went well.
type Reach struct {
	Since  time.Time `json:"since,omitzero"` // the first failure after the last success; zero: it can be reached
	Class  Class     `json:"class,omitempty"`
	Err    string    `json:"err,omitempty"`
	Astray bool      `json:"astray,omitempty"` // its topic is gone: its group gets what it should
}

// noteReach stores how a call to a chat went; failed is nil for one that
// arrived.
func noteReach(tx store.Tx, d Dest, failed *SendError, at time.Time) error {
	r, found, err := reaches.Get(tx, store.Key(d))
	if err != nil {
		return err
	}
	if failed == nil {
		return clearReach(tx, d, r, found)
	}
	if !failed.ofChat() && failed.Class != Ambiguous {
		return nil // it was reached, and refused what it got
	}
	if r.Since.IsZero() {
		r.Since = at
	}
	r.Class, r.Err = failed.Class, fmt.Sprint(failed.Err)
	return reaches.Put(tx, store.Key(d), r)
}

func clearReach(tx store.Tx, d Dest, r Reach, found bool) error {
	switch {
	case !found || r.Since.IsZero():
		return nil
	case r.Astray:
		return reaches.Put(tx, store.Key(d), Reach{Astray: true})
	}
	return reaches.Delete(tx, store.Key(d))
}

// noteTopic tells the admins, once, that the topic of a chat is gone, and
// forgets that when it is there again.
func (o *Outbox) noteTopic(tx store.Tx, d Dest, astray bool, at time.Time) error {
	r, _, err := reaches.Get(tx, store.Key(d))
	if err != nil || r.Astray == astray {
		return err
	}
	r.Astray = astray
	if !astray { // noteReach has said that it is reached
		return reaches.Delete(tx, store.Key(d))
	}
	way := &Way{Dest: d, Receivers: o.Current().named(d)}
	return errors.Join(
		reaches.Put(tx, store.Key(d), r),
		o.note(tx, o.Current().AdminDests(), Note{Why: TopicGone, At: at, Way: way}),
	)
}

// arrived stores that a chat was reached, and whether a new message stands
// where it should.
func (o *Outbox) arrived(tx store.Tx, d Dest, at Receipt, fresh bool) error {
	err := noteReach(tx, d, nil, time.Now())
	if fresh {
		err = errors.Join(err, o.noteTopic(tx, d, at.Astray, time.Now()))
	}
	return err
}

// failing stores that a chat was not reached.
func (o *Outbox) failing(ctx context.Context, d Dest, failed *SendError) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error { return noteReach(tx, d, failed, time.Now()) })
}

// tokenShared is the Reach.Class of a transport, and no Class of a delivery.
const tokenShared Class = "token-shared"

// Shared notes that another process listens with the token of a transport, or
// does not any more.
func (o *Outbox) Shared(ctx context.Context, transport string, yes bool, at time.Time) error {
	return o.DB.Update(ctx, func(tx store.Tx) error {
		_, found, err := reaches.Get(tx, store.Key(transport))
		switch {
		case err != nil || found == yes:
			return err
		case yes:
			return reaches.Put(tx, store.Key(transport), Reach{Since: at, Class: tokenShared})
		}
		return reaches.Delete(tx, store.Key(transport))
	})
}

// forgetReaches forgets what is known of chats that are not configured any more.
func (o *Outbox) forgetReaches(tx store.Tx) error {
	known := o.Current().AllDests()
	_, err := reaches.Sweep(tx, "", func(k store.Key, r Reach) bool {
		return r.Class != tokenShared && !slices.Contains(known, Dest(k))
	})
	return err
}
