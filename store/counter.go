package store

import (
	"encoding/binary"
	"fmt"
)

// Counter is a shelf of numbers that are added to and never overwritten, so
// that transactions which count the same thing need not wait for each other:
//
//	const series store.Counter = "series"
type Counter string

// Get returns the number at key, 0 where nothing was added.
func (c Counter) Get(tx Tx, key Key) (int64, error) {
	data, err := tx.Get(string(c), key)
	if err != nil || data == nil {
		return 0, err
	}
	return c.read(key, data)
}

// Add adds delta to the number at key. One transaction adds a hundred times to
// one key for little more than the price of once.
func (c Counter) Add(tx Tx, key Key, delta int64) error {
	return tx.Add(string(c), key, delta)
}

// Scan calls fn in ascending order for every key that begins with prefix. fn
// may return ErrStop, and must not add to c.
func (c Counter) Scan(tx Tx, prefix Key, fn func(Key, int64) error) error {
	return c.Range(tx, prefix, after(prefix), fn)
}

// Range calls fn in ascending order for every key in [from, to); an empty to
// is the end of the shelf. With keys that begin with Minute this is a window
// of time. fn may return ErrStop, and must not add to c.
func (c Counter) Range(tx Tx, from, to Key, fn func(Key, int64) error) error {
	return tx.Scan(string(c), from, to, func(key Key, data []byte) error {
		n, err := c.read(key, data)
		if err != nil {
			return err
		}
		return fn(key, n)
	})
}

func (c Counter) read(key Key, data []byte) (int64, error) {
	n, err := parseCount(data)
	if err != nil {
		return 0, fmt.Errorf("read %q from shelf %q: %w", key, string(c), err)
	}
	return n, nil
}

// formatCount and parseCount are the value of a counter: 8 bytes, big endian.
func formatCount(n int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(n)) //nolint:gosec // the same 64 bits
}

func parseCount(data []byte) (int64, error) {
	if len(data) != 8 {
		return 0, ErrNotCounter
	}
	return int64(binary.BigEndian.Uint64(data)), nil //nolint:gosec // the same 64 bits
}
