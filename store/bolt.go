package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

var _ DB = (*Bolt)(nil)

// Bolt is the default engine: shelves are the top-level buckets of one bbolt
// file, which is locked against other processes. Open makes one.
type Bolt struct {
	db *bbolt.DB

	// writer is held by the one Update that runs. bbolt has a lock of its own,
	// but waiting for that cannot be cancelled.
	writer chan struct{}

	// broken is why nothing is written any more, and told hands it on.
	broken atomic.Pointer[error]
	told   chan error

	scratch string // the folder of a store of Scratch, which goes with it
}

func newBolt(db *bbolt.DB) *Bolt {
	return &Bolt{db: db, writer: make(chan struct{}, 1), told: make(chan error, 1)}
}

// View implements DB. Any number run at once, and none waits for an Update. A
// View that stays open keeps the pages of its snapshot, so the file grows.
func (b *Bolt) View(ctx context.Context, fn func(Tx) error) error {
	tx, err := b.begin(ctx, false)
	if err != nil {
		return err
	}
	defer tx.end()
	return fn(tx)
}

// Update implements DB. One runs at a time, and waiting for its turn ends with
// ctx. A ctx that is cancelled before the commit rolls everything back.
func (b *Bolt) Update(ctx context.Context, fn func(Tx) error) error {
	wake, err := b.update(ctx, fn)
	if err != nil {
		return err
	}
	for _, fn := range wake {
		fn()
	}
	return nil
}

// update returns the functions given to OnCommit, which its caller runs when
// the writer's place is free again: they may start the next Update.
func (b *Bolt) update(ctx context.Context, fn func(Tx) error) (wake []func(), err error) {
	select {
	case b.writer <- struct{}{}:
		defer func() { <-b.writer }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	tx, err := b.begin(ctx, true)
	if err != nil {
		return nil, err
	}
	defer tx.end() // also after a panic in fn, which goes on from here
	if err := fn(tx); err != nil {
		return nil, err
	}
	if err := tx.commit(); err != nil {
		return nil, b.judge(err)
	}
	return tx.wake, nil
}

func (b *Bolt) begin(ctx context.Context, writable bool) (*boltTx, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if why := b.broken.Load(); why != nil && writable {
		return nil, *why
	}
	tx, err := b.db.Begin(writable)
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return nil, ErrClosed
	}
	if errors.Is(err, berrors.ErrDatabaseReadOnly) {
		return nil, ErrReadOnly
	}
	if err != nil {
		return nil, fmt.Errorf("begin transaction: %w", err)
	}
	return &boltTx{
		ctx:     ctx,
		tx:      tx,
		buckets: map[string]*bbolt.Bucket{},
		sums:    map[string]map[Key]int64{},
		scans:   map[string]int{},
	}, nil
}

// Backup implements DB. The copy is a store that Open takes. A w that is slow
// makes the file grow, as a View that stays open does.
func (b *Bolt) Backup(ctx context.Context, w io.Writer) (int64, error) {
	tx, err := b.begin(ctx, false)
	if err != nil {
		return 0, err
	}
	defer tx.end()
	n, err := tx.tx.WriteTo(contextWriter{ctx, w})
	if ctx.Err() != nil {
		err = ctx.Err() // bbolt keeps only the text of an early one
	}
	if err != nil {
		return n, fmt.Errorf("back up: %w", err)
	}
	return n, nil
}

// Close implements DB. Closing twice is no error.
func (b *Bolt) Close() error {
	err := b.db.Close()
	if b.scratch != "" {
		err = errors.Join(err, os.RemoveAll(b.scratch))
	}
	return err
}

// contextWriter ends a copy that nobody waits for.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (c contextWriter) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.w.Write(p)
}
