package rules

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

// tallied writes down the matches of days before the given one.
func (x *trial) tallied(before time.Time) string {
	x.t.Helper()
	var out []string
	x.update(func(tx store.Tx) error {
		return Tally(tx, before, func(m Match) error {
			out = append(out, fmt.Sprintf("%s/%s %s", m.Rule, m.Site, m.At.Sub(noon)))
			return nil
		})
	})
	return strings.Join(out, "; ")
}

func TestATallyMeetsEveryMatchInTheOrderOfTime(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 5, time.Hour), keywordRule("Celaka", "pabrik"))
	siteless := post("d", 90*time.Minute)
	siteless.Site = ""
	x.at(2*time.Hour, post("c", 62*time.Minute), post("b", 61*time.Minute), post("a", 0), siteless)
	x.at(2*time.Hour, post("b", 61*time.Minute)) // an edit counts once
	want := "Celaka/ 1h30m0s; Celaka/rembang 0s; Celaka/rembang 1h1m0s; Celaka/rembang 1h2m0s; " +
		"Debu/ 1h30m0s; Debu/rembang 0s; Debu/rembang 1h1m0s; Debu/rembang 1h2m0s"
	if got := x.tallied(time.Time{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBeforeTheSweepOfItsDayEveryMatchIsTalliedOnce(t *testing.T) {
	x := newTrial(t, keywordRule("Celaka", "pabrik"))
	const day = 24 * time.Hour
	var got []string
	for n := range 5 {
		now := time.Duration(n) * day
		x.at(now, post(fmt.Sprint(n), now), post(fmt.Sprint("late", n), now-day))
		before := noon.Add(now - 2*day)
		if line := x.tallied(before); line != "" {
			got = append(got, line)
		}
		x.update(func(tx store.Tx) error { return Sweep(tx, before, before) })
	}
	got = append(got, x.tallied(time.Time{}))
	if n := len(strings.Split(strings.Join(got, "; "), "; ")); n != 10 {
		t.Errorf("%d matches of ten: %q", n, got)
	}
}

func TestAnErrorEndsATally(t *testing.T) {
	x := newTrial(t, keywordRule("Celaka", "pabrik"))
	x.at(time.Hour, post("a", 0), post("b", time.Minute))
	calls := 0
	x.update(func(tx store.Tx) error {
		err := Tally(tx, time.Time{}, func(Match) error { calls++; return errUndo })
		if !errors.Is(err, errUndo) {
			t.Errorf("got %v", err)
		}
		return nil
	})
	if calls != 1 {
		t.Errorf("%d calls after the error", calls-1)
	}
}

func TestRulesAreListedAsTheyWereWritten(t *testing.T) {
	x := newTrial(t, keywordRule("B", "b"), keywordRule("A", "a"))
	if got := x.set.Rules(); len(got) != 2 || got[0].Name != "B" || got[1].Query != "a" {
		t.Errorf("%+v", got)
	}
}
