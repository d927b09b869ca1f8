package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/trial"
)

// loud is a configuration of which one rule fires at every pair of posts.
const loud = `sources: [{name: x, type: file, path: posts.jsonl}]
topics: {debu: {}}
groups:
  - name: lingkungan
    rules:
      - &rule
        alert: Pasangan
        query: debu
        when: {voices: 2, within: 10m}
        labels: {topic: debu, severity: warning, kind: grievance}
        examples: {no_match: [abu]}
      - {<<: *rule, alert: Ramai, when: {voices: 9, within: 10m}}
      - {<<: *rule, alert: Pagi, query: "debu OR asap", status: shadow}
`

// kept puts a pair of posts into the store of a world, so many times a day up
// to now, and returns its path.
func (w *world) kept(now time.Time, days, perDay int) string {
	w.t.Helper()
	path := filepath.Join(w.dir, "siaga.db")
	db, err := store.Open(path)
	if err != nil {
		w.t.Fatal(err)
	}
	in := source.Intake{Places: source.NewGazetteer(nil)}
	err = db.Update(w.t.Context(), func(tx store.Tx) error {
		for n := range days*perDay + 1 {
			at := now.Add(time.Duration(n)*24*time.Hour/time.Duration(perDay) - time.Duration(days)*24*time.Hour)
			_, err := in.Accept(tx, source.Spec{Name: "x"}, source.Batch{Events: posts(at.Add(-time.Minute), 1, 1), Live: true}, at)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, db.Close()); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func TestCheckWarnsOfRulesThatWouldHaveBeenNoisy(t *testing.T) {
	for name, c := range map[string]struct {
		config       string
		days, perDay int
		want         string
	}{
		"noisy":              {loud, 12, 5, "Pasangan would have fired"},
		"quiet":              {loud, 12, 2, ""},
		"more are wanted":    {"max_alerts_per_week: 40\n" + loud, 12, 5, ""},
		"none are wanted":    {"max_alerts_per_week: 0\n" + loud, 12, 5, ""},
		"too little history": {loud, 1, 40, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, "")
			w.write(c.config)
			w.kept(time.Now(), c.days, c.perDay)
			if code := w.command("check"); code != 0 || strings.Contains(w.out.String(), "would have fired") != (c.want != "") {
				t.Errorf("exit %d: %s%s", code, w.out.String(), w.err.String())
			}
			if c.want != "" {
				goldenCommand(t, w, "check-noisy")
			}
		})
	}
}

func TestCheckDoesNotWaitForTheStore(t *testing.T) {
	w := newWorld(t, "")
	w.write(loud)
	db, err := store.Open(w.kept(time.Now(), 3, 20))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if code := w.command("check"); code != 0 {
		t.Error(code)
	}
	goldenCommand(t, w, "check-locked")
}

func TestCheckGoesOnWithoutAStoreThatItCannotRead(t *testing.T) {
	w := newWorld(t, "")
	w.write(loud)
	if err := os.WriteFile(filepath.Join(w.dir, "siaga.db"), []byte("no store"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := w.command("check"); code != 0 {
		t.Error(code)
	}
	goldenCommand(t, w, "check-damaged")
}

func TestCheckSaysWhatItHadNoTimeFor(t *testing.T) {
	w := newWorld(t, "")
	w.write(loud)
	w.kept(time.Now(), 12, 5)
	c, err := config.Load(filepath.Join(w.dir, "config.yaml"), config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if warnings, note := noisy(t.Context(), c, time.Now(), 0); len(warnings) > 0 || !strings.Contains(note, "too large to be read in 0m") {
		t.Errorf("%v, %q", warnings, note)
	}
	db, err := store.Peek(t.Context(), c.Store)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p, err := playKept(t.Context(), c, db, time.Now(), time.Now())
	if err != nil || !p.cut || p.Read > 0 || len(p.warnings(c)) > 0 || !strings.HasPrefix(p.skipped(c.Timezone, noisyWithin), "no post could be read in 10s") {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestWhatWasSkippedIsNamedAndTheRestCounts(t *testing.T) {
	w := newWorld(t, "")
	w.write(loud)
	c, err := config.Load(filepath.Join(w.dir, "config.yaml"), config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 11, 3, 1, 0, 0, 0, time.UTC)
	p := played{cut: true, Outcome: trial.Outcome{Read: 170_000, From: from, To: from.Add(5 * 24 * time.Hour), Rules: []trial.Rule{
		{Rule: rules.Rule{Name: "Pasangan"}, Began: 15},
		{Rule: rules.Rule{Name: "Ramai", When: rules.When{Spike: "low", N: 5}}, Began: 14},
	}}}
	said := p.skipped(c.Timezone, noisyWithin) + "\n"
	for _, e := range p.warnings(c) {
		said += strings.TrimPrefix(e.Error(), w.dir+string(filepath.Separator)) + "\n"
	}
	golden.Check(t, "testdata/commands/check-skipped.golden", said)
}

func TestCheckLeavesTheStoreAlone(t *testing.T) {
	w := newWorld(t, "")
	w.write(loud)
	if code := w.command("check"); code != 0 {
		t.Fatal(w.err.String())
	}
	path := w.kept(time.Now(), 3, 20)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w.command("check")
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) || !strings.Contains(w.out.String(), "would have fired") {
		t.Errorf("%v, the same %v: %s", err, bytes.Equal(before, after), w.out.String())
	}
}
