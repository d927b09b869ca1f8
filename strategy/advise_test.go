package strategy

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

var noon = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)

func fact(tier int) facts.Fact {
	return facts.Fact{Tier: tier, ValidUntil: noon.Add(time.Hour), Owner: "Rina", Approver: "Budi"}
}

func dead(tier int) facts.Fact {
	return facts.Fact{Tier: tier, ValidUntil: noon, Owner: "Rina", Approver: "Budi"}
}

func superseded(tier int) facts.Fact {
	f := fact(tier)
	f.SupersededBy = "FAKTA-002"
	return f
}

// anyCase draws a case, whether it makes sense or not.
func anyCase(t *rapid.T) Case {
	held := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) facts.Fact {
		kind := rapid.SampledFrom([]func(int) facts.Fact{fact, dead, superseded}).Draw(t, "fact")
		return kind(rapid.IntRange(1, 3).Draw(t, "tier"))
	}), 0, 3)
	return Case{
		Cluster:   rapid.SampledFrom(Clusters()).Draw(t, "cluster"),
		Hazard:    rapid.Bool().Draw(t, "hazard"),
		Grievance: rapid.Bool().Draw(t, "grievance"),
		Finding: rapid.SampledFrom([]incident.Finding{
			incident.Unchecked, incident.True, incident.False, incident.Partly,
		}).Draw(t, "finding"),
		Earlier:  rapid.IntRange(0, 3).Draw(t, "earlier"),
		Severity: rapid.SampledFrom([]rules.Severity{rules.Info, rules.Warning, rules.Critical}).Draw(t, "severity"),
		Voices:   rapid.IntRange(0, 8).Draw(t, "voices"),
		Trend:    rapid.SampledFrom([]incident.Trend{incident.Falling, incident.Steady, incident.Rising}).Draw(t, "trend"),
		Facts:    held.Draw(t, "facts"),
		Now:      noon,
		Last:     noon.Add(-time.Duration(rapid.IntRange(0, 7200).Draw(t, "before")) * time.Second),
		Least:    rapid.SampledFrom([]int{0, 3, 5}).Draw(t, "least"),
	}
}

func TestADenialHasAFactBehindItAndNoComplaintBeforeIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		if !Advise(c).Allows(Deny) {
			return
		}
		strong := func(f facts.Fact) bool { return f.Live(c.Now) && f.Tier <= 2 }
		switch {
		case c.Grievance && c.Finding != incident.False, c.complained():
			t.Error("the gate is closed")
		case c.Finding == incident.True, c.Finding == incident.Partly:
			t.Error("the field found that it is so")
		case !slices.ContainsFunc(c.Facts, strong):
			t.Error("no live fact of a regulator or an expert says so")
		}
	})
}

func TestWhatCouldHaveBeenPreventedIsRepairedAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Advise(anyCase(t))
		if a.Cluster == Preventable && !slices.Equal(a.May, []Response{Rebuild}) {
			t.Errorf("%v", a.May)
		}
	})
}

func TestSafetyAndEmpathyComeFirstAndEveryOtherResponseIsAllowedOrLocked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Advise(anyCase(t))
		if !slices.Equal(a.First, []Response{Instruct, Adjust}) {
			t.Errorf("first %v", a.First)
		}
		seen := slices.Concat(a.First, a.May)
		for _, l := range a.Locked {
			if l.Why == "" || a.Lock(l.Response) != l.Why || a.Allows(l.Response) {
				t.Errorf("locked %+v", l)
			}
			seen = append(seen, l.Response)
		}
		slices.Sort(seen)
		all := Responses()
		slices.Sort(all)
		if !slices.Equal(seen, all) {
			t.Errorf("%v", seen)
		}
	})
}

func TestNothingContradictsWithoutALiveFact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		a := Advise(c)
		live := slices.ContainsFunc(c.Facts, func(f facts.Fact) bool { return f.Live(c.Now) })
		if !live && (a.Allows(Deny) || a.Allows(Diminish)) {
			t.Errorf("%v", a.May)
		}
	})
}

func TestGoodWorksAreNeverAnAnswerByThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		if a := Advise(c); a.Allows(Bolster) && (len(a.May) < 2 || c.complained()) {
			t.Errorf("%v", a.May)
		}
	})
}

func TestWhatIsFoundFalseIsNotApologisedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase(t)
		if c.Finding = incident.False; Advise(c).Allows(Rebuild) {
			t.Error("an apology for a rumour confirms it")
		}
	})
}

// TestWhichResponsesFit walks through crisis.md, "The grievance gate".
func TestWhichResponsesFit(t *testing.T) {
	strong, weak := []facts.Fact{fact(2)}, []facts.Fact{fact(3), dead(1)}
	for name, tt := range map[string]struct {
		c    Case
		may  []Response
		deny Why
	}{
		"a rumour with an expert's fact":         {Case{Facts: strong}, []Response{Deny, Diminish, Rebuild, Bolster}, ""},
		"a rumour with the company's fact":       {Case{Facts: weak}, []Response{Diminish, Rebuild, Bolster}, NoStrongFact},
		"a rumour without a fact":                {Case{}, []Response{Rebuild, Bolster}, NoStrongFact},
		"the victim of a rumour without a fact":  {Case{Cluster: Victim}, nil, NoStrongFact},
		"a complaint":                            {Case{Grievance: true, Facts: strong}, []Response{Rebuild}, NotChecked},
		"a complaint that is true":               {Case{Grievance: true, Finding: incident.True, Facts: strong}, []Response{Rebuild}, ClaimTrue},
		"a complaint that is true in part":       {Case{Grievance: true, Finding: incident.Partly, Facts: strong}, []Response{Diminish, Rebuild}, ClaimPartly},
		"the same without a fact":                {Case{Grievance: true, Finding: incident.Partly}, []Response{Rebuild}, ClaimPartly},
		"a complaint that is false":              {Case{Grievance: true, Finding: incident.False, Facts: strong}, []Response{Deny, Diminish, Bolster}, ""},
		"the same without a fact, again":         {Case{Grievance: true, Finding: incident.False, Facts: weak[1:]}, nil, NoStrongFact},
		"a true report that nobody complains of": {Case{Finding: incident.True, Facts: weak}, []Response{Diminish, Rebuild, Bolster}, ClaimTrue},
		"a rumour where there was one before":    {Case{Earlier: 1, Facts: strong}, []Response{Rebuild}, CouldPrevent},
		"the same, found false":                  {Case{Earlier: 4, Finding: incident.False, Facts: strong}, []Response{Deny, Diminish, Bolster}, ""},
	} {
		tt.c.Now = noon
		if a := Advise(tt.c); !slices.Equal(a.May, tt.may) || a.Lock(Deny) != tt.deny {
			t.Errorf("%s: %v, denial locked for %q; want %v, %q", name, a.May, a.Lock(Deny), tt.may, tt.deny)
		}
	}
}

func TestEarlierIncidentsRaiseTheClusterByOne(t *testing.T) {
	for name, tt := range map[string]struct {
		c      Case
		want   Cluster
		raised bool
	}{
		"the topic's own":           {Case{Cluster: Victim}, Victim, false},
		"nothing is said":           {Case{}, Accidental, false},
		"found false":               {Case{Cluster: Preventable, Finding: incident.False}, Victim, false},
		"found true":                {Case{Cluster: Victim, Finding: incident.True}, Accidental, false},
		"found true in part":        {Case{Cluster: Victim, Finding: incident.Partly}, Accidental, false},
		"preventable, found true":   {Case{Cluster: Preventable, Finding: incident.True}, Preventable, false},
		"the second one":            {Case{Cluster: Victim, Earlier: 1}, Accidental, true},
		"the fifth one":             {Case{Cluster: Victim, Earlier: 4}, Accidental, true},
		"the second, found false":   {Case{Cluster: Preventable, Earlier: 1, Finding: incident.False}, Accidental, true},
		"the second, found true":    {Case{Cluster: Victim, Earlier: 1, Finding: incident.True}, Preventable, true},
		"nothing is worse than bad": {Case{Cluster: Preventable, Earlier: 1}, Preventable, false},
	} {
		if a := Advise(tt.c); a.Cluster != tt.want || a.Raised != tt.raised {
			t.Errorf("%s: %v, raised %v", name, a.Cluster, a.Raised)
		}
	}
}

func TestEveryClusterIsReadAsItIsWritten(t *testing.T) {
	for _, c := range Clusters() {
		if got, ok := ParseCluster(c.String()); !ok || got != c {
			t.Errorf("%v is read as %v, %v", c, got, ok)
		}
	}
	if _, ok := ParseCluster("Victim"); ok {
		t.Error("a word that is not in the list was read")
	}
}
