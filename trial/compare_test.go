package trial

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/rules"
)

// alert lasts from and to minutes after noon; to 0: it never ends.
func alert(site string, from, to int) Alert {
	a := Alert{Site: site, Began: noon.Add(time.Duration(from) * time.Minute)}
	if to > 0 {
		a.Ceased = noon.Add(time.Duration(to) * time.Minute)
	}
	return a
}

func TestAlertsAreTheSameWhenTheyOverlapOrBeginWithinAnHour(t *testing.T) {
	for name, c := range map[string]struct {
		a, b []Alert
		want Difference
	}{
		"the same":             {[]Alert{alert("x", 0, 9)}, []Alert{alert("x", 0, 20)}, Difference{Same: 1}},
		"earlier":              {[]Alert{alert("x", 30, 0)}, []Alert{alert("x", 0, 0)}, Difference{Moved: []Pair{{alert("x", 30, 0), alert("x", 0, 0)}}}},
		"during a long one":    {[]Alert{alert("x", 0, 300)}, []Alert{alert("x", 200, 0)}, Difference{Moved: []Pair{{alert("x", 0, 300), alert("x", 200, 0)}}}},
		"another hour":         {[]Alert{alert("x", 0, 30)}, []Alert{alert("x", 61, 0)}, Difference{OnlyA: []Alert{alert("x", 0, 30)}, OnlyB: []Alert{alert("x", 61, 0)}}},
		"after one never over": {[]Alert{alert("x", 0, 0)}, []Alert{alert("x", 61, 0)}, Difference{OnlyA: []Alert{alert("x", 0, 0)}, OnlyB: []Alert{alert("x", 61, 0)}}},
		"another site":         {[]Alert{alert("x", 0, 0)}, []Alert{alert("y", 0, 0)}, Difference{OnlyA: []Alert{alert("x", 0, 0)}, OnlyB: []Alert{alert("y", 0, 0)}}},
		"one for two":          {[]Alert{alert("x", 0, 9), alert("x", 20, 30)}, []Alert{alert("x", 0, 30)}, Difference{Same: 1, OnlyA: []Alert{alert("x", 20, 30)}}},
		"none in B":            {[]Alert{alert("x", 0, 9)}, nil, Difference{OnlyA: []Alert{alert("x", 0, 9)}}},
	} {
		t.Run(name, func(t *testing.T) {
			rule := func(alerts []Alert) Outcome {
				return Outcome{Rules: []Rule{{Rule: rules.Rule{Name: "Debu"}, Alerts: alerts}}}
			}
			c.want.Rule, c.want.InA, c.want.InB = "Debu", true, true
			got := Compare(rule(c.a), rule(c.b))
			if len(got[0].OnlyB) == 0 {
				got[0].OnlyB = nil
			}
			if diff := cmp.Diff([]Difference{c.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestARuleOfOnlyOneSideIsListed(t *testing.T) {
	named := func(names ...string) (o Outcome) {
		for _, n := range names {
			o.Rules = append(o.Rules, Rule{Rule: rules.Rule{Name: n}, Matches: len(n)})
		}
		return o
	}
	got := Compare(named("Debu", "Air"), named("Asap", "Debu"))
	want := []Difference{
		{Rule: "Debu", InA: true, InB: true, MatchesA: 4, MatchesB: 4}, {Rule: "Air", InA: true, MatchesA: 3}, {Rule: "Asap", InB: true, MatchesB: 4},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLengthsOfTimeReadAsInRuleFiles(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0m", -time.Minute: "0m", 45 * time.Second: "45s", 90 * time.Minute: "1h30m", 500 * time.Millisecond: "0m",
		49*time.Hour + 2*time.Second: "2d1h", 24 * time.Hour: "1d",
	} {
		if got := Span(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
