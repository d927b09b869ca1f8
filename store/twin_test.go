package store

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestTwinKeepsThePromises(t *testing.T) {
	testEngine(t, func(*testing.T) DB { return newTwin() })
}

// twin is the store as one would draw it on a napkin: a map of maps, copied
// whole for every change. What it does is what the engines have to do.
type twin struct {
	now    chan shelves // holds the one current state; taken by a writer
	view   chan shelves // the same for readers, who never wait for a writer
	closed bool
}

type shelves map[string]map[Key][]byte

func newTwin() *twin {
	w := &twin{now: make(chan shelves, 1), view: make(chan shelves, 1)}
	w.now <- shelves{}
	w.view <- shelves{}
	return w
}

func (s shelves) copy() shelves {
	c := shelves{}
	for name, shelf := range s {
		c[name] = maps.Clone(shelf)
	}
	return c
}

func (w *twin) View(ctx context.Context, fn func(Tx) error) error {
	if err := w.ready(ctx); err != nil {
		return err
	}
	now := <-w.view
	w.view <- now
	tx := &twinTx{ctx: ctx, shelves: now}
	defer func() { tx.ended = true }()
	return fn(tx)
}

func (w *twin) Update(ctx context.Context, fn func(Tx) error) error {
	wake, err := w.update(ctx, fn)
	for _, fn := range wake {
		fn()
	}
	return err
}

func (w *twin) update(ctx context.Context, fn func(Tx) error) (wake []func(), err error) {
	var now shelves
	select {
	case now = <-w.now:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { w.now <- now }()
	if err := w.ready(ctx); err != nil {
		return nil, err
	}
	tx := &twinTx{ctx: ctx, shelves: now.copy(), writable: true, scans: map[string]int{}}
	defer func() { tx.ended = true }()
	if err := errors.Join(fn(tx), ctx.Err()); err != nil {
		return nil, err
	}
	now = tx.shelves
	<-w.view
	w.view <- now
	return tx.wake, nil
}

func (w *twin) Backup(ctx context.Context, to io.Writer) (n int64, err error) {
	var all bytes.Buffer
	err = w.View(ctx, func(tx Tx) error { return gob.NewEncoder(&all).Encode(tx.(*twinTx).shelves) })
	if err != nil {
		return 0, err
	}
	return all.WriteTo(to)
}

func (w *twin) Close() error { w.closed = true; return nil }

func (w *twin) ready(ctx context.Context) error {
	if w.closed {
		return ErrClosed
	}
	return ctx.Err()
}

type twinTx struct {
	ctx      context.Context
	shelves  shelves
	scans    map[string]int
	wake     []func()
	writable bool
	ended    bool
}

func (t *twinTx) ready() error {
	if t.ended {
		return ErrEnded
	}
	return t.ctx.Err()
}

func (t *twinTx) mayWrite(shelf string, key Key) error {
	switch err := t.ready(); {
	case err != nil:
		return err
	case !t.writable:
		return ErrReadOnly
	case t.scans[shelf] > 0:
		return ErrScanning
	}
	return nameable(shelf, key)
}

func (t *twinTx) Get(shelf string, key Key) ([]byte, error) {
	return t.shelves[shelf][key], t.ready()
}

func (t *twinTx) GetMany(shelf string, keys []Key) ([][]byte, error) {
	values := make([][]byte, len(keys))
	for i, key := range keys {
		values[i] = t.shelves[shelf][key]
	}
	return values, t.ready()
}

func (t *twinTx) Put(shelf string, key Key, value []byte) error {
	if err := t.mayWrite(shelf, key); err != nil {
		return err
	}
	if t.shelves[shelf] == nil {
		t.shelves[shelf] = map[Key][]byte{}
	}
	t.shelves[shelf][key] = append([]byte{}, value...)
	return nil
}

func (t *twinTx) Add(shelf string, key Key, delta int64) error {
	if err := t.mayWrite(shelf, key); err != nil {
		return err
	}
	n := int64(0)
	if old, ok := t.shelves[shelf][key]; ok {
		var err error
		if n, err = parseCount(old); err != nil {
			return err
		}
	}
	return t.Put(shelf, key, formatCount(n+delta))
}

func (t *twinTx) Delete(shelf string, key Key) error {
	if err := t.mayWrite(shelf, "any"); err != nil {
		return err
	}
	delete(t.shelves[shelf], key)
	return nil
}

func (t *twinTx) Scan(shelf string, from, to Key, fn func(Key, []byte) error) error {
	if t.writable {
		t.scans[shelf]++
		defer func() { t.scans[shelf]-- }()
	}
	for _, key := range slices.Sorted(maps.Keys(t.shelves[shelf])) {
		if key < from || to != "" && key >= to {
			continue
		}
		if err := errors.Join(t.ready(), fn(key, t.shelves[shelf][key])); errors.Is(err, ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return t.ready()
}

func (t *twinTx) Shelves(prefix string) ([]string, error) {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(t.shelves)) {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names, t.ready()
}

func (t *twinTx) Drop(shelf string) error {
	if err := t.mayWrite(shelf, "any"); err != nil {
		return err
	}
	delete(t.shelves, shelf)
	return nil
}

func (t *twinTx) OnCommit(fn func()) { t.wake = append(t.wake, fn) }
