package incident

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/rules"
)

// louder is a firing of a rule that nobody knows to be so loud.
func louder(rule string, phase rules.Phase, n int, at time.Time) rules.Firing {
	f := firing(phase, n, at)
	f.Rule, f.Louder = rule, true
	f.When = rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute}
	f.Measure.N = n
	return f
}

func TestWhatCallsPeopleAgain(t *testing.T) {
	later := noon.Add(time.Minute)
	with := func(f rules.Firing, change func(*rules.Firing)) rules.Firing { change(&f); return f }
	for name, c := range map[string]struct {
		f     rules.Firing
		calls bool
	}{
		"it grew":             {louder("Debu", rules.Grew, 9, later), true},
		"it grew a little":    {with(louder("Debu", rules.Grew, 6, later), func(f *rules.Firing) { f.Louder = false }), false},
		"another rule begins": {louder("Pabrik", rules.Began, 9, later), true},
		"another rule begins with the same posts":    {louder("Pabrik", rules.Began, 9, noon), false},
		"it begins again and is no louder than then": {with(louder("Debu", rules.Began, 5, later), func(f *rules.Firing) { f.Louder = false }), false},
		"it ends":                    {louder("Debu", rules.Ceased, 0, later), false},
		"another story of a keyword": {with(louder("Korban", rules.Began, 1, later), func(f *rules.Firing) { f.When.N = 0 }), false},
		"a place that is new": {with(louder("Tempat", rules.Began, 1, later), func(f *rules.Firing) {
			f.When = rules.When{New: "place", Within: 24 * time.Hour}
		}), true},
	} {
		for _, state := range []State{Open, Acknowledged} {
			t.Run(name+", "+string(state), func(t *testing.T) {
				before := incidentIn(t, state)
				after := fired(t, before, c.f)
				if got := after.Louder > before.Louder; got != c.calls {
					t.Errorf("called: %v, want %v", got, c.calls)
				}
				if after.State != state || after.Owner != before.Owner || after.StateRev != before.StateRev {
					t.Errorf("it is %s of %q, was %s of %q", after.State, after.Owner, before.State, before.Owner)
				}
			})
		}
	}
}

func TestOfTwoRulesThatGrowWithTheSamePostsOneCalls(t *testing.T) {
	in := incidentIn(t, Open)
	in = fired(t, in, louder("Debu", rules.Grew, 9, noon.Add(time.Minute)))
	in = fired(t, in, louder("Pabrik", rules.Grew, 19, noon.Add(time.Minute)))
	if in.Louder != 1 {
		t.Errorf("called %d times", in.Louder)
	}
	if in = fired(t, in, louder("Pabrik", rules.Grew, 29, noon.Add(2*time.Minute))); in.Louder != 2 {
		t.Errorf("called %d times", in.Louder)
	}
}

func TestAnIncidentThatWokeOrRoseHasCalledAlready(t *testing.T) {
	later := noon.Add(time.Hour)
	woken := fired(t, incidentIn(t, Resolved), louder("Debu", rules.Began, 9, later))
	loud := louder("Korban", rules.Began, 9, later)
	loud.Severity, loud.Louder = rules.Critical, false
	risen := fired(t, incidentIn(t, Open), loud)
	for name, in := range map[string]Incident{"woke": woken, "rose": risen} {
		if in = fired(t, in, louder("Pabrik", rules.Began, 9, later)); in.State != Open || in.Louder != 0 {
			t.Errorf("%s: it is %s and called again %d times", name, in.State, in.Louder)
		}
	}
}

func TestTheTimelineTellsWhatGrew(t *testing.T) {
	d, told := newDesk(t)
	fireNow(t, d, louder("Debu", rules.Began, 5, noon))
	fireNow(t, d, louder("Pabrik", rules.Began, 8, noon.Add(time.Minute)))
	grown := louder("Debu", rules.Grew, 12, noon.Add(2*time.Minute))
	grown.Measure.LastCall = 5
	fireNow(t, d, grown)
	quiet := louder("Debu", rules.Grew, 13, noon.Add(3*time.Minute))
	quiet.Louder = false
	fireNow(t, d, quiet)
	lines, err := d.Timeline(t.Context(), 1)
	if err != nil || len(lines) != 3 || lines[0].Grown != nil || lines[1].Grown.Rule != "Pabrik" {
		t.Fatalf("timeline %+v, %v", lines, err)
	}
	want := Alarm{Rule: "Debu", At: grown.At, Counts: grown.Counts, When: grown.When, Measure: grown.Measure}
	if diff := cmp.Diff(&want, lines[2].Grown); diff != "" {
		t.Errorf("the line (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&want, (*told)[2].Entry.Grown); diff != "" || (*told)[3].Entry.Grown != nil {
		t.Errorf("what is told (-want +got):\n%s", diff)
	}
}

func TestOnlyAWindowThatEndedAWhileAgoIsLate(t *testing.T) {
	for ago, late := range map[time.Duration]bool{0: false, 5 * time.Minute: false, lateBy: false, lateBy + time.Second: true, 3 * time.Hour: true} {
		a := Alarm{At: noon, Measure: rules.Measure{End: noon.Add(-ago)}}
		if got := !a.Late().IsZero(); got != late {
			t.Errorf("ended %s ago: late %v, want %v", ago, got, late)
		}
	}
	if at := (Alarm{At: noon}).Late(); !at.IsZero() {
		t.Errorf("without an end it is late at %s", at)
	}
}

// TestOneGrowthThatTwoRulesSeeCallsOnce lets a count and a spike look at the same
// posts, of which each grows when the other has just called.
func TestOneGrowthThatTwoRulesSeeCallsOnce(t *testing.T) {
	in := Incident{}
	minute := 0
	say := func(rule, spike string, size float64, phase rules.Phase, calls bool) {
		t.Helper()
		minute++
		f := louder(rule, phase, int(size), noon.Add(time.Duration(minute)*time.Minute))
		f.Size, f.When.Spike = size, spike
		before := in.Louder
		if in = fired(t, in, f); (in.Louder > before) != calls {
			t.Errorf("minute %d, %s %v of %v: called %v", minute, rule, phase, size, in.Louder > before)
		}
	}
	say("Count", "", 5, rules.Began, false)          // the card
	say("Spike", "balanced", 1, rules.Began, true)   // another rule
	say("Count", "", 10, rules.Grew, true)           // twice as many
	say("Spike", "balanced", 1.4, rules.Grew, false) // of which it is the other side
	say("Spike", "balanced", 1.5, rules.Grew, true)  // half as sharp again
	say("Count", "", 15, rules.Grew, false)          //
	say("Count", "", 20, rules.Grew, true)           // 10 when people were called last
	say("Count", "", 0, rules.Ceased, false)         //
	say("Count", "", 5, rules.Began, true)           // package rules says that this is news
	say("Count", "", 12, rules.Grew, true)           //
}

func TestAnIncidentIsOfAllSitesWhileNoRuleAsksWhere(t *testing.T) {
	of := func(rule string, wide bool) rules.Firing {
		f := firing(rules.Began, 5, noon)
		f.Rule, f.Site, f.Wide = rule, "", wide
		return f
	}
	for name, c := range map[string]struct {
		first, then bool
		want        bool
	}{
		"of all sites":                  {true, true, true},
		"then of a site nobody named":   {true, false, false},
		"first of a site nobody named":  {false, true, false},
		"always of a site nobody named": {false, false, false},
	} {
		in := fired(t, fired(t, Incident{}, of("A", c.first)), of("B", c.then))
		if in.Wide != c.want {
			t.Errorf("%s: %v", name, in.Wide)
		}
	}
}
