package incident

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Get returns one incident, or ErrNotFound.
func (d *Desk) Get(ctx context.Context, id ID) (Incident, error) {
	var in Incident
	err := d.DB.View(ctx, func(tx store.Tx) (err error) {
		in, err = Read(tx, id)
		return err
	})
	return in, err
}

// Read returns one incident within a transaction, or ErrNotFound.
func Read(tx store.Tx, id ID) (Incident, error) {
	in, found, err := incidents.Get(tx, idKey(id))
	if err == nil && !found {
		err = ErrNotFound
	}
	return in, err
}

// Unresolved returns the incidents that are not resolved, by id. Shadow
// incidents are none: see Shadows.
func (d *Desk) Unresolved(ctx context.Context) ([]Incident, error) {
	var out []Incident
	err := d.DB.View(ctx, func(tx store.Tx) (err error) {
		out, err = Unresolved(tx)
		return err
	})
	return out, err
}

// Unresolved returns the incidents that are not resolved, by id, within a
// transaction. Shadow incidents are none: see Shadows.
func Unresolved(tx store.Tx) ([]Incident, error) { return unresolved(tx, false) }

func unresolved(tx store.Tx, shadow bool) ([]Incident, error) {
	var out []Incident
	err := cells.Scan(tx, "", func(k store.Key, c Cell) error {
		if c.Over || strings.HasPrefix(string(k), shadowCells) != shadow {
			return nil
		}
		in, err := Read(tx, c.ID)
		if err == nil && in.State != Resolved {
			out = append(out, in)
		}
		return err
	})
	slices.SortFunc(out, func(a, b Incident) int { return cmp.Compare(a.ID, b.ID) })
	return out, err
}

// ResolvedSince returns the incidents that were resolved after t, by id. Shadow
// incidents are none.
func ResolvedSince(tx store.Tx, t time.Time) ([]Incident, error) {
	var out []Incident
	err := incidents.Scan(tx, "", func(_ store.Key, in Incident) error {
		if !in.Shadow && in.State == Resolved && in.ResolvedAt.After(t) {
			out = append(out, in)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for resolved incidents: %w", err)
	}
	return out, nil
}

// Timeline returns every line of an incident's timeline, oldest first, or
// ErrNotFound.
func (d *Desk) Timeline(ctx context.Context, id ID) ([]Entry, error) {
	var out []Entry
	err := d.DB.View(ctx, func(tx store.Tx) error {
		out = nil
		return timeline.Scan(tx, idKey(id)+"/", func(_ store.Key, e Entry) error {
			out = append(out, e)
			return nil
		})
	})
	slices.SortStableFunc(out, inOrder)
	if err == nil && len(out) == 0 {
		err = ErrNotFound
	}
	return out, err
}

// inOrder puts a refusal, which is kept by state, behind what was done before it.
func inOrder(a, b Entry) int {
	refused := func(e Entry) int {
		if e.Refused != "" {
			return 1
		}
		return 0
	}
	order := cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(refused(a), refused(b)))
	if order == 0 && a.Refused != "" {
		return a.At.Compare(b.At)
	}
	return order
}
