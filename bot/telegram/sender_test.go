package telegram

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/notifier"
)

// classIs checks that err is a SendError of the class.
func classIs(t *testing.T, err error, want notifier.Class) {
	t.Helper()
	if got := failure(t, err).Class; got != want {
		t.Errorf("got %v, want class %s", err, want)
	}
}

func failure(t *testing.T, err error) *notifier.SendError {
	t.Helper()
	fail, ok := errors.AsType[*notifier.SendError](err)
	if !ok {
		t.Fatalf("got %v, want a *notifier.SendError", err)
	}
	return fail
}

func TestACardArrivesAsDrawn(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		m := cardMessage()
		m.Silent = true
		at, err := w.bot.Send(t.Context(), m)
		if err != nil {
			t.Fatal(err)
		}
		got := w.last()
		if want := (notifier.Receipt{MsgID: strconv.Itoa(got.ID), Thread: "7"}); at != want {
			t.Errorf("receipt %+v, want %+v", at, want)
		}
		source := "<b>🟠 WASPADA · ISU-42</b>\n" +
			"<blockquote expandable>genteng putih &lt;semua&gt; &amp; anak batuk</blockquote>\n👤 "
		if got.Source != source {
			t.Errorf("sent %q,\nwant %q", got.Source, source)
		}
		if got.Thread != topic || !got.Silent || !got.NoPreview {
			t.Errorf("got %+v", got)
		}
		keys := [][]faketelegram.Button{{
			{Text: "✋ Ambil", Data: "\fk|ack.16.7"},
			{Text: "🔗 Postingan", URL: "https://forum.contoh.id/1"},
		}}
		if diff := cmp.Diff(keys, got.Keyboard); diff != "" {
			t.Errorf("buttons (-want +got):\n%s", diff)
		}
	})
}

func TestACardIsEditedInPlace(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		at, err := w.bot.Send(t.Context(), cardMessage())
		if err != nil {
			t.Fatal(err)
		}
		m := cardMessage()
		m.Card.Incident.Owner = "Sari"
		if err := w.bot.Edit(t.Context(), at, m); err != nil {
			t.Fatal(err)
		}
		got := w.last()
		if len(w.srv.Messages(group)) != 1 || !strings.HasSuffix(got.Text, "👤 Sari") || len(got.Keyboard) == 0 {
			t.Errorf("got %v", got)
		}
		classIs(t, w.bot.Edit(t.Context(), at, m), notifier.Unchanged)
		time.Sleep(time.Minute)
		w.srv.Erase(group, got.ID)
		classIs(t, w.bot.Edit(t.Context(), at, m), notifier.Gone)
		classIs(t, w.bot.Edit(t.Context(), notifier.Receipt{}, m), notifier.Gone)
	})
}

func TestAPingRepliesToItsCard(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		card, err := w.bot.Send(t.Context(), cardMessage())
		if err != nil {
			t.Fatal(err)
		}
		ping := notifier.Message{Dest: dest, Kind: notifier.KindPing, ReplyTo: card}
		if _, err := w.bot.Send(t.Context(), ping); err != nil {
			t.Fatal(err)
		}
		got := w.last()
		if strconv.Itoa(got.ReplyTo) != card.MsgID || got.Thread != topic || got.Keyboard != nil || got.Silent {
			t.Errorf("got %+v", got)
		}
		w.srv.Erase(group, got.ReplyTo)
		if _, err := w.bot.Send(t.Context(), ping); err != nil {
			t.Errorf("a ping without its card: %v", err)
		}
	})
}

func TestAPlainCardIsShortAndWithoutMarkup(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		m := cardMessage()
		m.Plain = true
		m.Card.Incident.Summary = strings.Repeat("debu ", 1000)
		if _, err := w.bot.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		got := w.last()
		if units(got.Text) > maxPlain || got.Entities != nil || !strings.HasPrefix(got.Text, "🟠 WASPADA · ISU-42\ndebu") {
			t.Errorf("got %d units: %v", units(got.Text), got)
		}
		if len(got.Keyboard) != 1 || len(got.Keyboard[0]) != 1 || got.Keyboard[0][0].Data == "" {
			t.Errorf("want the one button without a link, got %v", got.Keyboard)
		}
	})
}

func TestTheRealWordsAreAcceptedInBothLanguages(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		story(t, func(t *testing.T, w *world) {
			lang, err := bot.NewLang(code)
			if err != nil {
				t.Fatal(err)
			}
			c := w.config(w.srv.RoundTripper())
			c.Lang = lang
			c.Menus = []Menu{{Language: code, Items: lang.Menu()}}
			b, err := New(c)
			if err != nil {
				t.Fatal(err)
			}
			m := cardMessage()
			m.Card.Incident.State, m.Card.Zone, m.Again = incident.Open, time.UTC, true
			m.Card.Incident.Excerpts = []incident.Excerpt{{Text: "debu <b>parah</b> & bau", URL: "https://forum.contoh.id/1"}}
			if _, err := b.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			if got := w.last(); !strings.Contains(got.Text, "<b>parah</b> & bau") || !strings.Contains(got.Text, "🔁") || len(got.Keyboard) != 3 {
				t.Errorf("%s: got %v", code, got)
			}
			for _, key := range []string{sayPrivate, sayNotYours, sayTooLate} {
				if lang.Say(key) == key {
					t.Errorf("%s has no sentence for %s", code, key)
				}
			}
		})
	}
}

func TestALongCardStaysWithinTheLimit(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		m := cardMessage()
		m.Card.Incident.Summary = strings.Repeat("<&🟠>", 2000)
		if _, err := w.bot.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if got := w.last(); units(got.Text) > maxText || !strings.HasSuffix(got.Text, "+2 lagi") {
			t.Errorf("got %d units: %v", units(got.Text), got)
		}
	})
}

func TestEveryFailureOfASendHasItsClass(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault faketelegram.Fault
		want  notifier.Class
	}{
		{"unreachable", faketelegram.Unreachable(), notifier.NotSent},
		{"answer lost", faketelegram.LostAnswer(), notifier.Ambiguous},
		{"null", faketelegram.NullResult(), notifier.Ambiguous},
		{"too slow", faketelegram.Slow(time.Minute), notifier.Ambiguous},
		{"502 page", faketelegram.BadGateway(), notifier.Ambiguous},
		{"kicked", faketelegram.Refuse(403, "Forbidden: bot was kicked from the supergroup chat"), notifier.Dead},
		{"bad markup", faketelegram.Refuse(400, "Bad Request: can't parse entities: Can't find end tag"), notifier.BadFormat},
	} {
		story(t, func(t *testing.T, w *world) {
			w.srv.Fail("sendMessage", c.fault)
			at, err := w.bot.Send(t.Context(), cardMessage())
			if at != (notifier.Receipt{}) {
				t.Errorf("%s: a failure with a receipt: %+v", c.name, at)
			}
			classIs(t, err, c.want)
		})
	}
}

func TestACardOfAClosedTopicGoesToTheChatItself(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.CloseTopic(group, topic)
		at, err := w.bot.Send(t.Context(), cardMessage())
		if got := w.last(); err != nil || at.Thread != "" || strconv.Itoa(got.ID) != at.MsgID || got.Thread != 0 {
			t.Errorf("receipt %+v, %v; shown %+v", at, err, got)
		}
	})
}

func TestAFloodSaysHowLongAndAMigrationWhereTo(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.Fail("sendMessage", faketelegram.TooMany(35*time.Second))
		_, err := w.bot.Send(t.Context(), cardMessage())
		classIs(t, err, notifier.Flood)
		if after := failure(t, err).After; after != 35*time.Second {
			t.Errorf("wait %s, want 35s", after)
		}
		w.srv.Migrate(group, group-1)
		_, err = w.bot.Send(t.Context(), cardMessage())
		classIs(t, err, notifier.Migrated)
		if to := failure(t, err).To; to != (address{chat: group - 1}).dest() {
			t.Errorf("moved to %s", to)
		}
	})
}

func TestASendThatIsGivenUpMayHaveArrived(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.Fail("sendMessage", faketelegram.Slow(10*time.Second))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := w.bot.Send(ctx, cardMessage())
		classIs(t, err, notifier.Ambiguous)
		if len(w.srv.Messages(group)) != 1 {
			t.Error("the call was cut, though the server had it already")
		}
		_, err = w.bot.Send(ctx, cardMessage())
		classIs(t, err, notifier.NotSent)
		pass(callTime)
	})
}

// Below the fake is a real net/http: its errors are what they are in the field.
func TestARealDialFailureIsNotSentAndSaysNoToken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil { // from now on the port refuses
		t.Fatal(err)
	}
	b, err := New(Config{
		Token: func() string { return token },
		API:   "http://" + listener.Addr().String() + "/",
		Lang:  words{},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Send(t.Context(), cardMessage())
	classIs(t, err, notifier.NotSent)
	if text := err.Error(); strings.Contains(text, "rahasia") || !strings.Contains(text, "/bot"+placeholder+"/sendMessage") {
		t.Errorf("got %s", text)
	}
}

func TestAnAddressThatIsNoneIsDead(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		for _, d := range []notifier.Dest{"", "telegram", "telegram:x:1", "telegram:0:1", "telegram:-1:x", "telegram:-1:-2", "slack:C01"} {
			_, err := w.bot.Send(t.Context(), notifier.Message{Dest: d})
			classIs(t, err, notifier.Dead)
			classIs(t, w.bot.Edit(t.Context(), notifier.Receipt{MsgID: "1"}, notifier.Message{Dest: d}), notifier.Dead)
		}
		if n := len(w.srv.Calls()); n != 0 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestAChatWithoutATopicHasNoThread(t *testing.T) {
	for in, want := range map[notifier.Dest]address{
		"telegram:-100123:7": {-100123, 7},
		"telegram:-100123:0": {-100123, 0},
		"telegram:-100123":   {-100123, 0},
		"telegram:111":       {111, 0},
	} {
		if got, err := parseAddress(in); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", in, got, err)
		}
	}
	story(t, func(t *testing.T, w *world) {
		m := notifier.Message{Dest: address{chat: group}.dest(), Kind: notifier.KindCard, Card: notifier.Card{Incident: incident.Incident{ID: 1}}}
		at, err := w.bot.Send(t.Context(), m)
		if err != nil || at.Thread != "" || w.last().Thread != 0 {
			t.Errorf("got %+v, %v", at, err)
		}
	})
}
