package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what a person would read with a file below testdata, or
// writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// goldenCommand is golden for what a command printed. The folder of the test
// shows as DIR.
func goldenCommand(t *testing.T, w *world, name string) {
	t.Helper()
	golden(t, filepath.Join("commands", name+".golden"),
		strings.ReplaceAll(w.out.String()+w.err.String(), w.dir+string(filepath.Separator), "DIR/"))
}
