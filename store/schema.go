package store

import (
	"context"
	"fmt"
)

const meta Shelf[stamp] = "meta"

// stamp is the entry "schema" on the shelf meta: which migrations a store has
// seen. A store without one is new.
type stamp struct {
	Schema int `json:"schema"`
}

// step is a migration: it rewrites what an earlier release left on the
// shelves, in the transaction that also raises the stamp.
type step func(Tx) error

// migrate brings the store to schema len(steps)+1: steps[0] leads from 1 to 2.
// A new store has nothing to rewrite and gets the latest stamp at once.
func migrate(ctx context.Context, db DB, steps []step) error {
	latest := len(steps) + 1
	return db.Update(ctx, func(tx Tx) error {
		at, stamped, err := meta.Get(tx, "schema")
		switch {
		case err != nil:
			return err
		case !stamped:
			if err := empty(tx); err != nil {
				return err
			}
			return meta.Put(tx, "schema", stamp{latest})
		case at.Schema < 1:
			return fmt.Errorf("schema %d: %w", at.Schema, ErrDamaged)
		case at.Schema > latest:
			return fmt.Errorf("schema %d, known are up to %d: %w", at.Schema, latest, ErrNewerSchema)
		case at.Schema == latest:
			return nil
		}
		return climb(tx, at.Schema, steps)
	})
}

func climb(tx Tx, from int, steps []step) error {
	for i, run := range steps[from-1:] {
		if err := run(tx); err != nil {
			return fmt.Errorf("migrate from schema %d: %w", from+i, err)
		}
	}
	return meta.Put(tx, "schema", stamp{len(steps) + 1})
}

// empty refuses a store that has shelves and no stamp: somebody else's file.
func empty(tx Tx) error {
	shelves, err := tx.Shelves("")
	if err == nil && len(shelves) > 0 {
		err = fmt.Errorf("shelf %q but no schema: %w", shelves[0], ErrDamaged)
	}
	return err
}
