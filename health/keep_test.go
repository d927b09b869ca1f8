package health

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

func open(t *testing.T, path string) *store.Bolt {
	t.Helper()
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestWhatWasToldIsKnownAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	db := open(t, path)
	stalled, full := Alarm{Stalled, ago(time.Hour)}, Alarm{Full, ago(time.Minute)}
	growth := Growth{At: noon, Store: 7, PerDay: 3}
	keep := func(before, now []Alarm) {
		t.Helper()
		begun, over := Changes(before, now)
		err := db.Update(t.Context(), func(tx store.Tx) error {
			return errors.Join(Keep(tx, begun, over), KeepGrowth(tx, growth), Prove(tx, noon))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	read := func() (list []Alarm, g Growth) {
		t.Helper()
		err := db.View(t.Context(), func(tx store.Tx) (err error) {
			list, g, err = Read(tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list, g
	}
	keep(nil, []Alarm{full, stalled})
	db.Close()
	db = open(t, path)
	if list, g := read(); !slices.Equal(list, []Alarm{stalled, full}) || g != growth {
		t.Errorf("%+v, %+v", list, g)
	}
	keep([]Alarm{stalled, full}, []Alarm{full})
	if list, _ := read(); !slices.Equal(list, []Alarm{full}) {
		t.Errorf("%+v", list)
	}
}

func TestChangesAreWhatBeganAndWhatIsOver(t *testing.T) {
	a, b, c := Alarm{Trouble: Stalled}, Alarm{Trouble: Unread}, Alarm{Trouble: Full}
	begun, over := Changes([]Alarm{a, b}, []Alarm{{Trouble: Unread, Since: noon}, c})
	if !slices.Equal(begun, []Alarm{c}) || !slices.Equal(over, []Alarm{a}) {
		t.Errorf("begun %v, over %v", begun, over)
	}
}

func TestGrowthIsMeasuredOverWholeDays(t *testing.T) {
	began := Growth{At: noon, Store: 1000}
	for name, c := range map[string]struct {
		from, want Growth
		size       int64
		after      time.Duration
		ended      bool
	}{
		"the first look":              {Growth{}, began, 1000, 0, true},
		"no size":                     {Growth{}, Growth{}, 0, 0, false},
		"within the day":              {began, began, 9000, 24*time.Hour - 1, false},
		"a day":                       {began, Growth{noon.Add(24 * time.Hour), 3000, 2000}, 3000, 24 * time.Hour, true},
		"a weekend that it was off":   {began, Growth{noon.Add(48 * time.Hour), 3000, 1000}, 3000, 48 * time.Hour, true},
		"a smaller file in its stead": {began, Growth{noon.Add(24 * time.Hour), 10, 0}, 10, 24 * time.Hour, true},
		"a clock that was set back":   {began, Growth{At: noon.Add(-time.Hour), Store: 3000}, 3000, -time.Hour, true},
	} {
		if got, ended := c.from.Next(c.size, noon.Add(c.after)); got != c.want || ended != c.ended {
			t.Errorf("%s: %+v, %v, want %+v", name, got, ended, c.want)
		}
	}
}

func TestTheSpaceAroundAFileIsMeasured(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	if _, err := Measure(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := os.WriteFile(path, make([]byte, 12345), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Measure(path)
	if err != nil || d.Store != 12345 || d.Free < 0 || d.Free > d.Total {
		t.Errorf("%+v, %v", d, err)
	}
}
