package trial_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/trial"
	"github.com/siaga-id/siaga/watcher"
)

const crisisDay = "../testdata/contoh/hari-krisis.jsonl"

// lastHour writes down the posts of the crisis day from an hour before its
// crisis, at their times after now.
func lastHour(t *testing.T, now time.Time) string {
	t.Helper()
	day, err := os.ReadFile(crisisDay)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for line := range bytes.Lines(day) {
		var post map[string]any
		if err := json.Unmarshal(line, &post); err != nil {
			t.Fatal(err)
		}
		after, err := time.ParseDuration(post["at"].(string))
		if err != nil {
			t.Fatal(err)
		}
		if after < -time.Hour {
			continue
		}
		post["at"] = now.Add(time.Hour + after).Format(time.RFC3339)
		line, _ = json.Marshal(post)
		fmt.Fprintf(&out, "%s\n", line)
	}
	path := filepath.Join(t.TempDir(), "day.jsonl")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// outline is what incidents came to, without what depends on the second in
// which a file was looked at, or on the tick that found a window almost empty.
func outline(all []incident.Incident) []string {
	var out []string
	for _, in := range all {
		line := fmt.Sprintf("%v %s %v %v calm %v since %s", in.ID, in.Label(), in.Rules, in.Severity, in.Calm, in.First.UTC().Format("15:04"))
		if !in.Calm {
			line += fmt.Sprintf(": %s %+v", in.Summary, in.Counts)
		}
		for _, x := range in.Excerpts {
			line += " " + x.Post
		}
		out = append(out, line)
	}
	return out
}

// TestATrialSaysWhatTheWatcherWouldHaveDone lets a watcher with a file source,
// its schedule and its ticks run through the crisis day, and plays the same
// file in a trial.
func TestATrialSaysWhatTheWatcherWouldHaveDone(t *testing.T) {
	c, err := config.Rehearse("../config.yaml", config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, length := range []time.Duration{80 * time.Minute, 3 * time.Hour} { // at its height, and when all is calm again
		t.Run(length.String(), func(t *testing.T) {
			millennium := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // bubbles begin with it
			path := lastHour(t, millennium)
			var live []string
			synctest.Test(t, func(t *testing.T) { live = watched(t, c, path, length) })
			if diff := cmp.Diff(live, tried(t, c, path, millennium.Add(length))); diff != "" || len(live) < 5 {
				t.Errorf("the watcher found %d incidents; trial:\n%s", len(live), diff)
			}
		})
	}
}

func tried(t *testing.T, c *config.Config, path string, until time.Time) []string {
	t.Helper()
	a, err := trial.OpenArchive([]string{path}, source.NewRecords(source.Spec{Name: "contoh"}, source.NewVoices(nil), time.Time{}))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	o, err := trial.Run(t.Context(), trial.Setup{Rules: c.Rules, Plan: c.Plan, Places: source.NewGazetteer(c.Places), Until: until}, a.Events())
	if err != nil {
		t.Fatal(err)
	}
	return outline(o.Incidents)
}

func watched(t *testing.T, c *config.Config, path string, length time.Duration) []string {
	t.Helper()
	db, err := store.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	spec := source.Spec{Name: "contoh", Type: "file", Path: path, Every: time.Second}
	file, err := source.New(spec, source.Deps{Hash: source.NewVoices(nil)})
	if err != nil {
		t.Fatal(err)
	}
	desk := &incident.Desk{DB: db, Notify: func(store.Tx, incident.Change) error { return nil }}
	var set atomic.Pointer[rules.Set]
	set.Store(c.Rules)
	w := watcher.Watcher{
		DB: db, Intake: source.Intake{Places: source.NewGazetteer(c.Places)}, Rules: &set, Desk: desk,
		Log: slog.New(slog.DiscardHandler),
	}
	ctx, stop := context.WithTimeout(t.Context(), length+time.Second)
	defer stop()
	w.Run(ctx, []watcher.Feed{{Spec: spec, Poller: file.(source.Poller)}})
	all, err := desk.Unresolved(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return outline(all)
}
