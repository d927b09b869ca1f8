// Package telegram speaks and listens in Telegram: it draws cards and pings,
// edits cards in place, and carries what people write and press to bot.Talk.
//
// It is built on two telebot values (chat.md 8). The sender is never started
// and never stopped, since Stop cancels calls that the server has already
// accepted. The receiver lives as long as one Run and polls by our own rules.
// Neither knows the token: see wire.
//
// Of the store it uses one shelf:
//
//	inbox/telegram   where to read on: {next, at, moved}
package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	tele "gopkg.in/telebot.v3"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

const (
	// callTime bounds every call of the sender. The notifier's grace before it
	// reconciles a card (15 s) must not be shorter.
	callTime = 15 * time.Second

	// pollTime is how long the server may hold a getUpdates that has nothing
	// to tell. The client waits callTime longer, or every poll would fail.
	pollTime = 50 * time.Second

	// finishTime is how long the update in hand may take after Run's context
	// has ended, and stopTime when Run returns in any case (chat.md 1.3 rule 10).
	finishTime = 8 * time.Second
	stopTime   = 10 * time.Second
)

// Talker takes what people say and press; *bot.Talk is one. An error means
// that nothing was stored: the answer says so, and the same update comes
// again.
type Talker interface {
	Hear(ctx context.Context, s bot.Saying) (bot.Answer, error)
	Press(ctx context.Context, p bot.Press) (bot.Answer, error)
}

// Wording draws cards and knows the sentences that people read; *bot.Lang is
// one.
type Wording interface {
	Layout(m notifier.Message) []bot.Block
	Buttons(c notifier.Card) [][]bot.Button
	// Replies returns what can be pressed under a ping.
	Replies(m notifier.Message) []bot.Button
	// Replied returns the command that a reply to one of our texts stands for.
	Replied(to, line string) (command string, ok bool)
	// More says that n blocks did not fit.
	More(n int) string
	// Say returns the sentence of a key.
	Say(key string) string
}

var (
	_ Talker  = (*bot.Talk)(nil)
	_ Wording = (*bot.Lang)(nil)
)

// The keys of the sentences that only this transport needs.
const (
	sayPrivate  = "telegram.private"   // to a command or a tap outside of the configured chats
	sayNotYours = "telegram.not-yours" // to a tap on a choice that was offered to somebody else
	sayTooLate  = "telegram.too-late"  // to a tap on a choice that is older than choiceTime
)

// Config is what a Bot needs.
type Config struct {
	Token func() string     // reads the bot token; never logged, never kept
	HTTP  http.RoundTripper // nil: net/http with timeouts and the proxy of the environment
	API   string            // base URL; empty: https://api.telegram.org
	Talk  Talker
	Lang  Wording
	DB    store.DB
	// Knows reports whether a group is one of the configured chats, whatever
	// the topic. The bot leaves every other.
	Knows func(chat int64) bool
	// CardOf returns the incident whose card a message is, or 0.
	CardOf func(ctx context.Context, d notifier.Dest, msgID string) incident.ID
	// Pressed hears which message the button of a card was pressed on, before
	// the press has its effect; nil: nobody does.
	Pressed func(ctx context.Context, d notifier.Dest, at notifier.Receipt, id incident.ID)
	// Moved gives a chat its new address, in the transaction that learns of it;
	// nil: nobody is told.
	Moved func(tx store.Tx, from, to notifier.Dest) error
	// Shared hears that another process listens with the same token, and that
	// it does not any more; nil: nobody is told.
	Shared func(ctx context.Context, yes bool)
	// Spent hears of every answer, which counts in the limits of its chat as
	// cards do; nil: nobody does.
	Spent func(d notifier.Dest)
	Menus []Menu
	Log   *slog.Logger
}

// Bot is one Telegram bot. It is a notifier.Sender and a notifier.Editor from
// the start, and listens while Run runs.
type Bot struct {
	cfg    Config
	wire   wire
	sender *tele.Bot
}

// New checks c and returns a Bot. It opens no connection.
func New(c Config) (*Bot, error) {
	if token := c.Token(); token == "" || strings.ContainsAny(token, "/ \t\r\n") {
		return nil, fmt.Errorf("telegram: the token is empty or has a blank or a slash in it")
	}
	for _, m := range c.Menus {
		if err := m.check(); err != nil {
			return nil, fmt.Errorf("telegram: menu %q: %w", m.Language, err)
		}
	}
	if c.HTTP == nil {
		c.HTTP = defaultTransport()
	}
	if c.API == "" {
		c.API = tele.DefaultApiURL
	}
	c.API = strings.TrimRight(c.API, "/")
	if c.Spent == nil {
		c.Spent = func(notifier.Dest) {}
	}
	if c.Pressed == nil {
		c.Pressed = func(context.Context, notifier.Dest, notifier.Receipt, incident.ID) {}
	}
	if c.Moved == nil {
		c.Moved = func(store.Tx, notifier.Dest, notifier.Dest) error { return nil }
	}
	if c.Shared == nil {
		c.Shared = func(context.Context, bool) {}
	}
	b := &Bot{cfg: c, wire: wire{base: c.HTTP, token: c.Token}}
	sender, err := tele.NewBot(b.settings(callTime))
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	b.sender = sender
	return b, nil
}

// settings are those of both telebot values: offline, so that making one
// needs no network, and synchronous, so that updates stay in order.
func (b *Bot) settings(timeout time.Duration) tele.Settings {
	return tele.Settings{
		URL:         b.cfg.API,
		Token:       placeholder,
		Client:      b.wire.client(timeout),
		Offline:     true,
		Synchronous: true,
	}
}

// Run listens until ctx ends, through every failure of the network, the
// server and the store. It then lets the update in hand finish and returns
// nil within 10 s.
func (b *Bot) Run(ctx context.Context) error {
	work, cancel := graceful(ctx, finishTime)
	defer cancel()
	l, err := b.listen(ctx, work)
	if err != nil {
		return fmt.Errorf("telegram: %w", err)
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		l.tele.Start()
	}()
	<-l.started // telebot's Stop hangs for ever, or stops nothing, before Start
	<-ctx.Done()
	go l.tele.Stop()
	select {
	case <-stopped:
	case <-time.After(stopTime):
		b.cfg.Log.Warn("telegram: an update is still being worked on")
	}
	return nil
}

// graceful returns a context that ends d after ctx does.
func graceful(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		select {
		case <-time.After(d):
			cancel()
		case <-work.Done():
		}
	})
	return work, cancel
}
