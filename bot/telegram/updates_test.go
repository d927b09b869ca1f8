package telegram

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

func TestALineIsHeardAndAnsweredWhereItWasSaid(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.desk.follow(script{answer: bot.Answer{Text: "Diambil <ISU-42>. Terima kasih, Sari"}})
		w.run(w.bot)
		asked := w.say(sari, "/ambil 42\ncepat")
		if len(w.desk.sayings()) != 1 {
			t.Fatalf("heard %v", w.desk.sayings())
		}
		s := w.desk.sayings()[0]
		if s.Text != "/ambil 42\ncepat" || s.User != "telegram:111" || s.Dest != dest || s.On != 0 || !s.At.Equal(time.Now()) {
			t.Errorf("heard %+v", s)
		}
		if got := w.last(); got.Text != "Diambil <ISU-42>. Terima kasih, Sari" || got.ReplyTo != asked || got.Thread != topic || !got.Silent {
			t.Errorf("answered %+v", got)
		}
	})
}

func TestAReplyToACardSaysWhichIncident(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.run(w.bot)
		card := w.post()
		w.desk.follow(script{card: card})
		w.srv.Say(group, sari, "/ambil", faketelegram.ReplyTo(card), faketelegram.InThread(topic))
		synctest.Wait()
		w.say(sari, "/isu") // in a topic this replies to the topic's creation
		if on := w.desk.sayings(); len(on) != 2 || on[0].On != 42 || on[1].On != 0 {
			t.Errorf("heard %+v", on)
		}
	})
}

func TestTheBotIsAddressedByItsNameAndByNoOther(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.SetPrivacy(false)
		w.run(w.bot)
		w.say(sari, "@Siaga_Uji_Bot, ambil 42")
		w.say(sari, "/ambil@siaga_uji_bot 42")
		w.say(sari, "/ambil@bot_lain 42")
		w.say(sari, "\fack")
		w.say(sari, "\ack")
		var got []string
		for _, s := range w.desk.sayings() {
			got = append(got, s.Text)
		}
		if want := "@siaga ambil 42|/ambil@siaga_uji_bot 42|\fack"; strings.Join(got, "|") != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	})
}

func TestAccountsOfTelegramItselfAreNotHeard(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		for _, u := range []faketelegram.User{{ID: channelBot, Bot: true}, {ID: serviceAccount}, {ID: 333, Bot: true}} {
			w.srv.AddUser(u)
		}
		w.run(w.bot)
		for _, u := range []int64{channelBot, serviceAccount, 333} {
			w.say(u, "/selesai 42")
		}
		w.say(faketelegram.AnonymousAdmin, "/selesai 42") // the Talker explains
		if len(w.desk.sayings()) != 1 || w.desk.sayings()[0].User != "telegram:1087968824" {
			t.Errorf("heard %+v", w.desk.sayings())
		}
	})
}

func TestAChatThatIsNotConfiguredIsLeftOnce(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		const foreign = int64(-1009999)
		w.srv.AddChat(faketelegram.Chat{ID: foreign, Type: "supergroup"})
		w.srv.Fail("leaveChat", faketelegram.Unreachable())
		w.run(w.bot)
		for range 3 {
			w.srv.Say(foreign, sari, "/ambil 42")
		}
		synctest.Wait()
		if len(w.desk.sayings()) != 0 || w.calls("leaveChat") != 1 || len(w.srv.Messages(foreign)) != 3 {
			t.Errorf("heard %v, left %d times", w.desk.sayings(), w.calls("leaveChat"))
		}
		if n := strings.Count(w.log.String(), "not configured"); n != 1 {
			t.Errorf("%d log lines:\n%s", n, w.log)
		}
		pass(leaveAgain)
		w.srv.Say(foreign, sari, "/ambil 42")
		synctest.Wait()
		if w.calls("leaveChat") != 2 {
			t.Error("still there after ten minutes")
		}
	})
}

func TestAPrivateChatGetsHelpOnly(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.srv.AddChat(faketelegram.Chat{ID: sari, Type: "private"})
		w.desk.follow(script{answer: bot.Answer{Text: "Bantuan"}})
		w.run(w.bot)
		for _, c := range []struct{ text, want string }{
			{"/start", "Bantuan"},
			{"/bantuan", "Bantuan"},
			{"/Help@siaga_uji_bot", "Bantuan"},
			{"/ambil 42", "<telegram.private>"},
			{"halo", "halo"}, // no answer: the line itself stays the last
		} {
			w.srv.Say(sari, sari, c.text)
			pass(2 * time.Second)
			shown := w.srv.Messages(sari)
			if got := shown[len(shown)-1].Text; got != c.want {
				t.Errorf("%s: answered %q, want %q", c.text, got, c.want)
			}
		}
		if len(w.desk.sayings()) != 3 || w.desk.sayings()[0].Text != "/bantuan" || w.calls("leaveChat") != 0 {
			t.Errorf("heard %+v", w.desk.sayings())
		}
		a, err := w.srv.Forge(t.Context(), sari, 1, sari, "\fk|ack.16.7")
		if err != nil || a.Text != "<telegram.private>" || len(w.desk.presses()) != 0 {
			t.Errorf("pressed in private: %+v, %v", a, err)
		}
	})
}

func TestAGroupThatBecomesASupergroupIsNotLeft(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		const upgraded = group - 1
		stop := w.run(w.bot)
		w.srv.Migrate(group, upgraded)
		w.srv.Say(upgraded, sari, "/isu")
		synctest.Wait()
		stop()
		w.run(w.newBot(w.srv.RoundTripper()))
		w.srv.Say(upgraded, sari, "/isu")
		synctest.Wait()
		if len(w.desk.sayings()) != 2 || w.calls("leaveChat") != 0 {
			t.Errorf("heard %+v, left %d times", w.desk.sayings(), w.calls("leaveChat"))
		}
		if !strings.Contains(w.log.String(), "change config.yaml") {
			t.Errorf("nobody was told:\n%s", w.log)
		}
	})
}

func TestALongAnswerIsCut(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		w.desk.follow(script{answer: bot.Answer{Text: strings.Repeat("🟠 isu ", 2000)}})
		w.run(w.bot)
		w.say(sari, "/isu")
		if got := w.last(); units(got.Text) > maxText || !strings.HasSuffix(got.Text, "…") {
			t.Errorf("got %d units", units(got.Text))
		}
	})
}

func TestTheNotifierHearsOfANewAddressInTheSameTransaction(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		const upgraded = group - 1
		var heard []notifier.Dest
		config, fail := w.config(w.srv.RoundTripper()), true
		config.Moved = func(_ store.Tx, from, to notifier.Dest) error {
			if fail {
				fail = false
				return errStore
			}
			heard = append(heard, from, to)
			return nil
		}
		b, err := New(config)
		if err != nil {
			t.Fatal(err)
		}
		w.run(b)
		w.srv.Migrate(group, upgraded)
		pass(time.Minute) // the first attempt failed, so the update came again
		want := []notifier.Dest{"telegram:-1001234567890:0", "telegram:-1001234567891:0"}
		if !slices.Equal(heard, want) {
			t.Errorf("heard %v, want %v", heard, want)
		}
	})
}

func TestASecondProcessWithTheTokenIsToldOnce(t *testing.T) {
	story(t, func(t *testing.T, w *world) {
		var told []bool
		config := w.config(w.srv.RoundTripper())
		config.Shared = func(_ context.Context, yes bool) { told = append(told, yes) }
		b, err := New(config)
		if err != nil {
			t.Fatal(err)
		}
		w.srv.Fail("getUpdates", faketelegram.Refuse(409, "Conflict: terminated by other getUpdates request").Times(3))
		w.srv.Fail("getUpdates", faketelegram.Unreachable().Times(2))
		w.run(b)
		pass(10 * time.Minute)
		if !slices.Equal(told, []bool{true, false}) {
			t.Errorf("told %v", told)
		}
	})
}
