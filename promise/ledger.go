package promise

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const promises store.Shelf[Promise] = "promise"

// The two halves of the shelf: what is owed is read with every card, what was
// kept only by those who ask for it.
const (
	open = "open"
	kept = "kept"
)

func keyOf(half string, id incident.ID, n int) store.Key {
	return store.Path(half, store.Num(uint64(id)), store.Num(uint64(n))) //nolint:gosec // it counts from 1
}

// Ledger is where promises are made, moved and kept: each time with a line on
// the timeline of the incident, in one transaction.
type Ledger struct {
	DB store.DB
	// Act changes an incident within a transaction: incident.Desk.Act. It is what
	// tells the chats.
	Act func(store.Tx, incident.Command) (incident.Change, error)
	// Refresh has the cards looked at again on which promises stand: those of
	// later incidents of the cell. Nil: nobody draws any.
	Refresh func(store.Tx, time.Time) error
	// Zone returns whose clocks count at a site, given its key.
	Zone func(site string) *time.Location
}

// By is who does something to a promise, and when. Mark is stored together with
// what is done; it may be nil.
type By struct {
	incident.Actor
	At   time.Time
	Mark func(store.Tx) error
}

// Make writes down a promise for an incident: its text, its owner and when it is
// due. The result has its number.
func (l *Ledger) Make(ctx context.Context, id incident.ID, text, owner string, due time.Time, by By) (Promise, error) {
	p := Promise{
		Incident: id, Text: strings.TrimSpace(text), Owner: strings.TrimSpace(owner), Due: due.UTC(), By: by.Name, At: by.At.UTC(),
	}
	if err := p.check(by.At); err != nil {
		return Promise{}, err
	}
	err := l.DB.Update(ctx, func(tx store.Tx) error {
		in, err := incident.Read(tx, id)
		if err == nil && in.Shadow {
			err = ErrShadow
		}
		if err != nil {
			return err
		}
		all, err := ofIncident(tx, id)
		if err != nil {
			return err
		}
		p.N, p.Topic, p.Site = len(all)+1, in.Topic, in.Site
		return l.keep(tx, p, incident.Promised, p.Text, by)
	})
	return p, err
}

// Keep writes down that a promise was kept, and the proof.
func (l *Ledger) Keep(ctx context.Context, id incident.ID, n int, proof string, by By) (Promise, error) {
	proof = strings.TrimSpace(proof)
	if proof == "" {
		return Promise{}, ErrEmpty
	}
	return l.change(ctx, id, n, func(tx store.Tx, p *Promise) error {
		p.Kept = &Kept{By: by.Name, At: by.At.UTC(), Proof: proof}
		if err := promises.Delete(tx, keyOf(open, id, n)); err != nil {
			return fmt.Errorf("settle promise %v.%d: %w", id, n, err)
		}
		return l.keep(tx, *p, incident.Kept, proof, by)
	})
}

// Move gives a promise another date. Both dates are on the timeline.
func (l *Ledger) Move(ctx context.Context, id incident.ID, n int, due time.Time, by By) (Promise, error) {
	return l.change(ctx, id, n, func(tx store.Tx, p *Promise) error {
		before := p.Due
		p.Due, p.Moved = due.UTC(), by.At.UTC()
		if err := p.check(by.At); err != nil {
			return err
		}
		return l.keep(tx, *p, incident.Moved, before.Format(time.RFC3339), by)
	})
}

// change does something to a promise that is owed. The result is the promise as
// it is then, or as it stands where there is an error.
func (l *Ledger) change(ctx context.Context, id incident.ID, n int, do func(store.Tx, *Promise) error) (Promise, error) {
	var p Promise
	err := l.DB.Update(ctx, func(tx store.Tx) error {
		var err error
		if p, err = read(tx, id, n); err != nil {
			return err
		}
		changed := p
		if err = do(tx, &changed); err == nil {
			p = changed
		}
		return err
	})
	return p, err
}

// keep stores a promise and tells of it, and has it drawn where it stands.
func (l *Ledger) keep(tx store.Tx, p Promise, verb incident.Verb, text string, by By) error {
	half := open
	if p.Kept != nil {
		half = kept
	}
	if err := promises.Put(tx, keyOf(half, p.Incident, p.N), p); err != nil {
		return fmt.Errorf("keep promise %v.%d: %w", p.Incident, p.N, err)
	}
	_, err := l.Act(tx, incident.Command{
		ID: p.Incident, Verb: verb, Actor: by.Actor, At: by.At, Text: text, Item: p.N, Call: p.Owner, Until: p.Due,
	})
	if err == nil && l.Refresh != nil {
		err = l.Refresh(tx, by.At)
	}
	if err == nil && by.Mark != nil {
		err = by.Mark(tx)
	}
	return err
}

// Remind reminds the owners of what is due soon or should have been kept, each
// in a transaction of its own with the note that it was done: a restart reminds
// of nothing twice. It returns when it wants to be asked next.
func (l *Ledger) Remind(ctx context.Context, now time.Time) (time.Time, error) {
	all, err := l.Open(ctx)
	if err != nil {
		return time.Time{}, err
	}
	var next time.Time
	for _, p := range all { // one that fails must not hold up the others
		if _, due := p.Remind(now, l.zone(p)); due {
			err = errors.Join(err, l.nudge(ctx, p.Incident, p.N, now))
		}
		if at := p.Next(now, l.zone(p)); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next, err
}

// nudge reminds of one promise, unless it was kept or moved since.
func (l *Ledger) nudge(ctx context.Context, id incident.ID, n int, now time.Time) error {
	by := By{Actor: incident.Machine, At: now}
	_, err := l.change(ctx, id, n, func(tx store.Tx, p *Promise) error {
		at, due := p.Remind(now, l.zone(*p))
		if !due {
			return nil
		}
		p.Told = at.UTC()
		return l.keep(tx, *p, incident.Nudge, p.Text, by)
	})
	if err != nil && !errors.Is(err, ErrKept) {
		return fmt.Errorf("remind of promise %v.%d: %w", id, n, err)
	}
	return nil
}

func (l *Ledger) zone(p Promise) *time.Location {
	if l.Zone == nil {
		return time.UTC
	}
	return l.Zone(p.Site)
}
