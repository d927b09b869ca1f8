package incident

import (
	"errors"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
)

func at(d time.Duration) time.Time { return noon.Add(d) }

func TestWhoeverTakesItIsCalledNoMore(t *testing.T) {
	in := incidentIn(t, Open)
	in = must(t, in, Command{Verb: Escalate, Actor: Machine, At: at(10 * time.Minute)})
	in = must(t, in, Command{Verb: Remind, Actor: Machine, At: at(20 * time.Minute)})
	if want := (Calling{Since: noon, Rung: 1, At: at(20 * time.Minute), Repeats: 1}); in.Calling != want {
		t.Fatalf("called %+v, want %+v", in.Calling, want)
	}
	for _, c := range []struct {
		verb Verb
		want Calling
	}{
		{Ack, Calling{Since: at(time.Hour)}},
		{Unmuted, Calling{Since: at(time.Hour)}}, // nobody was called for a while: from the first step again
		{Resolve, Calling{}},
	} {
		if got := must(t, in, Command{Verb: c.verb, Actor: lead(), Reason: DiedDown, At: at(time.Hour)}).Calling; got != c.want {
			t.Errorf("after %s: %+v, want %+v", c.verb, got, c.want)
		}
	}
}

func TestASignOfLifeOfTheOwnerIsAnAnswer(t *testing.T) {
	asked := must(t, incidentIn(t, Acknowledged), Command{Verb: Ask, Actor: Machine, At: at(2 * time.Hour)})
	later := at(3 * time.Hour)
	for name, c := range map[string]struct {
		cmd      Command
		answered bool
	}{
		"the owner presses yes":   {Command{Verb: Confirm, Actor: person("Sari")}, true},
		"the owner notes":         {Command{Verb: Note, Text: "sudah di lokasi", Actor: person("Sari")}, true},
		"the owner flags it":      {Command{Verb: Grieve, Actor: person("Sari")}, true},
		"somebody else notes":     {Command{Verb: Note, Text: "?", Actor: person("Budi")}, false},
		"it is escalated further": {Command{Verb: Escalate, Actor: person("Budi")}, false},
	} {
		c.cmd.At = later
		out := must(t, asked, c.cmd)
		if answered := out.Calling.Asked.IsZero(); answered != c.answered || answered && !out.Calling.Since.Equal(later) {
			t.Errorf("%s: %+v", name, out.Calling)
		}
	}
}

func TestWhoMaySnoozeForHowLong(t *testing.T) {
	for name, c := range map[string]struct {
		who  Actor
		long time.Duration
		want error
	}{
		"a responder for four hours": {person("Budi"), LongestNap, nil},
		"a responder for longer":     {person("Budi"), LongestNap + time.Minute, ErrTooLong},
		"a lead for three days":      {lead(), LongestSnooze, nil},
		"a lead for longer":          {lead(), LongestSnooze + time.Minute, ErrTooLong},
		"until now":                  {lead(), 0, ErrTooLong},
	} {
		in := incidentIn(t, Open)
		out, err := Step(in, Command{ID: in.ID, Verb: Snooze, Actor: c.who, At: noon, Until: noon.Add(c.long)})
		if !errors.Is(err, c.want) || err == nil && (!out.Snoozed.Equal(noon.Add(c.long)) || out.StateRev != out.Rev) {
			t.Errorf("%s: %v, until %v", name, err, out.Snoozed)
		}
	}
}

func TestWhatEndsASnooze(t *testing.T) {
	asleep := must(t, incidentIn(t, Open), Command{Verb: Snooze, Actor: lead(), At: noon, Until: at(5 * time.Hour)})
	asleep.When = rules.When{Unit: rules.Voices, N: 5, Within: time.Hour}
	grew := firing(rules.Grew, 6, at(time.Hour))
	grew.When = asleep.When
	loud := grew
	loud.Louder = true
	rose := grew
	rose.Severity = rules.Critical
	for name, c := range map[string]struct {
		cmd   Command
		awake bool
	}{
		"a few more posts": {Command{Verb: Fire, Firing: &grew}, false},
		"twice as many":    {Command{Verb: Fire, Firing: &loud}, true},
		"its level rises":  {Command{Verb: Fire, Firing: &rose}, true},
		"a lead raises it": {Command{Verb: SetLevel, Severity: rules.Critical, Actor: lead()}, true},
		"a lead lowers it": {Command{Verb: SetLevel, Severity: rules.Info, Actor: lead()}, false},
		"a note":           {Command{Verb: Note, Text: "nanti", Actor: lead()}, false},
		"a person":         {Command{Verb: Wake, Actor: lead()}, true},
		"its end":          {Command{Verb: Wake, Actor: Machine}, true},
		"an owner":         {Command{Verb: Ack, Actor: lead()}, true},
	} {
		c.cmd.At = at(time.Hour)
		out := must(t, asleep, c.cmd)
		if out.Snoozed.IsZero() != c.awake {
			t.Errorf("%s: snoozed until %v", name, out.Snoozed)
		}
		if c.awake && out.State == Open && !out.Calling.Since.Equal(at(time.Hour)) {
			t.Errorf("%s: called since %v", name, out.Calling.Since)
		}
	}
}
