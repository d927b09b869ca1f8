package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/golden"
)

// goldenCommand is golden for what a command printed. The folder of the test
// shows as DIR.
func goldenCommand(t *testing.T, w *world, name string) {
	t.Helper()
	golden.Check(t, "testdata/commands/"+name+".golden",
		strings.ReplaceAll(w.out.String()+w.err.String(), w.dir+string(filepath.Separator), "DIR/"))
}
