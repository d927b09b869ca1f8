package store

import (
	"os"
	"testing"
)

func openScratch(t *testing.T) *Bolt {
	t.Helper()
	db, err := Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestScratchKeepsThePromises(t *testing.T) {
	testEngine(t, func(t *testing.T) DB { return openScratch(t) })
}

func TestScratchLeavesNothingBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	db := openScratch(t)
	update(t, db, func(tx Tx) { put(t, tx, "a", "1", "gone soon") })
	if files, _ := os.ReadDir(os.Getenv("TMPDIR")); len(files) != 1 {
		t.Fatalf("while it is open: %v", files)
	}
	for range 2 { // closing twice is no error
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	if files, _ := os.ReadDir(os.Getenv("TMPDIR")); len(files) != 0 {
		t.Errorf("left behind: %v", files)
	}
}
