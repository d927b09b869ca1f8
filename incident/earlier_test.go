package incident

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
)

func TestAnIncidentKnowsHowManyItsCellHadBefore(t *testing.T) {
	d, _ := newDesk(t)
	now, id := noon, ID(0)
	// next closes what is open and opens the cell's next incident.
	next := func(why Reason, found Finding) Incident {
		t.Helper()
		do := func(cmd Command) {
			t.Helper()
			cmd.ID, cmd.At, cmd.Actor = id, now, lead()
			if _, err := d.Do(t.Context(), cmd, nil); err != nil {
				t.Fatal(err)
			}
		}
		if id > 0 {
			if found != Unchecked {
				do(Command{Verb: Verify, Finding: found})
			}
			do(Command{Verb: Resolve, Reason: why})
		}
		now = now.Add(ReopenWithin + time.Hour)
		fireNow(t, d, firing(rules.Began, 5, now))
		id++
		in, err := d.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	for i, step := range []struct {
		why   Reason
		found Finding
		want  int
	}{
		{"", Unchecked, 0},
		{DiedDown, Unchecked, 1},
		{FalseAlarm, Unchecked, 1},
		{Duplicate, True, 1},
		{FactsGiven, False, 1},
		{ComplaintHandled, True, 2},
		{FactsGiven, Partly, 3},
	} {
		if in := next(step.why, step.found); in.Earlier != step.want {
			t.Errorf("number %d: %d before it, want %d", i+1, in.Earlier, step.want)
		}
	}
	if _, err := d.Do(t.Context(), Command{ID: id, Verb: Resolve, Reason: DiedDown, Actor: lead(), At: now}, nil); err != nil {
		t.Fatal(err)
	}
	fireNow(t, d, firing(rules.Began, 9, now.Add(time.Hour)))
	if in, err := d.Get(t.Context(), id); err != nil || in.Reopened != 1 || in.Earlier != 3 {
		t.Errorf("what reopens comes after itself: %+v, %v", in, err)
	}
	elsewhere := firing(rules.Began, 5, now)
	elsewhere.Site = "kupang"
	fireNow(t, d, elsewhere)
	if in, err := d.Get(t.Context(), id+1); err != nil || in.Earlier != 0 {
		t.Errorf("another site has its own history: %+v, %v", in, err)
	}
}
