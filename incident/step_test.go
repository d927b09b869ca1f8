package incident

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

var noon = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)

func firing(phase rules.Phase, posts int, at time.Time) rules.Firing {
	return rules.Firing{
		Rule: "Debu", Phase: phase, Topic: "debu", Site: "rembang", Severity: rules.Warning, At: at,
		Counts: rules.Counts{Posts: posts, Stories: posts, Voices: posts},
	}
}

func fired(t *testing.T, in Incident, f rules.Firing) Incident {
	t.Helper()
	out, err := Step(in, Command{ID: max(in.ID, 1), Verb: Fire, At: f.At, Firing: &f})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func person(name string) Actor { return Actor{Name: name, Via: "telegram", Chat: "telegram:-1:0"} }

func lead() Actor { return Actor{Name: "Rina", Via: "slack", Lead: true} }

// incidentIn returns an incident in a state; a taken one belongs to Sari.
func incidentIn(t *testing.T, s State) Incident {
	t.Helper()
	in := fired(t, Incident{}, firing(rules.Began, 5, noon))
	if s != Open {
		in = must(t, in, Command{Verb: Ack, Actor: person("Sari"), At: noon})
	}
	if s == Resolved {
		in = must(t, in, Command{Verb: Resolve, Reason: DiedDown, Actor: person("Sari"), At: noon})
	}
	return in
}

func must(t *testing.T, in Incident, cmd Command) Incident {
	t.Helper()
	cmd.ID = in.ID
	out, err := Step(in, cmd)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Verb, err)
	}
	return out
}

func TestEveryVerbInEveryState(t *testing.T) {
	words := map[string]error{"wrong": ErrWrongState, "not owner": ErrNotOwner, "nothing": ErrNothing}
	// The person is Budi, who is neither owner nor lead; a state is the state after.
	table := map[Verb][3]string{ // open, acknowledged (by Sari), resolved
		Ack:      {"acknowledged", "not owner", "wrong"},
		Release:  {"wrong", "not owner", "wrong"},
		Resolve:  {"resolved", "not owner", "wrong"},
		Reopen:   {"nothing", "wrong", "open"},
		Note:     {"open", "acknowledged", "resolved"},
		SetLevel: {"open", "acknowledged", "wrong"},
		Grieve:   {"open", "acknowledged", "wrong"},
		Ungrieve: {"nothing", "nothing", "nothing"},
		Split:    {"open", "acknowledged", "resolved"},
		Join:     {"open", "acknowledged", "resolved"},
		Snooze:   {"open", "acknowledged", "wrong"},
		Wake:     {"nothing", "nothing", "nothing"},
		Escalate: {"open", "acknowledged", "wrong"},
		Remind:   {"open", "wrong", "wrong"},
		Ask:      {"wrong", "acknowledged", "wrong"},
		Confirm:  {"wrong", "not owner", "wrong"},
		Skip:     {"open", "acknowledged", "resolved"},
		Unmuted:  {"open", "acknowledged", "wrong"},
		Verify:   {"open", "acknowledged", "wrong"},
		Unfit:    {"open", "acknowledged", "wrong"},
		Fits:     {"open", "acknowledged", "resolved"}, // the veto outlives the incident
		Drafted:  {"open", "acknowledged", "wrong"},
		Edited:   {"open", "acknowledged", "wrong"},
		Approved: {"open", "acknowledged", "wrong"},
		Rejected: {"open", "acknowledged", "wrong"},

		// What was said in public, or promised, outlives the incident.
		Published: {"open", "acknowledged", "resolved"},
		Voided:    {"open", "acknowledged", "resolved"},
		Promised:  {"open", "acknowledged", "resolved"},
		Kept:      {"open", "acknowledged", "resolved"},
	}
	for verb, wants := range table {
		for i, state := range []State{Open, Acknowledged, Resolved} {
			t.Run(fmt.Sprintf("%s %s", state, verb), func(t *testing.T) {
				in := incidentIn(t, state)
				out, err := Step(in, Command{
					ID: in.ID, Verb: verb, Actor: person("Budi"), At: noon.Add(time.Minute),
					Severity: rules.Critical, Reason: Duplicate, Until: noon.Add(time.Hour), Finding: True,
				})
				if want, refused := words[wants[i]]; refused {
					if !errors.Is(err, want) || out.Rev != in.Rev {
						t.Fatalf("got rev %d, %v; want rev %d, %v", out.Rev, err, in.Rev, want)
					}
					return
				}
				if err != nil || string(out.State) != wants[i] || out.Rev != in.Rev+1 {
					t.Errorf("got %s rev %d err %v, want %s rev %d", out.State, out.Rev, err, wants[i], in.Rev+1)
				}
			})
		}
	}
}

func TestALeadMayActForTheOwner(t *testing.T) {
	for _, verb := range []Verb{Ack, Release, Resolve} {
		out := must(t, incidentIn(t, Acknowledged), Command{Verb: verb, Actor: lead(), Reason: FactsGiven, At: noon})
		if out.Owner == "Sari" && out.State == Acknowledged {
			t.Errorf("%s by a lead left it %s with %s", verb, out.State, out.Owner)
		}
	}
}

func TestAnOldButtonChangesNothing(t *testing.T) {
	in := incidentIn(t, Open)
	old := in.StateRev
	in = must(t, in, Command{Verb: Ack, Actor: person("Sari"), At: noon})
	_, err := Step(in, Command{ID: in.ID, Verb: Ack, Actor: person("Budi"), StateRev: old})
	if !errors.Is(err, ErrStale) {
		t.Errorf("the later of two taps got %v, want %v", err, ErrStale)
	}
	_, err = Step(in, Command{ID: in.ID, Verb: Ack, Actor: person("Sari"), StateRev: old})
	if !errors.Is(err, ErrNothing) {
		t.Errorf("the second tap of the same person got %v, want %v", err, ErrNothing)
	}
}

func TestANoteOnASecondResolveIsNotDroppedInSilence(t *testing.T) {
	in := incidentIn(t, Resolved)
	for note, want := range map[string]error{"": ErrNothing, "hujan deras": ErrWrongState} {
		_, err := Step(in, Command{ID: in.ID, Verb: Resolve, Reason: in.Reason, Text: note, Actor: person("Sari")})
		if !errors.Is(err, want) {
			t.Errorf("with note %q: %v, want %v", note, err, want)
		}
	}
}

func TestMovingCountsLeaveButtonsFresh(t *testing.T) {
	in := incidentIn(t, Open)
	grown := fired(t, in, firing(rules.Grew, 9, noon.Add(time.Minute)))
	if grown.StateRev != in.StateRev || grown.Rev == in.Rev || grown.Trend != Rising {
		t.Errorf("rev %d->%d, state rev %d->%d, trend %d", in.Rev, grown.Rev, in.StateRev, grown.StateRev, grown.Trend)
	}
}

func TestWhatWakesAResolvedIncident(t *testing.T) {
	closed := incidentIn(t, Resolved)
	for name, c := range map[string]struct {
		f     rules.Firing
		state State
	}{
		"the condition begins anew":     {firing(rules.Began, 5, noon.Add(time.Hour)), Open},
		"it goes on a little":           {firing(rules.Grew, 6, noon.Add(time.Minute)), Resolved},
		"it doubles":                    {firing(rules.Grew, 10, noon.Add(time.Minute)), Open},
		"it ends":                       {firing(rules.Ceased, 0, noon.Add(time.Minute)), Resolved},
		"it begins just within the day": {firing(rules.Began, 5, noon.Add(ReopenWithin)), Open},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := Step(closed, Command{ID: closed.ID, Verb: Fire, At: c.f.At, Firing: &c.f})
			if err != nil && !errors.Is(err, ErrNothing) {
				t.Fatal(err)
			}
			if out.State != c.state {
				t.Errorf("it is %s, want %s", out.State, c.state)
			}
			if c.state == Open && (out.ID != closed.ID || out.Reopened != 1 || out.Owner != "") {
				t.Errorf("reopened as %+v", out)
			}
		})
	}
	late := firing(rules.Began, 5, noon.Add(ReopenWithin+time.Second))
	out, err := Step(closed, Command{ID: 2, Verb: Fire, At: late.At, Firing: &late})
	if err != nil || out.ID != 2 || out.Rev != 1 {
		t.Errorf("after a day it should be a new incident: %v, %v", out.ID, err)
	}
}

func TestTheLoudestRuleSetsTheLevelAndNoneLowersIt(t *testing.T) {
	in := incidentIn(t, Open)
	loud := firing(rules.Began, 1, noon)
	loud.Rule, loud.Severity = "Korban", rules.Critical
	in = fired(t, in, loud)
	in = fired(t, in, firing(rules.Grew, 9, noon))
	if in.Severity != rules.Critical || len(in.Rules) != 2 {
		t.Errorf("severity %v, rules %v", in.Severity, in.Rules)
	}
}

func TestACardQuotesTheNewestPostOfEachStory(t *testing.T) {
	post := func(id, story string) rules.Evidence {
		return rules.Evidence{Post: source.Post{ID: id, Story: story, Text: "debu di " + id}}
	}
	f := firing(rules.Began, 5, noon)
	f.New = []rules.Evidence{post("a", "1"), post("b", "2"), post("c", "1"), post("d", "3"), post("e", "4")}
	in := fired(t, Incident{}, f)
	var got []string
	for _, e := range in.Excerpts {
		got = append(got, e.Post)
	}
	if strings.Join(got, "") != "edc" {
		t.Errorf("quoted %v, want e, d, c", got)
	}
	without, hit := forget(in, map[string]bool{"d": true})
	if !hit || len(without.Excerpts) != 2 || without.Rev != in.Rev+1 || len(in.Excerpts) != maxExcerpts {
		t.Errorf("after the deletion of d: %+v", without.Excerpts)
	}
}

func TestIdsAreReadAsPeopleWriteThem(t *testing.T) {
	for in, want := range map[string]ID{
		"42": 42, "ISU-42": 42, "isu-7": 7, "#42": 42, "#ISU-42": 42, "isu_7": 7, "ISU7": 7, "42.": 42, "ISU-42,": 42,
		"0": 0, "": 0, "ISU-": 0, "ISU": 0, "#": 0, "4x": 0, "-1": 0, "+1": 0, "ISU--1": 0, "ISU-#1": 0, "99999999999": 0,
	} {
		if got, err := ParseID(in); got != want || (err == nil) != (want != 0) {
			t.Errorf("ParseID(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
}

func TestAUniquePrefixOfAReasonIsEnough(t *testing.T) {
	for in, want := range map[string]Reason{"mereda": DiedDown, "FAK": FactsGiven, "d": Duplicate, "": "", "x": "", "s": FalseAlarm} {
		if got, _ := ParseReason(in); got != want {
			t.Errorf("ParseReason(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWhatAPersonDecidedStandsAgainstTheRules(t *testing.T) {
	loud := firing(rules.Began, 5, noon)
	loud.Severity, loud.Grievance = rules.Critical, true
	in := fired(t, Incident{}, loud)
	in = must(t, in, Command{Verb: SetLevel, Severity: rules.Warning, Actor: lead()})
	in = must(t, in, Command{Verb: Ungrieve, Actor: lead()})
	buttons := in.StateRev
	loud.Phase = rules.Grew
	in = fired(t, in, loud)
	if in.Severity != rules.Warning || in.Grievance || in.StateRev != buttons {
		t.Errorf("the next post made it level %d, grievance %v", in.Severity, in.Grievance)
	}
	loud.Phase = rules.Began
	if in = fired(t, in, loud); in.Severity != rules.Critical || in.Grievance {
		t.Errorf("a new alarm made it level %d, grievance %v", in.Severity, in.Grievance)
	}
	if in = must(t, in, Command{Verb: Grieve, Actor: person("Sari")}); !in.Grievance {
		t.Error("a person could not set the flag again")
	}
}
