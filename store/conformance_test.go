package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// testEngine holds what every engine promises. open returns an empty store,
// which open closes, and checks, when the test ends.
func testEngine(t *testing.T, open func(t *testing.T) DB) {
	promises := []struct {
		name string
		test func(t *testing.T, db DB)
	}{
		{"reads back what was written", readsBack},
		{"finds nothing on a shelf that is not there", findsNothing},
		{"tells an empty value from none", tellsEmptyFromNone},
		{"keeps values apart from the slices of the caller", keepsCopies},
		{"refuses keys that no engine can hold", refusesKeys},
		{"scans a range in bytewise order", scansInOrder},
		{"ends a scan early, with and without an error", endsScans},
		{"refuses writes to a shelf under scan", refusesWritesUnderScan},
		{"adds up, within and across transactions", addsUp},
		{"counts for all who count at once", countsForAll},
		{"drops a shelf and only that", drops},
		{"lists shelves by prefix", listsShelves},
		{"keeps nothing of a transaction that failed", keepsNothingOfFailure},
		{"keeps nothing of a transaction that panicked", keepsNothingOfPanic},
		{"refuses writes in a View", refusesWritesInView},
		{"refuses a Tx that has ended", refusesEndedTx},
		{"runs OnCommit after the commit, in order, outside", runsOnCommit},
		{"starts nothing for a caller who left", startsNothingWhenCancelled},
		{"commits nothing for a caller who leaves meanwhile", commitsNothingWhenCancelled},
		{"lets a caller leave the queue of writers", leavesQueue},
		{"shows a View one moment", showsOneMoment},
		{"says how much it backed up", backsUp},
		{"refuses work after Close", refusesAfterClose},
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) { p.test(t, open(t)) })
	}
}

var errTest = errors.New("test")

func update(t *testing.T, db DB, fn func(tx Tx)) {
	t.Helper()
	if err := db.Update(t.Context(), func(tx Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, db DB, fn func(tx Tx)) {
	t.Helper()
	if err := db.View(t.Context(), func(tx Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, tx Tx, shelf string, key Key, value string) {
	t.Helper()
	if err := tx.Put(shelf, key, []byte(value)); err != nil {
		t.Fatal(err)
	}
}

// want reads in a View of its own, so that it sees what was committed.
func want(t *testing.T, db DB, shelf string, key Key, value string) {
	t.Helper()
	view(t, db, func(tx Tx) { wantIn(t, tx, shelf, key, value) })
}

func wantIn(t *testing.T, tx Tx, shelf string, key Key, value string) {
	t.Helper()
	got, err := tx.Get(shelf, key)
	if err != nil || got == nil || string(got) != value {
		t.Errorf("Get(%q, %q) = %q, %v; want %q", shelf, key, got, err, value)
	}
}

func wantNone(t *testing.T, db DB, shelf string, key Key) {
	t.Helper()
	view(t, db, func(tx Tx) {
		if got, err := tx.Get(shelf, key); err != nil || got != nil {
			t.Errorf("Get(%q, %q) = %q, %v; want none", shelf, key, got, err)
		}
	})
}

func wantErr(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s = %v; want %v", what, got, want)
	}
}

// keys scans [from, to).
func keys(t *testing.T, tx Tx, shelf string, from, to Key) []Key {
	t.Helper()
	var found []Key
	err := tx.Scan(shelf, from, to, func(key Key, _ []byte) error {
		found = append(found, key)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func readsBack(t *testing.T, db DB) {
	update(t, db, func(tx Tx) {
		put(t, tx, "a", "1", "old")
		put(t, tx, "a", "1", "one")
		put(t, tx, "a", "2", "two")
		put(t, tx, "b", "1", "another shelf")
		put(t, tx, "a", "gone", "x")
		wantErr(t, "Delete", tx.Delete("a", "gone"), nil)
		wantErr(t, "Delete of nothing", tx.Delete("a", "never"), nil)
		wantIn(t, tx, "a", "1", "one")
	})
	want(t, db, "a", "1", "one")
	want(t, db, "b", "1", "another shelf")
	wantNone(t, db, "a", "gone")
	view(t, db, func(tx Tx) {
		got, err := tx.GetMany("a", []Key{"2", "none", "1", "2"})
		wantErr(t, "GetMany", err, nil)
		all := [][]byte{[]byte("two"), nil, []byte("one"), []byte("two")}
		if diff := cmp.Diff(all, got); diff != "" {
			t.Errorf("GetMany (-want +got):\n%s", diff)
		}
	})
}

func findsNothing(t *testing.T, db DB) {
	update(t, db, func(tx Tx) {
		got, err := tx.GetMany("none", []Key{"a", "b"})
		if err != nil || len(got) != 2 || got[0] != nil || got[1] != nil {
			t.Errorf("GetMany = %q, %v; want two nils", got, err)
		}
		if found := keys(t, tx, "none", "", ""); found != nil {
			t.Errorf("Scan found %q", found)
		}
		wantErr(t, "Delete", tx.Delete("none", "a"), nil)
		wantErr(t, "Drop", tx.Drop("none"), nil)
	})
	wantNone(t, db, "none", "a")
	wantNone(t, db, "none", "")
}

func tellsEmptyFromNone(t *testing.T, db DB) {
	update(t, db, func(tx Tx) {
		wantErr(t, "Put(nil)", tx.Put("a", "nil", nil), nil)
		wantErr(t, "Put(empty)", tx.Put("a", "empty", []byte{}), nil)
		wantIn(t, tx, "a", "nil", "")
		wantIn(t, tx, "a", "empty", "")
	})
	want(t, db, "a", "nil", "")
	want(t, db, "a", "empty", "")
	view(t, db, func(tx Tx) {
		got, err := tx.GetMany("a", []Key{"nil", "none"})
		if err != nil || got[0] == nil || got[1] != nil {
			t.Errorf("GetMany = %#v, %v; want empty and nil", got, err)
		}
	})
}

func keepsCopies(t *testing.T, db DB) {
	value := []byte("before")
	update(t, db, func(tx Tx) {
		wantErr(t, "Put", tx.Put("a", "1", value), nil)
		copy(value, "after ")
		wantIn(t, tx, "a", "1", "before")
	})
	want(t, db, "a", "1", "before")
}

func refusesKeys(t *testing.T, db DB) {
	long := Key(bytes.Repeat([]byte("k"), maxKey))
	update(t, db, func(tx Tx) {
		wantErr(t, "Put at no key", tx.Put("a", "", nil), ErrKey)
		wantErr(t, "Put on no shelf", tx.Put("", "a", nil), ErrKey)
		wantErr(t, "Put at a long key", tx.Put("a", long+"k", nil), ErrKey)
		wantErr(t, "Put on a long shelf", tx.Put(string(long), "a", nil), ErrKey)
		wantErr(t, "Add at no key", tx.Add("a", "", 1), ErrKey)
		put(t, tx, string(long[:maxName]), long, "fits")
	})
	want(t, db, string(long[:maxName]), long, "fits")
}

func scansInOrder(t *testing.T, db DB) {
	written := []Key{"b", "a/10", "\xff", "a/1", "\x00", "a", "a/2", "Z", "\xff\xff"}
	update(t, db, func(tx Tx) {
		for _, key := range written {
			put(t, tx, "s", key, string(key))
		}
		wantErr(t, "Delete", tx.Delete("s", "b"), nil)
	})
	tests := []struct {
		from, to Key
		want     []Key
	}{
		{"", "", []Key{"\x00", "Z", "a", "a/1", "a/10", "a/2", "\xff", "\xff\xff"}},
		{"a/", "a0", []Key{"a/1", "a/10", "a/2"}},
		{"a/1", "a/2", []Key{"a/1", "a/10"}},
		{"a/1", "a/1", nil},
		{"b", "a", nil},
		{"b", "", []Key{"\xff", "\xff\xff"}},
		{"", "Z", []Key{"\x00"}},
		{"\xff\xff\xff", "", nil},
	}
	view(t, db, func(tx Tx) {
		for _, tt := range tests {
			if diff := cmp.Diff(tt.want, keys(t, tx, "s", tt.from, tt.to)); diff != "" {
				t.Errorf("Scan [%q, %q) (-want +got):\n%s", tt.from, tt.to, diff)
			}
		}
		err := tx.Scan("s", "", "", func(key Key, value []byte) error {
			if string(value) != string(key) {
				t.Errorf("value %q at %q", value, key)
			}
			return nil
		})
		wantErr(t, "Scan", err, nil)
	})
}

func endsScans(t *testing.T, db DB) {
	update(t, db, func(tx Tx) {
		put(t, tx, "s", "1", "")
		put(t, tx, "s", "2", "")
	})
	for _, end := range []struct{ return_, want error }{{ErrStop, nil}, {errTest, errTest}} {
		view(t, db, func(tx Tx) {
			calls := 0
			err := tx.Scan("s", "", "", func(Key, []byte) error { calls++; return end.return_ })
			wantErr(t, "Scan", err, end.want)
			if calls != 1 {
				t.Errorf("%d calls after %v, want 1", calls, end.return_)
			}
		})
	}
}

func refusesWritesUnderScan(t *testing.T, db DB) {
	update(t, db, func(tx Tx) {
		put(t, tx, "s", "1", "")
		err := tx.Scan("s", "", "", func(Key, []byte) error {
			wantErr(t, "Put", tx.Put("s", "2", nil), ErrScanning)
			wantErr(t, "Add", tx.Add("s", "2", 1), ErrScanning)
			wantErr(t, "Delete", tx.Delete("s", "1"), ErrScanning)
			wantErr(t, "Drop", tx.Drop("s"), ErrScanning)
			put(t, tx, "other", "1", "x")
			wantIn(t, tx, "s", "1", "")
			return errTest
		})
		wantErr(t, "Scan", err, errTest)
		put(t, tx, "s", "2", "after the scan")
	})
	want(t, db, "s", "2", "after the scan")
	want(t, db, "other", "1", "x")
}

func addsUp(t *testing.T, db DB) {
	add := func(tx Tx, key Key, delta int64) {
		t.Helper()
		wantErr(t, "Add", tx.Add("c", key, delta), nil)
	}
	update(t, db, func(tx Tx) { add(tx, "n", 40) })
	update(t, db, func(tx Tx) {
		add(tx, "n", 3)
		add(tx, "n", -1)
		add(tx, "below", -7)
		wantIn(t, tx, "c", "n", "\x00\x00\x00\x00\x00\x00\x00\x2a")
		add(tx, "n", 1)
		add(tx, "replaced", 5)
		put(t, tx, "c", "replaced", string(formatCount(100)))
		add(tx, "replaced", 1)
		add(tx, "deleted", 1)
		wantErr(t, "Delete", tx.Delete("c", "deleted"), nil)
		if diff := cmp.Diff([]Key{"below", "n", "replaced"}, keys(t, tx, "c", "", "")); diff != "" {
			t.Errorf("Scan after Add (-want +got):\n%s", diff)
		}
	})
	for key, n := range map[Key]int64{"n": 43, "below": -7, "replaced": 101} {
		want(t, db, "c", key, string(formatCount(n)))
	}
	err := db.Update(t.Context(), func(tx Tx) error {
		put(t, tx, "words", "w", "no number")
		return tx.Add("words", "w", 1)
	})
	wantErr(t, "Update that adds to a word", err, ErrNotCounter)
}

func countsForAll(t *testing.T, db DB) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				err := db.Update(t.Context(), func(tx Tx) error { return tx.Add("c", "n", 1) })
				wantErr(t, "Update", err, nil)
			}
		})
	}
	all.Wait()
	want(t, db, "c", "n", string(formatCount(40)))
}

func drops(t *testing.T, db DB) {
	update(t, db, func(tx Tx) {
		for n := range uint64(2000) {
			put(t, tx, "big", Key(Num(n)), "some value to fill pages with")
		}
		put(t, tx, "bigger", "1", "stays")
	})
	update(t, db, func(tx Tx) {
		wantErr(t, "Add", tx.Add("big", "sum", 1), nil)
		wantErr(t, "Drop", tx.Drop("big"), nil)
		wantErr(t, "Drop again", tx.Drop("big"), nil)
		put(t, tx, "big", "new", "life")
		put(t, tx, "young", "1", "x")
		wantErr(t, "Drop of a new shelf", tx.Drop("young"), nil)
	})
	view(t, db, func(tx Tx) {
		if diff := cmp.Diff([]Key{"new"}, keys(t, tx, "big", "", "")); diff != "" {
			t.Errorf("after Drop (-want +got):\n%s", diff)
		}
	})
	want(t, db, "bigger", "1", "stays")
	wantNone(t, db, "young", "1")
}

func listsShelves(t *testing.T, db DB) {
	list := func(tx Tx, prefix string, want ...string) {
		t.Helper()
		got, err := tx.Shelves(prefix)
		wantErr(t, "Shelves", err, nil)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Shelves(%q) (-want +got):\n%s", prefix, diff)
		}
	}
	update(t, db, func(tx Tx) {
		for _, shelf := range []string{"hit@20261125", "hit", "hit@20261124", "hits"} {
			put(t, tx, shelf, "1", "")
		}
		wantErr(t, "Add", tx.Add("hit@20261126", "1", 1), nil)
		list(tx, "hit@", "hit@20261124", "hit@20261125", "hit@20261126")
		wantErr(t, "Drop", tx.Drop("hit@20261125"), nil)
	})
	view(t, db, func(tx Tx) {
		list(tx, "hit@", "hit@20261124", "hit@20261126")
		list(tx, "hit", "hit", "hit@20261124", "hit@20261126", "hits")
		list(tx, "none")
	})
}

func keepsNothingOfFailure(t *testing.T, db DB) {
	update(t, db, func(tx Tx) { put(t, tx, "a", "1", "before") })
	err := db.Update(t.Context(), func(tx Tx) error {
		scribble(t, tx)
		return errTest
	})
	wantErr(t, "Update", err, errTest)
	wantUntouched(t, db)
}

func keepsNothingOfPanic(t *testing.T, db DB) {
	update(t, db, func(tx Tx) { put(t, tx, "a", "1", "before") })
	func() {
		defer func() {
			if p, _ := recover().(error); !errors.Is(p, errTest) {
				t.Errorf("recovered %v, want what was thrown", p)
			}
		}()
		_ = db.Update(t.Context(), func(tx Tx) error {
			scribble(t, tx)
			panic(errTest)
		})
	}()
	wantUntouched(t, db)
}

func scribble(t *testing.T, tx Tx) {
	t.Helper()
	put(t, tx, "a", "1", "after")
	put(t, tx, "new", "1", "x")
	wantErr(t, "Add", tx.Add("c", "n", 1), nil)
	wantErr(t, "Drop", tx.Drop("a"), nil)
	tx.OnCommit(func() { t.Error("OnCommit ran without a commit") })
}

func wantUntouched(t *testing.T, db DB) {
	t.Helper()
	want(t, db, "a", "1", "before")
	wantNone(t, db, "new", "1")
	wantNone(t, db, "c", "n")
	update(t, db, func(tx Tx) { put(t, tx, "a", "2", "still writable") })
}

func refusesWritesInView(t *testing.T, db DB) {
	update(t, db, func(tx Tx) { put(t, tx, "a", "1", "x") })
	view(t, db, func(tx Tx) {
		wantErr(t, "Put", tx.Put("a", "1", nil), ErrReadOnly)
		wantErr(t, "Add", tx.Add("a", "1", 1), ErrReadOnly)
		wantErr(t, "Delete", tx.Delete("a", "1"), ErrReadOnly)
		wantErr(t, "Drop", tx.Drop("a"), ErrReadOnly)
		tx.OnCommit(func() { t.Error("OnCommit ran in a View") })
	})
	wantErr(t, "View", db.View(t.Context(), func(Tx) error { return errTest }), errTest)
	want(t, db, "a", "1", "x")
}

func refusesEndedTx(t *testing.T, db DB) {
	var kept Tx
	update(t, db, func(tx Tx) { kept = tx; put(t, tx, "a", "1", "x") })
	_, err := kept.Get("a", "1")
	wantErr(t, "Get", err, ErrEnded)
	_, err = kept.GetMany("a", []Key{"1"})
	wantErr(t, "GetMany", err, ErrEnded)
	_, err = kept.Shelves("")
	wantErr(t, "Shelves", err, ErrEnded)
	wantErr(t, "Put", kept.Put("a", "1", nil), ErrEnded)
	wantErr(t, "Add", kept.Add("c", "1", 1), ErrEnded)
	wantErr(t, "Delete", kept.Delete("a", "1"), ErrEnded)
	wantErr(t, "Drop", kept.Drop("a"), ErrEnded)
	wantErr(t, "Scan", kept.Scan("a", "", "", func(Key, []byte) error { return nil }), ErrEnded)
}

func runsOnCommit(t *testing.T, db DB) {
	var order []string
	update(t, db, func(tx Tx) {
		tx.OnCommit(func() {
			order = append(order, "first")
			want(t, db, "a", "1", "committed")
			update(t, db, func(tx Tx) { put(t, tx, "a", "2", "from outside") })
		})
		tx.OnCommit(func() { order = append(order, "second") })
		put(t, tx, "a", "1", "committed")
		order = append(order, "inside")
	})
	if diff := cmp.Diff([]string{"inside", "first", "second"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	want(t, db, "a", "2", "from outside")
}

func startsNothingWhenCancelled(t *testing.T, db DB) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	never := func(Tx) error { t.Error("fn ran"); return nil }
	wantErr(t, "View", db.View(ctx, never), context.Canceled)
	wantErr(t, "Update", db.Update(ctx, never), context.Canceled)
	_, err := db.Backup(ctx, io.Discard)
	wantErr(t, "Backup", err, context.Canceled)
}

func commitsNothingWhenCancelled(t *testing.T, db DB) {
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Update(ctx, func(tx Tx) error {
		put(t, tx, "a", "1", "x")
		cancel()
		_, err := tx.Get("a", "1")
		wantErr(t, "Get", err, context.Canceled)
		wantErr(t, "Put", tx.Put("a", "2", nil), context.Canceled)
		return nil
	})
	wantErr(t, "Update", err, context.Canceled)
	wantNone(t, db, "a", "1")
}

func leavesQueue(t *testing.T, db DB) {
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error)
	update(t, db, func(Tx) {
		go func() {
			left <- db.Update(ctx, func(tx Tx) error { return tx.Put("a", "1", nil) })
		}()
		cancel()
		wantErr(t, "Update", <-left, context.Canceled)
	})
	wantNone(t, db, "a", "1")
}

func showsOneMoment(t *testing.T, db DB) {
	update(t, db, func(tx Tx) { put(t, tx, "a", "1", "then") })
	written := make(chan error)
	view(t, db, func(tx Tx) {
		wantIn(t, tx, "a", "1", "then")
		go func() {
			written <- db.Update(t.Context(), func(tx Tx) error {
				return errors.Join(tx.Put("a", "1", []byte("now")), tx.Put("a", "2", nil))
			})
		}()
		wantErr(t, "Update meanwhile", <-written, nil)
		wantIn(t, tx, "a", "1", "then")
		if found := keys(t, tx, "a", "", ""); len(found) != 1 {
			t.Errorf("the View sees %q", found)
		}
	})
	want(t, db, "a", "1", "now")
}

func backsUp(t *testing.T, db DB) {
	update(t, db, func(tx Tx) { put(t, tx, "a", "1", "kept") })
	var copied bytes.Buffer
	n, err := db.Backup(t.Context(), &copied)
	if err != nil || n == 0 || n != int64(copied.Len()) {
		t.Errorf("Backup = %d, %v; wrote %d bytes", n, err, copied.Len())
	}
	_, err = db.Backup(t.Context(), brokenWriter{})
	if err == nil {
		t.Error("Backup to a full disk = nil")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errTest }

func refusesAfterClose(t *testing.T, db DB) {
	wantErr(t, "Close", db.Close(), nil)
	wantErr(t, "Close again", db.Close(), nil)
	wantErr(t, "View", db.View(t.Context(), func(Tx) error { return nil }), ErrClosed)
	wantErr(t, "Update", db.Update(t.Context(), func(Tx) error { return nil }), ErrClosed)
	_, err := db.Backup(t.Context(), io.Discard)
	wantErr(t, "Backup", err, ErrClosed)
}
