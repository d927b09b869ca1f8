package health

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

const (
	alarms  store.Shelf[Alarm]  = "alarm"
	growths store.Shelf[Growth] = "growth"
)

// growthKey is where the growth of the data file is.
const growthKey store.Key = "store"

// Growth is how fast the data file grew over the last day that was measured.
type Growth struct {
	At     time.Time `json:"at"`     // the day began; zero: nothing was measured yet
	Store  int64     `json:"store"`  // bytes at At
	PerDay int64     `json:"perDay"` // bytes, over the day before At; 0 also while there was none
}

// Next is the growth after the data file was seen with a size, and whether a
// day has ended, so that it is worth keeping. A file that was replaced by a
// smaller one grew by nothing.
func (g Growth) Next(size int64, now time.Time) (next Growth, ended bool) {
	span := now.Sub(g.At)
	switch {
	case size == 0 || !g.At.IsZero() && span >= 0 && span < day:
		return g, false
	case g.At.IsZero() || span < 0: // the clock was set back
		return Growth{At: now, Store: size}, true
	}
	perDay := float64(max(0, size-g.Store)) * float64(day) / float64(span)
	return Growth{At: now, Store: size, PerDay: int64(perDay)}, true
}

// Read returns what was wrong at the last examination that was kept, and how
// the data file grew.
func Read(tx store.Tx) (list []Alarm, g Growth, err error) {
	for _, t := range Troubles() {
		a, there, err := alarms.Get(tx, store.Key(t))
		if err != nil {
			return nil, g, fmt.Errorf("read alarm %s: %w", t, err)
		}
		if there {
			list = append(list, a)
		}
	}
	if g, _, err = growths.Get(tx, growthKey); err != nil {
		return nil, g, fmt.Errorf("read growth: %w", err)
	}
	return list, g, nil
}

// Keep stores what is wrong now in place of what was, and returns the
// differences: what should be told in the same transaction, once.
func Keep(tx store.Tx, before, now []Alarm) (begun, over []Alarm, err error) {
	for _, a := range now {
		if _, known := find(before, a.Trouble); !known {
			begun = append(begun, a)
			err = alarms.Put(tx, store.Key(a.Trouble), a)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("keep alarm %s: %w", a.Trouble, err)
		}
	}
	for _, a := range before {
		if _, still := find(now, a.Trouble); !still {
			over = append(over, a)
			err = alarms.Delete(tx, store.Key(a.Trouble))
		}
		if err != nil {
			return nil, nil, fmt.Errorf("end alarm %s: %w", a.Trouble, err)
		}
	}
	return begun, over, nil
}

// KeepGrowth stores how the data file grows.
func KeepGrowth(tx store.Tx, g Growth) error {
	if err := growths.Put(tx, growthKey, g); err != nil {
		return fmt.Errorf("keep growth: %w", err)
	}
	return nil
}
