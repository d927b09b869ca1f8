package bot

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// phrases returns the keys that the code asks for: the constants of type
// phrase, and what transports pass to Say.
func phrases(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`"((?:telegram|slack|terminal)\.[a-z-]+)"`)
	keys := map[string]bool{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, hit := range asked.FindAllSubmatch(src, -1) {
			if !strings.HasSuffix(file, "_test.go") {
				keys[string(hit[1])] = true
			}
		}
	}
	lists, err := filepath.Glob("phrases*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range lists {
		parsed, err := parser.ParseFile(token.NewFileSet(), list, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok {
				key, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil || keys[key] {
					t.Errorf("constant %v: unreadable, or its key is taken", spec.Names)
				}
				keys[key] = true
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(keys))
}

func TestEveryPhraseIsInBothCataloguesAndNothingElseIs(t *testing.T) {
	want := phrases(t)
	for _, code := range []string{"id", "en"} {
		var got []string
		for key := range speak(t, code).says {
			got = append(got, string(key))
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("catalogue %s (-code +file):\n%s", code, diff)
		}
	}
}

func TestBothCataloguesFillInTheSame(t *testing.T) {
	gap := regexp.MustCompile(`\{[^}]*\}`)
	gaps := func(s string) []string {
		found := gap.FindAllString(s, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	id, en := speak(t, "id"), speak(t, "en")
	for key, said := range id.says {
		if diff := cmp.Diff(gaps(said), gaps(en.says[key])); diff != "" {
			t.Errorf("%s (-id +en):\n%s", key, diff)
		}
		if strings.TrimSpace(said) == "" || strings.TrimSpace(en.says[key]) == "" {
			t.Errorf("%s says nothing", key)
		}
	}
}

func TestWhatIsFilledInIsNotReadAsAGap(t *testing.T) {
	l := speak(t, "id")
	got := l.say(doneNote, "id", "ISU-1", "text", "{id} {who}")
	if want := "📝 Dicatat di ISU-1: {id} {who}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOnlyKnownLanguagesAreSpoken(t *testing.T) {
	for _, code := range []string{"", "jv", "ID", "../id"} {
		if _, err := NewLang(code); err == nil {
			t.Errorf("NewLang(%q): no error", code)
		}
	}
}

func TestCountsFollowTheLanguage(t *testing.T) {
	for _, c := range []struct {
		code string
		n    int
		want string
	}{
		{"id", 1, "1 cerita"},
		{"id", 3, "3 cerita"},
		{"en", 1, "1 story"},
		{"en", 3, "3 stories"},
		{"en", 0, "0 stories"},
	} {
		if got := speak(t, c.code).count(countStories, c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.code, c.n, got, c.want)
		}
	}
}

func TestTimesCarryTheirZoneAndNoMoreThanIsNeeded(t *testing.T) {
	l := speak(t, "id")
	for _, c := range []struct{ when, zone, want string }{
		{"2025-11-04T03:44:00Z", "Asia/Jakarta", "10:44 WIB"},
		{"2025-11-04T03:44:00Z", "Asia/Makassar", "11:44 WITA"},
		{"2025-11-04T03:44:00Z", "Asia/Jayapura", "12:44 WIT"},
		{"2025-11-03T17:30:00Z", "Asia/Jakarta", "00:30 WIB"},
		{"2025-11-03T16:30:00Z", "Asia/Jakarta", "Sen 23:30 WIB"},
		{"2025-11-09T03:00:00Z", "Asia/Jakarta", "Min 10:00 WIB"},
		{"2025-10-29T03:00:00Z", "Asia/Jakarta", "29 Okt 10:00 WIB"},
		{"2024-11-04T03:44:00Z", "Asia/Jakarta", "4 Nov 2024 10:44 WIB"},
	} {
		when, err := time.Parse(time.RFC3339, c.when)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.clock(when, tenForty, zone(t, c.zone)); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.when, c.zone, got, c.want)
		}
	}
	if got := l.clock(tenForty, tenForty, nil); got != "03:40 UTC" {
		t.Errorf("without a zone: %q", got)
	}
}

func TestSpansAreRoundedForReaders(t *testing.T) {
	l := speak(t, "id")
	for d, want := range map[time.Duration]string{
		-time.Minute:                    "<1 mnt",
		20 * time.Second:                "<1 mnt",
		4 * time.Minute:                 "4 mnt",
		2 * time.Hour:                   "2 jam",
		90 * time.Minute:                "1 jam 30 mnt",
		11*time.Hour + 20*time.Minute:   "11 jam",
		24 * time.Hour:                  "24 jam",
		72*time.Hour + 50*time.Minute:   "3 hari",
		59*time.Minute + 40*time.Second: "1 jam",
	} {
		if got := l.Span(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestReasonsAreUnderstoodByTheirPrefixInTheLanguageOfTheChat(t *testing.T) {
	for _, c := range []struct{ code, word, want string }{
		{"id", "mereda", "mereda"},
		{"id", "FAK", "fakta-disampaikan"},
		{"id", "died", ""},
		{"id", "", ""},
		{"en", "died", "mereda"},
		{"en", "false-alarm", "salah-deteksi"},
		{"en", "salah", "salah-deteksi"},
		{"en", "d", "duplikat"}, // the reason's own name comes first
		{"en", "f", "fakta-disampaikan"},
		{"en", "x", ""},
	} {
		if got, _ := speak(t, c.code).parseReason(c.word); string(got) != c.want {
			t.Errorf("%s %q: %q, want %q", c.code, c.word, got, c.want)
		}
	}
}
