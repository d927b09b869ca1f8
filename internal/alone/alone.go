// Package alone gives a test a process of its own, where it does to the process
// what would hurt the tests beside it.
package alone

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

const env = "SIAGA_TEST_ALONE"

// Here reports whether this process is the test's own. Elsewhere it runs the test
// in one, and fails with it.
func Here(t *testing.T) bool {
	t.Helper()
	if os.Getenv(env) == t.Name() {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), env+"="+t.Name())
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("alone: %v\n%s", err, out)
	}
	return false
}
