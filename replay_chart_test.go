package main

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/golden"
)

const month = small + "month.jsonl"

func TestAChartIsATableOfWhatARuleCounted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chart.csv")
	out, code := commandLine(t, "-config", small+"config.yaml", "replay", "-cards", "0", "-chart", path, month)
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	table, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, small+"month.csv.golden", string(table))
}

func TestAChartIsAboutTheRulesThatAreNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chart.csv")
	out, code := commandLine(t, "-config", small+"config.yaml", "replay", "-chart", path, "-rule", "Celaka", month)
	table, err := os.ReadFile(path)
	if code != 0 || err != nil {
		t.Fatalf("exit code %d, %v\n%s", code, err, out)
	}
	if lines := strings.Split(string(table), "\n"); len(lines) != 3 || lines[1] != "2026-11-20T09:00:00+07:00,Celaka,rembang,1,1,1,,,began" {
		t.Errorf("%q", lines)
	}
}

func TestAChartThatCannotBeIsRefusedBeforeTheReplay(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new.csv")
	old := filepath.Join(dir, "old.csv")
	if err := os.WriteFile(old, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"exists already and was left as it is":               {"-chart", old},
		"no such file or directory":                          {"-chart", filepath.Join(dir, "nowhere", "a.csv")},
		`there is no rule "Asap" (known: Debu, Celaka)`:      {"-chart", path, "-rule", "Debu,Asap"},
		"-rule: it says which rules -chart is about":         {"-rule", "Debu"},
		"-chart: not together with -against":                 {"-chart", path, "-against", small + "other.yaml"},
		"file source of that path":                           {"-help"},
		"-start: want a time such as 2026-11-24 10:00":       {"-chart", path, "-start", "kemarin"},
		"is a file with one JSON object a line, whose name ": {"-chart", path, small + "rules.yaml"},
	} {
		out, _ := commandLine(t, append(append([]string{"-config", small + "config.yaml", "replay"}, args...), month)...)
		if !strings.Contains(out, want) || strings.Contains(out, "Alerts:") {
			t.Errorf("%q: %s", args, out)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if kept, err := os.ReadFile(old); string(kept) != "mine" {
		t.Errorf("the old table is %q, %v", kept, err)
	}
}

func TestOfAReplayThatFailedNoTableIsLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chart.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	c := chart{file: f, table: csv.NewWriter(f)}
	if err := c.close(os.ErrDeadlineExceeded); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the table is there: %v", err)
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	for in, want := range map[string]string{
		"Debu": "Debu", "": "", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "a=1": "a=1",
	} {
		if got := cell(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}
