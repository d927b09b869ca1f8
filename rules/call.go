package rules

import (
	"time"

	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/volume"
)

// call is the last time that people were called for a series.
type call struct {
	Size  float64      `json:"size,omitempty"` // weighing.size then; the largest so far
	N     int          `json:"n,omitempty"`    // Measure.N then
	Until time.Time    `json:"until,omitzero"` // the condition has ended, and until then this counts
	Heard volume.Calls `json:"heard,omitzero"` // of a spike
	Dealt time.Time    `json:"dealt,omitzero"` // a person has resolved the incident: what was there then is dealt with
}

const (
	// calmFor is for how long a condition that ended and is met again is no news
	// unless it is larger: a count that swings about its threshold calls once.
	calmFor = 6 * time.Hour
	// doubled is how many times its size a condition calls again at, and sharper
	// how many times its score a spike does, which is about the same in counts.
	doubled = 2
	sharper = 1.5
)

// at is the call as it counts at a moment: none once it is over, nor if the
// clock has been set back since.
func (c call) at(now time.Time) call {
	if c.Dealt.Sub(now) > lateFor {
		c.Dealt = time.Time{}
	}
	if !c.Until.IsZero() && (!now.Before(c.Until) || c.Until.Sub(now) > calmFor) {
		return call{Heard: c.Heard, Dealt: c.Dealt}
	}
	return c
}

// hear returns the call as it is after a phase, and whether people are to be
// called: for the first time, or because it has doubled, or for a spike as
// volume.Calls has it. While it shrinks, nobody is, however long that takes.
func (c call) hear(phase Phase, w weighing, f *Firing) (call, bool) {
	told := phase == Began || phase == Grew
	if told || !w.calls { // a call that went to nobody is none
		c.Heard = w.heard
	}
	if phase == Ceased {
		c.Until = f.At.Add(calmFor)
		return c, false
	}
	if !told || !w.met {
		return c, false
	}
	c.Until = time.Time{}
	louder := c.Size == 0 || f.Outgrows(c.Size)
	if f.When.Kind() == Spike {
		louder = phase == Began || w.calls && f.Outgrows(c.Size) // a plateau is forgotten, and no news
	}
	if louder {
		c.Size, c.N = f.Size, f.Measure.N
	}
	return c, louder
}

// forget makes the next call the first: an incident has been resolved.
func forget(tx store.Tx, series store.Key, at time.Time) error {
	s, found, err := running.Get(tx, series)
	if err != nil || !found {
		return err
	}
	was := s
	s.Call = call{Dealt: at.UTC()}
	return keepState(tx, series, was, s)
}

// sweepCalls drops the states that hold nothing but a call that is long over.
func sweepCalls(tx store.Tx, before time.Time) error {
	_, err := running.Sweep(tx, "", func(_ store.Key, s state) bool {
		return !s.waits() && s.Call.Until.Before(before) && s.Call.Dealt.Before(before) && s.Call.Heard.Last.Time().Before(before)
	})
	return err
}
