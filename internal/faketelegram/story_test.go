package faketelegram_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/faketelegram"
	tele "gopkg.in/telebot.v3"
)

const (
	token = "700100200:rahasia"
	room  = int64(-1001234567890)
	sari  = int64(111)
	budi  = int64(222)
)

// newStory is a forum with two people in it.
func newStory() *faketelegram.Server {
	srv := faketelegram.New(token)
	srv.AddChat(faketelegram.Chat{ID: room, Type: "supergroup", Title: "Humas Rembang", Forum: true, Topics: []int{7}})
	srv.AddUser(faketelegram.User{ID: sari, Name: "Sari"})
	srv.AddUser(faketelegram.User{ID: budi, Name: "Budi", Username: "budi"})
	return srv
}

// sender is a real telebot client that never touches the network on its own.
func sender(t *testing.T, srv *faketelegram.Server) *tele.Bot {
	t.Helper()
	bot, err := tele.NewBot(tele.Settings{
		Token:   token,
		Offline: true,
		Client:  &http.Client{Transport: srv.RoundTripper(), Timeout: 15 * time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	return bot
}

func last(t *testing.T, srv *faketelegram.Server, chat int64) faketelegram.Message {
	t.Helper()
	shown := srv.Messages(chat)
	if len(shown) == 0 {
		t.Fatalf("chat %d is empty", chat)
	}
	return shown[len(shown)-1]
}

func wantNoViolations(t *testing.T, srv *faketelegram.Server) {
	t.Helper()
	for _, call := range srv.Violations() {
		t.Errorf("violation %q: %v", call.Violation, call)
	}
}

// within bounds a wait that would otherwise hang in real time; in a bubble it costs nothing.
func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// A running telebot, with its own poller, hears the press, answers it and edits the card.
func TestStoryOfACardThatIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		bot, err := tele.NewBot(tele.Settings{
			Token:  token,
			Client: &http.Client{Transport: srv.RoundTripper(), Timeout: time.Minute},
			Poller: &tele.LongPoller{Timeout: 30 * time.Second, AllowedUpdates: []string{"message", "callback_query"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if bot.Me.Username != "siaga_uji_bot" {
			t.Errorf("getMe gave %+v", bot.Me)
		}
		open := func(text string) (string, *tele.ReplyMarkup) {
			markup := &tele.ReplyMarkup{}
			markup.Inline(markup.Row(markup.Data(text, "k", "ack.16.7")))
			return "🟠 <b>WASPADA</b> · ISU-42", markup
		}
		bot.Handle("/kartu", func(c tele.Context) error {
			text, markup := open("✋ Ambil")
			return c.Send(text, markup, tele.ModeHTML)
		})
		bot.Handle("\fk", func(c tele.Context) error {
			if err := c.Respond(&tele.CallbackResponse{Text: "Diambil. Terima kasih, " + c.Sender().FirstName}); err != nil {
				return err
			}
			return c.Edit("<b>ditangani</b> "+c.Data(), tele.ModeHTML)
		})
		go bot.Start()
		defer bot.Stop()

		time.Sleep(70 * time.Second) // two polls go by without an event
		srv.Say(room, sari, "/kartu")
		ctx := within(t, time.Minute)
		if err := srv.Wait(ctx, room, func(m []faketelegram.Message) bool { return len(m) == 2 }); err != nil {
			t.Fatal(err)
		}
		card := last(t, srv, room)
		if card.Text != "🟠 WASPADA · ISU-42" || card.From != srv.Me().ID {
			t.Errorf("the card is %v", card)
		}
		answer, err := srv.Press(ctx, room, card.ID, sari, "✋ Ambil")
		if err != nil || answer.Text != "Diambil. Terima kasih, Sari" {
			t.Errorf("the press gave %+v, %v", answer, err)
		}
		edited := func(m []faketelegram.Message) bool { return m[1].Edits == 1 }
		if err := srv.Wait(ctx, room, edited); err != nil {
			t.Fatal(err)
		}
		if card = last(t, srv, room); card.Text != "ditangani ack.16.7" || card.Keyboard != nil {
			t.Errorf("the edited card is %v", card)
		}
		wantNoViolations(t, srv)
	})
}

func TestAPressNobodyAnswersExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		bot := sender(t, srv)
		began := time.Now()
		_, err := srv.Forge(t.Context(), room, 99, sari, "k|palsu")
		if !errors.Is(err, faketelegram.ErrUnanswered) || time.Since(began) != 15*time.Second {
			t.Errorf("after %v the press gave %v", time.Since(began), err)
		}
		time.Sleep(time.Second)
		query := poll(t, bot, 0)[0].Callback
		if query.Message.ID != 99 || query.Message.Unixtime != 0 || query.Data != "k|palsu" {
			t.Errorf("the press arrived as %+v", query)
		}
		if err := bot.Respond(query); !errors.Is(err, tele.ErrQueryTooOld) {
			t.Errorf("an answer after 16 s gave %v", err)
		}
	})
}

func TestAPressIsAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		bot := sender(t, srv)
		go func() {
			if _, err := srv.Forge(t.Context(), room, 1, sari, "x"); err != nil {
				t.Error(err)
			}
		}()
		synctest.Wait()
		query := poll(t, bot, 0)[0].Callback
		if err := bot.Respond(query, &tele.CallbackResponse{Text: "ya", ShowAlert: true}); err != nil {
			t.Fatal(err)
		}
		if err := bot.Respond(query); !errors.Is(err, tele.ErrQueryTooOld) {
			t.Errorf("the second answer gave %v", err)
		}
	})
}

func TestPressNeedsAButtonThatReachesTheBot(t *testing.T) {
	srv := newStory()
	bot := sender(t, srv)
	markup := &tele.ReplyMarkup{}
	markup.Inline(markup.Row(markup.URL("🔗 Postingan", "https://contoh.id/1"), markup.QueryChat("🔎 Cari", "")))
	if _, err := bot.Send(tele.ChatID(room), "kartu", markup); err != nil {
		t.Fatal(err)
	}
	for _, button := range []string{"🔗 Postingan", "🔎 Cari", "✋ Ambil"} {
		if _, err := srv.Press(t.Context(), room, 1, sari, button); !errors.Is(err, faketelegram.ErrNoButton) {
			t.Errorf("press %q gave %v", button, err)
		}
	}
	srv.Erase(room, 1)
	if _, err := srv.Press(t.Context(), room, 1, sari, "✋ Ambil"); !errors.Is(err, faketelegram.ErrNoButton) {
		t.Errorf("press on an erased card gave %v", err)
	}
}

func TestPrivacyModeDecidesWhatAGroupBotHears(t *testing.T) {
	tests := []struct {
		name, text string
		reply      int
		admin, off bool
		want       bool
	}{
		{name: "a command", text: "/ambil 1", want: true},
		{name: "a command for this bot", text: "/ambil@Siaga_uji_bot 1", want: true},
		{name: "a command for another bot", text: "/ambil@lain_bot 1"},
		{name: "a mention", text: "halo @siaga_uji_bot", want: true},
		{name: "a reply to the bot", text: "sudah", reply: 1, want: true},
		{name: "a reply to a person", text: "sudah", reply: 2},
		{name: "free talk", text: "hujan deras"},
		{name: "free talk to an administrator", text: "hujan deras", admin: true, want: true},
		{name: "free talk without privacy mode", text: "hujan deras", off: true, want: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			srv := newStory()
			if tt.admin {
				srv.AddChat(faketelegram.Chat{ID: room, Type: "supergroup", Admins: []int64{srv.Me().ID}})
			}
			srv.SetPrivacy(!tt.off)
			bot := sender(t, srv)
			if _, err := bot.Send(tele.ChatID(room), "kartu"); err != nil {
				t.Fatal(err)
			}
			srv.Say(room, budi, "obrolan")
			before := len(poll(t, bot, 0))
			srv.Say(room, sari, tt.text, faketelegram.ReplyTo(tt.reply))
			if got := len(poll(t, bot, 0)) > before; got != tt.want {
				t.Errorf("heard %v, want %v", got, tt.want)
			}
		})
	}
}

func TestAnonymousAdminsWriteAsTheGroup(t *testing.T) {
	srv := newStory()
	srv.Say(room, faketelegram.AnonymousAdmin, "/ambil 1")
	got := poll(t, sender(t, srv), 0)[0].Message
	if got.Sender.ID != 1087968824 || !got.Sender.IsBot || got.SenderChat == nil || got.SenderChat.ID != room {
		t.Errorf("sender %+v, sender chat %+v", got.Sender, got.SenderChat)
	}
}

func TestTopicsCarryTheirOpeningMessageAsTheReply(t *testing.T) {
	srv := newStory()
	line := srv.Say(room, sari, "/status", faketelegram.InThread(7))
	srv.Say(room, sari, "/status", faketelegram.InThread(7), faketelegram.ReplyTo(line))
	srv.Say(room, sari, "/status")
	got := poll(t, sender(t, srv), 0)
	if m := got[0].Message; m.ThreadID != 7 || !m.TopicMessage || m.ReplyTo.ID != 7 || m.ReplyTo.TopicCreated == nil {
		t.Errorf("a line in the topic: %+v", m)
	}
	if m := got[1].Message; m.ReplyTo.ID != line || m.ReplyTo.Text != "/status" {
		t.Errorf("a reply in the topic: %+v", m.ReplyTo)
	}
	if m := got[2].Message; m.ThreadID != 0 || m.ReplyTo != nil {
		t.Errorf("a line in General: %+v", m)
	}
}

func TestTheBotLearnsThatItWasKickedOrTheGroupMoved(t *testing.T) {
	const group, upgraded = int64(-55), int64(-10055)
	srv := newStory()
	srv.AddChat(faketelegram.Chat{ID: group, Type: "group", Title: "Lama"})
	srv.Migrate(group, upgraded)
	srv.Kick(room, budi)
	srv.Say(room, sari, "/ambil 1") // nobody is there to hear it
	got := poll(t, sender(t, srv), 0)
	if len(got) != 3 {
		t.Fatalf("%d updates", len(got))
	}
	if got[0].Message.MigrateTo != upgraded || got[1].Message.MigrateFrom != group || got[1].Message.Chat.ID != upgraded {
		t.Errorf("the move: %+v, %+v", got[0].Message, got[1].Message)
	}
	if m := got[2].MyChatMember; m.NewChatMember.Role != tele.Kicked || m.Sender.ID != budi {
		t.Errorf("the kick: %+v", m)
	}
}

func TestWaitShowsTheChatWhenItGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := newStory()
		srv.Say(room, sari, "halo")
		err := srv.Wait(within(t, time.Second), room, func([]faketelegram.Message) bool { return false })
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "#1 from 111: halo") {
			t.Error(err)
		}
	})
}

func TestAStoryWithStrangersIsWrong(t *testing.T) {
	srv := newStory()
	for name, line := range map[string]func(){
		"chat":   func() { srv.Say(1, sari, "halo") },
		"person": func() { srv.Say(room, 1, "halo") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("an unknown %s may speak", name)
				}
			}()
			line()
		}()
	}
	if shown := srv.Messages(room); slices.ContainsFunc(shown, func(m faketelegram.Message) bool { return m.From == 1 }) {
		t.Errorf("a stranger's line stayed: %v", shown)
	}
}
