package incident

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

const (
	incidents store.Shelf[Incident] = "incident"
	cells     store.Shelf[Cell]     = "cell"
	timeline  store.Shelf[Entry]    = "timeline"
	sequence  store.Counter         = "sequence"
)

// Cell says which incident a cell has, or had last. Over spares those who look
// for what is open from reading what is not.
type Cell struct {
	ID   ID   `json:"id"`
	Over bool `json:"over,omitempty"` // it is resolved
}

// Desk is where incidents are changed: each change is one Step, one timeline
// line and one call of Notify in one transaction.
type Desk struct {
	DB store.DB
	// Notify hears of every change inside the transaction that makes it.
	Notify func(store.Tx, Change) error
	// Version names the rules in force, for those who ask later why one of
	// them spoke; it may be nil.
	Version func() string
	// Complains reports whether a post reads as a credible complaint: package
	// grievance; nil: only rules and people say so.
	Complains func(text string) bool
}

// Do runs a person's command, and mark if it is not nil, in one transaction.
// Mark is stored only when the command succeeds. The error is one of this
// package, then the Change holds the incident as it stands; or the store's.
func (d *Desk) Do(ctx context.Context, cmd Command, mark func(store.Tx) error) (Change, error) {
	var change Change
	err := d.DB.Update(ctx, func(tx store.Tx) error {
		var err error
		change = Change{}
		if change, err = d.do(tx, cmd); err != nil || mark == nil {
			return err
		}
		return mark(tx)
	})
	return change, err
}

// Act is Do within a transaction, for those who bring the machine's own.
func (d *Desk) Act(tx store.Tx, cmd Command) (Change, error) { return d.do(tx, cmd) }

func (d *Desk) do(tx store.Tx, cmd Command) (Change, error) {
	before, found, err := incidents.Get(tx, idKey(cmd.ID))
	if err != nil {
		return Change{}, fmt.Errorf("read %v: %w", cmd.ID, err)
	}
	if !found {
		return Change{}, ErrNotFound
	}
	if cmd.Verb == Reopen {
		if rival, err := d.rival(tx, before); err != nil || rival.ID != 0 {
			return Change{After: rival}, errors.Join(err, taken(rival))
		}
	}
	after, err := Step(before, cmd)
	if err != nil {
		return Change{Before: before, After: before}, err
	}
	if cmd.Verb == Reopen { // the cell may have had another one since
		if err := cells.Put(tx, store.Key(after.Label()), Cell{ID: after.ID}); err != nil {
			return Change{}, fmt.Errorf("take cell %s: %w", after.Label(), err)
		}
	}
	return d.keep(tx, before, after, entryOf(cmd))
}

// rival returns the unresolved incident that holds the cell of a resolved one.
func (d *Desk) rival(tx store.Tx, in Incident) (Incident, error) {
	cell, _, err := cells.Get(tx, store.Key(in.Label()))
	if err != nil || cell.ID == in.ID {
		return Incident{}, err
	}
	other, _, err := incidents.Get(tx, idKey(cell.ID))
	if other.State == Resolved {
		other = Incident{}
	}
	return other, err
}

func taken(rival Incident) error {
	if rival.ID == 0 {
		return nil
	}
	return ErrCellTaken
}

// Fire folds a firing into the incident of its cell, opening or reopening it
// where that is due. It belongs in the transaction of the posts that fired.
func (d *Desk) Fire(tx store.Tx, f rules.Firing) error {
	key := cellOf(f)
	cell, _, err := cells.Get(tx, key)
	if err != nil {
		return fmt.Errorf("read cell %s: %w", key, err)
	}
	var before Incident
	if cell.ID != 0 {
		if before, _, err = incidents.Get(tx, idKey(cell.ID)); err != nil {
			return fmt.Errorf("read %v: %w", cell.ID, err)
		}
	}
	cmd := Command{ID: before.ID, Verb: Fire, Actor: Machine, At: f.At, Text: f.Rule, Firing: &f}
	if d.Version != nil {
		cmd.Version = d.Version()
	}
	if !before.Grievance && !f.Grievance {
		cmd.Complain = d.complaint(f)
	}
	after, err := Step(before, cmd)
	if errors.Is(err, ErrNothing) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("fire %s: %w", f.Rule, err)
	}
	if after.Rev == 1 {
		if after.ID, err = nextID(tx); err != nil {
			return err
		}
		before = Incident{}
		if err := cells.Put(tx, key, Cell{ID: after.ID}); err != nil {
			return fmt.Errorf("take cell %s: %w", key, err)
		}
	}
	entry := entryOf(cmd)
	if after.Louder > before.Louder {
		grown := alarmOf(&f, cmd.Version)
		entry.Grown = &grown
	}
	_, err = d.keep(tx, before, after, entry)
	return err
}

// complaint returns the first of a firing's new posts that complains. Nobody
// answers a shadow incident, so none is looked for there.
func (d *Desk) complaint(f rules.Firing) string {
	if d.Complains == nil || f.Shadow {
		return ""
	}
	for _, e := range f.New {
		if d.Complains(e.Post.Text) {
			return e.Post.ID
		}
	}
	return ""
}

// Forget removes what incidents quote from posts that were deleted at their
// source, in one look at all incidents: posts are few, deletions fewer.
func (d *Desk) Forget(tx store.Tx, posts []string, now time.Time) error {
	if len(posts) == 0 {
		return nil
	}
	gone := make(map[string]bool, len(posts))
	for _, p := range posts {
		gone[p] = true
	}
	var hit []Incident
	err := incidents.Scan(tx, "", func(_ store.Key, in Incident) error {
		if _, ok := forget(in, gone); ok {
			hit = append(hit, in)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("look for quotes: %w", err)
	}
	for _, before := range hit {
		after, _ := forget(before, gone)
		entry := Entry{At: now, Who: Machine.Name, Verb: Fire}
		if _, err := d.keep(tx, before, after, entry); err != nil {
			return err
		}
	}
	return nil
}

// keep stores a change with its timeline line, and tells the rules and Notify.
func (d *Desk) keep(tx store.Tx, before, after Incident, entry Entry) (Change, error) {
	entry.Seq, entry.From, entry.To = after.Rev, before.Rev, after.Rev
	if err := incidents.Put(tx, idKey(after.ID), after); err != nil {
		return Change{}, fmt.Errorf("keep %v: %w", after.ID, err)
	}
	if entry.Verb != Fire || moved(before, after) { // counts are on the card, and would drown the rest here
		line := store.Path(string(idKey(after.ID)), store.Num(after.Rev))
		if err := timeline.Put(tx, line, entry); err != nil {
			return Change{}, fmt.Errorf("keep timeline of %v: %w", after.ID, err)
		}
	}
	if err := markCell(tx, after); err != nil {
		return Change{}, fmt.Errorf("mark cell of %v: %w", after.ID, err)
	}
	if err := holdSeries(tx, before, after, entry.At); err != nil {
		return Change{}, fmt.Errorf("keep %v: %w", after.ID, err)
	}
	change := Change{Before: before, After: after, Entry: entry}
	if err := d.Notify(tx, change); err != nil {
		return Change{}, fmt.Errorf("tell of %v: %w", after.ID, err)
	}
	return change, nil
}

// markCell notes whether the incident that a cell has is over.
func markCell(tx store.Tx, in Incident) error {
	key, over := store.Key(in.Label()), in.State == Resolved
	cell, _, err := cells.Get(tx, key)
	if err != nil || cell.ID != in.ID || cell.Over == over {
		return err
	}
	return cells.Put(tx, key, Cell{ID: in.ID, Over: over})
}

func entryOf(cmd Command) Entry {
	note := cmd.Text
	if cmd.Verb == Resolve {
		note = string(cmd.Reason)
		if cmd.Text != "" {
			note += ": " + cmd.Text
		}
	}
	a := cmd.Actor
	return Entry{
		At: cmd.At, Who: a.Name, Via: a.Via, Chat: a.Chat, Verb: cmd.Verb, Text: note, Until: cmd.Until, Call: cmd.Call,
		Finding: cmd.Finding, Item: cmd.Item,
	}
}

func idKey(id ID) store.Key { return store.Key(store.Num(uint64(id))) }

func nextID(tx store.Tx) (ID, error) {
	if err := sequence.Add(tx, "incident", 1); err != nil {
		return 0, fmt.Errorf("number an incident: %w", err)
	}
	n, err := sequence.Get(tx, "incident")
	if err != nil {
		return 0, fmt.Errorf("number an incident: %w", err)
	}
	return ID(n), nil //nolint:gosec // it counts from 1
}
