package rules

import (
	"time"

	"github.com/siaga-id/siaga/store"
)

// call is the last time that people were called for a series.
type call struct {
	Size  float64   `json:"size,omitempty"` // weighing.size then; the largest so far
	N     int       `json:"n,omitempty"`    // Measure.N then
	Until time.Time `json:"until,omitzero"` // the condition has ended, and until then this counts
}

// calmFor is for how long a condition that ended and is met again is no news
// unless it is larger: a count that swings about its threshold calls once.
const calmFor = 6 * time.Hour

// at is the call as it counts at a moment: none once it is over.
func (c call) at(now time.Time) call {
	if !c.Until.IsZero() && !now.Before(c.Until) {
		return call{}
	}
	return c
}

// hear returns the call as it is after a phase, and whether people are to be
// called: for the first time, or because it has grown by as much as w.step says.
// While it shrinks, nobody is, however long that takes.
func (c call) hear(phase Phase, w weighing, f *Firing) (call, bool) {
	if phase == Ceased {
		c.Until = f.At.Add(calmFor)
		return c, false
	}
	if phase != Began && phase != Grew || !w.met {
		return c, false
	}
	c.Until = time.Time{}
	if c.Size > 0 && w.size < w.step*c.Size {
		return c, false
	}
	return call{Size: w.size, N: f.Measure.N}, true
}

// sweepCalls drops the states that hold nothing but a call that is long over.
func sweepCalls(tx store.Tx, before time.Time) error {
	return sweep(tx, running, func(s state) bool { return !s.waits() && s.Call.Until.Before(before) })
}

// sweep drops what is old from a shelf.
func sweep[V any](tx store.Tx, shelf store.Shelf[V], old func(V) bool) error {
	var keys []store.Key
	err := shelf.Scan(tx, "", func(k store.Key, v V) error {
		if old(v) {
			keys = append(keys, k)
		}
		return nil
	})
	for _, k := range keys {
		if err == nil {
			err = shelf.Delete(tx, k)
		}
	}
	return err
}
