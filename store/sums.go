package store

import (
	"fmt"
	"maps"
	"slices"

	"go.etcd.io/bbolt"
)

// Add only notes the sum. A batch adds to the same few keys again and again,
// and bbolt searches the tree twice for each write (see BenchmarkBatch).
func (t *boltTx) Add(shelf string, key Key, delta int64) error {
	if err := t.mayWrite(shelf); err != nil {
		return err
	}
	if err := nameable(shelf, key); err != nil {
		return err
	}
	if t.sums[shelf] == nil {
		t.sums[shelf] = map[Key]int64{}
	}
	t.sums[shelf][key] += delta
	return nil
}

func (t *boltTx) writeSums() error {
	for _, shelf := range slices.Sorted(maps.Keys(t.sums)) {
		if err := t.writeSum(shelf); err != nil {
			return err
		}
	}
	return nil
}

// writeSum goes through the keys in order, so that neighbours share a page.
func (t *boltTx) writeSum(shelf string) error {
	sums := t.sums[shelf]
	if sums == nil {
		return nil
	}
	delete(t.sums, shelf)
	b, err := t.makeBucket(shelf)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(sums)) {
		if err := addTo(b, key, sums[key]); err != nil {
			return fmt.Errorf("add to %q on shelf %q: %w", key, shelf, err)
		}
	}
	return nil
}

func addTo(b *bbolt.Bucket, key Key, delta int64) error {
	data, n := b.Get([]byte(key)), int64(0)
	if data != nil {
		var err error
		if n, err = parseCount(data); err != nil {
			return err
		}
	}
	return b.Put([]byte(key), formatCount(n+delta))
}
