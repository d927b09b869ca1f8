package telegram

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

func TestThePressTellsWhichMessageTheCardIs(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		var heard []any
		w.bot.cfg.Pressed = func(_ context.Context, d notifier.Dest, at notifier.Receipt, id incident.ID) {
			heard = append(heard, d, at, id)
		}
		w.desk.follow(script{answer: bot.Answer{Text: "Apa alasannya?", Choices: []bot.Button{{Label: "Mereda", Data: "\fk|resolve.16.7.m"}}}})
		w.run(w.bot)
		card := w.post()
		w.press(card, sari, "✋ Ambil")
		want := []any{dest, notifier.Receipt{MsgID: strconv.Itoa(card), Thread: strconv.Itoa(topic)}, incident.ID(42)}
		if !slices.Equal(heard, want) {
			t.Errorf("heard %v, want %v", heard, want)
		}
		heard = nil
		w.desk.follow(script{answer: bot.Answer{Text: "Selesai"}})
		w.press(w.last().ID, sari, "Mereda") // a second step is no card
		line := w.say(sari, "halo")
		if _, err := w.srv.Forge(t.Context(), group, line, sari, "\fk|ack.16.7"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(heard) > 0 {
			t.Errorf("heard %v", heard)
		}
	})
}

func TestACardThatMovedHasNoButtonsLeft(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		card := w.post()
		m := cardMessage()
		m.Kind = notifier.KindMoved
		if err := w.bot.Edit(t.Context(), notifier.Receipt{MsgID: strconv.Itoa(card)}, m); err != nil {
			t.Fatal(err)
		}
		if got := w.last(); got.ID != card || got.Keyboard != nil {
			t.Errorf("got %+v", got)
		}
	})
}

func TestAStormCardHasABoldHeadAndNoButtons(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		m := cardMessage()
		m.Kind = notifier.KindStorm
		at, err := w.bot.Send(t.Context(), m)
		if got := w.last(); err != nil || got.Keyboard != nil || len(got.Entities) == 0 || got.Entities[0].Type != "bold" || at.Astray {
			t.Errorf("%+v, %v: %+v", at, err, got)
		}
		w.srv.CloseTopic(group, topic)
		if at, err = w.bot.Send(t.Context(), m); err != nil || !at.Astray || w.last().Thread != 0 {
			t.Errorf("with the topic closed: %+v, %v", at, err)
		}
	})
}
