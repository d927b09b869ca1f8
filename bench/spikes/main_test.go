package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var from = time.Date(2026, 2, 26, 21, 42, 53, 0, time.UTC)

// busy writes rows of a usual week with a burst at the end.
func busy(n int) string {
	rng := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	b.WriteString("timestamp,value\n")
	for i := range n {
		count := rng.IntN(9)
		if i > n-10 {
			count += 60
		}
		fmt.Fprintf(&b, "%s,%d\n", from.Add(time.Duration(i)*5*time.Minute).Format(time.DateTime), count)
	}
	return b.String()
}

func scored(t *testing.T, in string) (string, error) {
	t.Helper()
	var out strings.Builder
	w := bufio.NewWriter(&out)
	err := score("in.csv", strings.NewReader(in), w)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String(), err
}

func TestATruncatedFileGivesAPrefix(t *testing.T) {
	in := busy(1500)
	whole, err := scored(t, in)
	if err != nil || strings.Count(whole, "\n") != 1501 {
		t.Fatalf("%d rows, %v", strings.Count(whole, "\n"), err)
	}
	lines := strings.SplitAfter(in, "\n")
	for cut := 1; cut < len(lines); cut += 37 {
		got, err := scored(t, strings.Join(lines[:cut], ""))
		if err != nil || !strings.HasPrefix(whole, got) || strings.Count(got, "\n") != cut {
			t.Fatalf("cut at %d: not the prefix of %d rows (%v)", cut, cut, err)
		}
	}
}

func TestABurstScoresAboveOneAndTheTimestampsAreThoseGiven(t *testing.T) {
	in := busy(1500)
	out, err := scored(t, in)
	if err != nil {
		t.Fatal(err)
	}
	given, got := strings.Split(in, "\n"), strings.Split(out, "\n")
	loud := 0
	for i := range got[1:] {
		stamp, _, _ := strings.Cut(given[i], ",")
		if !strings.HasPrefix(got[i], stamp+",") {
			t.Fatalf("row %d: %q for %q", i, got[i], given[i])
		}
		if _, score, _ := strings.Cut(got[i], ","); i > 1490 && score >= "1" {
			loud++
		}
	}
	if loud == 0 {
		t.Error("a burst of sixty did not score 1")
	}
}

func TestRowsMissingTwiceOrLateGetTheirScores(t *testing.T) {
	rows := strings.SplitAfter(strings.TrimSuffix(busy(1500), "\n"), "\n")
	rows = append(rows[:700], rows[760:]...)                                   // five hours are missing
	rows[900], rows[901] = rows[901], rows[900]                                // out of order
	rows = append(rows[:1000], append([]string{rows[999]}, rows[1000:]...)...) // twice
	rows = append(rows, "\n"+strings.TrimSpace(rows[3]))                       // days late
	out, err := scored(t, strings.Join(rows, ""))
	if err != nil || strings.Count(out, "\n") != len(rows) {
		t.Fatalf("%d rows for %d, %v", strings.Count(out, "\n"), len(rows), err)
	}
	if !strings.HasSuffix(out, ",0.0000\n") {
		t.Errorf("a row that is days late scored: %q", out[len(out)-40:])
	}
}

func TestMistakesSayWhere(t *testing.T) {
	for in, want := range map[string]string{
		"":                                       "in.csv:1: ",
		"time,count\n":                           "in.csv:1: ",
		"timestamp,value\nx":                     "in.csv:2: a row is ",
		"timestamp,value\n2026-13-01 00:00:00,1": "in.csv:2: a row is ",
		"timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00,-1": "in.csv:3: a value is ",
		"timestamp,value\n2026-01-01 00:00:00,1.5":                       "in.csv:2: a value is ",
		"timestamp,value\n2026-01-01 00:00:00,NaN":                       "in.csv:2: a value is ",
		"timestamp,value\n" + strings.Repeat("x", 1<<17):                 "in.csv:2: ",
	} {
		if _, err := scored(t, in); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", in, err, want)
		}
	}
}

func TestEachFileIsWrittenWholeOrNot(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	a, b, bad := write("a.csv", busy(50)), write("b.csv", busy(60)), write("bad.csv", busy(3)+"x")
	out := filepath.Join(dir, "out")
	if err := run([]string{"-out", out, a, b}); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"-out", out, bad}); err == nil || !strings.Contains(err.Error(), "bad.csv:5: ") {
		t.Errorf("got %v", err)
	}
	names, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil || len(names) != 2 {
		t.Errorf("wrote %v, %v", names, err)
	}
	for args, want := range map[string]string{
		"-out " + out: "usage",
		a:             "usage",
		"-out " + out + " " + a + " " + write("x/a.csv", busy(1)): "would both be written",
		"-out " + out + " nowhere.csv":                            "nowhere.csv",
	} {
		if err := run(strings.Fields(args)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
}
