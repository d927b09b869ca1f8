package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestBoltDoesWhatTheTwinDoes runs the same random transactions on both, some
// of which fail, panic or are cancelled, and opens the file again in between.
func TestBoltDoesWhatTheTwinDoes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	young := newStoreBytes(t)
	rapid.Check(t, func(rt *rapid.T) {
		if err := os.WriteFile(path, young, ownerOnly); err != nil {
			rt.Fatal(err)
		}
		m := &model{path: path, twin: newTwin()}
		m.open(rt)
		update(t, m.twin, func(tx Tx) { wantErr(t, "stamp", meta.Put(tx, "schema", stamp{1}), nil) })
		rt.Repeat(map[string]func(*rapid.T){
			"update": m.update,
			"view":   m.view,
			"reopen": m.reopen,
			"":       m.compare,
		})
		checkFile(t, m.bolt, m.path)
	})
}

// newStoreBytes is a new file, made once: each costs several waits for the disk.
func newStoreBytes(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "new.db")
	if err := openChecked(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

type model struct {
	path string
	bolt *Bolt
	twin *twin
}

func (m *model) open(rt *rapid.T) {
	db, err := Open(m.path)
	if err != nil {
		rt.Fatal(err)
	}
	db.db.NoSync = true // no power cut here
	m.bolt = db
}

func (m *model) reopen(rt *rapid.T) {
	if err := m.bolt.Close(); err != nil {
		rt.Fatal(err)
	}
	m.open(rt)
}

func (m *model) update(rt *rapid.T) {
	ops := rapid.SliceOfN(rapid.Custom(drawOp), 1, 12).Draw(rt, "ops")
	end := rapid.SampledFrom([]string{"commit", "commit", "commit", "fail", "panic", "cancel"}).Draw(rt, "end")
	m.both(rt, func(db DB) []string { return transact(db, ops, end) })
}

func (m *model) view(rt *rapid.T) {
	ops := rapid.SliceOfN(rapid.Custom(drawOp), 1, 12).Draw(rt, "ops")
	m.both(rt, func(db DB) (log []string) {
		err := db.View(context.Background(), func(tx Tx) error {
			log = run(tx, ops)
			return nil
		})
		return append(log, outcome(err))
	})
}

// compare reads all of both.
func (m *model) compare(rt *rapid.T) {
	m.both(rt, func(db DB) (log []string) {
		err := db.View(context.Background(), func(tx Tx) error {
			names, err := tx.Shelves("")
			for _, name := range names {
				log = append(log, op{kind: "scan", shelf: name}.run(tx))
			}
			return err
		})
		return append(log, outcome(err))
	})
}

func (m *model) both(rt *rapid.T, do func(DB) []string) {
	if diff := cmp.Diff(do(m.twin), do(m.bolt)); diff != "" {
		rt.Fatalf("twin and bolt differ (-twin +bolt):\n%s", diff)
	}
}

// transact returns what every operation found, and how it ended.
func transact(db DB, ops []op, end string) (log []string) {
	defer func() {
		if p := recover(); p != nil {
			log = append(log, fmt.Sprint("panic: ", p))
		}
	}()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err := db.Update(ctx, func(tx Tx) error {
		log = run(tx, ops)
		tx.OnCommit(func() { log = append(log, "woken") })
		switch end {
		case "fail":
			return errTest
		case "panic":
			panic(errTest)
		case "cancel":
			cancel()
		}
		return nil
	})
	return append(log, outcome(err))
}

func run(tx Tx, ops []op) []string {
	log := make([]string, len(ops))
	for i, o := range ops {
		log[i] = o.run(tx)
	}
	return log
}

type op struct {
	kind, shelf string
	key, to     Key
	size        int
}

// drawOp keeps words and counters apart: an engine may find out late that a
// word is no counter.
func drawOp(rt *rapid.T) op {
	key := rapid.Custom(func(rt *rapid.T) Key { return Key(Num(rapid.Uint64Range(0, 60).Draw(rt, "n"))) })
	o := op{
		kind:  rapid.SampledFrom([]string{"put", "put", "put", "add", "add", "get", "many", "delete", "scan", "list", "drop"}).Draw(rt, "kind"),
		shelf: rapid.SampledFrom([]string{"a", "a@20261124", "b"}).Draw(rt, "shelf"),
		key:   key.Draw(rt, "key"),
		to:    key.Draw(rt, "to"),
		size:  rapid.IntRange(0, 700).Draw(rt, "size"),
	}
	if o.kind == "add" || o.kind != "put" && o.size%2 == 0 {
		o.shelf = "count-" + o.shelf
	}
	return o
}

func (o op) run(tx Tx) string {
	var found any
	var err error
	switch o.kind {
	case "put":
		err = tx.Put(o.shelf, o.key, bytes.Repeat([]byte{byte(o.size)}, o.size))
	case "add":
		err = tx.Add(o.shelf, o.key, int64(o.size-350))
	case "get":
		found, err = tx.Get(o.shelf, o.key)
	case "many":
		found, err = tx.GetMany(o.shelf, []Key{o.to, o.key})
	case "delete":
		err = tx.Delete(o.shelf, o.key)
	case "drop":
		err = tx.Drop(o.shelf)
	case "list":
		found, err = tx.Shelves(o.shelf)
	case "scan":
		var all []string
		err = tx.Scan(o.shelf, o.key, o.to, func(key Key, value []byte) error {
			all = append(all, fmt.Sprintf("%s: %d bytes, sum %x", key, len(value), crc32.ChecksumIEEE(value)))
			return nil
		})
		found = all
	}
	return fmt.Sprintf("%s %s %s: %#v %s", o.kind, o.shelf, o.key, found, outcome(err))
}

// outcome is the sentinel, as engines word the rest in their own way.
func outcome(err error) string {
	for _, known := range []error{ErrReadOnly, errTest, context.Canceled} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return fmt.Sprint(err)
}
