package fakeslack_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

const (
	botToken = "xoxb-1"
	appToken = "xapp-1"
)

// inBubble runs a story in a workspace with the channel C1 and with Sari, on the clock of a bubble.
func inBubble(t *testing.T, story func(t *testing.T, s *fakeslack.Server, api *slack.Client)) {
	synctest.Test(t, func(t *testing.T) {
		s := fakeslack.New(botToken, appToken)
		t.Cleanup(s.Close)
		s.AddChannel("C1", "humas")
		s.AddUser(fakeslack.User{ID: "U1", Name: "Sari"})
		story(t, s, client(s))
	})
}

func client(s *fakeslack.Server) *slack.Client {
	return slack.New(botToken, slack.OptionAppLevelToken(appToken),
		slack.OptionAPIURL(s.APIURL()), slack.OptionHTTPClient(s.Client()))
}

// connect runs a Socket Mode client; handle gets every event that came in an envelope.
func connect(t *testing.T, s *fakeslack.Server, handle func(*socketmode.Client, socketmode.Event)) {
	ctx, cancel := context.WithCancel(context.Background())
	c := socketmode.New(client(s), socketmode.OptionDialer(&websocket.Dialer{NetDialContext: s.DialContext}))
	var running sync.WaitGroup
	running.Go(func() { _ = c.RunContext(ctx) }) // always ends with the context's error
	running.Go(func() {
		for {
			select {
			case e := <-c.Events:
				if e.Request != nil && e.Request.EnvelopeID != "" {
					handle(c, e)
				}
			case <-ctx.Done():
				return
			}
		}
	})
	t.Cleanup(func() { cancel(); running.Wait() })
}

func ack(c *socketmode.Client, e socketmode.Event) { _ = c.Ack(*e.Request) }

func noViolations(t *testing.T, s *fakeslack.Server) {
	t.Helper()
	for _, v := range s.Violations() {
		t.Errorf("violation: %v", v)
	}
}

// card is a small incident card with one button.
func card(button string) slack.MsgOption {
	return slack.MsgOptionBlocks(
		slack.NewHeaderBlock(slack.NewTextBlockObject("plain_text", "🟠 WASPADA · ISU-42", true, false)),
		slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", "*Debu* — Rembang &amp; <https://x.id|tautan>", false, false), nil, nil),
		slack.NewActionBlock("isu:42:7", slack.NewButtonBlockElement("isu.ack", "42", slack.NewTextBlockObject("plain_text", button, true, false))),
	)
}

func post(t *testing.T, api *slack.Client, options ...slack.MsgOption) string {
	t.Helper()
	_, ts, err := api.PostMessageContext(t.Context(), "C1", options...)
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func TestAPressedButtonChangesTheCard(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
			ack(c, e)
			press := e.Data.(slack.InteractionCallback)
			action := press.ActionCallback.BlockActions[0]
			if action.ActionID != "isu.ack" || action.BlockID != "isu:42:7" || action.Value != "42" || press.User.ID != "U1" {
				t.Errorf("pressed %+v by %+v", action, press.User)
			}
			_, _, _, err := c.UpdateMessageContext(context.Background(), press.Channel.ID, press.Message.Timestamp,
				slack.MsgOptionText("diambil", false), card("Selesai"))
			if err != nil {
				t.Error(err)
			}
		})
		ts := post(t, api, slack.MsgOptionText("ISU-42", false), card("✋ Ambil"))
		if got, want := s.Messages("C1")[0].Plain, "🟠 WASPADA · ISU-42\nDebu — Rembang & tautan\n[✋ Ambil]"; got != want {
			t.Errorf("screen shows %q, want %q", got, want)
		}
		if err := s.Press("C1", ts, "U1", "isu.ack"); err != nil {
			t.Fatal(err)
		}
		err := s.Wait(t.Context(), "C1", func(m []fakeslack.Message) bool {
			return len(m) == 1 && m[0].Edits == 1 && m[0].Buttons[0].Text == "Selesai"
		})
		if err != nil {
			t.Error(err)
		}
		noViolations(t, s)
	})
}

func TestCommandsAndMentionsArrive(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		heard := make(chan string, 10)
		connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
			switch data := e.Data.(type) {
			case slack.SlashCommand:
				heard <- data.Command + " " + data.Text + " " + data.UserID + " " + data.ChannelID
				_ = c.Ack(*e.Request, map[string]string{"text": "sebentar"})
				return
			case slackevents.EventsAPIEvent:
				switch inner := data.InnerEvent.Data.(type) {
				case *slackevents.AppMentionEvent:
					heard <- inner.Text + " in thread " + inner.ThreadTimeStamp
				case *slackevents.MessageEvent:
					heard <- inner.Text + " in " + inner.ChannelType
				}
			}
			ack(c, e)
		})
		card := post(t, api, slack.MsgOptionText("kartu", false))
		if err := s.Slash("C1", "U1", "/isu", "ambil 42"); err != nil {
			t.Fatal(err)
		}
		mention, err := s.Mention("C1", "U1", "ambil 42")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Reply("C1", card, "U1", "<@"+fakeslack.BotUserID+"> catat x"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Say("U1", "U1", "halo"); err != nil {
			t.Fatal(err)
		}
		want := []string{
			"/isu ambil 42 U1 C1", "<@U0BOT> ambil 42 in thread ", "<@U0BOT> catat x in thread " + card, "halo in im",
		}
		for _, w := range want {
			if got := <-heard; got != w {
				t.Errorf("heard %q, want %q", got, w)
			}
		}
		if got := s.Ephemerals(); len(got) != 1 || got[0].Plain != "sebentar" || got[0].User != "U1" {
			t.Errorf("answer to the command: %+v", got)
		}
		if got := s.Messages("C1"); got[1].TS != mention || got[1].Plain != "@siaga ambil 42" {
			t.Errorf("the mention on the screen: %+v", got[1])
		}
		noViolations(t, s)
	})
}

func TestAMenuSendsWhatWasChosen(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		chosen := make(chan string, 1)
		connect(t, s, func(c *socketmode.Client, e socketmode.Event) {
			ack(c, e)
			chosen <- e.Data.(slack.InteractionCallback).ActionCallback.BlockActions[0].SelectedOption.Value
		})
		more := slack.NewOverflowBlockElement("isu.more", slack.NewOptionBlockObject("mute", words("Bisukan"), nil))
		ts := post(t, api, slack.MsgOptionBlocks(slack.NewActionBlock("", more)))
		if err := s.Choose("C1", ts, "U1", "isu.more", "mute"); err != nil {
			t.Fatal(err)
		}
		if got := <-chosen; got != "mute" {
			t.Errorf("chose %q", got)
		}
		if err := s.Choose("C1", ts, "U1", "isu.more", "shout"); !errors.Is(err, fakeslack.ErrNotThere) {
			t.Errorf("an entry that is not in the menu: %v", err)
		}
	})
}

func TestStoriesNameOnlyWhatIsOnTheScreen(t *testing.T) {
	inBubble(t, func(t *testing.T, s *fakeslack.Server, api *slack.Client) {
		ts := post(t, api, slack.MsgOptionText("ISU-42", false), card("Ambil"))
		_, mentionless := s.Mention("C1", "U9", "x")
		_, threadless := s.Reply("C1", "1.000001", "U1", "x")
		_, viewless := s.SubmitView("V9", "U1", nil)
		for _, err := range []error{
			s.Press("C1", ts, "U1", "isu.resolve"), s.Press("C1", "1.000001", "U1", "isu.ack"),
			s.Press("C9", ts, "U1", "isu.ack"), s.Press("C1", ts, "U9", "isu.ack"),
			s.Slash("C9", "U1", "/isu", ""), s.Remove("C1", "1.000001"), s.Archive("C9"),
			mentionless, threadless, viewless,
		} {
			if !errors.Is(err, fakeslack.ErrNotThere) {
				t.Errorf("got %v, want %v", err, fakeslack.ErrNotThere)
			}
		}
	})
}
