package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

func TestASpikeThatDidNotHoldSilencesNoneThatDoes(t *testing.T) {
	r := spike()
	r.For, r.When.Within = 15*time.Minute, 15*time.Minute
	x := newTrial(t, r)
	x.steadily(0, 3*day, 30*time.Minute)
	x.want(x.at(3*day, several("short", 14, 3*day)...), "")
	if said := x.steadily(3*day+time.Minute, 3*day+2*time.Hour, 30*time.Minute); len(said) > 0 {
		t.Fatalf("it is over at once: %s", told(said))
	}
	var began []string
	for at := 3*day + 2*time.Hour; at < 3*day+3*time.Hour; at += time.Minute {
		for _, f := range x.at(at, post(fmt.Sprint("long", at), at)) {
			if f.Phase == Began && f.Louder {
				began = append(began, fmt.Sprint(at-3*day))
			}
		}
	}
	if len(began) != 1 {
		t.Errorf("told after %v", began)
	}
}

// TestAClockThatWasAYearAheadIsForgotten plays a crisis at a wrong time, and
// the same at the right one.
func TestAClockThatWasAYearAheadIsForgotten(t *testing.T) {
	patient := atLeast(Voices, 5, time.Hour)
	patient.For, patient.KeepFiring = 5*time.Minute, 5*time.Minute
	for name, c := range map[string]struct {
		rule Rule
		from time.Duration   // so long after noon it is, in truth
		left []time.Duration // ticks after the last posts of the wrong clock
		want string          // in the 2 hours after 20 posts
	}{
		"a count that ceased":     {atLeast(Voices, 5, time.Hour), 0, []time.Duration{2 * time.Hour}, "began 20 louder; ceased 0"},
		"a spike that ceased":     {spike(), 3 * day, []time.Duration{2 * time.Hour}, "began 20 louder; ceased 0"},
		"a count that is to hold": {patient, 0, nil, "began 20 louder; ceased 0"},
		"a count that is to end":  {patient, 0, []time.Duration{6 * time.Minute, 2 * time.Hour}, "grew 20; ceased 0"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, c.rule)
			if c.from > 0 {
				x.steadily(0, c.from, 30*time.Minute)
			}
			play := func(name string, at time.Duration) (said []string) {
				all := x.at(at, several(name, 20, at)...)
				for _, after := range []time.Duration{6 * time.Minute, 2 * time.Hour, 2*time.Hour + 6*time.Minute} {
					all = append(all, x.at(at+after)...)
				}
				for _, f := range all {
					word := fmt.Sprint(f.Phase, " ", f.Counts.Voices)
					if f.Louder {
						word += " louder"
					}
					said = append(said, word)
				}
				return said
			}
			play("ahead", c.from+365*day)
			x.at(c.from+366*day, several("left", 20, c.from+366*day)...)
			for _, after := range c.left {
				x.at(c.from + 366*day + after)
			}
			if got := strings.Join(play("true", c.from), "; "); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

func TestNobodyHasLearntLessThanNothing(t *testing.T) {
	x := newTrial(t, spike())
	x.at(365 * day)
	x.update(func(tx store.Tx) error {
		all, err := x.set.Learning(tx, noon)
		if len(all) != 1 || all[0].Learnt != 0 {
			t.Errorf("learnt is %+v", all)
		}
		return err
	})
}

func TestAStragglerOfWhatIsDealtWithIsNoNews(t *testing.T) {
	ratio := when(When{Ratio: 3, Within: time.Hour, Against: day, N: 5})
	for _, r := range []Rule{atLeast(Voices, 5, 30*time.Minute), ratio, spike()} {
		t.Run(string(r.When.Kind()), func(t *testing.T) {
			x := newTrial(t, r)
			x.steadily(0, 3*day, 30*time.Minute)
			if said := x.at(3*day, several("a", 30, 3*day)...); len(said) != 1 || said[0].Phase != Began {
				t.Fatalf("told %q", told(said))
			}
			x.want(x.at(3*day+4*time.Hour), "Debu/rembang ceased 0")
			x.update(func(tx store.Tx) error {
				if err := Hold(tx, "Debu", "rembang", noon.Add(3*day)); err != nil {
					return err
				}
				return Release(tx, "Debu", "rembang", noon.Add(3*day+4*time.Hour))
			})
			now := 3*day + 5*time.Hour
			x.want(x.at(now, post("straggler", 3*day+time.Minute)), "")
			if said := x.at(now, several("b", 30, now)...); len(said) != 1 || said[0].Phase != Began || !said[0].Louder {
				t.Errorf("what is new after that: %s", told(said))
			}
		})
	}
}

func TestAPlateauIsNoNews(t *testing.T) {
	x := newTrial(t, spike())
	x.steadily(0, 3*day, 30*time.Minute)
	x.update(func(tx store.Tx) error { return Hold(tx, "Debu", "rembang", noon.Add(3*day)) })
	loud := 0
	for at := 3 * day; at < 3*day+40*time.Hour; at += 5 * time.Minute {
		for _, f := range x.at(at, several(fmt.Sprint("p", at), 8, at)...) {
			if f.Louder {
				loud++
			}
			if f.Phase != Began && at > 3*day+2*time.Hour && f.Louder {
				t.Errorf("called again after %v: %+v", at-3*day, f.Measure)
			}
		}
	}
	if loud == 0 {
		t.Error("nobody is called at all")
	}
}
