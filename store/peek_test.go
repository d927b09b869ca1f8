package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestPeekReadsAndChangesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "siaga.db")
	if _, err := Peek(t.Context(), path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file = %v", err)
	}
	if err := os.WriteFile(path, storeBytes(t), 0o400); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := Peek(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	view(t, db, func(tx Tx) {
		if got := len(keys(t, tx, "many", "", "")); got != 600 {
			t.Errorf("read %d of 600", got)
		}
	})
	wantErr(t, "Update", db.Update(t.Context(), func(Tx) error { return nil }), ErrReadOnly)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	files, _ := os.ReadDir(dir)
	if err != nil || !bytes.Equal(before, after) || len(files) != 1 {
		t.Errorf("the same %v, files %v, %v", bytes.Equal(before, after), files, err)
	}
}

func TestPeekRefusesWhatItMayNotRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "siaga.db")
	db := openChecked(t, path)
	_, err := Peek(t.Context(), path)
	wantErr(t, "Peek beside Open", err, ErrLocked)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = peekWith(t.Context(), path, []step{nil})
	wantErr(t, "Peek of an older store", err, ErrOlderSchema)
	db = openChecked(t, path)
	update(t, db, func(tx Tx) { wantErr(t, "Put", meta.Put(tx, "schema", stamp{2}), nil) })
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = Peek(t.Context(), path)
	wantErr(t, "Peek of a newer store", err, ErrNewerSchema)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Peek(ctx, path)
	wantErr(t, "Peek when nobody waits", err, context.Canceled)
	other := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(other, []byte("no store"), ownerOnly); err != nil {
		t.Fatal(err)
	}
	_, err = Peek(t.Context(), other)
	wantErr(t, "Peek of anything", err, ErrDamaged)
}
