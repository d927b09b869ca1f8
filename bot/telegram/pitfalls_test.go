package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/notifier"
)

func TestTwoProcessesWithOneTokenTakeTurns(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.run(w.newBot(w.srv.RoundTripper()))
		pass(10 * time.Minute)
		evicted, polls := 0, 0
		for _, c := range w.srv.Calls() {
			if c.Method == "getUpdates" {
				polls++
			}
			if c.Code == 409 {
				evicted++
			}
		}
		if evicted == 0 || polls > 60 {
			t.Errorf("%d polls in ten minutes, %d of them ended by the other", polls, evicted)
		}
		if !strings.Contains(w.log.String(), "conflict: another process polls with this token") {
			t.Errorf("the log:\n%s", w.log)
		}
	})
}

func TestAChatThatThrewUsOutIsDead(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.AddChat(faketelegram.Chat{ID: sari, Type: "private"})
		w.srv.Kick(group, budi)
		w.srv.Kick(sari, sari) // she blocks us
		for _, to := range []address{{group, topic}, {chat: sari}} {
			m := cardMessage()
			m.Dest = to.dest()
			_, err := w.bot.Send(t.Context(), m)
			classIs(t, err, notifier.Dead)
			classIs(t, w.bot.Edit(t.Context(), notifier.Receipt{MsgID: "1"}, m), notifier.Dead)
		}
	})
}

func TestACardOfATopicThatIsGoneGoesToTheChatItself(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		m := cardMessage()
		m.Dest = address{group, topic + 1}.dest()
		at, err := w.bot.Send(t.Context(), m)
		if got := w.last(); err != nil || at.Thread != "" || got.Thread != 0 {
			t.Errorf("receipt %+v, %v; shown %+v", at, err, got)
		}
	})
}

// A tap that waited for us longer than Telegram keeps it is done all the same,
// and that nobody can be told is no failure.
func TestATapThatIsTooOldToAnswerIsStored(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		card := w.post()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := w.srv.Press(ctx, group, card, sari, "✋ Ambil"); !errors.Is(err, faketelegram.ErrUnanswered) {
			t.Fatalf("answered by nobody: %v", err)
		}
		w.run(w.bot)
		if p := w.desk.presses(); len(p) != 1 || w.calls("answerCallbackQuery") != 1 {
			t.Errorf("pressed %+v", p)
		}
		if strings.Contains(w.log.String(), "answer a tap") {
			t.Errorf("the log:\n%s", w.log)
		}
	})
}
