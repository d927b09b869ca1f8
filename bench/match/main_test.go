package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPatternsAreLiteral(t *testing.T) {
	for name, c := range map[string]struct {
		patterns []string
		post     string
		want     int
	}{
		"case":                    {[]string{"Debu"}, "DEBU debu Debunya", 2},
		"phrase":                  {[]string{"pabrik semen"}, "Pabrik Semen, pabrik, semen", 1},
		"other signs between":     {[]string{"pabrik semen"}, "pabrik-semen pabrik  semen", 0},
		"signs of the pattern":    {[]string{"covid-19", "#boikot"}, "Covid-19 covid 19 boikot #boikot", 2},
		"a sign at the beginning": {[]string{"#boikot"}, "boikot", 0},
		"handles are words":       {[]string{"semen"}, "@semen semen_padang x.semen.id", 3},
		"not ASCII":               {[]string{"café"}, "Café CAFÉ cafés", 2},
		"room around it":          {[]string{"  debu\t"}, "debu, debu", 2},
		"twice the same":          {[]string{"abu", "abu"}, "abu", 2},
		"many of one word":        {[]string{"a b", "a c", "a d", "a e", "a f", "a g", "a h", "a i", "a j", "x a", "a"}, "a j x a", 4},
	} {
		if got := build(c.patterns, nil).count(c.post); got != c.want {
			t.Errorf("%s: %d matches, want %d", name, got, c.want)
		}
	}
}

func TestTheReportHasEveryMeasure(t *testing.T) {
	var out strings.Builder
	patterns, posts := write(t, "patterns", "debu\n\npabrik semen\r\n...\n"), write(t, "posts", "debu\nPabrik semen penuh debu\n")
	if err := run([]string{patterns, posts}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"without words  1, first in line 3\n", "patterns       2\n", "posts          2 ", "matches        3\n", "ns/post ", "MB/s ", "build ms ", "heap ", "allocs/post "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	if err := run([]string{patterns}, &out); err == nil {
		t.Error("one file is enough?")
	}
	if err := run([]string{patterns, patterns + ".not"}, &out); err == nil {
		t.Error("a file that is not there is no error?")
	}
}
