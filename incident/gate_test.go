package incident

import (
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// said is a firing whose new posts have these texts.
func said(phase rules.Phase, at time.Time, texts ...string) rules.Firing {
	f := firing(phase, len(texts), at)
	for i, text := range texts {
		id := string(rune('a' + i))
		f.New = append(f.New, rules.Evidence{Post: source.Post{ID: id, Story: id, Text: text, Published: at, Fetched: at}})
	}
	return f
}

func TestAPostThatComplainsClosesTheGateUntilAPersonOpensIt(t *testing.T) {
	db, err := store.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	asked := 0
	desk := &Desk{DB: db, Notify: func(store.Tx, Change) error { return nil }, Complains: func(text string) bool {
		asked++
		return strings.Contains(text, "anak saya batuk")
	}}
	fire := func(f rules.Firing) Incident {
		t.Helper()
		if err := db.Update(t.Context(), func(tx store.Tx) error { return desk.Fire(tx, f) }); err != nil {
			t.Fatal(err)
		}
		in, err := desk.Get(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	if in := fire(said(rules.Began, noon, "pabrik berdebu")); in.Grievance {
		t.Error("a post that does not complain closed the gate")
	}
	in := fire(said(rules.Grew, noon.Add(time.Minute), "pabrik berdebu", "anak saya batuk"))
	if !in.Grievance || in.Complaint != "b" || in.StateRev != in.Rev {
		t.Errorf("a complaint left %+v", in)
	}
	before := asked
	if fire(said(rules.Grew, noon.Add(2*time.Minute), "anak saya batuk")); asked != before {
		t.Error("what is a grievance already was read again")
	}
	if _, err := desk.Do(t.Context(), Command{ID: 1, Verb: Ungrieve, Actor: lead(), At: noon.Add(3 * time.Minute)}, nil); err != nil {
		t.Fatal(err)
	}
	if in = fire(said(rules.Grew, noon.Add(4*time.Minute), "anak saya batuk")); in.Grievance || in.Complaint != "" {
		t.Error("a post closed the gate that a lead had opened")
	}
	shadow := said(rules.Began, noon, "anak saya batuk")
	shadow.Shadow = true
	before = asked
	if fire(shadow); asked != before {
		t.Error("the posts of a shadow incident were read")
	}
}

func TestAFieldResultStandsUntilTheIncidentReopens(t *testing.T) {
	in := incidentIn(t, Acknowledged)
	in = must(t, in, Command{Verb: Verify, Actor: person("Budi"), At: noon, Finding: False, Text: "DLH"})
	if in.Finding != False || in.StateRev != in.Rev {
		t.Errorf("%+v", in)
	}
	in = must(t, in, Command{Verb: Verify, Actor: person("Budi"), At: noon, Finding: False, Text: "Labkesda"})
	if _, err := Step(in, Command{ID: in.ID, Verb: Verify, Actor: person("Budi"), At: noon, Finding: False}); err != ErrNothing { //nolint:errorlint // it is this one
		t.Errorf("what is recorded already: %v", err)
	}
	in = must(t, in, Command{Verb: Resolve, Reason: FactsGiven, Actor: person("Sari"), At: noon})
	in = must(t, in, Command{Verb: Reopen, Actor: person("Sari"), At: noon})
	if in.Finding != Unchecked {
		t.Error("what was found for one claim stands for the next")
	}
}
