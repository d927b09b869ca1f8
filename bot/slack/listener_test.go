package slack

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack/slackevents"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/store"
)

func TestAPressedButtonIsAnsweredToWhoPressedIt(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.desk.answer = bot.Answer{Text: "Diambil. Terima kasih, Sari."}
		at := w.send()
		w.must(w.srv.Press(room, at.MsgID, sari, "isu.ack"))
		if diff := cmp.Diff([]string{`slack:C1 slack:T0FAKE:U1 "\fk|ack.16.7"`}, w.desk.presses()); diff != "" {
			t.Errorf("pressed (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"U1@C1: Diambil. Terima kasih, Sari."}, w.whispers()); diff != "" {
			t.Errorf("answered (-want +got):\n%s", diff)
		}
		m := cardMessage()
		m.Card.Incident.Owner = "Sari"
		w.must(w.bot.Edit(t.Context(), at, m))
		if !strings.Contains(w.last().Plain, "👤 Sari") {
			t.Errorf("the card shows\n%s", w.last().Plain)
		}
	})
}

func TestASecondStepComesAsButtons(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.desk.answer = bot.Answer{Text: "Apa alasannya?", Choices: []bot.Button{
			{Label: "Mereda", Data: "\fk|resolve.16.7.m"},
			{Label: "Salah deteksi", Data: "\fk|resolve.16.7.s"},
		}}
		w.must(w.srv.Slash(room, sari, "/isu", "selesai 42"))
		if diff := cmp.Diff([]string{"U1@C1: Apa alasannya?\n[Mereda] [Salah deteksi]"}, w.whispers()); diff != "" {
			t.Errorf("answered (-want +got):\n%s", diff)
		}
	})
}

func TestALinkIsNoPress(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.must(w.srv.Press(room, w.send().MsgID, sari, "isu.link"))
		if n := len(w.desk.presses()); n != 0 {
			t.Errorf("%d presses", n)
		}
	})
}

func TestWhatIsSaidIsHeardInOneForm(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.send()
		w.desk.card = card.MsgID
		say := func(_ string, err error) { w.must(err) }
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 42"))
		w.must(w.srv.Slash(room, sari, "/issue", "ack 42"))
		w.must(w.srv.Slash(room, sari, "/isu", ""))
		say(w.srv.Mention(room, sari, "catat 42 kata <@U2> &lt;10 rumah, lihat <https://x.id/1|x.id>"))
		say(w.srv.Reply(room, card.MsgID, sari, "<@U0BOT>, ambil"))
		say(w.srv.Reply(room, card.MsgID, sari, "tanya <@U0BOT> saja"))
		say(w.srv.Reply(room, card.MsgID, sari, "ambil"))
		say(w.srv.Say(room, sari, "/isu"))
		who := "slack:C1 slack:T0FAKE:U1 "
		want := []string{
			who + "/isu ambil 42 on 0",
			who + "/isu ack 42 on 0",
			who + "/isu on 0",
			who + "@siaga catat 42 kata @U2 <10 rumah, lihat https://x.id/1 on 0",
			who + "@siaga ambil on 42",
		}
		if diff := cmp.Diff(want, w.desk.sayings()); diff != "" {
			t.Errorf("heard (-want +got):\n%s", diff)
		}
	})
}

func TestAnAnswerGoesToWhereItWasAsked(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.send()
		w.desk.answer = bot.Answer{Text: "Diambil <@U2>"}
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 42"))
		if got := w.last(); got.Plain != "Diambil <@U2>" || got.ThreadTS != "" {
			t.Errorf("to a command: %+v", got)
		}
		_, err := w.srv.Reply(room, card.MsgID, sari, "<@U0BOT> ambil")
		w.must(err)
		if got := w.last(); got.Plain != "Diambil <@U2>" || got.ThreadTS != card.MsgID {
			t.Errorf("in a thread: %+v", got)
		}
		w.desk.answer.Private = true
		_, err = w.srv.Reply(room, card.MsgID, sari, "<@U0BOT> ambil")
		w.must(err)
		if got := w.srv.Ephemerals(); len(got) != 1 || got[0].ThreadTS != card.MsgID {
			t.Errorf("privately: %+v", got)
		}
	})
}

func TestAStrangeChannelSeesNothing(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.desk.answer = bot.Answer{Text: "Obrolan ini belum terdaftar"}
		_, err := w.srv.Mention(foreign, sari, "isu")
		w.must(err)
		if n := len(w.srv.Messages(foreign)); n != 1 { // the question
			t.Errorf("%d messages", n)
		}
		if diff := cmp.Diff([]string{"U1@C9: Obrolan ini belum terdaftar"}, w.whispers()); diff != "" {
			t.Errorf("answered (-want +got):\n%s", diff)
		}
	})
}

func TestOnlyPeopleOfTheWorkspaceAreHeard(t *testing.T) {
	for _, c := range []struct {
		name string
		who  fakeslack.User
		told bool // users.info answers
	}{
		{"guest", fakeslack.User{ID: "U2", Name: "Tamu", Guest: true}, true},
		{"bot", fakeslack.User{ID: "U2", Name: "robot", Bot: true}, true},
		{"other workspace", fakeslack.User{ID: "U2", Name: "Budi", Team: "T0OTHER"}, true},
		{"other workspace, by the payload alone", fakeslack.User{ID: "U2", Name: "Budi", Team: "T0OTHER"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, w *world) {
				w.run(w.bot)
				w.srv.AddUser(c.who)
				if !c.told {
					w.srv.Fail("users.info", fakeslack.ErrorCode("missing_scope").Times(9))
				}
				card := w.send()
				w.must(w.srv.Press(room, card.MsgID, c.who.ID, "isu.ack"))
				w.must(w.srv.Slash(room, c.who.ID, "/isu", "ambil 42"))
				_, err := w.srv.Mention(room, c.who.ID, "ambil 42")
				w.must(err)
				if n := len(w.desk.presses()) + len(w.desk.sayings()) + len(w.whispers()); n != 0 {
					t.Errorf("heard or answered %d times", n)
				}
			})
		})
	}
}

func TestNobodyIsHeardTwiceOrInAnothersName(t *testing.T) {
	call := slackevents.AppMentionEvent{User: sari, Channel: room, Text: "<@U0BOT> ambil 42"}
	for name, change := range map[string]func(*slackevents.EventsAPIEvent, *slackevents.AppMentionEvent){
		"as sent":               func(*slackevents.EventsAPIEvent, *slackevents.AppMentionEvent) {},
		"an edit":               func(_ *slackevents.EventsAPIEvent, m *slackevents.AppMentionEvent) { m.Edited = &slackevents.Edited{} },
		"another app":           func(_ *slackevents.EventsAPIEvent, m *slackevents.AppMentionEvent) { m.BotID = "B2" },
		"nobody":                func(_ *slackevents.EventsAPIEvent, m *slackevents.AppMentionEvent) { m.User = "" },
		"ourselves":             func(_ *slackevents.EventsAPIEvent, m *slackevents.AppMentionEvent) { m.User = fakeslack.BotUserID },
		"from a shared channel": func(_ *slackevents.EventsAPIEvent, m *slackevents.AppMentionEvent) { m.UserTeam = "T0OTHER" },
		"of no workspace":       func(e *slackevents.EventsAPIEvent, _ *slackevents.AppMentionEvent) { e.TeamID = "" },
	} {
		story(t, func(t *testing.T, w *world) {
			l := newListener(w.bot)
			l.me = identity{team: fakeslack.TeamID, user: fakeslack.BotUserID}
			e, m := slackevents.EventsAPIEvent{TeamID: fakeslack.TeamID}, call
			change(&e, &m)
			e.InnerEvent.Data = &m
			l.onEvent(t.Context(), "envelope", e)
			if heard := len(w.desk.sayings()) == 1; heard != (name == "as sent") {
				t.Errorf("%s: heard %v", name, heard)
			}
		})
	}
}

func TestOneLookAtAPersonIsEnoughForAnHour(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		for _, wait := range []time.Duration{time.Minute, 50 * time.Minute, 10 * time.Minute} {
			w.must(w.srv.Slash(room, sari, "/isu", ""))
			pass(wait)
		}
		w.must(w.srv.Slash(room, sari, "/isu", ""))
		if n := w.calls("users.info"); n != 2 {
			t.Errorf("asked %d times, want 2", n)
		}
	})
}

func TestAPersonIsHeardWhileSlackCannotTellWhoItIs(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.srv.Fail("users.info", fakeslack.Slow(time.Minute))
		began := time.Now()
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 42"))
		pass(lookupTime)
		if len(w.desk.sayings()) != 1 {
			t.Errorf("not heard after %v", time.Since(began))
		}
	})
}

func TestWhatComesTwiceIsDoneOnce(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.send()
		for _, act := range []func() error{
			func() error { return w.srv.Press(room, card.MsgID, sari, "isu.ack") },
			func() error { return w.srv.Slash(room, sari, "/isu", "ambil 42") },
			func() error { _, err := w.srv.Mention(room, sari, "ambil 42"); return err },
		} {
			w.line.mute.Store(true) // the acknowledgement is lost
			time.AfterFunc(time.Second, func() { w.line.mute.Store(false) })
			w.must(act())
		}
		if p, s := len(w.desk.presses()), len(w.desk.sayings()); p != 1 || s != 2 {
			t.Errorf("%d presses and %d sayings, want 1 and 2", p, s)
		}
	}, "not_acked")
}

func TestWhatWasDoneIsForgottenAfterAnHour(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.must(w.srv.Slash(room, sari, "/isu", ""))
		l := newListener(w.bot)
		id := w.seen()[0]
		if !l.wasSeen(t.Context(), id) {
			t.Fatal("forgotten at once")
		}
		pass(keepSeen)
		if !l.wasSeen(t.Context(), id) {
			t.Error("forgotten within the hour")
		}
		pass(sweepTime)
		if left := w.seen(); len(left) != 0 {
			t.Errorf("left: %q", left)
		}
	})
}

func TestATapThatCouldNotBeStoredSaysSo(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.send()
		w.db.full.Store(true)
		w.must(w.srv.Press(room, card.MsgID, sari, "isu.ack"))
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 42"))
		sorry := "U1@C1: Gagal disimpan, coba lagi"
		if diff := cmp.Diff([]string{sorry, sorry}, w.whispers()); diff != "" {
			t.Errorf("answered (-want +got):\n%s", diff)
		}
		if n := w.log.count("level=ERROR", "slack: store"); n != 2 {
			t.Errorf("logged %d times:\n%s", n, w.log)
		}
	})
}

func TestAPanicCostsOneTurnAndIsLoggedWithItsStack(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.desk.panics = true
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 42"))
		w.desk.panics = false
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 43"))
		if n := len(w.desk.sayings()); n != 2 {
			t.Errorf("heard %d, want 2", n)
		}
		if w.log.count("slack: panic", "a bug", "world_test.go") != 1 {
			t.Errorf("the log:\n%s", w.log)
		}
	})
}

func TestAnAnswerThatDoesNotArriveHurtsNobody(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.desk.answer = bot.Answer{Text: "Diambil"}
		w.srv.Fail("chat.postMessage", fakeslack.Page(502))
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 42"))
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 43"))
		if len(w.srv.Messages(room)) != 1 || w.log.count("slack: answer") != 1 {
			t.Errorf("%d answers; the log:\n%s", len(w.srv.Messages(room)), w.log)
		}
	})
}

func TestAfterEveryKindOfInterruptionTheNextPressArrives(t *testing.T) {
	for name, interrupt := range map[string]func(*world){
		"warning":     func(w *world) { w.srv.Disconnect("warning") },
		"cut":         func(w *world) { w.srv.Cut() },
		"end of life": func(*world) { time.Sleep(6 * time.Hour) },
		"cut, then no URL for a while": func(w *world) {
			w.srv.Fail("apps.connections.open", fakeslack.Page(502).Times(5))
			w.srv.Cut()
			pass(time.Minute)
		},
		"cut, then 429": func(w *world) {
			w.srv.Fail("apps.connections.open", fakeslack.TooMany(40*time.Second))
			w.srv.Cut()
			pass(42 * time.Second)
		},
		"a dial that never ends": func(w *world) {
			stuck := make(chan struct{})
			w.line.stuck.Store(&stuck)
			w.t.Cleanup(func() { close(stuck) })
			w.srv.Cut()
			pass(deafTime + lookTime + closeTime + time.Second)
		},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, w *world) {
				stop := w.run(w.bot)
				card := w.send()
				interrupt(w)
				w.must(w.srv.Press(room, card.MsgID, sari, "isu.ack"))
				if n := len(w.desk.presses()); n != 1 || w.srv.Sockets() != 1 {
					t.Errorf("%d presses over %d sockets; the log:\n%s", n, w.srv.Sockets(), w.log)
				}
				stop()
			})
		})
	}
}

func TestALongOutageIsPacedAndSaidOnce(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.Fail("apps.connections.open", fakeslack.Page(503).Times(1000))
		w.run(w.bot)
		pass(time.Hour)
		if n := w.calls("apps.connections.open"); n < 60 || n > 90 {
			t.Errorf("%d attempts in an hour, want about one a minute", n)
		}
		if n := w.log.count("nothing is received"); n != 1 {
			t.Errorf("said %d times:\n%s", n, w.log)
		}
	})
}

func TestARefusedTokenIsSaidOnceAndTriedEveryTenMinutes(t *testing.T) {
	for name, given := range map[string][2]string{
		"bot token": {"xoxb-other", appToken},
		"app token": {botToken, "xapp-other"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, given[0], given[1])
				stop := w.run(w.bot)
				pass(35 * time.Minute)
				stop()
				tries := max(w.calls("apps.connections.open"), w.calls("auth.test"))
				if tries != 4 || w.log.count("level=ERROR", "invalid_auth") != 1 {
					t.Errorf("%d attempts in 35 minutes; the log:\n%s", tries, w.log)
				}
				if strings.Contains(w.log.String(), secret) {
					t.Errorf("the log shows a token:\n%s", w.log)
				}
			})
		})
	}
}

func TestTheEleventhSocketDoesNotStorm(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		for range 10 {
			w.run(w.newBot(w.srv.Client()))
		}
		before := w.calls("apps.connections.open")
		w.run(w.bot)
		pass(10 * time.Minute)
		if n := w.calls("apps.connections.open") - before; n > 100 { // the library alone: over 200
			t.Errorf("%d attempts in ten minutes", n)
		}
		if w.log.count("before Slack said hello") != 1 {
			t.Errorf("the log:\n%s", w.log)
		}
	}, "ratelimited") // in memory the library can connect many times before it is stopped
}

func TestWhatDoesNotFitIsSentAgain(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		w.desk.hold = make(chan struct{})
		const all = queueSize + 2 // one in hand, a full queue, and one too many
		errs := make(chan error, all)
		for i := range all {
			go func() { errs <- w.srv.Slash(room, sari, "/isu", fmt.Sprint("ambil ", i+1)) }()
			synctest.Wait()
		}
		close(w.desk.hold)
		for range all {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		if n := len(w.desk.sayings()); n != all {
			t.Errorf("heard %d of %d", n, all)
		}
		if w.log.count("too much at once") != 1 {
			t.Errorf("the log:\n%s", w.log)
		}
	}, "not_acked")
}

func TestRunEndsInTimeAndFinishesWhatWasAcknowledged(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		stop := w.run(w.bot)
		w.desk.hold = make(chan struct{})
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 1"))
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 2"))
		time.AfterFunc(5*time.Second, func() { close(w.desk.hold) })
		began := time.Now()
		stop()
		if took := time.Since(began); took != 5*time.Second || len(w.desk.sayings()) != 2 {
			t.Errorf("stopped after %v, heard %q", took, w.desk.sayings())
		}
	})
}

func TestRunEndsInTimeWhateverHangs(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		stop := w.run(w.bot)
		w.desk.hold = make(chan struct{})
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 1"))
		w.must(w.srv.Slash(room, sari, "/isu", "ambil 2"))
		began := time.Now()
		stop()
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("stopped after %v", took)
		}
		close(w.desk.hold)
		synctest.Wait()
		if w.log.count("no time was left") != 1 || len(w.desk.sayings()) != 1 {
			t.Errorf("heard %q; the log:\n%s", w.desk.sayings(), w.log)
		}
	})
}

func TestARestartForgetsNothingThatWasDone(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		stop := w.run(w.bot)
		w.line.mute.Store(true)
		var again error
		done := make(chan struct{})
		go func() {
			defer close(done)
			again = w.srv.Slash(room, sari, "/isu", "ambil 42")
		}()
		pass(time.Second)
		stop() // the command is done, and Slack does not know
		w.line.mute.Store(false)
		w.run(w.newBot(w.srv.Client()))
		<-done
		w.must(again)
		if n := len(w.desk.sayings()); n != 1 {
			t.Errorf("heard %d times", n)
		}
	}, "not_acked")
}

// seen returns the ids in the inbox.
func (w *world) seen() []string {
	w.t.Helper()
	var ids []string
	err := w.db.View(w.t.Context(), func(tx store.Tx) error {
		return inbox.Scan(tx, "", func(k store.Key, _ seen) error {
			ids = append(ids, strings.TrimPrefix(string(k), "slack/"))
			return nil
		})
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return ids
}
