package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what a command printed with a file below testdata/commands,
// or writes it. The folder of the test shows as DIR.
func golden(t *testing.T, w *world, name string) {
	t.Helper()
	got := strings.ReplaceAll(w.out.String()+w.err.String(), w.dir+string(filepath.Separator), "DIR/")
	file := filepath.Join("testdata", "commands", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
