package faketelegram_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/faketelegram"
	tele "gopkg.in/telebot.v3"
)

// poll asks for updates without waiting.
func poll(t *testing.T, bot *tele.Bot, offset int) []tele.Update {
	t.Helper()
	data, err := bot.Raw("getUpdates", map[string]int{"offset": offset})
	if err != nil {
		t.Fatal(err)
	}
	got, err := updatesOf(data)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func updatesOf(data []byte) (updates []tele.Update, err error) {
	answer := struct{ Result *[]tele.Update }{&updates}
	err = json.Unmarshal(data, &answer)
	return updates, err
}

func TestALongPollReturnsWhenSomethingHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		bot := sender(t, srv)
		began := time.Now()
		time.AfterFunc(7*time.Second, func() { srv.Say(room, sari, "/status") })
		data, err := bot.Raw("getUpdates", map[string]int{"timeout": 10})
		if err != nil {
			t.Fatal(err)
		}
		got, err := updatesOf(data)
		if err != nil || len(got) != 1 || time.Since(began) != 7*time.Second {
			t.Errorf("%d updates after %v, %v", len(got), time.Since(began), err)
		}
	})
}

func TestALongPollEndsEmptyAtItsTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		began := time.Now()
		data, err := sender(t, srv).Raw("getUpdates", map[string]int{"timeout": 10})
		if err != nil || !strings.Contains(string(data), `"result":[]`) || time.Since(began) != 10*time.Second {
			t.Errorf("%s after %v, %v", data, time.Since(began), err)
		}
	})
}

func TestALongPollEndsWithItsClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		began := time.Now()
		_, err := sender(t, srv).Raw("getUpdates", map[string]int{"timeout": 60}) // the client waits 15 s
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 15*time.Second {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		if calls := srv.Calls(); len(calls) != 1 || calls[0].Code != 0 {
			t.Errorf("calls %v", calls)
		}
	})
}

func TestASecondPollerEndsTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		bot := sender(t, srv)
		first := make(chan error)
		go func() {
			_, err := bot.Raw("getUpdates", map[string]int{"timeout": 10})
			first <- err
		}()
		synctest.Wait()
		poll(t, bot, 0)
		err := <-first
		want := "telegram: Conflict: terminated by other getUpdates request; make sure that only one bot instance is running (409)"
		if err == nil || err.Error() != want {
			t.Errorf("the first poller got %v", err)
		}
	})
}

func TestUpdatesStayUntilAnOffsetConfirmsThem(t *testing.T) {
	srv := newStory()
	bot := sender(t, srv)
	for range 102 {
		srv.Say(room, sari, "/status")
	}
	first := poll(t, bot, 0)
	if len(first) != 100 || len(poll(t, bot, 0)) != 100 {
		t.Fatalf("%d updates, want the limit of 100, twice", len(first))
	}
	rest := poll(t, bot, first[99].ID+1)
	if len(rest) != 2 || rest[0].ID != first[99].ID+1 {
		t.Errorf("the rest is %v", rest)
	}
	if got := poll(t, bot, -1); len(got) != 1 || got[0].ID != rest[1].ID {
		t.Errorf("offset -1 gave %v", got)
	}
	if got := poll(t, bot, rest[1].ID+1); len(got) != 0 {
		t.Errorf("after the last: %v", got)
	}
}

func TestABotHearsOnlyTheKindsItAskedFor(t *testing.T) {
	srv := newStory()
	bot := sender(t, srv)
	if _, err := bot.Raw("getUpdates", map[string]any{"allowed_updates": []string{"callback_query"}}); err != nil {
		t.Fatal(err)
	}
	srv.Say(room, sari, "/status")
	if got := poll(t, bot, 0); len(got) != 0 {
		t.Errorf("heard %v", got)
	}
}

func TestAWrongTokenIsUnauthorized(t *testing.T) {
	srv := newStory()
	_, err := tele.NewBot(tele.Settings{Token: "1:salah", Client: &http.Client{Transport: srv.RoundTripper()}})
	if !errors.Is(err, tele.ErrUnauthorized) {
		t.Errorf("getMe gave %v", err)
	}
	for _, call := range srv.Calls() {
		if strings.Contains(call.String(), "salah") {
			t.Errorf("the record keeps a token: %v", call)
		}
	}
}

var _ http.Handler = (*faketelegram.Server)(nil)
