package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

var _ Tx = (*boltTx)(nil)

// boltTx is for one goroutine, like the transaction of bbolt below it.
type boltTx struct {
	ctx   context.Context
	tx    *bbolt.Tx
	wake  []func()
	ended bool
	dirty bool // something was to be written

	buckets map[string]*bbolt.Bucket // found before; bbolt would search again
	sums    map[string]map[Key]int64 // added, and not yet written
	scans   map[string]int           // running on each shelf
}

func (t *boltTx) Get(shelf string, key Key) ([]byte, error) {
	b, err := t.reading(shelf)
	if b == nil || err != nil {
		return nil, err
	}
	return b.Get([]byte(key)), nil
}

func (t *boltTx) GetMany(shelf string, keys []Key) ([][]byte, error) {
	values := make([][]byte, len(keys))
	b, err := t.reading(shelf)
	if b == nil || err != nil {
		return values, err
	}
	for i, key := range keys {
		values[i] = b.Get([]byte(key))
	}
	return values, nil
}

// Put stores a copy that is never nil: bbolt would keep the caller's slice, and
// until the commit it cannot tell a nil value from none.
func (t *boltTx) Put(shelf string, key Key, value []byte) error {
	b, err := t.writing(shelf, key)
	if err != nil {
		return err
	}
	return b.Put([]byte(key), append([]byte{}, value...))
}

func (t *boltTx) Delete(shelf string, key Key) error {
	if err := t.mayWrite(shelf); err != nil {
		return err
	}
	b, err := t.reading(shelf)
	if b == nil || err != nil {
		return err
	}
	return b.Delete([]byte(key))
}

func (t *boltTx) Scan(shelf string, from, to Key, fn func(key Key, value []byte) error) error {
	b, err := t.reading(shelf)
	if b == nil || err != nil {
		return err
	}
	t.scans[shelf]++
	defer func() { t.scans[shelf]-- }()

	c := b.Cursor()
	for k, v := c.Seek([]byte(from)); k != nil; k, v = c.Next() {
		if to != "" && string(k) >= string(to) {
			return nil
		}
		if err := t.alive(); err != nil {
			return err
		}
		if err := fn(Key(k), v); errors.Is(err, ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (t *boltTx) Shelves(prefix string) ([]string, error) {
	if err := t.alive(); err != nil {
		return nil, err
	}
	if err := t.writeSums(); err != nil { // they may bring a shelf into being
		return nil, err
	}
	var names []string
	c := t.tx.Cursor()
	for k, _ := c.Seek([]byte(prefix)); strings.HasPrefix(string(k), prefix) && k != nil; k, _ = c.Next() {
		names = append(names, string(k))
	}
	return names, nil
}

func (t *boltTx) Drop(shelf string) error {
	if err := t.mayWrite(shelf); err != nil {
		return err
	}
	delete(t.sums, shelf)
	delete(t.buckets, shelf)
	err := t.tx.DeleteBucket([]byte(shelf))
	if errors.Is(err, berrors.ErrBucketNotFound) {
		return nil
	}
	return err
}

func (t *boltTx) OnCommit(fn func()) { t.wake = append(t.wake, fn) }

// commit writes what was noted, and asks ctx a last time: behind it, Commit
// makes everything durable whatever happens to the caller.
func (t *boltTx) commit() error {
	if err := t.alive(); err != nil {
		return err
	}
	if !t.dirty { // bbolt would sync the disk for nothing
		return nil
	}
	if err := t.writeSums(); err != nil {
		return err
	}
	if err := t.tx.Commit(); err != nil { // all that can fail in it is the disk
		return fmt.Errorf("commit: %w: %w", err, ErrDisk)
	}
	return nil
}

// end rolls back what was not committed.
func (t *boltTx) end() {
	t.ended = true
	_ = t.tx.Rollback() // the only error says that commit was here before
}

func (t *boltTx) alive() error {
	if t.ended {
		return ErrEnded
	}
	return t.ctx.Err()
}

func (t *boltTx) mayWrite(shelf string) error {
	switch {
	case t.ended:
		return ErrEnded
	case !t.tx.Writable():
		return ErrReadOnly
	case t.scans[shelf] > 0:
		return fmt.Errorf("shelf %q: %w", shelf, ErrScanning)
	}
	t.dirty = true
	return t.ctx.Err()
}

// reading returns the bucket of shelf, or nil where there is none, with all
// that was added to it.
func (t *boltTx) reading(shelf string) (*bbolt.Bucket, error) {
	if err := t.alive(); err != nil {
		return nil, err
	}
	if err := t.writeSum(shelf); err != nil {
		return nil, err
	}
	return t.bucket(shelf), nil
}

// writing returns the bucket of shelf to write an entry at key.
func (t *boltTx) writing(shelf string, key Key) (*bbolt.Bucket, error) {
	if err := t.mayWrite(shelf); err != nil {
		return nil, err
	}
	if err := nameable(shelf, key); err != nil {
		return nil, err
	}
	if err := t.writeSum(shelf); err != nil {
		return nil, err
	}
	return t.makeBucket(shelf)
}

func (t *boltTx) bucket(shelf string) *bbolt.Bucket {
	if b := t.buckets[shelf]; b != nil {
		return b
	}
	b := t.tx.Bucket([]byte(shelf))
	if b != nil {
		t.remember(shelf, b)
	}
	return b
}

func (t *boltTx) makeBucket(shelf string) (*bbolt.Bucket, error) {
	if b := t.bucket(shelf); b != nil {
		return b, nil
	}
	b, err := t.tx.CreateBucket([]byte(shelf))
	if err != nil {
		return nil, err
	}
	t.remember(shelf, b)
	return b, nil
}

// remember also lets the pages of a daily shelf, which grows at its end, be
// filled to 90 %: at bbolt's 50 % a day of posts takes twice the room.
func (t *boltTx) remember(shelf string, b *bbolt.Bucket) {
	if strings.Contains(shelf, dayMark) {
		b.FillPercent = 0.9
	}
	t.buckets[shelf] = b
}
