package health

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

const (
	alarms  store.Shelf[Alarm]  = "alarm"
	growths store.Shelf[Growth] = "growth"
	proofs  store.Shelf[Proof]  = "proof"
)

// There is one of each.
const (
	growthKey store.Key = "store"
	proofKey  store.Key = "store"
)

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

// Changes returns what has begun and what is over, of what was wrong before and
// is wrong now.
func Changes(before, now []Alarm) (begun, over []Alarm) {
	return missing(now, before), missing(before, now)
}

func missing(all, from []Alarm) (out []Alarm) {
	for _, a := range all {
		if _, there := find(from, a.Trouble); !there {
			out = append(out, a)
		}
	}
	return out
}

// Keep stores what has begun and what is over. It belongs in the transaction
// in which people are told of it.
func Keep(tx store.Tx, begun, over []Alarm) error {
	for _, a := range begun {
		if err := alarms.Put(tx, store.Key(a.Trouble), a); err != nil {
			return fmt.Errorf("keep alarm %s: %w", a.Trouble, err)
		}
	}
	for _, a := range over {
		if err := alarms.Delete(tx, store.Key(a.Trouble)); err != nil {
			return fmt.Errorf("end alarm %s: %w", a.Trouble, err)
		}
	}
	return nil
}

// KeepGrowth stores how the data file grows.
func KeepGrowth(tx store.Tx, g Growth) error {
	if err := growths.Put(tx, growthKey, g); err != nil {
		return fmt.Errorf("keep growth: %w", err)
	}
	return nil
}

// Proof says when the store last took something for its own sake.
type Proof struct {
	At time.Time `json:"at"`
}

// Prove writes the smallest thing there is, so that its transaction shows
// whether the store still takes anything.
func Prove(tx store.Tx, now time.Time) error {
	if err := proofs.Put(tx, proofKey, Proof{At: now}); err != nil {
		return fmt.Errorf("prove that the store takes something: %w", err)
	}
	return nil
}
