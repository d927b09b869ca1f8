package store

import (
	"context"
	"io"
)

// DB is a place where shelves stand. An engine implements it; Open returns
// the default one, a single bbolt file.
type DB interface {
	// View runs fn on a consistent, read-only snapshot. Writing inside it
	// returns ErrReadOnly. When ctx ends, so does the next call on the Tx.
	View(ctx context.Context, fn func(Tx) error) error

	// Update runs fn in one transaction: everything that fn wrote is durable
	// when Update returns nil, and nothing of it when it returns an error.
	// fn may be run more than once (a second engine retries conflicts), so it
	// touches nothing but shelves and variables it sets from scratch.
	// Functions given to Tx.OnCommit run after the commit, in order, outside
	// of the transaction. When ctx ends before the commit, nothing is written.
	Update(ctx context.Context, fn func(Tx) error) error

	// Backup writes a consistent copy of the whole store to w while others
	// go on reading and writing. It returns the number of bytes written.
	Backup(ctx context.Context, w io.Writer) (int64, error)

	// Close waits for running transactions and releases the store.
	Close() error
}

// Tx is one transaction over all shelves. Shelves come into being with their
// first Put or Add; reading from one that does not exist finds nothing. Slices
// that a Tx returns are valid until the transaction ends and must not be
// changed. Rooms do not call these methods but those of their typed shelves
// (Shelf, Daily, Counter).
type Tx interface {
	// Get returns the value at key, or nil where there is none.
	Get(shelf string, key Key) ([]byte, error)

	// GetMany returns the values at keys, in their order, nil where there is none.
	GetMany(shelf string, keys []Key) ([][]byte, error)

	// Put stores a copy of value at key. An empty value is stored as empty,
	// not as nil.
	Put(shelf string, key Key, value []byte) error

	// Add adds delta to the counter at key, which starts at 0. It commutes
	// with the Adds of other transactions. The value is 8 bytes, big endian.
	Add(shelf string, key Key, delta int64) error

	// Delete removes key. Deleting what is not there is no error.
	Delete(shelf string, key Key) error

	// Scan calls fn for every key in [from, to) in ascending bytewise order;
	// an empty to means the end of the shelf. fn may return ErrStop to end
	// the scan early without an error. fn must not write to the same shelf
	// (ErrScanning).
	Scan(shelf string, from, to Key, fn func(key Key, value []byte) error) error

	// Shelves returns the names of all shelves that begin with prefix, ascending.
	Shelves(prefix string) ([]string, error)

	// Drop removes a shelf with everything on it in one step, whatever its size.
	Drop(shelf string) error

	// OnCommit has fn called once, after this transaction is durable; in a
	// View never.
	OnCommit(fn func())
}
