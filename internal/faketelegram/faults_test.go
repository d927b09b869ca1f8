package faketelegram_test

import (
	"context"
	"errors"
	"io"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/faketelegram"
	tele "gopkg.in/telebot.v3"
)

// Every fault looks to telebot as chat.md describes it, and leaves the chat with or without the message.
func TestFaultsStrikeAsAnnounced(t *testing.T) {
	flooded := func(err error) bool {
		flood, ok := errors.AsType[tele.FloodError](err)
		return ok && flood.RetryAfter == 30
	}
	is := func(target error) func(error) bool { return func(err error) bool { return errors.Is(err, target) } }
	tests := []struct {
		name    string
		fault   faketelegram.Fault
		want    func(error) bool
		arrives bool
		code    int
	}{
		{"refused", faketelegram.Refuse(400, "Bad Request: chat not found"), is(tele.ErrChatNotFound), false, 400},
		{"flooded", faketelegram.TooMany(30 * time.Second), flooded, false, 429},
		{"unreachable", faketelegram.Unreachable(), is(syscall.ECONNREFUSED), false, 0},
		{"lost answer", faketelegram.LostAnswer(), is(io.ErrUnexpectedEOF), true, 200},
		{"slower than the client", faketelegram.Slow(20 * time.Second), is(context.DeadlineExceeded), true, 200},
		{"slow", faketelegram.Slow(14 * time.Second), func(err error) bool { return err == nil }, true, 200},
		{"null result", faketelegram.NullResult(), func(err error) bool { return err == nil }, true, 200},
		{"502 page", faketelegram.BadGateway(), func(err error) bool { return err != nil }, false, 502},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				srv := newStory()
				bot := sender(t, srv)
				srv.Fail("sendMessage", tt.fault)
				message, err := bot.Send(tele.ChatID(room), "kartu")
				if !tt.want(err) {
					t.Errorf("the client got %v", err)
				}
				if tt.name == "null result" && message != nil {
					t.Errorf("the client got %+v", message)
				}
				if arrived := len(srv.Messages(room)) == 1; arrived != tt.arrives {
					t.Errorf("the message arrived: %v, want %v", arrived, tt.arrives)
				}
				if call := srv.Calls()[0]; call.Code != tt.code || call.Injected == tt.arrives {
					t.Errorf("on record is %v, injected %v", call, call.Injected)
				}
				if _, err := bot.Send(tele.ChatID(room), "lagi"); err != nil {
					t.Errorf("the next call gave %v", err)
				}
				wantNoViolations(t, srv)
			})
		})
	}
}

// telebot takes a page for success (api.go:298): the fake must be able to show that.
func TestA502PageLooksLikeSuccessToTelebotsRespond(t *testing.T) {
	srv := newStory()
	srv.Fail("answerCallbackQuery", faketelegram.BadGateway())
	if err := sender(t, srv).Respond(&tele.Callback{ID: "1"}); err != nil {
		t.Errorf("telebot learnt to read pages: %v", err)
	}
}

func TestFaultsHitTheirChatAsOftenAsAsked(t *testing.T) {
	const other = int64(-1002)
	srv := newStory()
	srv.AddChat(faketelegram.Chat{ID: other, Type: "supergroup"})
	bot := sender(t, srv)
	srv.Fail("sendMessage", faketelegram.Unreachable().In(room).Times(2))
	srv.Fail(faketelegram.EveryMethod, faketelegram.BadGateway().In(other))
	for i, want := range []bool{true, true, false} {
		if _, err := bot.Send(tele.ChatID(room), "a"); (err != nil) != want {
			t.Errorf("call %d gave %v", i, err)
		}
	}
	for i, want := range []bool{true, false} {
		if _, err := bot.Send(tele.ChatID(other), "a"); (err != nil) != want {
			t.Errorf("call %d to the other chat gave %v", i, err)
		}
	}
	srv.Fail(faketelegram.EveryMethod, faketelegram.Unreachable().Times(1000))
	srv.Heal()
	if _, err := bot.Send(tele.ChatID(room), "a"); err != nil {
		t.Errorf("after Heal: %v", err)
	}
}

// retryAfter is what the client was told to wait, 0 if it was not told.
func retryAfter(err error) int {
	flood, _ := errors.AsType[tele.FloodError](err)
	return flood.RetryAfter
}

func TestOneMessageASecondAfterABurst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		bot := sender(t, srv)
		send := func() error { _, err := bot.Send(tele.ChatID(room), "a"); return err }
		for range 3 {
			if err := send(); err != nil {
				t.Fatal(err)
			}
		}
		if err := send(); retryAfter(err) != 1 {
			t.Errorf("the fourth at once gave %v", err)
		}
		time.Sleep(time.Second)
		if err := send(); err != nil {
			t.Errorf("a second later: %v", err)
		}
		if err := send(); retryAfter(err) != 1 {
			t.Errorf("and one more gave %v", err)
		}
		srv.SetFlood(faketelegram.Flood{Burst: 1, PerMinute: 20})
		if err := send(); retryAfter(err) != 3 {
			t.Errorf("without a burst: %v", err)
		}
	})
}

func TestTwentyAMinuteForAGroupEditsIncluded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		srv.AddChat(faketelegram.Chat{ID: sari, Type: "private"})
		bot := sender(t, srv)
		for i := range 20 {
			var err error
			if i%2 == 0 {
				_, err = bot.Send(tele.ChatID(room), "a")
			} else {
				_, err = bot.Edit(tele.StoredMessage{ChatID: room, MessageID: "1"}, time.Now().String())
			}
			if err != nil {
				t.Fatalf("call %d: %v", i, err)
			}
			if _, err := bot.Send(tele.ChatID(sari), "a"); err != nil {
				t.Fatalf("private call %d: %v", i, err)
			}
			time.Sleep(time.Second)
		}
		if _, err := bot.Send(tele.ChatID(room), "a"); retryAfter(err) != 40 {
			t.Errorf("the 21st after 20 s gave %v", err)
		}
		if _, err := bot.Edit(tele.StoredMessage{ChatID: room, MessageID: "1"}, "b"); retryAfter(err) != 40 {
			t.Errorf("an edit after 20 s gave %v", err)
		}
		if _, err := bot.Send(tele.ChatID(sari), "a"); err != nil {
			t.Errorf("a private chat has no such limit: %v", err)
		}
		time.Sleep(40 * time.Second)
		if _, err := bot.Send(tele.ChatID(room), "a"); err != nil {
			t.Errorf("after the wait: %v", err)
		}
	})
}
