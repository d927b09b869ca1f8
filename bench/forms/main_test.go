package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "roots.txt")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEachWordIsAnsweredInItsPlaceAsItWasGiven(t *testing.T) {
	var out strings.Builder
	err := run([]string{write(t, "rusak\nPHK\n\ncemar")}, strings.NewReader("Kerusakan\nwarga\n\ndi-PHK\nmencemari"), &out)
	const want = "Kerusakan\trusak\nwarga\t\n\t\ndi-PHK\tphk\nmencemari\tcemar\n"
	if err != nil || out.String() != want {
		t.Errorf("%v, got %q, want %q", err, out.String(), want)
	}
}

func TestMistakesSayWhere(t *testing.T) {
	long := strings.Repeat("x", 2<<20)
	for name, c := range map[string]struct {
		args      []string
		in, wants string
	}{
		"no file":        {nil, "", "usage: forms ROOTS.txt <TOKENS.txt"},
		"missing file":   {[]string{"nowhere.txt"}, "", "open nowhere.txt"},
		"line too long":  {[]string{write(t, "rusak")}, "a\n" + long, "standard input:2: "},
		"roots too long": {[]string{write(t, "a\nb\n"+long)}, "", "roots.txt:3: "},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(c.args, strings.NewReader(c.in), &strings.Builder{})
			if err == nil || !strings.Contains(err.Error(), c.wants) {
				t.Errorf("got %v, want %q", err, c.wants)
			}
		})
	}
}
