package bot

import (
	"strings"
	"testing"

	"github.com/siaga-id/siaga/internal/hostile"
	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// FuzzAnswers asks about an incident whose posts are hostile, notes what is
// hostile, and says it: what comes back is harmless, and names no account that
// the person who asked did not name.
func FuzzAnswers(f *testing.F) {
	hostile.Add(f)
	langs := map[string]*Lang{}
	for _, code := range []string{"id", "en"} {
		l, err := NewLang(code)
		if err != nil {
			f.Fatal(err)
		}
		langs[code] = l
	}
	f.Fuzz(func(t *testing.T, s string, times uint16) {
		s = hostile.Long(s, times)
		w := newWorld(t, "id")
		w.explains(whyNotRuleSet(t), nil)
		w.hostile(s)
		for code, l := range langs {
			w.talk.Lang = l
			for _, line := range []string{"/kenapa 1", "/isu", "/gabung 1", "/catat 1 " + s, "/jejak 1", "/isu " + s, "/kenapa-tidak " + s, "/" + s, s} {
				ans, err := w.talk.Hear(t.Context(), Saying{Dest: group, User: sari, Text: line, At: w.now, Mark: w.mark()})
				if err != nil {
					t.Fatalf("%s %q: %v", code, line, err)
				}
				read := Shown(ans.Text)
				if strings.Contains(line, s) || line == "/jejak 1" { // what the asker wrote himself
					read = strings.ReplaceAll(read, "@", "")
				}
				for _, fault := range hostile.Faults(read) {
					t.Errorf("%s %q: %s", code, line, fault)
				}
			}
		}
	})
}

// hostile opens an incident on posts of which everything is s, but that the
// names of outlets and places, which are public, name no account.
func (w *world) hostile(s string) {
	w.Helper()
	public := strings.ReplaceAll(s, "@", "")
	spans := []query.Span{{Start: 0, End: len(s)}}
	f := rules.Firing{
		Rule: "Debu", Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: rules.Critical, At: w.now, Summary: s,
		Counts: rules.Counts{Posts: 42, Stories: 9, Voices: 7}, When: rules.When{New: "place"},
		Measure: rules.Measure{Place: public, Sites: []string{public}},
	}
	for _, id := range []string{"x:1", "x:2"} {
		p := source.Post{ID: id, Story: id, Text: s, Outlet: public, URL: s, Kind: "news", Published: w.now, Fetched: w.now}
		f.New = append(f.New, rules.Evidence{Post: p, Spans: spans})
	}
	if err := w.db.Update(w.Context(), func(tx store.Tx) error { return w.desk.Fire(tx, f) }); err != nil {
		w.Fatal(err)
	}
}
