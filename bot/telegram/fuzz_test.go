package telegram

import (
	"testing"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/internal/hostile"
	"github.com/siaga-id/siaga/notifier"
)

// FuzzCard has a server judge cards, pings, notes and answers with hostile
// text in every place, as it arrived and as it is read.
func FuzzCard(f *testing.F) {
	hostile.Add(f)
	id, en := language(f, "id"), language(f, "en")
	f.Fuzz(func(t *testing.T, s string, times uint16) {
		s = hostile.Long(s, times)
		for code, lang := range map[string]*bot.Lang{"id": id, "en": en} {
			srv := faketelegram.New(token)
			srv.AddChat(faketelegram.Chat{ID: group, Type: "supergroup", Forum: true, Topics: []int{topic}})
			srv.SetFlood(faketelegram.Flood{Burst: 1000, PerMinute: 1000})
			b := speaking(t, srv, lang)
			for i, m := range hostile.Messages(dest, s) {
				at, err := b.Send(t.Context(), m)
				if err != nil {
					t.Fatalf("%s, message %d: %v", code, i, err)
				}
				m.Card.Incident.Summary = "baru"
				if err := b.Edit(t.Context(), at, m); m.Kind == notifier.KindCard && err != nil && failure(t, err).Class != notifier.Unchanged {
					t.Fatalf("%s, edit of message %d: %v", code, i, err)
				}
			}
			choices := []bot.Button{{Label: "x" + s, Data: "x"}}
			for _, ans := range []bot.Answer{{Text: "x" + s}, {Text: "x" + s, Choices: choices}} {
				if _, err := say(t.Context(), b.sender, answer(address{group, topic}, ans, sari)); err != nil {
					t.Fatalf("%s, answer: %v", code, err)
				}
			}
			judge(t, srv)
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

func speaking(t *testing.T, srv *faketelegram.Server, lang *bot.Lang) *Bot {
	t.Helper()
	b, err := New(Config{Token: func() string { return token }, HTTP: srv.RoundTripper(), Lang: lang})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// judge looks at what a chat shows.
func judge(t *testing.T, srv *faketelegram.Server) {
	t.Helper()
	for _, c := range srv.Violations() {
		t.Errorf("violation: %s: %v", c.Violation, c)
	}
	for _, m := range srv.Messages(group) {
		if units(m.Text) > maxText {
			t.Errorf("%d units: %v", units(m.Text), m)
		}
		for _, fault := range hostile.Faults(m.Text) {
			t.Errorf("message %d: %s", m.ID, fault)
		}
		for _, e := range m.Entities {
			if e.Type != "bold" && e.Type != "expandable_blockquote" {
				t.Errorf("message %d has a %s", m.ID, e.Type)
			}
		}
	}
}

func TestATextMentionsNobody(t *testing.T) {
	for in, want := range map[string]string{
		"tolong @budi dan @siti_a": "tolong @\u2060budi dan @\u2060siti_a",
		"@budi":                    "@\u2060budi",
		"(@1)":                     "(@\u20601)",
		"budi@contoh.id, 3 @ 5":    "budi@contoh.id, 3 @ 5",
		"/ambil@siaga_bot 42":      "/ambil@siaga_bot 42",
	} {
		if got := shown(in); got != want {
			t.Errorf("shown(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestACutClosesAnIsolate(t *testing.T) {
	const text = "\u2068אבגד\u2069"
	for limit, want := range map[int]string{
		1: "…", 2: "…", 3: "\u2068…\u2069", 4: "\u2068א…\u2069", 5: "\u2068אב…\u2069", 6: text,
	} {
		if got := cut(text, limit); got != want {
			t.Errorf("cut to %d: %q, want %q", limit, got, want)
		}
	}
}
