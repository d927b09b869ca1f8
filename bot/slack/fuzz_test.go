package slack

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/hostile"
	"github.com/siaga-id/siaga/notifier"
)

// FuzzCard has a workspace judge cards, pings, notes and answers with hostile
// text in every place. Each message has a channel of its own, as Slack wants
// them slowly.
func FuzzCard(f *testing.F) {
	hostile.Add(f)
	id, en := language(f, "id"), language(f, "en")
	f.Fuzz(func(t *testing.T, s string, times uint16) {
		s = hostile.Long(s, times)
		for code, lang := range map[string]*bot.Lang{"id": id, "en": en} {
			srv := fakeslack.New(botToken, appToken)
			b := plainBot(t, srv, lang)
			for i, m := range hostile.Messages("", s) {
				m.Dest = addRoom(srv, i)
				at, err := b.Send(t.Context(), m)
				if err != nil {
					t.Fatalf("%s, message %d: %v", code, i, err)
				}
				if m.Kind != notifier.KindCard {
					continue
				}
				if err := b.Edit(t.Context(), at, m); err != nil {
					t.Fatalf("%s, edit of message %d: %v", code, i, err)
				}
			}
			answers(t, srv, b, s)
			judge(t, srv)
			srv.Close()
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

func addRoom(srv *fakeslack.Server, i int) notifier.Dest {
	id := fmt.Sprintf("C%d", i)
	srv.AddChannel(id, "humas")
	return destOf(id)
}

// answers whispers s to a person, with a second step and without.
func answers(t *testing.T, srv *fakeslack.Server, b *Bot, s string) {
	t.Helper()
	srv.AddUser(fakeslack.User{ID: sari})
	choices := []bot.Button{{Label: "x" + s, Data: "x" + s}}
	for _, ans := range []bot.Answer{{Text: "x" + s}, {Text: "x" + s, Choices: choices}} {
		d := reply(ans)
		if n := utf8.RuneCountInString(d.text); n > maxAnswer || d.blocks != nil && n > maxFallback {
			t.Fatalf("a text of %d characters", n)
		}
		if err := b.whisper(t.Context(), room, sari, d.options(false)...); err != nil {
			t.Fatalf("answer: %v", err)
		}
	}
}

// judge looks at what the screens show, and at what was sent for it.
func judge(t *testing.T, srv *fakeslack.Server) {
	t.Helper()
	for _, v := range srv.Violations() {
		t.Errorf("violation: %v", v)
	}
	for _, c := range srv.Calls() {
		if strings.Contains(c.Args.Get("text"), "<") || slices.ContainsFunc(marks(t, c.Args.Get("blocks")), isMarkup) {
			t.Errorf("markup of the text itself came through: %s %s", c.Args.Get("text"), c.Args.Get("blocks"))
		}
		if c.Args.Get("parse") != "none" || c.Args.Has("link_names") {
			t.Errorf("%s: Slack looks for names: %v", c.Method, c.Args)
		}
		for _, said := range append(marks(t, c.Args.Get("blocks")), c.Args.Get("text")) {
			for _, fault := range hostile.Faults(strings.ReplaceAll(said, "@", "")) { // without markup a name is only a name
				t.Errorf("%s: %s", c.Method, fault)
			}
		}
	}
}
