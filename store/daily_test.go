package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCounterScansItsNumbers(t *testing.T) {
	const hits Counter = "hit"
	update(t, newTwin(), func(tx Tx) {
		for key, n := range map[Key]int64{"202611240804/debu": 3, "202611240805/debu": 4, "202611240806/debu": -1} {
			wantErr(t, "Add", hits.Add(tx, key, n), nil)
		}
		sum := int64(0)
		add := func(_ Key, n int64) error { sum += n; return nil }
		wantErr(t, "Range", hits.Range(tx, "202611240804", "202611240806", add), nil)
		if sum != 7 {
			t.Errorf("two minutes have %d, want 7", sum)
		}
		wantErr(t, "Scan", hits.Scan(tx, "202611240806", add), nil)
		if sum != 6 {
			t.Errorf("and the third makes it %d, want 6", sum)
		}
		n, err := hits.Get(tx, "202611240806/debu")
		if n != -1 || err != nil {
			t.Errorf("Get = %d, %v", n, err)
		}
		n, err = hits.Get(tx, "none")
		if n != 0 || err != nil {
			t.Errorf("Get of nothing = %d, %v", n, err)
		}
		put(t, tx, "hit", "word", "seven bytes")
		_, err = hits.Get(tx, "word")
		wantErr(t, "Get of a word", err, ErrNotCounter)
		wantErr(t, "Scan of a word", hits.Scan(tx, "w", add), ErrNotCounter)
	})
}

func TestADayIsADayOfUTC(t *testing.T) {
	const posts Daily[note] = "post"
	early := time.Date(2026, 11, 25, 6, 59, 0, 0, wib) // 23:59 UTC the day before
	if got := posts.On(early); got != "post@20261124" {
		t.Errorf("On = %q", got)
	}
	if got := DailyCounter("hit").On(early.Add(time.Minute)); got != "hit@20261125" {
		t.Errorf("On = %q", got)
	}
}

func TestRetentionDropsWholeDays(t *testing.T) {
	const (
		posts Daily[note]  = "post"
		hits  DailyCounter = "hit"
	)
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	update(t, newTwin(), func(tx Tx) {
		for d := 21; d <= 25; d++ {
			wantErr(t, "Put", posts.On(day(d).Add(time.Hour)).Put(tx, "k", note{}), nil)
			wantErr(t, "Add", hits.On(day(d)).Add(tx, "k", 1), nil)
		}
		put(t, tx, "post@tomorrow", "k", "a shelf that is no day")
		put(t, tx, "postal", "k", "another shelf")

		n, err := posts.DropBefore(tx, time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC))
		if n != 3 || err != nil {
			t.Errorf("DropBefore = %d, %v; want 3", n, err)
		}
		left, err := posts.Days(tx)
		if diff := cmp.Diff([]time.Time{day(24), day(25)}, left); diff != "" || err != nil {
			t.Errorf("Days: %v (-want +got):\n%s", err, diff)
		}
		n, err = hits.DropBefore(tx, day(22))
		if n != 1 || err != nil {
			t.Errorf("DropBefore = %d, %v; want 1", n, err)
		}
		left, err = hits.Days(tx)
		if len(left) != 4 || err != nil {
			t.Errorf("Days = %v, %v; want 4", left, err)
		}
		wantIn(t, tx, "post@tomorrow", "k", "a shelf that is no day")
		wantIn(t, tx, "postal", "k", "another shelf")
	})
}
