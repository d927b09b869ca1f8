package terminal

import (
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/hostile"
)

func TestColumnsAreThoseOfATerminal(t *testing.T) {
	for s, want := range map[string]int{
		"":          0,
		"debu":      4,
		"🟠 WASPADA": 10,
		"↗ →":       3,
		"↩️ Lepas":  8,
		"✋":         2,
		"日本":        4,
		"a\u0301":   1,
		"— · …":     5,
		"👤":         2,
	} {
		if got := columns(s); got != want {
			t.Errorf("%q: %d columns, want %d", s, got, want)
		}
	}
}

func TestLinesBreakBetweenWords(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"satu", "satu"},
		{"satu dua tiga empat lima", "satu dua tiga empat\n  lima"},
		{"satu\ndua", "satu\ndua"},
		{"satu   dua", "satu dua"},
		{"abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst\n  uvwxyz"},
		{"ya abcdefghijklmnopqrstuvwxyz", "ya\n  abcdefghijklmnopqr\n  stuvwxyz"},
		{"日本語日本語日本語日本語", "日本語日本語日本語日\n  本語"},
		{"merah\x1b[31m\x07\u202e\u200b!", "merah[31m!"},
		{"a\tb\r\nc\u2028d", "a b\nc\nd"},
	} {
		if got := wrap(c.in, 20, "  "); got != c.want {
			t.Errorf("%q:\n%s\nwant\n%s", c.in, got, c.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	for _, seed := range []string{
		"genteng putih semua", "\x1b[2J\x9b31m", "↩️↩️↩️↩️↩️↩️↩️↩️↩️↩️↩️↩️↩️", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "\ufe0f\ufe0f\ufe0f", strings.Repeat("日", 60),
		"a\u0301\u0301 b", "\u200d", "\xff\xfe", "\u2028\u2029\n\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := wrap(s, 20, "   ")
		for line := range strings.SplitSeq(got, "\n") {
			if n := columns(line); n > 20 {
				t.Errorf("%q: %d columns in %q", s, n, line)
			}
		}
		for _, fault := range hostile.Faults(strings.ReplaceAll(got, "@", "")) {
			t.Errorf("%q: %s", s, fault)
		}
		bare := func(s string) string {
			return strings.NewReplacer("\u2068", "", "\u2069", "").Replace(strings.Join(strings.Fields(strip(s)), ""))
		}
		if bare(got) != bare(s) {
			t.Errorf("%q lost something: %q", s, got)
		}
	})
}
