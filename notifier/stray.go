package notifier

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const strays store.Shelf[Stray] = "stray"

// Stray is a message that shows a card, and is not the one that is kept up to
// date. It is to say so, and to lose its buttons.
type Stray struct {
	ID        incident.ID `json:"id"`
	At        Receipt     `json:"at"`
	Attempts  int         `json:"attempts,omitempty"`
	NotBefore time.Time   `json:"notBefore,omitzero"`
}

// Pressed learns from a press on a card of id which message that is (chat.md
// 1.3 rule 5). Where the first post of a card may or may not have arrived, this
// is how we hear that it did: the message becomes the card. Where another
// message is, this one is a stray. It comes before the press has its effect.
func (o *Outbox) Pressed(ctx context.Context, d Dest, at Receipt, id incident.ID) error {
	var is standing
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		is, err = standingOf(tx, d, at, id)
		return err
	})
	if err != nil || is == asRecorded {
		return err
	}
	return o.DB.Update(ctx, func(tx store.Tx) error {
		is, err := standingOf(tx, d, at, id)
		if err != nil || is == asRecorded {
			return err
		}
		tx.OnCommit(func() { o.ring(d) })
		if err := shown.Put(tx, shownKey(d, at.MsgID), Shown{ID: id}); err != nil {
			return err
		}
		if is == astray {
			return strays.Put(tx, shownKey(d, at.MsgID), Stray{ID: id, At: at})
		}
		return adoptPressed(tx, d, at, id)
	})
}

// standing is what a message that was pressed is to its card.
type standing int

const (
	asRecorded standing = iota // nothing is to be done
	found                      // the card, as we learn now
	astray                     // not the card any more, or a copy of it
)

func standingOf(tx store.Tx, d Dest, at Receipt, id incident.ID) (standing, error) {
	c, exists, err := cards.Get(tx, cardKey(d, id))
	if err != nil || !exists || at.MsgID == "" || c.At.MsgID == at.MsgID {
		return asRecorded, err
	}
	about, known, err := shown.Get(tx, shownKey(d, at.MsgID))
	switch {
	case err != nil, known && (about.ID != id || about.Reply): // somebody made the press up, or it is under a reply
		return asRecorded, err
	case c.State == Sent:
		return astray, nil
	case !known && (c.Maybe || c.State == Sending):
		return found, nil
	}
	return asRecorded, nil
}

// adoptPressed makes a message the card. What it shows is not known, so it is
// brought up to date.
func adoptPressed(tx store.Tx, d Dest, at Receipt, id incident.ID) error {
	key := cardKey(d, id)
	c, _, err := cards.Get(tx, key)
	if err != nil {
		return err
	}
	in, err := incident.Read(tx, id)
	if err != nil {
		return err
	}
	told := c.posted(in, c.Since)
	return cards.Put(tx, key, Delivery{
		WantRev: c.WantRev, At: at, State: Sent, Resent: c.Resent, Plain: c.Plain, Epoch: c.Epoch, Storm: c.Storm, Told: told,
	})
}

// strayJobs reads which messages of a chat are to lose their buttons.
func strayJobs(tx store.Tx, d Dest, draw drawFunc) ([]job, error) {
	var out []job
	err := strays.Scan(tx, store.Path(string(d), ""), func(k store.Key, s Stray) error {
		card, err := draw(s.ID)
		if err != nil {
			return err
		}
		out = append(out, job{key: k, stray: &s, message: Message{Dest: d, Kind: KindMoved, Card: card}})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read strays of %s: %w", d, err)
	}
	return out, nil
}

// maxStrayTries bounds the attempts at what is only tidying up.
const maxStrayTries = 3

// disarm edits a stray. Whatever is refused is let go: it is no loss.
func (o *Outbox) disarm(ctx context.Context, j job) (time.Duration, error) {
	d := j.message.Dest
	err := o.call(ctx, d, func(ctx context.Context, s Sender) error {
		editor, ok := s.(Editor)
		if !ok {
			return nil
		}
		return editor.Edit(ctx, j.stray.At, j.message)
	})
	s := *j.stray
	s.Attempts++
	again := []Class{Flood, NotSent, Ambiguous}
	if err == nil || s.Attempts >= maxStrayTries || !slices.Contains(again, asSendError(err).Class) {
		return o.pace(d), o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error { return strays.Delete(tx, j.key) })
	}
	wait := min(asSendError(err).After+retryAfter(s.Attempts), longestRest)
	s.NotBefore = time.Now().Add(wait)
	return o.pace(d), o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error { return strays.Put(tx, j.key, s) })
}
