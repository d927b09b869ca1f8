package trial_test

import (
	"bytes"
	"encoding/json"
	"testing"
)

// texts are those of the posts of a JSONL file.
func texts(t testing.TB, data []byte) []string {
	t.Helper()
	var out []string
	for line := range bytes.Lines(data) {
		var one struct{ Text string }
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatal(err)
		}
		out = append(out, one.Text)
	}
	return out
}
