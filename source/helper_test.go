package source

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkPost fails on what no later room could live with.
func checkPost(t *testing.T, p Post) {
	t.Helper()
	switch {
	case !strings.HasPrefix(p.ID, p.Source+":") || len(p.ID) > len(p.Source)+1+maxID:
		t.Errorf("ID %q", p.ID)
	case p.Text == "" && p.Repost == "", !utf8.ValidString(p.Text), utf8.RuneCountInString(p.Text) > maxText:
		t.Errorf("text %q", p.Text)
	case p.Published.After(p.Fetched):
		t.Errorf("published %v after it was fetched, %v", p.Published, p.Fetched)
	case p.URL != Canonical(p.URL) || len(p.URL) > maxURL:
		t.Errorf("URL %q is not canonical", p.URL)
	case p.Voice == "":
		t.Error("no voice")
	}
	if _, err := json.Marshal(p); err != nil {
		t.Error(err)
	}
}
