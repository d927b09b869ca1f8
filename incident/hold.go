package incident

import (
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// holds reports whether what the rules of an incident count is not what is
// usual: people deal with it. Nobody closes a shadow incident, so that one
// holds only while its rule fires.
func (in Incident) holds() bool {
	return in.ID != 0 && in.State != Resolved && (!in.Shadow || !in.Calm)
}

// holdSeries tells the rules of an incident to keep what they count out of
// what they take for usual, from the window on that brought each of them in,
// and after it to learn again.
func holdSeries(tx store.Tx, before, after Incident, at time.Time) error {
	for _, rule := range after.Rules {
		was, is := before.holds() && slices.Contains(before.Rules, rule), after.holds()
		var err error
		switch {
		case is && !was:
			err = rules.Hold(tx, rule, after.Site, after.windowOf(rule, at))
		case was && !is:
			err = release(tx, after, rule, at)
		}
		if err != nil {
			return fmt.Errorf("baseline of %s: %w", rule, err)
		}
	}
	return nil
}

// windowOf is when the window of a rule began that ends at a moment, or ended
// earlier where posts that came late made it speak just then.
func (in Incident) windowOf(rule string, at time.Time) time.Time {
	a := in.Latest()
	if i := slices.IndexFunc(in.Alarms, func(a Alarm) bool { return a.Rule == rule }); i >= 0 {
		a = in.Alarms[i]
	}
	if end := a.Measure.End; a.At.Equal(at) && !end.IsZero() {
		at = end
	}
	return at.Add(-a.When.Within)
}

// release lets a rule learn again, unless it has a part in an incident beside
// this one: it was in shadow for a while, or is now.
func release(tx store.Tx, in Incident, rule string, at time.Time) error {
	beside := Incident{Topic: in.Topic, Site: in.Site, Shadow: !in.Shadow, Rule: rule}
	cell, found, err := cells.Get(tx, store.Key(beside.Label()))
	if err == nil && found {
		beside, err = Read(tx, cell.ID)
	}
	if err != nil || beside.holds() && slices.Contains(beside.Rules, rule) {
		return err
	}
	return rules.Release(tx, rule, in.Site, at)
}
