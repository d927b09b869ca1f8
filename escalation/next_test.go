package escalation

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

var noon = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)

func at(d time.Duration) time.Time { return noon.Add(d) }

func open(level rules.Severity) incident.Incident {
	return incident.Incident{
		ID: 1, State: incident.Open, Severity: level, First: noon, CalledAt: noon, Rev: 1, StateRev: 1,
		Calling: incident.Calling{Since: noon},
	}
}

func taken(level rules.Severity) incident.Incident {
	in := open(level)
	in.State, in.Owner, in.AckAt = incident.Acknowledged, "Sari", noon
	return in
}

// act does what is due, as the ladder of package notifier does.
func act(t *testing.T, in incident.Incident, move Move) incident.Incident {
	t.Helper()
	who := incident.Machine
	who.Lead = true
	out, err := incident.Step(in, incident.Command{ID: in.ID, Verb: move.Verb, Actor: who, At: move.Due})
	if err != nil {
		t.Fatalf("%s: %v", move.Verb, err)
	}
	return out
}

// course writes down what time brings to an incident that nobody touches.
func course(t *testing.T, in incident.Incident, n int) string {
	t.Helper()
	var said []string
	now := noon
	for range n {
		move, ok := Default().Next(in, now)
		if !ok {
			break
		}
		now = move.Due
		said = append(said, fmt.Sprintf("%s %v", move.Verb, move.Due.Sub(noon)))
		in = act(t, in, move)
	}
	return strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace(strings.Join(said, ", "))
}

func TestWhatTimeBringsToAnIncidentThatNobodyTouches(t *testing.T) {
	shadow := open(rules.Critical)
	shadow.Shadow = true
	asleep := open(rules.Warning)
	asleep.Snoozed = at(3 * time.Hour)
	old := open(rules.Warning) // from before calls were noted
	old.Calling = incident.Calling{}
	done := taken(rules.Critical)
	done.State = incident.Resolved
	for name, c := range map[string]struct {
		in   incident.Incident
		want string
	}{
		"a warning": {open(rules.Warning), "escalate 10m, escalate 1h30m, remind 5h30m, remind 13h30m, remind 29h30m, remind 53h30m, remind 77h30m"},
		"a critical one": {open(rules.Critical), "escalate 5m, escalate 20m, escalate 45m, " +
			"remind 1h15m, remind 1h45m, remind 2h15m, remind 2h45m, remind 3h15m, remind 3h45m, remind 4h15m, remind 4h45m, " +
			"remind 5h45m, remind 6h45m, remind 7h45m"},
		"an info":          {open(rules.Info), ""},
		"of a shadow rule": {shadow, ""},
		"a resolved one":   {done, ""},
		"a taken warning":  {taken(rules.Warning), "ask 2h, release 2h20m, escalate 2h30m"},
		"a taken critical": {taken(rules.Critical), "ask 45m, release 1h5m, escalate 1h10m"},
		"a taken info":     {taken(rules.Info), ""},
		"a snoozed one":    {asleep, "wake 3h, escalate 3h10m, escalate 4h30m"},
		"an old one":       {old, "escalate 10m, escalate 1h30m"},
	} {
		n := 14
		if i := strings.Count(c.want, ","); c.want != "" {
			n = i + 1
		}
		if got := course(t, c.in, n); got != c.want {
			t.Errorf("%s:\n  got  %s\n  want %s", name, got, c.want)
		}
	}
}

func TestRemindersComeCloserAgainWhenSomethingNewHappens(t *testing.T) {
	in := open(rules.Warning)
	in.Calling = incident.Calling{Since: noon, Rung: 2, At: at(24 * time.Hour), Repeats: 3}
	in.CalledAt = at(25 * time.Hour)
	move, _ := Default().Next(in, at(26*time.Hour))
	if want := at(29 * time.Hour); move.Verb != incident.Remind || !move.Due.Equal(want) {
		t.Fatalf("%s at %v, want %v", move.Verb, move.Due, want)
	}
	in = act(t, in, move)
	if move, _ = Default().Next(in, move.Due); !move.Due.Equal(at(37 * time.Hour)) {
		t.Errorf("the reminder after it is due %v, want %v", move.Due, at(37*time.Hour))
	}
}

func TestStepsThatComeLateOrEarlyLeaveTheirPeopleTime(t *testing.T) {
	for name, c := range map[string]struct {
		calling incident.Calling
		want    time.Duration
	}{
		"somebody escalated early":      {incident.Calling{Since: noon, Rung: 1, At: at(time.Minute)}, 90 * time.Minute},
		"somebody escalated just now":   {incident.Calling{Since: noon, Rung: 1, At: at(89 * time.Minute)}, 99 * time.Minute},
		"the machine was off for hours": {incident.Calling{Since: noon, Rung: 1, At: at(3 * time.Hour)}, 190 * time.Minute},
	} {
		in := open(rules.Warning)
		in.Calling = c.calling
		if move, ok := Default().Next(in, in.Calling.At); !ok || !move.Due.Equal(at(c.want)) {
			t.Errorf("%s: due after %v, want %v", name, move.Due.Sub(noon), c.want)
		}
	}
}

func TestNobodyWaitsForAClockThatWasSetBack(t *testing.T) {
	earlier := at(-10 * time.Hour)
	asked := taken(rules.Warning)
	asked.Calling.Asked = noon
	asleep := open(rules.Warning)
	asleep.Snoozed = at(70 * time.Hour)
	climbed := open(rules.Warning)
	climbed.Calling = incident.Calling{Since: noon, Rung: 1, At: noon}
	reminded := open(rules.Warning)
	reminded.Calling = incident.Calling{Since: noon, Rung: 2, At: noon, Repeats: 1}
	for name, in := range map[string]incident.Incident{
		"open": open(rules.Warning), "climbed": climbed, "reminded": reminded, "taken": taken(rules.Warning), "asked": asked, "snoozed": asleep,
	} {
		move, ok := Default().Next(in, earlier)
		if !ok || !move.Due.Equal(earlier) {
			t.Errorf("%s: due %v, want at once", name, move.Due)
		}
	}
	in := act(t, open(rules.Warning), Move{incident.Escalate, earlier})
	if move, _ := Default().Next(in, earlier); move.Due.Sub(earlier) != 10*time.Minute {
		t.Errorf("the second step follows the first after %v", move.Due.Sub(earlier))
	}
}

func TestALadderThatBecameShorterEndsInItsLastStep(t *testing.T) {
	p := &Policy{Ladder: map[rules.Severity][]Step{rules.Warning: {{After: time.Minute, Call: []Role{Duty}}}}}
	in := open(rules.Warning)
	in.Calling = incident.Calling{Since: noon, Rung: 3, At: at(time.Hour)}
	if move, ok := p.Next(in, at(2*time.Hour)); ok {
		t.Errorf("without reminders %s follows", move.Verb)
	}
	step, ok := p.Turn(rules.Warning, 3)
	if !ok || len(step.Call) != 1 || len(p.Taken(rules.Warning, 3)) != 1 {
		t.Errorf("the third of one step is %+v, %v", step, ok)
	}
	if _, ok := p.Turn(rules.Critical, 1); ok {
		t.Error("a ladder without steps has a first one")
	}
}
