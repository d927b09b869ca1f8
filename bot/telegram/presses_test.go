package telegram

import (
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/faketelegram"
)

func TestATapIsAnsweredAfterItWasStored(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.desk.follow(script{answer: bot.Answer{Text: "Diambil. Terima kasih, Sari", Brief: "Diambil"}})
		w.run(w.bot)
		card := w.post()
		if got := w.press(card, sari, "✋ Ambil"); got != "Diambil" {
			t.Errorf("toast %q", got)
		}
		p := w.desk.presses()[0]
		if p.Data != "\fk|ack.16.7" || p.User != "telegram:111" || p.Dest != dest {
			t.Errorf("pressed %+v", p)
		}
		if w.db.next(t) == 0 {
			t.Error("the tap was answered, and the offset is not stored")
		}
		if got := w.last(); got.ID != card {
			t.Errorf("a short answer needs no message: %v", got)
		}
	})
}

func TestWhatDoesNotFitOnAToastIsSaidBelowTheCard(t *testing.T) {
	for _, private := range []bool{false, true} {
		story(t, func(t *testing.T, w *world) {
			w.desk.follow(script{answer: bot.Answer{Text: strings.Repeat("fakta ", 50), Private: private}})
			w.run(w.bot)
			card := w.post()
			if got := w.press(card, sari, "✋ Ambil"); units(got) > maxToast || !strings.HasSuffix(got, "…") {
				t.Errorf("toast %q", got)
			}
			got := w.last()
			if said := got.ReplyTo == card && got.Silent; said == private {
				t.Errorf("private %v: the group shows %+v", private, got)
			}
		})
	}
}

func choosing() bot.Answer {
	return bot.Answer{Text: "Alasan?", Choices: []bot.Button{
		{Label: "mereda", Data: "\fk|resolve.16.7.mereda"},
		{Label: "duplikat", Data: "\fk|resolve.16.7.duplikat"},
	}}
}

func TestASecondStepIsForThePresserAndGoesAfterUse(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.desk.follow(script{answer: choosing()})
		w.run(w.bot)
		card := w.post()
		w.press(card, sari, "✋ Ambil")
		offer := w.last()
		if offer.ReplyTo != card || !offer.Silent || len(offer.Keyboard) != 2 {
			t.Fatalf("offered %+v", offer)
		}
		if got := w.press(offer.ID, budi, "mereda"); got != "<telegram.not-yours>" || len(w.desk.presses()) != 1 {
			t.Errorf("Budi: %q, %d presses", got, len(w.desk.presses()))
		}
		w.desk.follow(script{answer: bot.Answer{Text: "Selesai"}})
		if got := w.press(offer.ID, sari, "mereda"); got != "Selesai" {
			t.Errorf("Sari: %q", got)
		}
		if got := w.desk.presses()[1].Data; got != "\fk|resolve.16.7.mereda" {
			t.Errorf("pressed %q", got)
		}
		if got := w.last(); got.ID != card {
			t.Errorf("still there: %v", got)
		}
		pass(choiceTime)
		if n := w.calls("deleteMessage"); n != 1 {
			t.Errorf("removed %d times", n)
		}
	})
}

func TestAForgedChoiceDoesNotRemoveTheCard(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.post()
		forged := bind("\fk|ack.16.7", sari)
		if _, err := w.srv.Forge(t.Context(), group, card, sari, forged); err != nil {
			t.Fatal(err)
		}
		pass(time.Second)
		if got := w.last(); got.ID != card || w.calls("deleteMessage") != 0 {
			t.Error("the card is gone")
		}
		if p := w.desk.presses(); len(p) != 1 || p[0].Data != forged {
			t.Errorf("the Talker must refuse what we did not write: %+v", p)
		}
	})
}

func TestASecondStepGoesAfterTwoMinutes(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.desk.follow(script{answer: choosing()})
		w.run(w.bot)
		asked := w.say(sari, "/selesai 42")
		if got := w.last(); got.ReplyTo != asked || len(got.Keyboard) != 2 {
			t.Fatalf("offered %+v", got)
		}
		pass(choiceTime)
		if got := w.last(); got.ID != asked {
			t.Errorf("still there: %v", got)
		}
	})
}

func TestASecondStepOfAnEarlierProcessIsTooLate(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		offer := answer(address{group, topic}, choosing(), sari)
		id, err := say(t.Context(), w.bot.sender, offer)
		if err != nil {
			t.Fatal(err)
		}
		pass(choiceTime)
		w.run(w.bot)
		if got := w.press(id, sari, "mereda"); got != "<telegram.too-late>" || len(w.desk.presses()) != 0 {
			t.Errorf("toast %q, pressed %v", got, w.desk.presses())
		}
		if shown := w.srv.Messages(group); len(shown) != 0 {
			t.Errorf("still there: %v", shown)
		}
	})
}

func TestSecondStepsAreTakenBackAtShutdown(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.desk.follow(script{answer: choosing()})
		stop := w.run(w.bot)
		asked := w.say(sari, "/selesai 42")
		stop()
		if got := w.last(); got.ID != asked {
			t.Errorf("still there: %v", got)
		}
	})
}

func TestAPanicStillEndsTheSpinner(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.desk.follow(script{panics: "index out of range"})
		w.run(w.bot)
		card := w.post()
		if got := w.press(card, sari, "✋ Ambil"); got != "" {
			t.Errorf("toast %q", got)
		}
		log := w.log.String()
		if !strings.Contains(log, "index out of range") || !strings.Contains(log, "world_test.go") {
			t.Errorf("no panic with its stack in the log:\n%s", log)
		}
		w.desk.follow(script{answer: bot.Answer{Text: "Diambil"}})
		if got := w.press(card, sari, "✋ Ambil"); got != "Diambil" || len(w.desk.presses()) != 2 {
			t.Errorf("after the panic: %q, %d presses", got, len(w.desk.presses()))
		}
	})
}

func TestATapInAForeignChatIsAnsweredAndTheChatLeft(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		const foreign = int64(-1009999)
		w.srv.AddChat(faketelegram.Chat{ID: foreign, Type: "supergroup"})
		w.run(w.bot)
		a, err := w.srv.Forge(t.Context(), foreign, 1, sari, "\fk|ack.16.7")
		if err != nil || a.Text != "" || len(w.desk.presses()) != 0 || w.calls("leaveChat") != 1 {
			t.Errorf("%+v, %v, pressed %v, left %d", a, err, w.desk.presses(), w.calls("leaveChat"))
		}
	})
}
