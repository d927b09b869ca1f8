package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestExcerptShowsTheMatchBetweenWholeWords(t *testing.T) {
	const post = "warga gunem mengeluh debu tebal dari pabrik sudah tiga hari"
	for name, c := range map[string]struct {
		text, match string
		limit       int
		want        string
	}{
		"all fits":             {post, "debu", 59, post},
		"in the middle":        {post, "debu", 30, "…mengeluh debu tebal dari…"},
		"at the beginning":     {post, "warga", 20, "warga gunem…"},
		"at the end":           {post, "hari", 20, "…sudah tiga hari"},
		"match fills it":       {post, "debu tebal", 12, "…debu tebal…"},
		"match is longer":      {post, "mengeluh debu tebal dari", 16, "…mengeluh debu…"},
		"one long word":        {strings.Repeat("a", 40), "a", 10, "aaaaaaaa…"},
		"runes":                {"ééééé ááááá ííííí óóóóó", "ííííí", 9, "…ííííí…"},
		"lines and tabs":       {"satu\r\n\tdua\x00tiga \u2028 empat", "dua", 30, "satu dua tiga empat"},
		"flattened, then cut":  {"satu\n\n\n\ndua\n\n\n\ntiga", "dua", 6, "…dua…"},
		"invisible is no rune": {"\u200b\u200b\u200bdebu\u202e", "debu", 4, "debu"},
		"broken bytes":         {"de\xffbu", "bu", 9, "debu"},
		"room for nothing":     {post, "debu", 2, "…"},
		"no room":              {post, "debu", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			at := strings.Index(c.text, c.match)
			got := Excerpt(c.text, at, at+len(c.match), c.limit)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestExcerptTakesAnySpan(t *testing.T) {
	for _, span := range [][2]int{{0, 0}, {-5, 99}, {99, 120}, {7, 3}, {1, 2}} {
		got := Excerpt("é debu dari pabrik", span[0], span[1], 10)
		if got == "" || utf8.RuneCountInString(got) > 10 || !utf8.ValidString(got) {
			t.Errorf("span %v: %q", span, got)
		}
	}
}

func TestCleanLeavesOnlyWhatIsSeen(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"plain":           {"Debu di Gunem – parah!", "Debu di Gunem – parah!"},
		"lines":           {"satu\r\ndua\u2028tiga\tempat", "satu\ndua\ntiga empat"},
		"control":         {"a\x00b\x1b[31mc\x7f\u0085", "ab[31mc"},
		"bidi":            {"gpj.\u202eexe\u2066x\u2069", "gpj.exex"},
		"zero width":      {"se\u200bm\u200d\ufeffen\u3164", "semen"},
		"tag characters":  {"a\U000e0041\U000e007f", "a"},
		"invalid":         {"a\xff\xc3b", "ab"},
		"emoji keep face": {"❤\ufe0f", "❤\ufe0f"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Clean(c.text); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("warga gunem mengeluh debu tebal", 20, 24, 12)
	f.Add("é\n\t\u200b\xff \u2028x", 1, 3, 4)
	f.Add(strings.Repeat("debu-", 30), 7, 90, 20)
	f.Fuzz(func(t *testing.T, s string, start, end, limit int) {
		got := Excerpt(s, start, end, limit)
		if n := utf8.RuneCountInString(got); n > max(0, limit) {
			t.Fatalf("%d runes of %d: %q", n, limit, got)
		}
		if !utf8.ValidString(got) || strings.Contains(got, "\n") || Clean(got) != got {
			t.Fatalf("not fit to be shown: %q", got)
		}
		if clean := Clean(s); Clean(clean) != clean || !utf8.ValidString(clean) {
			t.Fatalf("Clean(%q) = %q", s, clean)
		}
	})
}
