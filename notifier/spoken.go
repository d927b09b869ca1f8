package notifier

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// Told is one message of its own in a chat: a card, or a reply under it. Edits
// are none.
type Told struct {
	At    time.Time      `json:"at"`
	Why   Why            `json:"why"`
	Level rules.Severity `json:"level,omitempty"` // of the incident at that time
}

// maxTold bounds what is kept of the messages of one card: the first, which
// is the alarm, and the latest.
const maxTold = 5

// tell adds a message to those that a card remembers.
func tell(all []Told, t Told) []Told {
	all = append(slices.Clone(all), t)
	if len(all) > maxTold {
		all = slices.Delete(all, 1, 2)
	}
	return all
}

// posted is the memory of a card that has just been posted. One that was
// posted before, of which nothing may be remembered, is shown again.
func (c *Delivery) posted(in incident.Incident, at time.Time) []Told {
	why := ShownAgain
	inStorm := c.Storm != 0 && len(c.Told) == 1 && c.Told[0].Why == InStorm
	if (len(c.Told) == 0 || inStorm) && c.Epoch == 0 && c.Resent == 0 {
		why = FirstCard
	}
	return tell(c.Told, Told{At: at, Why: why, Level: in.Severity})
}

// remember notes a reply that was made under its card.
func (j *job) remember(tx store.Tx, why Why, at time.Time) error {
	in, key := j.message.Card.Incident, cardKey(j.ping.Dest, j.ping.ID)
	c, found, err := cards.Get(tx, key)
	if err != nil || !found {
		return err
	}
	c.Told = tell(c.Told, Told{At: at, Why: why, Level: in.Severity})
	return cards.Put(tx, key, c)
}

// Spoken is what one chat was told of one incident.
type Spoken struct {
	Told      []Told   // the first message, and the latest; empty also for cards from before they were noted
	Shown     bool     // the chat has a card
	Waiting   bool     // the card differs from what it should show
	Concerned bool     // the chat hears of this incident's site
	Next      *Next    // what time brings; nil: nothing that can be said now
	Muted     *Silence // keeps it quiet; nil: nothing does
	Err       string   // why the card could not be delivered last; empty: it could
}

// Spoken returns what a chat was told of an incident, or incident.ErrNotFound.
func (o *Outbox) Spoken(ctx context.Context, d Dest, id incident.ID) (Spoken, error) {
	var s Spoken
	err := o.DB.View(ctx, func(tx store.Tx) error {
		in, err := incident.Read(tx, id)
		if err != nil {
			return err
		}
		card, _, err := cards.Get(tx, cardKey(d, id))
		if err != nil {
			return fmt.Errorf("read card of %v: %w", id, err)
		}
		key := cardKey(d, id)
		if card.State == InGathering {
			key = stormKey(d, card.Storm)
			told := card.Told
			if card, _, err = cards.Get(tx, key); err != nil {
				return fmt.Errorf("read storm of %v: %w", id, err)
			}
			card.Told = told
		}
		s = Spoken{Told: card.Told, Shown: card.State == Sent, Err: card.LastErr}
		s.Next = o.Current().Next(in, time.Now())
		s.Concerned = slices.Contains(o.Current().Concerned(in), d)
		silent, err := Silences(tx)
		if err != nil {
			return err
		}
		s.Muted = muting(silent, in, time.Now())
		_, s.Waiting, err = wanted.Get(tx, key)
		return err
	})
	return s, err
}
