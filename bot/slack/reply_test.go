package slack

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/notifier"
)

func TestAReplyWhoseAnswerWasLostIsFoundInItsThread(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		card := w.send()
		ping := pingMessage(card)
		ping.Nonce = "ISU-42/p1"
		since := time.Now()
		w.srv.Fail("chat.postMessage", fakeslack.AnswerLost())
		time.Sleep(2 * time.Second)
		if _, err := w.bot.Send(t.Context(), ping); err == nil {
			t.Fatal("the answer was not lost")
		}
		at, found, err := w.bot.FindReply(t.Context(), dest, card, "ISU-42/p1", since)
		if err != nil || !found || at.MsgID != w.last().TS || at.MsgID == card.MsgID {
			t.Errorf("found %v at %+v, %v; the last is %+v", found, at, err, w.last())
		}
		if _, found, err = w.bot.FindReply(t.Context(), dest, card, "ISU-42/p2", since); found || err != nil {
			t.Errorf("what was never said: %v, %v", found, err)
		}
		gone := notifier.Receipt{MsgID: "1.000001"}
		if _, found, err = w.bot.FindReply(t.Context(), dest, gone, "ISU-42/p1", since); found || err != nil {
			t.Errorf("under what is gone: %v, %v", found, err)
		}
		w.srv.Fail("conversations.replies", fakeslack.ErrorCode("missing_scope"))
		if _, _, err = w.bot.FindReply(t.Context(), dest, card, "ISU-42/p1", since); !errors.Is(err, notifier.ErrCannotFind) {
			t.Errorf("without the scope: %v", err)
		}
		w.srv.Fail("conversations.replies", fakeslack.Body(`{"ok":true}`))
		if _, found, err = w.bot.FindReply(t.Context(), dest, card, "ISU-42/p1", since); found || err == nil {
			t.Error("an empty answer said that nothing is there")
		}
	})
}

func TestThePressTellsWhichMessageTheCardIs(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		var heard []any
		w.bot.cfg.Pressed = func(_ context.Context, d notifier.Dest, at notifier.Receipt, id incident.ID) {
			heard = append(heard, d, at, id)
		}
		w.run(w.bot)
		card := w.send()
		w.must(w.srv.Press(room, card.MsgID, sari, "isu.ack"))
		synctest.Wait()
		if want := []any{dest, card, incident.ID(42)}; !slices.Equal(heard, want) {
			t.Errorf("heard %v, want %v", heard, want)
		}
	})
}

func TestACardThatMovedHasNoButtonsLeft(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		card := w.send()
		m := cardMessage()
		m.Kind, m.Nonce = notifier.KindMoved, ""
		if err := w.bot.Edit(t.Context(), card, m); err != nil {
			t.Fatal(err)
		}
		if got := w.last(); len(got.Buttons) != 0 || got.Edits != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestAStormCardHasAHeaderAndNoButtons(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		m := cardMessage()
		m.Kind, m.Nonce = notifier.KindStorm, "storm-1/a"
		if _, err := w.bot.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if got := w.last(); len(got.Buttons) != 0 || got.Metadata.Payload["nonce"] != "storm-1/a" {
			t.Errorf("got %+v", got)
		}
	})
}
