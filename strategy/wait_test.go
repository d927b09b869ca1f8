package strategy

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

func TestNobodyWhoComplainsOrIsInDangerIsKeptWaiting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		w := Advise(c).Wait
		if w == nil {
			return
		}
		if c.Grievance || c.Severity == rules.Critical || c.Trend == incident.Rising || c.Finding == incident.True || c.Finding == incident.Partly ||
			c.Hazard && c.Finding != incident.False {
			t.Error("a wait")
		}
		if w.Voices >= w.Least || w.Voices != c.Voices {
			t.Errorf("%d of %d voices", w.Voices, w.Least)
		}
		if d := w.Until.Sub(c.Last); d < soon || d >= later+round {
			t.Errorf("it lasts %v", d)
		}
	})
}

func TestWhenNotToAnswerYet(t *testing.T) {
	quiet := Case{Severity: rules.Warning, Voices: 4, Last: noon.Add(2 * time.Minute)}
	with := func(change func(*Case)) Case {
		c := quiet
		change(&c)
		return c
	}
	for name, tt := range map[string]struct {
		c     Case
		why   Why // "": answer
		until time.Duration
	}{
		"a warning":             {quiet, FewVoices, 35 * time.Minute},
		"on the minute":         {with(func(c *Case) { c.Last = noon }), FewVoices, 30 * time.Minute},
		"an info":               {with(func(c *Case) { c.Severity = rules.Info }), FewVoices, 125 * time.Minute},
		"it goes away":          {with(func(c *Case) { c.Trend = incident.Falling }), Fading, 35 * time.Minute},
		"it is found false":     {with(func(c *Case) { c.Finding = incident.False }), FewVoices, 35 * time.Minute},
		"a false alarm of harm": {with(func(c *Case) { c.Hazard, c.Finding = true, incident.False }), FewVoices, 35 * time.Minute},
		"enough voices":         {with(func(c *Case) { c.Voices = EnoughVoices }), "", 0},
		"enough for the admin":  {with(func(c *Case) { c.Least = 4 }), "", 0},
		"it grows":              {with(func(c *Case) { c.Trend = incident.Rising }), "", 0},
		"a hazard":              {with(func(c *Case) { c.Hazard = true }), "", 0},
		"it is true":            {with(func(c *Case) { c.Finding = incident.True }), "", 0},
	} {
		w := Advise(tt.c).Wait
		switch {
		case tt.why == "":
			if w != nil {
				t.Errorf("%s: %+v", name, w)
			}
		case w == nil || w.Why != tt.why || !w.Until.Equal(noon.Add(tt.until)):
			t.Errorf("%s: %+v, want %s until %v", name, w, tt.why, noon.Add(tt.until))
		}
	}
}

func TestHowLongToWaitDoesNotDependOnWhoLooksWhen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		c.Facts = nil
		first := Advise(c)
		c.Now = c.Now.Add(time.Hour)
		if again := Advise(c); (first.Wait == nil) != (again.Wait == nil) || first.Wait != nil && *first.Wait != *again.Wait {
			t.Errorf("%+v, then %+v", first.Wait, again.Wait)
		}
	})
}

func TestCampaignsAreHeldBackWhileItIsCritical(t *testing.T) {
	for level, want := range map[rules.Severity]bool{rules.Info: false, rules.Warning: false, rules.Critical: true} {
		if a := Advise(Case{Severity: level}); a.Hold != want {
			t.Errorf("%v: %v", level, a.Hold)
		}
	}
}

func TestAHazardIsAnnouncedUntilItIsFoundFalse(t *testing.T) {
	for found, want := range map[incident.Finding]bool{
		incident.Unchecked: true, incident.True: true, incident.Partly: true, incident.False: false,
	} {
		if a := Advise(Case{Hazard: true, Finding: found}); a.Hazard != want {
			t.Errorf("%q: %v", found, a.Hazard)
		}
		if Advise(Case{Finding: found}).Hazard {
			t.Errorf("%q: there is no hazard", found)
		}
	}
	if n := len(Duties()); n != 7 {
		t.Errorf("%d duties, and crisis.md names seven", n)
	}
}
