package bot

import (
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/hostile"
)

func TestWritingFromRightToLeftKeepsToItself(t *testing.T) {
	for in, want := range map[string]string{
		"genteng putih":                  "genteng putih",
		"a غبار 42 · 10:42":              "a \u2068غبار\u2069 42 · 10:42",
		"a אבק, רמבנג b":                 "a \u2068אבק, רמבנג\u2069 b",
		"\u2068a אבק 42\u2069 · 10:42":   "\u2068a אבק 42\u2069 · 10:42",
		"\u2068\u2068a\u2069\u2069 b":    "\u2068a\u2069 b",
		"a\u2069b\u2068c":                "ab\u2068c\u2069",
		"\u2068a\nb\u2069 אבק\nc":        "\u2068a\u2069\n\u2068b\u2069 \u2068אבק\u2069\nc",
		"a\u202eb\u200dc\x1bd\xffe\tf\r": "abcde f",
		"٤٢":                             "\u2068٤٢\u2069",
	} {
		if got := Shown(in); got != want {
			t.Errorf("Shown(%q) = %q, want %q", in, got, want)
		}
	}
	if got := one("أبجد "+strings.Repeat("x", 40), 12); got != "\u2068أبجد…\u2069" {
		t.Errorf("got %q", got)
	}
}

func FuzzShown(f *testing.F) {
	for _, s := range hostile.Texts() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Shown(s)
		if again := Shown(got); again != got {
			t.Errorf("Shown(%q) = %q, and shown again %q", s, got, again)
		}
		for _, fault := range hostile.Faults(strings.ReplaceAll(got, "@", "")) {
			t.Error(fault)
		}
		if lone := one(s, 40); strings.Contains(lone, "\n") || Shown(lone) != lone {
			t.Errorf("one(%q) = %q", s, lone)
		}
	})
}
