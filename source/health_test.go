package source

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/store"
)

func TestASourceIsToldBlindOnceAndSeenAgainOnce(t *testing.T) {
	down, moved := errors.New("connection refused"), errors.New("status 404")
	var h Health
	for _, step := range []struct {
		after        time.Duration
		err          error
		record, tell bool
		blind        time.Duration // since noon; -1: seen
	}{
		{0, nil, true, false, -1},
		{4 * time.Minute, nil, false, false, -1}, // too little to write down
		{5 * time.Minute, nil, true, false, -1},
		{6 * time.Minute, down, true, true, 6 * time.Minute},
		{7 * time.Minute, down, false, false, 6 * time.Minute},
		{8 * time.Minute, moved, true, false, 6 * time.Minute}, // another reason is kept, not told
		{9 * time.Minute, nil, true, true, -1},
		{10 * time.Minute, nil, false, false, -1},
		{11 * time.Minute, moved, true, true, 11 * time.Minute},
	} {
		now := noon.Add(step.after)
		next, record, tell := h.Reached(now, step.err)
		if record != step.record || tell != step.tell {
			t.Errorf("after %v with %v: record %t, tell %t", step.after, step.err, record, tell)
		}
		want := time.Time{}
		if step.blind >= 0 {
			want = noon.Add(step.blind)
		}
		if next.Blind != want || (next.Error == "") != (step.err == nil) || step.err != nil && next.Error != step.err.Error() {
			t.Errorf("after %v with %v: %+v", step.after, step.err, next)
		}
		if record {
			h = next
		}
	}
}

func TestASourceThatFailsFromTheStartIsToldOnce(t *testing.T) {
	h, record, tell := Health{}.Reached(noon, errors.New("no such host"))
	if !record || !tell || h.Blind != noon || !h.OK.IsZero() {
		t.Errorf("%+v, record %t, tell %t", h, record, tell)
	}
}

func TestHealthSurvivesARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	db := openStore(t, path)
	want := Health{Source: "antara", OK: noon, Blind: noon.Add(time.Minute), Error: "status 503"}
	if err := db.Update(t.Context(), func(tx store.Tx) error { return KeepHealth(tx, want) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	var got, other Health
	err := openStore(t, path).View(t.Context(), func(tx store.Tx) (err error) {
		if got, err = ReadHealth(tx, "antara"); err != nil {
			return err
		}
		other, err = ReadHealth(tx, "tempo")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if other != (Health{Source: "tempo"}) {
		t.Errorf("never polled: %+v", other)
	}
}
