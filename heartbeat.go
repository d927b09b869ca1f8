package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/health"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// pulse is how the heartbeat goes since the start.
type pulse struct {
	mu   sync.Mutex
	beat heard
}

// heard is what became of the beats.
type heard struct {
	bot.Beat
	Sent, Failed int // how many
}

func (p *pulse) read() heard {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.beat
}

// hold notes that none is sent, and reports whether that is news.
func (p *pulse) hold(why bot.Held) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	news := p.beat.Held != why
	p.beat.Held = why
	return news
}

// sent notes what became of one, and reports whether that is news.
func (p *pulse) sent(now time.Time, err error) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	lost := !p.beat.Lost.IsZero()
	switch {
	case err == nil:
		p.beat.Sent++
		p.beat.At, p.beat.Lost, p.beat.Err = now, time.Time{}, ""
	case lost:
		p.beat.Failed++
		p.beat.Err = err.Error()
	default:
		p.beat.Failed++
		p.beat.Lost, p.beat.Err = now, err.Error()
	}
	return lost != (err != nil)
}

// keepBeating tells the outside, while Siaga is well, that it is. The first
// beat comes after one period: a program that dies young again and again must
// not look alive.
func (a *app) keepBeating(ctx context.Context) error {
	c := a.live.Config()
	if !c.Beat.URL.Set() {
		<-ctx.Done()
		return nil
	}
	heart := health.Heart{URL: c.Beat.URL.Reveal, Client: a.outside.feeds(c)}
	return every(ctx, c.Beat.Every, func() { a.beat(ctx, heart) })
}

func (a *app) beat(ctx context.Context, heart health.Heart) {
	why, err := a.held(ctx, time.Now())
	if ctx.Err() != nil {
		return
	}
	if news := a.pulse.hold(why); news && why != "" {
		a.log.Warn("the heartbeat is held back", "why", string(why), "err", err) // for ill and chats there is none
	}
	if why != "" {
		return
	}
	err = heart.Beat(ctx)
	if ctx.Err() != nil {
		return
	}
	switch news := a.pulse.sent(time.Now(), err); {
	case news && err != nil:
		a.log.Warn("the heartbeat does not arrive; trying again by itself", "err", err)
	case news:
		a.log.Info("the heartbeat arrives again")
	}
}

// held returns why Siaga is not well, or nothing: it reads, decides, keeps and
// is heard.
func (a *app) held(ctx context.Context, now time.Time) (bot.Held, error) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	l, err := a.look(ctx, now)
	if slices.ContainsFunc(l.alarms, func(al health.Alarm) bool { return al.Trouble.Deadly() }) {
		return bot.Ailing, nil
	}
	if err == nil {
		err = a.db.Update(ctx, func(tx store.Tx) error { return health.Prove(tx, now) })
	}
	if err != nil {
		return bot.Unwritten, err
	}
	chats, err := a.outbox.Backlogs(ctx)
	if err != nil {
		return bot.Unwritten, err
	}
	if !slices.ContainsFunc(chats, func(b notifier.Backlog) bool { return arrives(b, now) }) {
		return bot.Unheard, nil
	}
	return "", nil
}

// arrives reports whether what is sent to a chat arrives there, as far as is
// known: nothing waits that has failed for long.
func arrives(b notifier.Backlog, now time.Time) bool {
	return b.LastErr == "" || now.Sub(b.Oldest) < stuckAfter
}
