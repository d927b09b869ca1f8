package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/golden"
)

// twoWeeks is an archive in which somebody mentions us every twenty minutes,
// until half an hour of many voices on the last day.
func twoWeeks(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	say := func(at time.Time, words string) {
		fmt.Fprintf(&b, "{\"at\": %q, \"author\": %q, \"text\": %q}\n", at.Format("2006-01-02 15:04"), at.String(), words+at.Format(" 02 15.04"))
	}
	first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	last := first.Add(15*24*time.Hour + 10*time.Hour)
	for at := first; at.Before(last.Add(5 * time.Hour)); at = at.Add(20 * time.Minute) {
		say(at, "semen lagi")
	}
	for n := range 20 {
		say(last.Add(time.Duration(n)*time.Minute+time.Second), "debu semen di Gunem")
	}
	path := filepath.Join(t.TempDir(), "weeks.jsonl")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAReplaySaysOfEveryKindOfRuleHowItWent(t *testing.T) {
	archive := twoWeeks(t)
	for name, args := range map[string][]string{
		"volume":         {"-cards", "0"},
		"volume-against": {"-against", small + "volume/rules.yaml"},
	} {
		out, code := commandLine(t, append(append([]string{"-config", small + "volume/config.yaml", "replay"}, args...), archive)...)
		if code != 0 {
			t.Errorf("exit code %d", code)
		}
		golden.Check(t, small+name+".golden", out)
	}
}
