package notifier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/store"
)

const (
	// calm is how long moving counts are collected into one edit (chat.md 1.3).
	calm = 3 * time.Second
	// retryFrom and retryUpTo bound the backoff of certain failures (chat.md 1.4).
	retryFrom = time.Second
	retryUpTo = time.Minute
)

// jobs reads what one chat waits for, pings in the order in which they came.
func (o *Outbox) jobs(ctx context.Context, d Dest) ([]job, error) {
	var cardJobs, pingJobs, leftovers []job
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		now := time.Now()
		draw, err := o.drawer(tx, now)
		if err != nil {
			return err
		}
		if cardJobs, err = o.cardJobs(tx, d, draw, now); err != nil {
			return err
		}
		if leftovers, err = strayJobs(tx, d, draw); err != nil {
			return err
		}
		pingJobs, err = o.pingJobs(tx, d, draw)
		pingJobs = grouped(pingJobs, now)
		return err
	})
	return slices.Concat(cardJobs, pingJobs, leftovers), err
}

func (o *Outbox) cardJobs(tx store.Tx, d Dest, draw drawFunc, now time.Time) ([]job, error) {
	var out []job
	err := wanted.Scan(tx, store.Path(string(d), ""), func(k store.Key, _ Want) error {
		if n, isStorm := stormOf(k); isStorm {
			j, err := o.stormJob(tx, d, k, n)
			out = append(out, j)
			return err
		}
		id, err := idOf(k)
		if err != nil {
			return err
		}
		j := job{key: k}
		if j.card, _, err = cards.Get(tx, k); err != nil {
			return err
		}
		card, err := draw(id)
		if errors.Is(err, incident.ErrNotFound) { // one that cannot be drawn must not hold up the others
			o.Log.Error("card without an incident", "dest", string(d), "incident", id.String())
			return nil
		}
		if err != nil {
			return err
		}
		j.message = Message{Dest: d, Kind: KindCard, Card: card, Silent: o.Current().hushed(card.Incident, now) || card.Muted != nil, Plain: j.card.Plain, Bare: j.card.Bare}
		j.hash, j.barred = hash(card), o.bars(d, card)
		out = append(out, j)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read cards of %s: %w", d, err)
	}
	return out, nil
}

func (o *Outbox) pingJobs(tx store.Tx, d Dest, draw drawFunc) ([]job, error) {
	var out []job
	plan := o.Current()
	err := pings.Scan(tx, store.Path(string(d), ""), func(k store.Key, p Ping) error {
		if p.Note != nil {
			m := plan.note(d, *p.Note)
			var err error
			if p.Why == DigestDue {
				m, err = o.digestMessage(tx, d, *p.Note, time.Now())
			}
			m.Plain, m.Bare = p.Plain, p.Bare
			out = append(out, job{key: k, ping: &p, message: m})
			return err
		}
		card, _, err := cards.Get(tx, cardKey(d, p.ID))
		if err != nil || card.State != Sent && !p.Direct { // it goes under the card, so after it
			return err
		}
		drawn, err := draw(p.ID)
		if err != nil {
			return err
		}
		m := Message{
			Dest: d, Kind: KindPing, Why: p.Why, Card: drawn, Entry: p.Entry, Silent: p.Silent, ReplyTo: card.At,
			Call: plan.contacts(p.Call), Direct: p.Direct,
			Plain: p.Plain, Bare: p.Bare,
		}
		if p.Alone {
			m.ReplyTo = Receipt{}
		}
		out = append(out, job{
			key: k, ping: &p, message: m, barred: o.bars(d, drawn) || drawn.Muted != nil && !p.Why.calls() && !passes(p.Why, p.Entry), held: plan.heldUntil(p, drawn.Incident),
		})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read pings of %s: %w", d, err)
	}
	return out, nil
}

// drawFunc makes the card of an incident.
type drawFunc func(incident.ID) (Card, error)

// drawer returns what draws cards from everything known now.
func (o *Outbox) drawer(tx store.Tx, now time.Time) (drawFunc, error) {
	plan := o.Current()
	blind, err := o.Blind(tx, now)
	if err != nil {
		return nil, fmt.Errorf("read blind sources: %w", err)
	}
	silent, err := Silences(tx)
	if err != nil {
		return nil, err
	}
	owed, err := promise.Open(tx)
	if err != nil {
		return nil, err
	}
	return func(id incident.ID) (Card, error) {
		in, err := incident.Read(tx, id)
		if err != nil {
			return Card{}, fmt.Errorf("read %v: %w", id, err)
		}
		card := plan.Card(in, blind, now)
		if card.Answer, err = plan.answerTo(tx, in, now); err != nil {
			return Card{}, err
		}
		card.Promises = promisesOf(owed, in)
		if card.Muted = muting(silent, in, now); card.Muted != nil {
			card.Muted.Reminded = false     // is not on it
			card.Call, card.Next = nil, nil // nobody is called meanwhile
		}
		return card, nil
	}, nil
}

// hash tells whether two cards look alike: revisions, the times of firings, and
// what only /kenapa tells are not on them.
func hash(c Card) string {
	if c.Incident.State == incident.Resolved { // promises are on the card of what is open
		c.Promises = nil
	}
	late := c.Incident.Latest().Late()
	c.Incident.Rev, c.Incident.Last, c.Incident.Alarms = 0, time.Time{}, nil
	c.Incident.Louder, c.Incident.CalledAt, c.Incident.Calling = 0, time.Time{}, incident.Calling{}
	c.Incident.Measure.End, c.Incident.Measure.Score, c.Incident.Measure.LastCall = late, 0, 0
	c.Incident.Excerpts = slices.Clone(c.Incident.Excerpts)
	for i := range c.Incident.Excerpts {
		c.Incident.Excerpts[i].Found = nil
	}
	data, err := json.Marshal(struct {
		Card
		Zone string
	}{c, c.Zone.String()})
	if err != nil {
		return "" // looks like nothing that was sent: send it
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

// recordShown stores that a chat shows the card as it was drawn.
func (o *Outbox) recordShown(ctx context.Context, j job, at Receipt) error {
	in := j.message.Card.Incident
	return o.settle(ctx, j, func(c *Delivery) {
		now, told := time.Now(), c.Told
		if c.State != Sent {
			told = c.posted(in, now)
		}
		*c = Delivery{
			WantRev: c.WantRev, SentRev: j.rev(), SentState: in.StateRev, SentHash: j.hash, SentAt: now,
			At: at, State: Sent, Resent: c.Resent, Plain: c.Plain, Epoch: c.Epoch, Storm: c.Storm, Told: told,
		}
	}, at)
}

// adopt takes a message that was found for the card.
func (o *Outbox) adopt(ctx context.Context, j job, at Receipt) error {
	return o.settle(ctx, j, func(c *Delivery) {
		told := c.posted(j.message.Card.Incident, c.Since)
		*c = Delivery{WantRev: c.WantRev, At: at, State: Sent, Resent: c.Resent, Epoch: c.Epoch, Storm: c.Storm, Told: told}
	}, at)
}

// settle changes a delivery, notes which incident its message is about and
// takes it off the list when nothing newer is wanted. A card that somebody
// asked for anew meanwhile stays as wanted as it is.
func (o *Outbox) settle(ctx context.Context, j job, change func(*Delivery), at Receipt) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		if d, id := j.message.Dest, j.message.Card.Incident.ID; at.MsgID != "" && id != 0 {
			if err := shown.Put(tx, shownKey(d, at.MsgID), Shown{ID: id}); err != nil {
				return err
			}
		}
		c, _, err := cards.Get(tx, j.key)
		if err != nil || c.Epoch != j.card.Epoch {
			return err
		}
		fresh := c.State != Sent
		change(&c)
		err = errors.Join(cards.Put(tx, j.key, c), o.keepCalls(tx, j.message.Dest), o.arrived(tx, j.message.Dest, at, fresh))
		if err != nil || c.SentRev < c.WantRev {
			return err
		}
		return wanted.Delete(tx, j.key)
	})
}

// errAnew says that somebody asked for the card anew since the job was read.
var errAnew = errors.New("the card was asked for anew")

// update changes a delivery, or returns errAnew. Results of calls are stored
// whatever the state of ctx: a shutdown must not forget what was sent.
func (o *Outbox) update(ctx context.Context, j job, change func(*Delivery)) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		c, _, err := cards.Get(tx, j.key)
		if err == nil && c.Epoch != j.card.Epoch {
			err = errAnew
		}
		if err != nil {
			return err
		}
		change(&c)
		return errors.Join(cards.Put(tx, j.key, c), o.keepCalls(tx, j.message.Dest))
	})
}

// retryAfter is the pause after the n-th failure in a row, with full jitter
// above its half.
func retryAfter(n int) time.Duration {
	d := min(retryFrom<<min(n, 6), retryUpTo)
	return d/2 + rand.N(d/2) //nolint:gosec // jitter, no secret
}

func asSendError(err error) *SendError {
	var failed *SendError
	if errors.As(err, &failed) {
		return failed
	}
	return &SendError{Class: Ambiguous, Err: err}
}
