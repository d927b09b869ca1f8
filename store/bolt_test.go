package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

func TestBoltKeepsThePromises(t *testing.T) {
	testEngine(t, func(t *testing.T) DB { return openChecked(t, filepath.Join(t.TempDir(), "siaga.db")) })
}

// openChecked opens the store at path; when the test ends it is closed and the
// file checked.
func openChecked(t *testing.T, path string) *Bolt {
	t.Helper()
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { checkFile(t, db, path) })
	return db
}

func TestValueOutlivesItsTransaction(t *testing.T) {
	db := openChecked(t, filepath.Join(t.TempDir(), "siaga.db"))
	const raw Shelf[[]byte] = "raw"
	update(t, db, func(tx Tx) { put(t, tx, "raw", "1", "kept") })
	var one []byte
	var many [][]byte
	view(t, db, func(tx Tx) {
		one, _, _ = raw.Get(tx, "1")
		many, _, _ = raw.GetMany(tx, []Key{"1"})
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	one[0], many[0][0] = 'K', 'K' // the map of the file is gone, and was read-only
	if string(one) != "Kept" || string(many[0]) != "Kept" {
		t.Errorf("got %q, %q", one, many)
	}
}

func TestBackupIsAStoreOfOneMoment(t *testing.T) {
	dir := t.TempDir()
	db := openChecked(t, filepath.Join(dir, "siaga.db"))
	update(t, db, func(tx Tx) {
		for n := range uint64(3000) {
			put(t, tx, "old", Key(Num(n)), "some value to fill pages with")
		}
	})
	f, err := os.Create(filepath.Join(dir, "copy.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	n, err := db.Backup(t.Context(), writerFunc(func(p []byte) (int, error) {
		update(t, db, func(tx Tx) {
			wantErr(t, "Drop", tx.Drop("old"), nil)
			put(t, tx, "new", "1", "written meanwhile")
		})
		return f.Write(p)
	}))
	if err != nil {
		t.Fatal(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() != n {
		t.Errorf("Backup = %d, wrote %v, %v", n, info.Size(), err)
	}
	restored := openChecked(t, f.Name())
	view(t, restored, func(tx Tx) {
		if got := len(keys(t, tx, "old", "", "")); got != 3000 {
			t.Errorf("the copy has %d of 3000", got)
		}
	})
	wantNone(t, restored, "new", "1")
	want(t, db, "new", "1", "written meanwhile")
}

func TestBackupEndsWithItsContext(t *testing.T) {
	db := openChecked(t, filepath.Join(t.TempDir(), "siaga.db"))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := db.Backup(ctx, writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil }))
	wantErr(t, "Backup", err, context.Canceled)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// checkFile closes db, and lets bbolt and our own inspection look for damage.
func checkFile(t *testing.T, db *Bolt, path string) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if err := inspect(path); err != nil {
		t.Error(err)
	}
	raw, err := bbolt.Open(path, ownerOnly, &bbolt.Options{NoFreelistSync: true})
	if err != nil {
		t.Fatal(err)
	}
	err = raw.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Error(err)
		}
		return nil
	})
	if err := errors.Join(err, raw.Close()); err != nil {
		t.Error(err)
	}
}

func TestAnUpdateThatWritesNothingLeavesTheFileAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	db, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	woken := false
	err = db.Update(t.Context(), func(tx Tx) error {
		tx.OnCommit(func() { woken = true })
		_, err := tx.Get("shelf", "key")
		return err
	})
	after, rerr := os.ReadFile(path)
	if err != nil || rerr != nil || !woken || !bytes.Equal(before, after) {
		t.Errorf("%v, %v; woken %v; file the same %v", err, rerr, woken, bytes.Equal(before, after))
	}
}
