package draft

import (
	"context"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const (
	drafts   store.Shelf[Draft]   = "draft"
	readings store.Shelf[reading] = "reading"
)

// reading is which text of a draft a person saw last.
type reading struct {
	Hash string `json:"hash"`
}

// Desk is where drafts are made and changed: each change is kept together with
// its line on the incident's timeline, or not at all.
type Desk struct {
	DB store.DB
	// Act changes an incident within a transaction: incident.Desk.Act.
	Act func(store.Tx, incident.Command) (incident.Change, error)
	// Matter says how an incident stands, within a transaction.
	Matter func(store.Tx, incident.Incident, time.Time) (Matter, error)
	Book   func() *Book // in force
	// Reword returns other words for a draft and the ids of the facts that stand
	// behind them, or its own text; nil: nobody is asked. It may take its time, so
	// it is called outside of any transaction.
	Reword func(context.Context, Draft, []facts.Fact) (words string, cited []string)
}

// Actor is who does something to a draft, and the note that it was read.
type Actor struct {
	incident.Actor
	At   time.Time
	Mark func(store.Tx) error // may be nil
}

// Matters returns how an incident stands, and its drafts by number.
func (d *Desk) Matters(ctx context.Context, id incident.ID, now time.Time) (m Matter, all []Draft, err error) {
	err = d.DB.View(ctx, func(tx store.Tx) error {
		if m, err = d.matter(tx, id, now); err != nil {
			return err
		}
		all, err = Of(tx, id)
		return err
	})
	return m, all, err
}

func (d *Desk) matter(tx store.Tx, id incident.ID, now time.Time) (Matter, error) {
	in, err := incident.Read(tx, id)
	if err != nil {
		return Matter{}, err
	}
	m, err := d.Matter(tx, in, now)
	m.Now = now
	return m, err
}

// Of returns the drafts of an incident by number.
func Of(tx store.Tx, id incident.ID) ([]Draft, error) {
	var all []Draft
	err := drafts.Scan(tx, store.Key(store.Num(uint64(id))+"/"), func(_ store.Key, d Draft) error {
		all = append(all, d)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read drafts of %v: %w", id, err)
	}
	return all, nil
}

// Compose makes and keeps a draft. The error is a *Refusal, one of package
// incident, or the store's.
func (d *Desk) Compose(ctx context.Context, id incident.ID, o Order, by Actor) (Draft, error) {
	o.By, o.At = by.Name, by.At
	words, err := d.words(ctx, id, o)
	if err != nil {
		return Draft{}, err
	}
	return d.update(ctx, id, by, func(tx store.Tx, m Matter) (Draft, incident.Verb, string, error) {
		next, err := d.Book().Compose(m, o)
		if err != nil {
			return next, "", "", err
		}
		all, err := Of(tx, id)
		next.N = len(all) + 1
		return words.instead(next).sealed(), incident.Drafted, "", err
	})
}

// Edit gives a draft another text.
func (d *Desk) Edit(ctx context.Context, id incident.ID, n int, text string, by Actor) (Draft, error) {
	return d.change(ctx, id, n, by, func(tx store.Tx, old Draft, m Matter) (Draft, incident.Verb, string, error) {
		if err := unread(tx, old, by.Name); err != nil {
			return old, "", "", err
		}
		next, err := Mend(old, m, text, by.Name)
		return next, incident.Edited, "", err
	})
}

// Approve approves a draft as the person read it: hash begins that of the text
// which they saw, or is empty, and then they must have been shown it.
func (d *Desk) Approve(ctx context.Context, id incident.ID, n int, hash string, by Actor) (Draft, error) {
	return d.change(ctx, id, n, by, func(tx store.Tx, old Draft, m Matter) (Draft, incident.Verb, string, error) {
		next, err := Approve(old, m, by.Name, hash, by.At)
		if err == nil && hash == "" {
			err = unread(tx, old, by.Name)
		}
		return next, incident.Approved, "", err
	})
}

// Reject ends a draft.
func (d *Desk) Reject(ctx context.Context, id incident.ID, n int, why string, by Actor) (Draft, error) {
	return d.change(ctx, id, n, by, func(_ store.Tx, old Draft, _ Matter) (Draft, incident.Verb, string, error) {
		next, err := Reject(old, why)
		return next, incident.Rejected, why, err
	})
}

// Publish notes where a person published a draft.
func (d *Desk) Publish(ctx context.Context, id incident.ID, n int, where string, by Actor) (Draft, error) {
	return d.change(ctx, id, n, by, func(_ store.Tx, old Draft, m Matter) (Draft, incident.Verb, string, error) {
		next, err := Publish(old, m, Place{By: by.Name, At: by.At, Where: where})
		return next, incident.Published, where, err
	})
}

// change does something to one draft.
func (d *Desk) change(ctx context.Context, id incident.ID, n int, by Actor, step func(store.Tx, Draft, Matter) (Draft, incident.Verb, string, error)) (Draft, error) {
	return d.update(ctx, id, by, func(tx store.Tx, m Matter) (Draft, incident.Verb, string, error) {
		old, found, err := drafts.Get(tx, key(id, n))
		switch {
		case err != nil:
			return old, "", "", fmt.Errorf("read a draft: %w", err)
		case !found:
			return old, "", "", refuse(Missing, "")
		}
		return step(tx, old, m)
	})
}

// update keeps what a step makes, with its line on the timeline and the mark.
func (d *Desk) update(ctx context.Context, id incident.ID, by Actor, step func(store.Tx, Matter) (Draft, incident.Verb, string, error)) (Draft, error) {
	var out Draft
	err := d.DB.Update(ctx, func(tx store.Tx) error {
		m, err := d.matter(tx, id, by.At)
		if err != nil {
			return err
		}
		next, verb, text, err := step(tx, m)
		if out = next; err != nil {
			return err
		}
		if err := d.keep(tx, next, incident.Command{ID: id, Verb: verb, Actor: by.Actor, At: by.At, Text: text, Item: next.N}); err != nil {
			return err
		}
		if err := use(tx, next, verb, by.At); err != nil {
			return err
		}
		if by.Mark == nil {
			return nil
		}
		return by.Mark(tx)
	})
	return out, err
}

// use notes, with each fact of a draft, that the draft rests on it, and where
// that was published.
func use(tx store.Tx, d Draft, verb incident.Verb, at time.Time) error {
	where := ""
	switch verb {
	case incident.Drafted:
	case incident.Published:
		where = d.Public[len(d.Public)-1].Where
	default:
		return nil
	}
	for _, id := range d.Facts() {
		if err := facts.Used(tx, facts.Use{Fact: id, Incident: uint64(d.Incident), Draft: d.N, At: at, Where: where}); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) keep(tx store.Tx, next Draft, cmd incident.Command) error {
	if err := drafts.Put(tx, key(next.Incident, next.N), next); err != nil {
		return fmt.Errorf("keep a draft: %w", err)
	}
	if cmd.Verb == incident.Drafted || cmd.Verb == incident.Edited {
		if err := readBy(tx, next, cmd.Actor.Name); err != nil {
			return err
		}
	}
	_, err := d.Act(tx, cmd)
	return err
}

// HandOver returns what a person may copy and publish: see Book.HandOver.
func (d *Desk) HandOver(x Draft, m Matter) (string, error) { return d.Book().HandOver(x, m) }

func key(id incident.ID, n int) store.Key {
	return store.Path(store.Num(uint64(id)), store.Num(uint64(n))) //nolint:gosec // from 1
}
