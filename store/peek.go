package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// noWait is no time to wait for a lock; bbolt takes 0 for any.
const noWait = time.Nanosecond

// Peek returns the store in the file at path for reading alone. It makes no
// file, writes to none, and does not wait: ErrLocked is for a file that another
// process has open to write. As long as it is open, none can open it so. Like
// Open it reads every page in use, until ctx ends. The other errors of its own
// are ErrDamaged, ErrNewerSchema and ErrOlderSchema.
func Peek(ctx context.Context, path string) (*Bolt, error) {
	return peekWith(ctx, path, nil)
}

func peekWith(ctx context.Context, path string, steps []step) (*Bolt, error) {
	b, err := peek(ctx, path, len(steps)+1)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	return b, nil
}

func peek(ctx context.Context, path string, schema int) (*Bolt, error) {
	db, err := inspected(ctx, path, noWait)
	if err != nil {
		return nil, err
	}
	b := newBolt(db)
	if err := b.View(ctx, func(tx Tx) error { return written(tx, schema) }); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// written says what is against reading a store as one of this schema.
func written(tx Tx, schema int) error {
	at, stamped, err := meta.Get(tx, "schema")
	switch {
	case err != nil:
		return err
	case !stamped || at.Schema < 1:
		return fmt.Errorf("no schema: %w", ErrDamaged)
	case at.Schema > schema:
		return fmt.Errorf("schema %d, known are up to %d: %w", at.Schema, schema, ErrNewerSchema)
	case at.Schema < schema:
		return fmt.Errorf("schema %d of %d: %w", at.Schema, schema, ErrOlderSchema)
	}
	return nil
}
