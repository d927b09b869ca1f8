package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/bot/slack"
	"github.com/siaga-id/siaga/bot/telegram"
	"github.com/siaga-id/siaga/bot/terminal"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/grievance"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/watcher"
	"github.com/siaga-id/siaga/web"
)

// app is all the rooms, connected.
type app struct {
	live    *config.Live
	db      disk
	bank    *facts.Bank
	desk    *incident.Desk
	drafts  *draft.Desk
	reader  *grievance.Reader
	ledger  *promise.Ledger
	outbox  *notifier.Outbox
	watcher *watcher.Watcher
	talk    *bot.Talk
	feeds   []watcher.Feed
	hooks   map[string]http.Handler
	chats   []part                      // the transports' listeners
	data    string                      // path of the store
	pulse   pulse                       // how the heartbeat goes
	greet   func(context.Context) error // what the terminal says first; nil: no terminal
	web     *web.Server
	outside outside
	trying  sync.Mutex        // one dry run at a time
	lookup  func() bot.Lookup // whether Slack lets us find lost cards; nil: no Slack
	log     *slog.Logger
	since   time.Time
	told    atomic.Value // string: what was last said to be wrong with the files
}

// build connects the rooms in the order in which a post walks through them.
// It opens the store, and nothing else of the outside.
func build(ctx context.Context, live *config.Live, o outside, log *slog.Logger) (*app, error) {
	c := live.Config()
	db, err := openDisk(o, c.Store)
	if err != nil {
		return nil, err
	}
	a := &app{live: live, db: db, outside: o, log: log, since: time.Now(), data: c.Store, hooks: map[string]http.Handler{}}
	for _, step := range []func(context.Context, *config.Config) error{
		a.connectDesk, a.connectBank, a.connectChats, a.connectSources, a.connectWeb,
		func(ctx context.Context, _ *config.Config) error { return a.outbox.Recall(ctx, time.Now()) },
		func(ctx context.Context, _ *config.Config) error { return a.settle(ctx) },
	} {
		if err := step(ctx, c); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return a, nil
}

// connectDesk makes the way from a firing to the outbox.
func (a *app) connectDesk(_ context.Context, c *config.Config) error {
	senders := map[string]notifier.Sender{}
	a.outbox = notifier.NewOutbox(notifier.Outbox{
		DB: a.db, Plan: &a.live.Plan, Senders: senders, Blind: a.blind, Log: a.log,
	})
	a.reader = complaints(c)
	a.desk = &incident.Desk{
		DB: a.db, Notify: a.heed, Version: func() string { return a.live.Config().Hash }, Complains: a.reader.Credible,
	}
	a.outbox.Act = a.desk.Act
	a.connectDrafts()
	a.connectPromises()
	a.watcher = &watcher.Watcher{
		DB: a.db, Intake: source.Intake{Places: source.NewGazetteer(c.Places)}, Rules: &a.live.Rules,
		Desk: a.desk, Silence: a.outbox.Silence, Refresh: a.outbox.Refresh, Log: a.log,
	}
	return a.connectModel(c)
}

// connectChats makes the way from the outbox to the chats and back. A
// transport without a token is left out.
func (a *app) connectChats(_ context.Context, c *config.Config) error {
	lang, err := bot.NewLang(c.Language)
	if err != nil {
		return err
	}
	a.talk = bot.NewTalk(bot.TalkConfig{
		DB: a.db, Desk: a.desk, People: a.live.People.Load, Lang: lang, Knows: a.knows, Repost: a.repost,
		Operator: !c.Telegram.Set() && !slackOn(c), Status: a.status, Explain: a.explain, Shadows: shadows{a},
		Name: a.name, Log: a.log,
		Reload: a.reloadFor, Spoken: a.spoken, Seat: a.seated, TryRule: a.tryRule,
		Digest: func(ctx context.Context, d notifier.Dest) (notifier.Digest, error) {
			return a.outbox.DigestOf(ctx, d, time.Now())
		},
		Drafts: a.drafts, Stories: stories{}, Sites: a.sites, Duty: a.duty, Mutes: a.outbox, Labels: a.labels, Evidence: a.outbox, Bank: a.banked(),
		Promises: a.ledger, Signs: func(text string) []string { return signs(a.reader, text) },
	})
	if c.Telegram.Set() {
		if err := a.connectTelegram(c, lang); err != nil {
			return err
		}
	}
	if slackOn(c) {
		if err := a.connectSlack(c, lang); err != nil {
			return err
		}
	}
	for _, d := range a.outbox.Current().AllDests() {
		if d == terminalDest {
			a.connectTerminal(lang)
		}
	}
	return nil
}

func slackOn(c *config.Config) bool { return c.SlackBot.Set() && c.SlackApp.Set() }

const terminalDest notifier.Dest = "terminal"

func (a *app) connectTerminal(lang *bot.Lang) {
	t := terminal.New(a.outside.out, a.outside.in, a.talk, lang, a.outside.look)
	a.outbox.Senders["terminal"] = t
	a.greet = t.Greet
	a.chats = append(a.chats, part{"terminal", func(ctx context.Context) error {
		if err := a.outbox.ShowAgain(ctx, terminalDest, time.Now()); err != nil {
			return err
		}
		return t.Run(ctx)
	}})
}

func (a *app) connectTelegram(c *config.Config, lang *bot.Lang) error {
	menus, err := menus()
	if err != nil {
		return err
	}
	t, err := telegram.New(telegram.Config{
		Token: c.Telegram.Reveal, HTTP: a.outside.telegram, Talk: a.talk, Lang: lang, DB: a.db,
		Knows: a.knowsGroup, CardOf: a.cardOf, Menus: menus, Log: a.log,
		Pressed: a.pressed, Spent: a.spent, Moved: a.moved, Shared: a.tokenShared("telegram"),
	})
	if err != nil {
		return fmt.Errorf("telegram: %w", err)
	}
	a.outbox.Senders["telegram"] = t
	a.chats = append(a.chats, part{"telegram", t.Run})
	return nil
}

// menus are the commands that Telegram offers: in Indonesian to those whose
// telephone speaks it, in English to all others.
func menus() ([]telegram.Menu, error) {
	english, err := bot.NewLang("en")
	if err != nil {
		return nil, err
	}
	indonesian, err := bot.NewLang("id")
	if err != nil {
		return nil, err
	}
	return []telegram.Menu{
		{Language: "id", Items: indonesian.Menu()},
		{Language: "", Items: english.Menu()},
	}, nil
}

func (a *app) connectSlack(c *config.Config, lang *bot.Lang) error {
	s, err := slack.New(slack.Config{
		BotToken: c.SlackBot.Reveal, AppToken: c.SlackApp.Reveal, HTTP: a.outside.slack, Dial: a.outside.slackDial,
		APIURL: a.outside.slackAPI, Talk: a.talk, Lang: lang, DB: a.db, Knows: a.knows, CardOf: a.cardOf, Log: a.log,
		Pressed: a.pressed, Spent: a.spent,
	})
	if err != nil {
		return fmt.Errorf("slack: %w", err)
	}
	a.outbox.Senders["slack"] = s
	a.lookup = s.Lookup
	a.chats = append(a.chats, part{"slack", s.Run})
	return nil
}

// connectSources makes the way from the outside to the watcher.
func (a *app) connectSources(ctx context.Context, c *config.Config) error {
	key, err := source.VoiceKey(ctx, a.db)
	if err != nil {
		return err
	}
	deps := source.Deps{Client: a.outside.feeds(c), Hash: source.NewVoices(key)}
	for _, spec := range c.Sources {
		made, err := source.New(spec, deps)
		if err != nil {
			return err
		}
		if p, ok := made.(source.Poller); ok {
			a.feeds = append(a.feeds, watcher.Feed{Spec: spec, Poller: p})
			continue
		}
		hook, err := source.NewHook(spec, deps, func(ctx context.Context, b source.Batch) error {
			a.tellStrays(spec, b)
			return a.watcher.Accept(ctx, spec, b)
		})
		if err != nil {
			return err
		}
		a.hooks[spec.Name] = hook
	}
	return nil
}

// parts are what runs, in the order in which it starts: what others rely on
// comes first, and stops last.
func (a *app) parts() []part {
	parts := []part{{"outbox", func(ctx context.Context) error {
		if err := a.outbox.CatchUp(ctx, time.Now()); err != nil {
			return err
		}
		a.outbox.Run(ctx)
		return nil
	}}}
	parts = append(parts, part{"clock", func(ctx context.Context) error {
		a.outbox.Clock(ctx, map[string]notifier.Chore{
			"ladder": a.outbox.Ladder, "mutes": a.outbox.Mutes, "digest": a.outbox.Digests, "facts": a.outbox.Facts,
			"drafts": a.drafts.Watch, "promises": a.ledger.Remind,
		})
		return nil
	}})
	if a.web != nil {
		parts = append(parts, part{"web", a.serveWeb})
	}
	parts = append(parts, a.chats...)
	return append(parts,
		part{"disk", a.watchDisk},
		part{"reload", a.watchConfig},
		part{"self", a.watchSelf},
		part{"heartbeat", a.keepBeating},
		part{"watcher", func(ctx context.Context) error { a.watcher.Run(ctx, a.feeds); return nil }},
	)
}
