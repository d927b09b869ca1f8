package main

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/trial"
)

// posts are so many that match in one minute, a minute after another.
func posts(from time.Time, perMinute ...int) []source.Event {
	var out []source.Event
	for minute, n := range perMinute {
		for i := range n {
			at := from.Add(time.Duration(minute)*time.Minute + time.Duration(i)*time.Second)
			id := at.Format(time.RFC3339)
			out = append(out, source.Event{Post: source.Post{
				ID: "x:" + id, Kind: source.Social, Voice: id, Text: "debu " + id, Published: at, Fetched: at,
			}})
		}
	}
	return out
}

func TestADryRunFiresWhereTheRuleWouldHave(t *testing.T) {
	db, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	day := time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)
	in := source.Intake{Places: source.NewGazetteer(nil)}
	for _, e := range append(posts(day, 1, 1, 5, 0, 1), posts(day.Add(5*time.Hour), 2, 3)...) {
		err := db.Update(t.Context(), func(tx store.Tx) error {
			_, err := in.Accept(tx, source.Spec{Name: "x"}, source.Batch{Events: []source.Event{e}, Live: true}, e.Post.Fetched)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	rule := rules.Rule{
		Name: "Debu", Query: "debu", Topic: "debu", Severity: rules.Warning,
		When: rules.When{Unit: rules.Voices, N: 5, Within: 10 * time.Minute}, KeepFiring: 30 * time.Minute,
	}
	quiet := rules.Rule{Name: "Lain", Query: "banjir"}
	for name, c := range map[string]struct {
		rule    string
		within  time.Duration
		matched int
		samples int
		alarms  []string
		cut     bool
	}{
		"fires twice": {"Debu", time.Minute, 13, 5, []string{"03:02", "08:01"}, false},
		"no match":    {"Lain", time.Minute, 0, 0, nil, false},
		"no time":     {"Debu", 0, 0, 0, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := only(rules.Book{Rules: []rules.Rule{rule, quiet}}, c.rule)
			if err != nil {
				t.Fatal(err)
			}
			s := trial.Setup{Rules: set, Plan: &notifier.Plan{Zone: time.UTC}, Taken: true}
			out, err := dryRun(t.Context(), s, trial.Kept(t.Context(), db, day), time.Now().Add(c.within))
			if err != nil {
				t.Fatal(err)
			}
			var at []string
			for _, f := range out.First {
				at = append(at, f.At.Format("15:04"))
			}
			if out.Matched != c.matched || len(out.Samples) != c.samples || !slices.Equal(at, c.alarms) || out.Alarms != len(c.alarms) || out.Cut != c.cut {
				t.Errorf("%+v", out)
			}
		})
	}
	if _, err := only(rules.Book{Rules: []rules.Rule{rule}}, "Hilang"); !errors.Is(err, rules.ErrNoRule) {
		t.Errorf("a rule that is gone was tried: %v", err)
	}
}

func TestAPersonsStoriesCountInADryRun(t *testing.T) {
	at := time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC)
	var kept []source.Event
	for i, story := range []string{"a", "a", "b"} { // copies, of which a person took one out
		post := source.Post{ID: strconv.Itoa(i), Voice: strconv.Itoa(i), Story: story, Text: "debu", Published: at, Fetched: at}
		kept = append(kept, source.Event{Post: post})
	}
	rule := rules.Rule{Name: "Debu", Query: "debu", Severity: rules.Warning, When: rules.When{Unit: rules.Stories, N: 2, Within: time.Hour}}
	set, err := only(rules.Book{Rules: []rules.Rule{rule}}, "Debu")
	if err != nil {
		t.Fatal(err)
	}
	s := trial.Setup{Rules: set, Plan: &notifier.Plan{Zone: time.UTC}, Taken: true}
	out, err := dryRun(t.Context(), s, trial.Events(kept), time.Now().Add(time.Minute))
	if err != nil || out.Alarms != 1 || out.First[0].Counts.Stories != 2 {
		t.Errorf("%+v, %v", out, err)
	}
}
