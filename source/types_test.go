package source

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryTypePollsOrIsPushed(t *testing.T) {
	want := []string{"feed", "file", "webhook"}
	if got := KnownTypes(); !slices.Equal(got, want) {
		t.Fatalf("known types are %v, want %v", got, want)
	}
	for _, name := range want {
		made, err := New(Spec{Name: "contoh", Type: name, URL: "https://example.com/rss", Path: "a.csv", Secret: fixed("s")}, Deps{})
		if err != nil {
			t.Fatal(err)
		}
		_, polls := made.(Poller)
		_, pushed := made.(Pusher)
		if polls == pushed {
			t.Errorf("%s: a Poller: %v, a Pusher: %v", name, polls, pushed)
		}
	}
}

func TestAWrongSpecIsRefusedWithSourceAndField(t *testing.T) {
	for field, spec := range map[string]Spec{
		"unknown type": {Type: "rss"},
		"url: \"":      {Type: "feed", URL: "contoh"},
		"url: address": {Type: "feed", URL: "https://user:pass@example.com/"},
		"path":         {Type: "file", Path: "hari.xlsx"},
		"secret":       {Type: "webhook"},
	} {
		spec.Name = "contoh"
		if made, err := New(spec, Deps{}); made != nil || err == nil || !strings.HasPrefix(err.Error(), "source contoh: "+field) {
			t.Errorf("%+v: got %v, %v", spec, made, err)
		}
	}
}

func fixed(secret string) func() (string, error) {
	return func() (string, error) { return secret, nil }
}
