package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	claims  = `{"id":"c1","claim":"Air sumur Timbrangan keruh","title":"Sumur keruh?"}` + "\n\n" + `{"id":"c2","claim":"Truk klinker memakai terpal"}`
	queries = `{"id":"q1","text":"truk klinker tanpa terpal"}` + "\n" + `{"id":"q2","text":"..."}` + "\n" + `{"id":"q3","text":"sumur Timbrangan keruhhh"}`
)

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEachQueryIsAnsweredBestFirst(t *testing.T) {
	var out, again strings.Builder
	args := []string{file(t, claims), file(t, queries)}
	if err := run(args, &out); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		f := strings.Fields(line)
		if len(f) != 6 || f[1] != "Q0" || f[5] != "siaga" {
			t.Fatalf("not a line of a run: %q", line)
		}
		if f[3] == "1" {
			got = append(got, f[0]+" "+f[2])
		}
	}
	if s := strings.Join(got, ", "); s != "q1 c2, q3 c1" {
		t.Errorf("first are %s", s)
	}
	if err := run(args, &again); err != nil || again.String() != out.String() {
		t.Errorf("the second run differs, %v", err)
	}
}

func TestTheThresholdIsWhatIsReachedWithoutTheAnswer(t *testing.T) {
	var out strings.Builder
	qrels := file(t, "q1 0 c2 1\nq3 0 c1 1\nq2 0 c1 0\nq9 0 c9 1\n")
	err := run([]string{"-threshold", qrels, file(t, claims), file(t, queries)}, &out)
	if want := "2 queries; at 0.004 and more 5 % false suggestions, coverage 1.000\n"; err != nil || out.String() != want {
		t.Errorf("%v, got %q, want %q", err, out.String(), want)
	}
}

func TestMistakesSayWhere(t *testing.T) {
	good := file(t, claims)
	for name, c := range map[string]struct {
		args  []string
		wants string
	}{
		"no files":     {nil, "usage: retrieval"},
		"unknown flag": {[]string{"-x", good, good}, "usage: retrieval"},
		"missing":      {[]string{good, "nowhere.jsonl"}, "open nowhere.jsonl"},
		"no JSON":      {[]string{file(t, claims+"\n{"), good}, "file:4: "},
		"id twice":     {[]string{file(t, claims+"\n"+`{"id":"c1"}`), good}, `file:4: id "c1"`},
		"id of two":    {[]string{good, file(t, `{"id":"a b"}`)}, `file:1: id "a b"`},
		"no answers":   {[]string{"-threshold", file(t, ""), good, file(t, queries)}, "answers none"},
		"no judgement": {[]string{"-threshold", "nowhere", good, good}, "open nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(c.args, &strings.Builder{})
			if err == nil || !strings.Contains(err.Error(), c.wants) {
				t.Errorf("got %v, want %q", err, c.wants)
			}
		})
	}
}
