package store

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
)

// say is a migration that notes that it ran.
func say(word string) step {
	return func(tx Tx) error { return tx.Put("said", Key(word), nil) }
}

func wantSchema(t *testing.T, db DB, want int, said ...Key) {
	t.Helper()
	view(t, db, func(tx Tx) {
		at, ok, err := meta.Get(tx, "schema")
		if at.Schema != want || !ok || err != nil {
			t.Errorf("schema %d, %v, %v; want %d", at.Schema, ok, err, want)
		}
		if diff := cmp.Diff(said, keys(t, tx, "said", "", "")); diff != "" {
			t.Errorf("migrations (-want +got):\n%s", diff)
		}
	})
}

// reopened closes db and opens its file as a release with steps does.
func reopened(t *testing.T, db *Bolt, path string, steps ...step) *Bolt {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := openWith(path, steps)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestMigrationsRunOnceAndInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	db := openChecked(t, path)
	wantSchema(t, db, 1)
	db = reopened(t, db, path, say("to 2"))
	wantSchema(t, db, 2, "to 2")

	seesTheFormer := func(tx Tx) error {
		wantIn(t, tx, "said", "to 2", "")
		wantIn(t, tx, "said", "to 3", "")
		return tx.Put("said", "to 4", nil)
	}
	again := func(Tx) error { t.Error("ran again"); return nil }
	db = reopened(t, db, path, again, say("to 3"), seesTheFormer)
	wantSchema(t, db, 4, "to 2", "to 3", "to 4")
	reopened(t, db, path, again, again, again)
}

func TestANewStoreNeedsNoMigration(t *testing.T) {
	never := func(Tx) error { t.Error("ran on a new store"); return nil }
	db, err := openWith(filepath.Join(t.TempDir(), "siaga.db"), []step{never, never})
	if err != nil {
		t.Fatal(err)
	}
	wantSchema(t, db, 3)
	wantErr(t, "Close", db.Close(), nil)
}

func TestAMigrationThatFailsChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	db := openChecked(t, path)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := openWith(path, []step{say("to 2"), func(Tx) error { return errTest }})
	wantErr(t, "Open", err, errTest)
	wantSchema(t, openChecked(t, path), 1)
}

func TestOpenRefusesStoresItDoesNotKnow(t *testing.T) {
	tests := []struct {
		name, shelf, key, value string
		want                    error
	}{
		{"a newer schema", "meta", "schema", `{"v":1,"schema":2}`, ErrNewerSchema},
		{"a newer form of the stamp", "meta", "schema", `{"v":2}`, ErrNewerValue},
		{"a schema that never was", "meta", "schema", `{"v":1,"schema":0}`, ErrDamaged},
		{"a file of somebody else", "users", "1", "x", ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "siaga.db")
			writeRaw(t, path, tt.shelf, tt.key, tt.value)
			_, err := Open(path)
			wantErr(t, "Open", err, tt.want)
			_, err = Open(path) // and leaves no lock behind
			wantErr(t, "Open again", err, tt.want)
		})
	}
}

func writeRaw(t *testing.T, path, shelf, key, value string) {
	t.Helper()
	raw, err := bbolt.Open(path, ownerOnly, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = raw.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte(shelf))
		if err != nil {
			return err
		}
		return b.Put([]byte(key), []byte(value))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
}
