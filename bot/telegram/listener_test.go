package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tele "gopkg.in/telebot.v3"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/store"
)

func TestAnUpdateIsHeardOnceAcrossARestart(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		stop := w.run(w.bot)
		w.say(sari, "/ambil 42")
		stop()
		w.run(w.newBot(w.srv.RoundTripper())) // the server was not yet told to forget the update
		if len(w.desk.sayings()) != 1 {
			t.Errorf("heard %d times", len(w.desk.sayings()))
		}
	})
}

func TestAnUpdateWhoseTransactionWasLostComesAgain(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		stop := w.run(w.bot)
		w.say(sari, "/isu")
		before := w.db.next(t)
		w.db.full.Store(true)
		w.say(sari, "/ambil 42")
		stop() // a crash before the commit
		if got := w.db.next(t); got != before {
			t.Fatalf("the offset moved from %d to %d without a commit", before, got)
		}
		w.db.full.Store(false)
		w.run(w.newBot(w.srv.RoundTripper()))
		if n := len(w.desk.sayings()); n != 3 || w.desk.sayings()[2].Text != "/ambil 42" {
			t.Errorf("heard %+v", w.desk.sayings())
		}
		if got := w.db.next(t); got != before+1 {
			t.Errorf("next update %d, want %d", got, before+1)
		}
	})
}

func TestAStoreFailureIsSaidOnceAndTriedUntilItWorks(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.db.full.Store(true)
		w.say(sari, "/ambil 42")
		w.say(budi, "/ambil 43") // waits its turn
		pass(10 * time.Second)
		if tries := len(w.desk.sayings()); tries < 3 || tries > 6 {
			t.Errorf("tried %d times in 10 s", tries)
		}
		w.db.full.Store(false)
		w.desk.follow(script{answer: bot.Answer{Text: "Diambil"}})
		pass(time.Minute)
		var said []string
		for _, m := range w.srv.Messages(group) {
			said = append(said, m.Text)
		}
		if want := "/ambil 42|Gagal disimpan, coba lagi|/ambil 43|Diambil|Diambil"; strings.Join(said, "|") != want {
			t.Errorf("the group shows %q, want %q", said, want)
		}
	})
}

func TestATapThatCouldNotBeStoredSaysSo(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.post()
		w.db.full.Store(true)
		if got := w.press(card, sari, "✋ Ambil"); got != "Gagal disimpan, coba lagi" {
			t.Errorf("toast %q", got)
		}
		w.db.full.Store(false)
		before := len(w.desk.presses())
		pass(time.Minute)
		if len(w.desk.presses()) != before+1 || strings.Contains(w.log.String(), "answer a tap") {
			t.Errorf("%d presses more; log:\n%s", len(w.desk.presses())-before, w.log)
		}
	})
}

func TestAnUpdateThatChangesNothingIsLeftBehindToo(t *testing.T) {
	for name, spoil := range map[string]func(*world){
		"no transaction": func(w *world) { w.desk.follow(script{idle: true}) },
		"panic":          func(w *world) { w.desk.follow(script{panics: "boom"}) },
	} {
		story(t, func(t *testing.T, w *world) {
			spoil(w)
			stop := w.run(w.bot)
			w.say(sari, "/isu")
			first := w.db.next(t)
			w.say(sari, "/isu")
			if got := w.db.next(t); first == 0 || got != first+1 {
				t.Errorf("%s: next update %d, then %d", name, first, got)
			}
			stop()
			w.run(w.newBot(w.srv.RoundTripper()))
			if len(w.desk.sayings()) != 2 {
				t.Errorf("%s: heard %d times", name, len(w.desk.sayings()))
			}
		})
	}
}

func TestTheSameUpdateTwiceChangesNothing(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		update := `{"update_id":50,"message":{"message_id":3,"date":1,"text":"/ambil 42","from":{"id":111},"chat":{"id":%d,"type":"supergroup"}}}`
		odd := `{"update_id":51,"message":"of a type that the library does not know"}`
		batch := fmt.Sprintf(`[%s,%s,%s]`, fmt.Sprintf(update, group), odd, fmt.Sprintf(update, group))
		polls := 0
		stop := w.run(w.newBot(scripted(func() string { polls++; return batch })))
		pass(10 * time.Second)
		stop()
		if len(w.desk.sayings()) != 1 || w.db.next(t) != 52 {
			t.Errorf("heard %d times, next update %d", len(w.desk.sayings()), w.db.next(t))
		}
		if polls > 12 {
			t.Errorf("%d polls in 10 s of nothing new", polls)
		}
	})
}

// scripted is a server that answers getUpdates at once, whatever is asked.
func scripted(updates func() string) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		result := "true"
		switch {
		case strings.HasSuffix(r.URL.Path, "/getMe"):
			result = `{"id":7012345678,"is_bot":true,"username":"siaga_uji_bot"}`
		case strings.HasSuffix(r.URL.Path, "/getUpdates"):
			result = updates()
		case strings.HasSuffix(r.URL.Path, "/sendMessage"):
			result = `{"message_id":9}`
		}
		return answering(http.StatusOK, `{"ok":true,"result":`+result+`}`)(r)
	}
}

// What the fake does not send: a service message, a tap without a message, and
// a store that fails only now.
func TestUnusualUpdatesAreLeftBehind(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.db.full.Store(true)
		batch := `[{"update_id":1,"message":{"message_id":3,"date":1,"group_chat_created":true,"from":{"id":111},"chat":{"id":-9,"type":"group"}}},` +
			`{"update_id":2,"callback_query":{"id":"4","from":{"id":111},"inline_message_id":"x","data":"\\fk|ack.16.7"}},` +
			`{"update_id":3,"callback_query":{"id":"5","data":"x"}},` +
			`{"update_id":4,"message":{"message_id":5,"date":1,"text":"tanpa pengirim","chat":{"id":-9,"type":"group"}}}]`
		asked := map[string]int{}
		answer := scripted(func() string { return batch })
		stop := w.run(w.newBot(roundTrip(func(r *http.Request) (*http.Response, error) {
			asked[path.Base(r.URL.Path)]++
			return answer(r)
		})))
		pass(10 * time.Second)
		stop()
		if asked["leaveChat"] != 1 || asked["answerCallbackQuery"] != 1 || len(w.desk.sayings())+len(w.desk.presses()) != 0 {
			t.Errorf("asked for %v", asked)
		}
		if n := strings.Count(w.log.String(), "store the offset"); n != 4 {
			t.Errorf("%d updates could not be noted, want each of 4 once:\n%s", n, w.log)
		}
	})
}

func TestAServerThatDoesNotWaitSetsNoPace(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		polls := 0
		stop := w.run(w.newBot(scripted(func() string { polls++; return "[]" })))
		pass(time.Minute)
		stop()
		if polls < 30 || polls > 61 {
			t.Errorf("%d polls in a minute", polls)
		}
	})
}

func TestAnHourOfErrorsIsNoStorm(t *testing.T) {
	for name, c := range map[string]struct {
		fault    faketelegram.Fault
		least    int
		most     int
		warnings int
	}{
		"unreachable":   {faketelegram.Unreachable(), 55, 100, 1},
		"502 page":      {faketelegram.BadGateway(), 55, 100, 1},
		"unauthorized":  {faketelegram.Refuse(401, "Unauthorized"), 55, 100, 1},
		"conflict":      {faketelegram.Refuse(409, "Conflict: terminated by other getUpdates request"), 115, 121, 1},
		"flood of 10 m": {faketelegram.TooMany(10 * time.Minute), 6, 7, 1},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, w *world) {
				w.srv.Fail("getUpdates", c.fault.Times(1000))
				w.run(w.bot)
				pass(time.Hour)
				if n := w.calls("getUpdates"); n < c.least || n > c.most {
					t.Errorf("%d calls in an hour, want %d to %d", n, c.least, c.most)
				}
				if n := strings.Count(w.log.String(), "nothing is received"); n != c.warnings {
					t.Errorf("%d warnings:\n%s", n, w.log)
				}
				w.srv.Heal()
				pass(11 * time.Minute)
				w.say(sari, "/isu")
				if len(w.desk.sayings()) != 1 || !strings.Contains(w.log.String(), "receiving again") {
					t.Errorf("heard %v; log:\n%s", w.desk.sayings(), w.log)
				}
			})
		})
	}
}

func TestAPauseGrowsToAMinuteAndStartsAnew(t *testing.T) {
	var o outage
	log := slog.New(slog.DiscardHandler)
	for i, most := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60, 60} {
		most *= time.Second
		if got := o.pause(errStore, log); got > most || got <= most*3/4 {
			t.Errorf("pause %d is %s, want at most %s and more than 3/4 of it", i+1, got, most)
		}
	}
	if got := o.pause(nil, log); got != 0 {
		t.Errorf("a pause of %s after success", got)
	}
	if got := o.pause(errStore, log); got > time.Second {
		t.Errorf("a new outage starts with %s", got)
	}
}

func TestAStoppedBotDoesNotListen(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		stop := w.run(w.bot)
		stop()
		w.say(sari, "/isu")
		pass(pollTime)
		if len(w.desk.sayings()) != 0 {
			t.Error("heard after the end")
		}
		if _, err := w.bot.Send(t.Context(), cardMessage()); err != nil {
			t.Errorf("the sender must outlive Run: %v", err)
		}
	})
}

func TestShutdownWaitsForTheUpdateInHandButNotForEver(t *testing.T) {
	for name, c := range map[string]struct {
		delay  time.Duration
		atMost time.Duration
	}{
		"idle":        {0, time.Millisecond},
		"slow answer": {3 * time.Second, 4 * time.Second},
		"stuck":       {time.Hour, stopTime}, // given up by us, not by the server
	} {
		story(t, func(t *testing.T, w *world) {
			w.desk.follow(script{answer: bot.Answer{Text: "Diambil"}})
			w.srv.Fail("sendMessage", faketelegram.Slow(c.delay))
			stop := w.run(w.bot)
			w.say(sari, "/ambil 42")
			began := time.Now()
			stop()
			if took := time.Since(began); took > c.atMost {
				t.Errorf("%s: took %s", name, took)
			}
			if got := w.last(); got.Text != "Diambil" {
				t.Errorf("%s: the group shows %v", name, got)
			}
			pass(callTime)
		})
	}
}

func TestAStoreThatCannotBeReadHoldsThePoller(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		c := w.config(w.srv.RoundTripper())
		c.DB = unreadable{w.db}
		b, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		w.run(b)
		pass(time.Minute)
		if n := w.calls("getUpdates"); n != 0 {
			t.Errorf("polled %d times without knowing where to read on", n)
		}
	})
}

type unreadable struct{ store.DB }

func (unreadable) View(context.Context, func(store.Tx) error) error { return errors.New("damaged") }

func TestAnOldCursorAsksForAllThereIs(t *testing.T) {
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		cursor cursor
		want   int
	}{
		{cursor{}, 0},
		{cursor{}.past(41, now), 42},
		{cursor{}.past(41, now.Add(-5*24*time.Hour)), 42},
		{cursor{}.past(41, now.Add(-7*24*time.Hour)), 0},
	} {
		if got := c.cursor.offset(now); got != c.want {
			t.Errorf("%+v: offset %d, want %d", c.cursor, got, c.want)
		}
	}
}

func TestAMovedChatRemembersItsFirstName(t *testing.T) {
	one := cursor{}.moving(-5, -1005)
	two := one.moving(-1005, -1006)
	if two.Moved[-1006] != -5 || len(one.Moved) != 1 {
		t.Errorf("got %v, then %v", one.Moved, two.Moved)
	}
}

func TestTheMenuIsShownInBothLanguagesAndScopes(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		c := w.config(w.srv.RoundTripper())
		c.Menus = []Menu{
			{"id", []bot.MenuItem{{Name: "ambil", Text: "Ambil isu"}}},
			{"", []bot.MenuItem{{Name: "take", Text: "Take an incident"}}},
		}
		b, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		w.run(b)
		var got []string
		for _, call := range w.srv.Calls() {
			if call.Method == "setMyCommands" {
				got = append(got, call.Params["language_code"]+call.Params["scope"]+call.Params["commands"])
			}
		}
		want := `id{"type":"all_group_chats"}[{"command":"ambil","description":"Ambil isu"}]|` +
			`id{"type":"all_private_chats"}[{"command":"ambil","description":"Ambil isu"}]|` +
			`{"type":"all_group_chats"}[{"command":"take","description":"Take an incident"}]|` +
			`{"type":"all_private_chats"}[{"command":"take","description":"Take an incident"}]`
		if strings.Join(got, "|") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
		}
	})
}

func TestAMenuThatTelegramRefusesIsRefusedAtTheStart(t *testing.T) {
	many := slices.Repeat([]bot.MenuItem{{Name: "x", Text: "y"}}, maxCommands+1)
	for name, items := range map[string][]bot.MenuItem{
		"hyphen":         {{Name: "kenapa-tidak", Text: "x"}},
		"upper case":     {{Name: "Ambil", Text: "x"}},
		"too long":       {{Name: strings.Repeat("a", 33), Text: "x"}},
		"no description": {{Name: "ambil"}},
		"too many":       many,
	} {
		if _, err := New(Config{Token: func() string { return token }, Menus: []Menu{{"id", items}}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestTheReceiverIsSynchronousAndOurs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		l, err := w.bot.listen(t.Context(), t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, ours := l.tele.Poller.(polling); !ours {
			t.Errorf("poller %T", l.tele.Poller)
		}
		order := []int{}
		l.tele.Handle("/urut", func(c tele.Context) error { order = append(order, c.Update().ID); return nil })
		for i := range 100 {
			l.tele.ProcessUpdate(tele.Update{ID: i, Message: &tele.Message{Text: "/urut"}})
			if len(order) != i+1 {
				t.Fatal("ProcessUpdate returned before its handler")
			}
		}
	})
}
