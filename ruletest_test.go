package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/bot/terminal"
	"github.com/siaga-id/siaga/internal/golden"
)

// command runs the program as a person would, without any environment, and
// returns what it says and its exit code.
func commandLine(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	var b safeBuffer
	code = run(t.Context(), args, outside{
		out: &b, err: &b, look: terminal.Options{Width: 80}, env: func(string) (string, bool) { return "", false },
	})
	return b.String(), code
}

func TestTheRuleTestsThatShipPass(t *testing.T) {
	files, err := filepath.Glob("rules.d/tests/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	if out, code := commandLine(t, append([]string{"test"}, files...)...); code != 0 {
		t.Errorf("exit code %d\n%s", code, out)
	}
}

const small = "testdata/rehearse/"

func TestWhatTheCommandsSay(t *testing.T) {
	for name, c := range map[string]struct {
		line string
		code int
	}{
		"passing":      {"test " + small + "passing.test.yaml", 0},
		"passing-loud": {"test " + small + "passing.test.yaml -v", 0},
		"failing":      {"test " + small + "failing.test.yaml", 1},
		"chosen":       {"test -v -run almost|as.it " + small + "failing.test.yaml " + small + "passing.test.yaml", 1},
		"none-chosen":  {"test -run nowhere " + small + "passing.test.yaml", 1},
		"bad-pattern":  {"test -run ( " + small + "passing.test.yaml", 1},
		"no-files":     {"test", 2},
		"no-option":    {"test -loud x", 2},
		"no-file":      {"test nowhere.test.yaml", 1},
		"month":        {"replay -cards 1 " + small + "month.jsonl", 0},
		"against":      {"replay " + small + "month.jsonl -against " + small + "other.yaml", 0},
		"shadow":       {"replay -cards 1 " + small + "month.jsonl -config " + small + "shadow/config.yaml", 0},
		"shadow-test":  {"test -v " + small + "shadow/shadow.test.yaml -config " + small + "shadow/config.yaml", 1},
		"no-archive":   {"replay nowhere.jsonl", 1},
		"no-jsonl":     {"replay " + small + "rules.yaml", 1},
		"no-source":    {"replay -as nobody " + small + "month.jsonl", 1},
		"bad-start":    {"replay -start gestern " + small + "month.jsonl", 1},
	} {
		t.Run(name, func(t *testing.T) {
			out, code := commandLine(t, append([]string{"-config", small + "config.yaml"}, strings.Fields(c.line)...)...)
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			golden.Check(t, "testdata/rehearse/"+name+".golden", out)
		})
	}
}

func TestAReplayTellsANewcomerWhatHappenedOnTheCrisisDay(t *testing.T) {
	out, code := commandLine(t, "replay", "-start", "2026-11-24 10:00", "-cards", "1", "testdata/contoh/hari-krisis.jsonl")
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	golden.Check(t, "testdata/rehearse/crisis-day.golden", out)
}

// TestTheExampleOfTheReferencePasses plays the test in docs/rule-tests.md with
// the configuration in docs/config.md.
func TestTheExampleOfTheReferencePasses(t *testing.T) {
	dir := t.TempDir()
	for _, doc := range []string{"docs/config.md", "docs/rule-tests.md"} {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range regexp.MustCompile("(?s)```yaml (\\S+)\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
			file := filepath.Join(dir, block[1])
			if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(block[2]), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, code := commandLine(t, "-config", filepath.Join(dir, "config.yaml"), "test", filepath.Join(dir, "debu.test.yaml"))
	if code != 0 || out != "1 test passed\n" {
		t.Errorf("exit code %d\n%s", code, out)
	}
}
