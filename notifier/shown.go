package notifier

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// CatchUp has the cards of unresolved incidents posted in chats that have
// none: those that were configured since.
func (o *Outbox) CatchUp(ctx context.Context, now time.Time) error {
	return o.DB.Update(ctx, func(tx store.Tx) error {
		all, err := incident.Unresolved(tx)
		shadows, failed := incident.Shadows(tx)
		err = errors.Join(err, failed)
		for _, in := range append(all, shadows...) {
			if err == nil && due(in) {
				err = o.catchUp(tx, in, now)
			}
		}
		return errors.Join(err, o.forgetReaches(tx))
	})
}

func (o *Outbox) catchUp(tx store.Tx, in incident.Incident, now time.Time) error {
	for _, d := range o.Current().Concerned(in) {
		_, exists, err := cards.Get(tx, cardKey(d, in.ID))
		if err == nil && !exists {
			err = introduce(tx, d, in, now)
		}
		if err != nil {
			return fmt.Errorf("catch up %s with %v: %w", d, in.ID, err)
		}
	}
	return nil
}

// ShowAgain has every card of an unresolved incident posted anew in a chat
// that keeps nothing: a terminal after a restart.
func (o *Outbox) ShowAgain(ctx context.Context, d Dest, now time.Time) error {
	return o.DB.Update(ctx, func(tx store.Tx) error {
		tx.OnCommit(func() { o.ring(d) })
		var ids []incident.ID
		err := cards.Scan(tx, store.Path(string(d), ""), func(k store.Key, _ Delivery) error {
			if _, isStorm := stormOf(k); isStorm {
				return nil
			}
			id, err := idOf(k)
			ids = append(ids, id)
			return err
		})
		if err == nil {
			err = o.showStorm(tx, d, now)
		}
		for _, id := range ids {
			if err == nil {
				err = repost(tx, d, id, now, false)
			}
		}
		return err
	})
}

// Refresh has every card that is shown looked at again, for what is drawn on
// it from elsewhere than its incident: the sources that are not seen. A card
// that looks the same is not sent.
func (o *Outbox) Refresh(tx store.Tx, now time.Time) error {
	for _, d := range o.Current().AllDests() {
		if err := refresh(tx, d, now); err != nil {
			return fmt.Errorf("refresh %s: %w", d, err)
		}
		tx.OnCommit(func() { o.ring(d) })
	}
	return nil
}

func refresh(tx store.Tx, d Dest, now time.Time) error {
	var stale []store.Key
	err := cards.Scan(tx, store.Path(string(d), ""), func(k store.Key, card Delivery) error {
		if _, isStorm := stormOf(k); isStorm || card.State != Sent {
			return nil
		}
		id, err := idOf(k)
		if err != nil {
			return err
		}
		in, err := incident.Read(tx, id)
		if in.State != incident.Resolved {
			stale = append(stale, k)
		}
		return err
	})
	for _, k := range stale {
		var waiting bool
		if err == nil {
			_, waiting, err = wanted.Get(tx, k)
		}
		if err == nil && !waiting {
			err = wanted.Put(tx, k, Want{Since: now})
		}
	}
	return err
}

// Repost has one card posted anew in a chat; the new message becomes the card.
func (o *Outbox) Repost(ctx context.Context, d Dest, id incident.ID, now time.Time) error {
	return o.DB.Update(ctx, func(tx store.Tx) error {
		tx.OnCommit(func() { o.ring(d) })
		return repost(tx, d, id, now, true)
	})
}

func repost(tx store.Tx, d Dest, id incident.ID, now time.Time, resolvedToo bool) error {
	in, err := incident.Read(tx, id)
	if err != nil || in.State == incident.Resolved && !resolvedToo {
		return err
	}
	key := cardKey(d, id)
	card, _, err := cards.Get(tx, key)
	if err != nil {
		return err
	}
	if card.State == InGathering && !resolvedToo {
		return nil // its storm card is shown again
	}
	if card.Storm != 0 {
		if err := wantStorm(tx, d, card.Storm, now); err != nil {
			return err
		}
	}
	again := card.Maybe || card.State == Sending || card.State == Sent && !resolvedToo
	fresh := Delivery{Maybe: again, Resent: card.Resent, Epoch: card.Epoch + 1, Told: card.Told, Storm: card.Storm}
	return want(tx, key, fresh, in.Rev, now)
}

// CardOf returns the incident that a message in a chat is about, or 0.
func (o *Outbox) CardOf(ctx context.Context, d Dest, msgID string) (incident.ID, error) {
	var s Shown
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		s, _, err = shown.Get(tx, shownKey(d, msgID))
		return err
	})
	return s.ID, err
}
