package trial

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// keep takes events in as a running Siaga does, each at its time.
func keep(t *testing.T, s Setup, live bool, events ...source.Event) *store.Bolt {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, e := range events {
		err := db.Update(t.Context(), func(tx store.Tx) error {
			_, err := (&source.Intake{Places: s.Places}).Accept(tx, source.Spec{Name: e.Post.Source}, source.Batch{Events: []source.Event{e}, Live: live}, e.Post.Fetched)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func TestKeptPostsAreTriedAsTheyCame(t *testing.T) {
	s := arrange(t, dust())
	old := voices3("old", -10*24*time.Hour)
	db := keep(t, s, true, append(old, voices3("a", 0)...)...)
	s.Taken = true
	o, err := Run(t.Context(), s, Kept(t.Context(), db, noon.Add(-time.Hour)))
	if err != nil || o.Read != 3 || alerts(o, 0) != "rembang 2m0s-on" {
		t.Errorf("%d posts, %s, %v", o.Read, alerts(o, 0), err)
	}
	if o, err = Run(t.Context(), s, Kept(t.Context(), db, noon.Add(time.Minute))); err != nil || o.Read != 2 {
		t.Errorf("%d posts since the second, %v", o.Read, err)
	}
}

func TestHistoryThatWasNeverAlertedIsNotAlertedInATrial(t *testing.T) {
	s := arrange(t, hurt())
	db := keep(t, s, false, said("a", "satu terluka di gunem", 0), said("b", "dua terluka di gunem", time.Hour))
	s.Taken = true
	o, err := Run(t.Context(), s, Kept(t.Context(), db, noon))
	if err != nil || o.Rules[0].Matches != 2 || alerts(o, 0) != "rembang 1h0m0s-on" {
		t.Errorf("%d matches, %s, %v", o.Rules[0].Matches, alerts(o, 0), err)
	}
}

func TestWhoHasSeenEnoughMayStop(t *testing.T) {
	db := keep(t, arrange(t, dust()), true, voices3("a", 0)...)
	var ids []string
	for e, err := range Kept(t.Context(), db, noon) {
		if err != nil {
			t.Fatal(err)
		}
		if ids = append(ids, strings.TrimPrefix(e.Post.ID, "x:")); len(ids) == 2 {
			break
		}
	}
	if !slices.Equal(ids, []string{"a0", "a1"}) {
		t.Errorf("%q", ids)
	}
}

func TestAStoreThatCannotBeReadEndsATrial(t *testing.T) {
	s := arrange(t, dust())
	db := keep(t, s, true)
	_ = db.Close()
	if _, err := Run(t.Context(), s, Kept(t.Context(), db, noon)); err == nil {
		t.Error("no error")
	}
}
