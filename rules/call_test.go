package rules

import (
	"fmt"
	"testing"
	"time"
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
