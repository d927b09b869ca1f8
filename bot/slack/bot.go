// Package slack speaks and listens in Slack: it draws cards and pings in Block
// Kit, edits cards in place, finds its own messages again, and carries what
// people write and press to bot.Talk.
//
// It speaks through the Web API and listens through Socket Mode, so that no
// address of ours has to be public. The library knows neither token (see wire)
// and repeats nothing by itself: the outbox decides.
//
// Of the store it uses one shelf:
//
//	inbox/slack/<trigger or event id>   what was worked on: {at}, kept for an hour
package slack

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

const (
	// callTime bounds every call of the Web API. The notifier's grace before it
	// reconciles a card (15 s) must not be shorter.
	callTime = 15 * time.Second

	// A stop takes at most 10 s (chat.md 1.3 rule 10): closeTime for the socket,
	// then stopTime for what was acknowledged. Handlers lose their context after
	// finishTime, so that they have time to end.
	closeTime  = 2 * time.Second
	finishTime = 6 * time.Second
	stopTime   = 8 * time.Second
)

// Talker takes what people say and press; *bot.Talk is one. It commits the
// mark exactly once, together with what was changed. An error means that
// nothing was stored, and the answer says so.
type Talker interface {
	Hear(ctx context.Context, s bot.Saying) (bot.Answer, error)
	Press(ctx context.Context, p bot.Press) (bot.Answer, error)
}

// Wording draws cards; *bot.Lang is one.
type Wording interface {
	Layout(m notifier.Message) []bot.Block
	Buttons(c notifier.Card) [][]bot.Button
	// Aside returns what is seldom pressed under a card.
	Aside(c notifier.Card) []bot.Button
	// Replies returns what can be pressed under a ping.
	Replies(m notifier.Message) []bot.Button
	// More says that n blocks did not fit.
	More(n int) string
}

var (
	_ Talker  = (*bot.Talk)(nil)
	_ Wording = (*bot.Lang)(nil)
)

// Config is what a Bot needs. All fields without another word are required.
type Config struct {
	BotToken func() string // reads the token that begins with xoxb-; never logged, never kept
	AppToken func() string // reads the one that begins with xapp- and opens Socket Mode; likewise
	HTTP     *http.Client  // nil: one that follows the environment's proxy; without a timeout: 15 s
	// Dial connects the websocket; nil: net.Dialer.
	Dial   func(ctx context.Context, network, address string) (net.Conn, error)
	APIURL string // base URL; empty: https://slack.com/api/
	Talk   Talker
	Lang   Wording
	DB     store.DB
	// Knows reports whether a channel is configured. What is said in any other
	// is answered to the one who said it and to nobody else.
	Knows func(d notifier.Dest) bool
	// CardOf returns the incident whose card a message is, or 0.
	CardOf func(ctx context.Context, d notifier.Dest, ts string) incident.ID
	// Pressed hears which message the button of a card was pressed on, before
	// the press has its effect; nil: nobody does.
	Pressed func(ctx context.Context, d notifier.Dest, at notifier.Receipt, id incident.ID)
	// Spent hears of every answer that a channel sees, which counts in its
	// limits as cards do; nil: nobody does.
	Spent func(d notifier.Dest)
	Log   *slog.Logger
}

// Bot is one Slack app in one workspace. It is a notifier.Sender, Editor and
// Finder from the start, and listens while Run runs.
type Bot struct {
	cfg   Config
	http  *http.Client
	api   *slackgo.Client
	gates gates
	blind atomic.Bool // Find has no right to look, and has said so

	scopes atomic.Pointer[string] // of the bot token, as the wire saw them; nil: not yet
}

// New checks c and returns a Bot. It opens no connection.
func New(c Config) (*Bot, error) {
	if err := check(c.BotToken(), "xoxb-"); err != nil {
		return nil, fmt.Errorf("bot token: %w", err)
	}
	if err := check(c.AppToken(), "xapp-"); err != nil {
		return nil, fmt.Errorf("app token: %w", err)
	}
	if c.APIURL == "" {
		c.APIURL = slackgo.APIURL
	}
	c.APIURL = strings.TrimRight(c.APIURL, "/") + "/"
	if c.Pressed == nil {
		c.Pressed = func(context.Context, notifier.Dest, notifier.Receipt, incident.ID) {}
	}
	if c.Spent == nil {
		c.Spent = func(notifier.Dest) {}
	}
	if c.Dial == nil {
		c.Dial = (&net.Dialer{Timeout: connectTime}).DialContext
	}
	b := &Bot{cfg: c}
	b.http = client(c, &b.scopes)
	b.api = slackgo.New(placeholder, slackgo.OptionAppLevelToken(placeholder),
		slackgo.OptionHTTPClient(b.http), slackgo.OptionAPIURL(c.APIURL))
	return b, nil
}

// check finds the mistakes that people make with tokens: none, the other one,
// a line break. Bot tokens that rotate begin with xoxe.xoxb-.
func check(token, kind string) error {
	if !strings.HasPrefix(strings.TrimPrefix(token, "xoxe."), kind) || strings.ContainsAny(token, " \t\r\n") {
		return fmt.Errorf("%w: want one word that begins with %s", errBadToken, kind)
	}
	return nil
}

// Run listens until ctx ends, through every failure of the network, of Slack
// and of the store. It then lets what was acknowledged be worked on and
// returns nil within 10 s.
func (b *Bot) Run(ctx context.Context) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	l := newListener(b)
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.work(work)
	}()
	l.supervise(ctx)
	close(l.queue)
	finish := time.AfterFunc(finishTime, cancel)
	defer finish.Stop()
	select {
	case <-done:
	case <-time.After(stopTime):
		b.cfg.Log.Warn("slack: something is still being worked on")
	}
	return nil
}
