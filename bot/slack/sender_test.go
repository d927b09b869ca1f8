package slack

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/notifier"
)

func classOfErr(err error) notifier.Class {
	if fail, ok := errors.AsType[*notifier.SendError](err); ok {
		return fail.Class
	}
	return notifier.Class(fmt.Sprintf("%T", err))
}

func TestACardIsPostedWithItsButtonsAndCanBeEdited(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		at := w.send()
		got := w.last()
		if at.MsgID != got.TS || at.Thread != room {
			t.Errorf("receipt %+v, the message is at %s in %s", at, got.TS, room)
		}
		wantText := "🟠 WASPADA · ISU-42\n42 pos → 9 cerita\n> genteng putih <!channel> & anak batuk\n👤\n" +
			"Lag 4 mnt · Buta: tidak ada\n[✋ Ambil]\n[🔗 Postingan]"
		if diff := cmp.Diff(wantText, got.Plain); diff != "" {
			t.Errorf("the screen (-want +got):\n%s", diff)
		}
		wantButtons := []fakeslack.Button{
			{ActionID: "isu.ack", BlockID: "isu:42:7", Text: "✋ Ambil", Value: "\fk|ack.16.7"},
			{ActionID: "isu.link", BlockID: "isu:42:7:2", Text: "🔗 Postingan", URL: "https://forum.contoh.id/1"},
		}
		if diff := cmp.Diff(wantButtons, got.Buttons); diff != "" {
			t.Errorf("the buttons (-want +got):\n%s", diff)
		}
		want := fakeslack.Metadata{EventType: "isu_card", Payload: map[string]any{"isu": 42.0, "rev": 8.0, "nonce": "ISU-42/1"}}
		if diff := cmp.Diff(want, got.Metadata); diff != "" {
			t.Errorf("the metadata (-want +got):\n%s", diff)
		}

		m := cardMessage()
		m.Card.Incident.Owner, m.Card.Incident.Rev, m.Nonce = "Sari", 9, ""
		if err := w.bot.Edit(t.Context(), at, m); err != nil {
			t.Fatal(err)
		}
		if got := w.last(); got.Edits != 1 || !strings.Contains(got.Plain, "👤 Sari") || got.Metadata.Payload["rev"] != 9.0 {
			t.Errorf("after the edit: %+v", got)
		}
	})
}

func TestANotificationNeedsNoBlocks(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.send()
		if got := w.last().Text; !strings.HasPrefix(got, "🟠 WASPADA · ISU-42\n") || strings.Contains(got, "<!channel>") {
			t.Errorf("the notification says %q", got)
		}
	})
}

func TestAPingIsAReplyAndALoudOneShowsInTheChannel(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		card := w.send()
		for _, silent := range []bool{true, false} {
			m := pingMessage(card)
			m.Silent = silent
			if _, err := w.bot.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			got := w.last()
			if got.ThreadTS != card.MsgID || got.Plain != "✋ Diambil oleh Sari" || len(got.Buttons) != 0 {
				t.Errorf("the ping: %+v", got)
			}
			calls := w.srv.Calls()
			if loud := calls[len(calls)-1].Args.Get("reply_broadcast") == "true"; loud == silent {
				t.Errorf("silent %v, yet shown in the channel: %v", silent, loud)
			}
		}
	})
}

func TestAPlainCardHasNoBlocksNeitherNewNorOld(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		at := w.send()
		m := cardMessage()
		m.Plain = true
		if err := w.bot.Edit(t.Context(), at, m); err != nil {
			t.Fatal(err)
		}
		edited := w.last()
		if _, err := w.bot.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		for _, got := range []fakeslack.Message{edited, w.last()} {
			if len(got.Buttons) != 0 || !strings.HasPrefix(got.Plain, "🟠 WASPADA · ISU-42\n42 pos") || got.Metadata.Payload["nonce"] == nil {
				t.Errorf("plain: %+v", got)
			}
		}
	})
}

func TestACardWhoseAnswerWasLostIsFoundAgain(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		since := time.Now()
		w.srv.Fail("chat.postMessage", fakeslack.AnswerLost())
		if _, err := w.bot.Send(t.Context(), cardMessage()); classOfErr(err) != notifier.Ambiguous {
			t.Fatalf("got %v, want an ambiguous failure", err)
		}
		for range pageSize + 20 { // the talk goes on, to the next page and beyond
			pass(time.Second)
			if _, err := w.bot.post(t.Context(), room, slackgo.MsgOptionText("ramai", false)); err != nil {
				t.Fatal(err)
			}
		}
		again := w.newBot(w.srv.Client()) // after a crash
		at, found, err := again.Find(t.Context(), dest, "ISU-42/1", since)
		if err != nil || !found || at.MsgID != w.srv.Messages(room)[0].TS || at.Thread != room {
			t.Errorf("found %v at %+v, %v", found, at, err)
		}
		if n := w.calls("conversations.history"); n != 2 {
			t.Errorf("looked at %d pages, want 2", n)
		}
		if _, found, err := again.Find(t.Context(), dest, "ISU-42/2", since); found || err != nil {
			t.Errorf("found what is not there: %v, %v", found, err)
		}
	})
}

func TestACardThatNeverArrivedIsNotFound(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.send() // an older one under the same nonce
		pass(time.Minute)
		since := time.Now()
		w.srv.Fail("chat.postMessage", fakeslack.RequestLost())
		if _, err := w.bot.Send(t.Context(), cardMessage()); classOfErr(err) != notifier.Ambiguous {
			t.Fatalf("got %v, want an ambiguous failure", err)
		}
		if _, found, err := w.bot.Find(t.Context(), dest, "ISU-42/1", since); found || err != nil {
			t.Errorf("found %v, %v", found, err)
		}
	})
}

func TestALookUpThatFailedIsNoAnswer(t *testing.T) {
	for name, fault := range map[string]fakeslack.Fault{
		"page":       fakeslack.Page(502),
		"empty":      fakeslack.Body(`{}`),
		"unsaid no":  fakeslack.Body(`{"ok":false}`),
		"cut":        fakeslack.RequestLost(),
		"gone":       fakeslack.ErrorCode("channel_not_found"),
		"internally": fakeslack.ErrorCode("internal_error"),
	} {
		story(t, func(t *testing.T, w *world) {
			w.srv.Fail("conversations.history", fault)
			if _, found, err := w.bot.Find(t.Context(), dest, "ISU-42/1", time.Now()); err == nil || found {
				t.Errorf("%s: found %v, %v", name, found, err)
			}
		})
	}
}

func TestWithoutTheRightToLookNothingIsFoundAndItIsSaidOnce(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.Fail("conversations.history", fakeslack.ErrorCode("missing_scope").Times(3))
		for range 3 {
			if _, found, err := w.bot.Find(t.Context(), dest, "ISU-42/1", time.Now()); found || !errors.Is(err, notifier.ErrCannotFind) {
				t.Errorf("found %v, %v", found, err)
			}
		}
		if n := w.log.count("cannot be found again"); n != 1 {
			t.Errorf("said %d times:\n%s", n, w.log)
		}
	})
}

func TestWhatBecomesOfAPostIsKnown(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*world)
		want  notifier.Class
	}{
		{"empty answer", func(w *world) { w.srv.Fail("", fakeslack.Body(`{}`)) }, notifier.Ambiguous},
		{"unsaid no", func(w *world) { w.srv.Fail("", fakeslack.Body(`{"ok":false}`)) }, notifier.Ambiguous},
		{"error page", func(w *world) { w.srv.Fail("", fakeslack.Page(503)) }, notifier.Ambiguous},
		{"page with 200", func(w *world) { w.srv.Fail("", fakeslack.Page(200)) }, notifier.Ambiguous},
		{"slow", func(w *world) { w.srv.Fail("", fakeslack.LateAnswer(20*time.Second)) }, notifier.Ambiguous},
		{"429", func(w *world) { w.srv.Fail("", fakeslack.TooMany(30*time.Second)) }, notifier.Flood},
		{"429 without a time", func(w *world) { w.srv.Fail("", fakeslack.TooMany(0)) }, notifier.Flood},
		{"archived", func(w *world) { w.must(w.srv.Archive(room)) }, notifier.Dead},
		{"kicked", func(w *world) { w.must(w.srv.Kick(room)) }, notifier.Dead},
		{"unreachable", func(w *world) { w.srv.Close() }, notifier.NotSent},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, w *world) {
				c.spoil(w)
				at, err := w.bot.Send(t.Context(), cardMessage())
				if classOfErr(err) != c.want || at != (notifier.Receipt{}) {
					t.Errorf("got %+v, %v, want class %s", at, err, c.want)
				}
			})
		})
	}
}

func TestWhatBecomesOfAnEditIsKnown(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		at := w.send()
		w.srv.Fail("chat.update", fakeslack.Body(`{}`))
		if err := w.bot.Edit(t.Context(), at, cardMessage()); classOfErr(err) != notifier.Ambiguous {
			t.Errorf("empty answer: got %v", err)
		}
		w.must(w.srv.Remove(room, at.MsgID))
		if err := w.bot.Edit(t.Context(), at, cardMessage()); classOfErr(err) != notifier.Gone {
			t.Errorf("deleted by a person: got %v", err)
		}
	})
}

func TestADestinationThatIsNoneIsDead(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		for _, bad := range []notifier.Dest{"", "slack:", "slack:#humas", "slack:C1/../x", "telegram:-100:0"} {
			m := cardMessage()
			m.Dest = bad
			_, sent := w.bot.Send(t.Context(), m)
			_, _, looked := w.bot.Find(t.Context(), bad, "x", time.Now())
			for _, err := range []error{sent, w.bot.Edit(t.Context(), notifier.Receipt{MsgID: "1.1"}, m), looked} {
				if classOfErr(err) != notifier.Dead {
					t.Errorf("%q: got %v", bad, err)
				}
			}
		}
	})
}

func TestRetryAfterIsKeptEvenIfNobodyElseDoes(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.Fail("chat.postMessage", fakeslack.TooMany(30*time.Second))
		for _, want := range []time.Duration{30 * time.Second, 20 * time.Second} {
			_, err := w.bot.Send(t.Context(), cardMessage())
			fail, ok := errors.AsType[*notifier.SendError](err)
			if !ok || fail.Class != notifier.Flood || fail.After != want {
				t.Fatalf("got %+v, want to wait %v", err, want)
			}
			time.Sleep(10 * time.Second)
		}
		m := cardMessage()
		m.Dest = "slack:C9"
		if _, err := w.bot.Send(t.Context(), m); err != nil {
			t.Errorf("another channel has to wait: %v", err)
		}
		time.Sleep(10 * time.Second)
		if _, err := w.bot.Send(t.Context(), cardMessage()); err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}

func TestNothingIsSentWhenTimeIsOverBefore(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		ctx, cancel := contextOver(t)
		defer cancel()
		if _, err := w.bot.Send(ctx, cardMessage()); classOfErr(err) != notifier.NotSent {
			t.Errorf("got %v", err)
		}
		if n := w.calls("chat.postMessage"); n != 0 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestTheLibraryStillDoesNotNoticeEmptyAnswers(t *testing.T) {
	story(t, func(t *testing.T, w *world) { // if it does one day, errNoMessage can go
		w.srv.Fail("", fakeslack.Body(`{"ok":false}`))
		if _, ts, err := w.bot.api.PostMessage(room, slackgo.MsgOptionText("x", false)); ts != "" || err != nil {
			t.Errorf("got %q, %v", ts, err)
		}
	})
}

func TestARealCardIsHeaderSectionAndSmallPrint(t *testing.T) {
	for _, code := range []string{"id", "en"} {
		story(t, func(t *testing.T, w *world) {
			lang, err := bot.NewLang(code)
			if err != nil {
				t.Fatal(err)
			}
			w.bot.cfg.Lang = lang
			m := cardMessage()
			m.Card.TopicName, m.Card.SiteName = "Debu", "Rembang"
			m.Card.Incident.State = incident.Open
			m.Card.Incident.Rules = []string{"Debu"}
			for i := range 3 {
				m.Card.Incident.Excerpts = append(m.Card.Incident.Excerpts, incident.Excerpt{
					Text: fmt.Sprintf("genteng putih semua <%d>", i), Kind: "forum", URL: "https://forum.contoh.id/1",
				})
			}
			if _, err := w.bot.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			var kinds []string
			for part := range strings.SplitSeq(w.srv.Calls()[0].Args.Get("blocks"), `{"type":"`) {
				if kind, _, _ := strings.Cut(part, `"`); kind != "[" {
					kinds = append(kinds, kind)
				}
			}
			want := []string{"header", "plain_text", "section", "mrkdwn", "context", "mrkdwn", "actions", "button", "plain_text", "actions", "button", "plain_text", "button", "plain_text", "actions", "button", "plain_text", "button", "plain_text", "overflow", "plain_text", "plain_text"}
			if diff := cmp.Diff(want, kinds); diff != "" {
				t.Errorf("%s (-want +got):\n%s\n%s", code, diff, w.last().Plain)
			}
		})
	}
}
