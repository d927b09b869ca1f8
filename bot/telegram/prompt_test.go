package telegram

import (
	"strings"
	"testing"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/notifier"
)

// asksForANote has Sari asked for a note, and returns the question.
func asksForANote(w *world) faketelegram.Message {
	w.t.Helper()
	w.desk.follow(script{answer: bot.Answer{Text: "Apa catatan?", Reply: true}})
	w.press(w.post(), sari, "✋ Ambil")
	w.desk.follow(script{answer: bot.Answer{Text: "Dicatat"}})
	return w.last()
}

func TestAQuestionIsAnsweredWithAReply(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		asked := asksForANote(w)
		if !strings.HasSuffix(asked.Text, "Sari: Apa catatan?") || len(asked.Entities) != 1 || asked.Entities[0].Type != "text_mention" {
			t.Fatalf("asked %v, %v", asked, asked.Entities)
		}
		if args := lastCall(w, "sendMessage"); !strings.Contains(args, `"force_reply":true,"selective":true`) {
			t.Errorf("the reply is not opened: %s", args)
		}
		w.srv.Say(group, sari, "tim lapangan tiba", faketelegram.InThread(topic), faketelegram.ReplyTo(asked.ID))
		pass(0)
		if heard := w.desk.sayings(); len(heard) != 1 || heard[0].Text != "/catat 42 tim lapangan tiba" {
			t.Fatalf("heard %+v", heard)
		}
		for _, m := range w.srv.Messages(group) {
			if m.ID == asked.ID {
				t.Error("the question is still there")
			}
		}
	})
}

func TestAQuestionOutlivesTheProcessButNotForEver(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		stop := w.run(w.bot)
		asked := asksForANote(w)
		pass(choiceTime)
		if w.last().ID != asked.ID {
			t.Fatal("the question is gone before it could be answered")
		}
		stop()
		w.run(w.newBot(w.srv.RoundTripper()))
		w.srv.Say(group, sari, "masih di jalan", faketelegram.InThread(topic), faketelegram.ReplyTo(asked.ID))
		pass(0)
		if heard := w.desk.sayings(); len(heard) != 1 || heard[0].Text != "/catat 42 masih di jalan" {
			t.Errorf("heard %+v", heard)
		}
		again := asksForANote(w)
		pass(promptTime)
		if w.last().ID == again.ID {
			t.Error("nobody answers, and the question stays for ever")
		}
	})
}

func TestAReplyToAnythingElseIsHeardAsItIs(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.post()
		w.srv.Say(group, sari, "/ambil", faketelegram.InThread(topic), faketelegram.ReplyTo(card))
		theirs := w.srv.Say(group, budi, "apa catatan?", faketelegram.InThread(topic))
		w.srv.SetPrivacy(false)
		w.srv.Say(group, sari, "belum ada", faketelegram.InThread(topic), faketelegram.ReplyTo(theirs))
		pass(0)
		if heard := w.desk.sayings(); len(heard) != 2 || heard[0].Text != "/ambil" || heard[1].Text != "belum ada" {
			t.Errorf("heard %+v", heard)
		}
	})
}

func TestAQuestionToTheOwnerHasItsAnswers(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		m := cardMessage()
		m.Kind, m.Why = notifier.KindPing, "asked"
		m.Entry = incident.Entry{Verb: incident.Ask}
		m.ReplyTo = notifier.Receipt{MsgID: "1"}
		w.post()
		if _, err := w.bot.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		got := w.last()
		if len(got.Keyboard) != 1 || len(got.Keyboard[0]) != 2 {
			t.Fatalf("buttons %v", got.Keyboard)
		}
		w.press(got.ID, sari, "Ya")
		if p := w.desk.presses(); len(p) != 1 || p[0].Data != "\fk|still.16.7" || p[0].Form {
			t.Errorf("pressed %+v", p)
		}
	})
}

func TestACodeCanBeAskedForAlone(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.AddChat(faketelegram.Chat{ID: sari, Type: "private"})
		w.run(w.bot)
		w.srv.Say(sari, sari, "/tautkan")
		w.srv.Say(sari, sari, "/ambil 42")
		pass(0)
		if heard := w.desk.sayings(); len(heard) != 1 || heard[0].Text != "/tautkan" || heard[0].Dest != "telegram:111:0" {
			t.Errorf("heard %+v", heard)
		}
	})
}

// lastCall returns the reply_markup that a method was last called with.
func lastCall(w *world, method string) string {
	said := ""
	for _, c := range w.srv.Calls() {
		if c.Method == method {
			said = c.Params["reply_markup"]
		}
	}
	return said
}
