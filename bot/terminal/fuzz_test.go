package terminal

import (
	"bytes"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/hostile"
	"github.com/siaga-id/siaga/notifier"
)

// FuzzCard prints cards, pings, notes and answers with hostile text in every
// place, on a narrow terminal and a wide one.
func FuzzCard(f *testing.F) {
	hostile.Add(f)
	id, en := language(f, "id"), language(f, "en")
	f.Fuzz(func(t *testing.T, s string, times uint16) {
		s = hostile.Long(s, times)
		for _, lang := range []*bot.Lang{id, en} {
			for _, width := range []int{leastWidth, readWidth} {
				var out bytes.Buffer
				term := New(&out, strings.NewReader(""), nil, lang, Options{Width: width})
				for _, m := range hostile.Messages(Dest, s) {
					m.Card.Incident.Excerpts[0].URL = "" // an address is one line, however long
					m.Card.Incident.Excerpts = m.Card.Incident.Excerpts[:1]
					print(t, term, m)
				}
				ans := bot.Answer{Text: s, Choices: []bot.Button{{Label: s}}}
				if err := term.answer(t.Context(), ans); err != nil {
					t.Fatal(err)
				}
				judge(t, out.String(), width)
			}
		}
	})
}

func language(f *testing.F, code string) *bot.Lang {
	f.Helper()
	lang, err := bot.NewLang(code)
	if err != nil {
		f.Fatal(err)
	}
	return lang
}

// print shows a message, and a card again with other counts.
func print(t *testing.T, term *Terminal, m notifier.Message) {
	t.Helper()
	at, err := term.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	m.Card.Incident.Counts.Posts++
	if m.Kind == notifier.KindCard {
		err = term.Edit(t.Context(), at, m)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func judge(t *testing.T, shown string, width int) {
	t.Helper()
	for _, fault := range hostile.Faults(strings.ReplaceAll(shown, "@", "")) { // a terminal mentions nobody
		t.Error(fault)
	}
	for line := range strings.SplitSeq(shown, "\n") {
		if n := columns(line); n > width {
			t.Errorf("%d columns in %q", n, line)
		}
	}
}

func TestAnIsolateIsClosedInEveryLine(t *testing.T) {
	got := wrap("kata \u2068אבגד הוזחט יכלמנ\u2069 42", 12, "  ")
	if want := "kata \u2068אבגד\u2069\n  \u2068הוזחט\u2069\n  \u2068יכלמנ\u2069 42"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
