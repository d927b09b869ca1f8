package slack

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gorilla/websocket"
	slackgo "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

const (
	// ackTime bounds an acknowledgement, which Slack expects within 3 s.
	ackTime = 2 * time.Second

	// queueSize is how much may wait for the worker. What does not fit is not
	// acknowledged, so that Slack sends it again.
	queueSize = 100

	// handshakeTime bounds the dial, TLS and upgrade of a socket together.
	handshakeTime = 15 * time.Second

	// maxEnvelope bounds what comes in one message, in bytes: a press carries
	// the whole card.
	maxEnvelope = 1 << 20

	// oneFrame is the size of our write buffer in bytes. Slack is said to drop
	// an answer that comes in more than one frame (slack-go, socketmode.go).
	oneFrame = 32 << 10
)

// listener is one Run. The reading side supervises the socket, acknowledges
// and queues; the working side, one goroutine, does everything else in order.
type listener struct {
	*Bot
	queue  chan socketmode.Event
	pulse  pulse
	outage outage
	me     identity // set before anything is queued
	people map[string]guest
}

// identity is who Slack says we are.
type identity struct{ team, user string }

func newListener(b *Bot) *listener {
	return &listener{Bot: b, queue: make(chan socketmode.Event, queueSize), people: make(map[string]guest)}
}

// supervise keeps one socket open until ctx ends.
func (l *listener) supervise(ctx context.Context) {
	for {
		err := l.session(ctx)
		if ctx.Err() != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(l.outage.pause(err, l.cfg.Log)):
		}
	}
}

// session opens a socket and reads from it until it fails or ctx ends. The
// library opens the next one by itself when Slack closes one politely.
func (l *listener) session(ctx context.Context) error {
	if err := l.identify(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	client := l.socket()
	l.pulse.beat()
	var ended error
	over := make(chan struct{})
	go func() {
		defer close(over)
		ended = client.RunContext(ctx)
	}()
	err := l.receive(ctx, client, over)
	cancel()
	select {
	case <-over:
	case <-time.After(closeTime):
		l.cfg.Log.Warn("slack: a socket does not close and is left behind")
		return err
	}
	if err == nil {
		err = failure("socket", ended)
	}
	return err
}

// identify learns who we are, once: the workspace is pinned.
func (l *listener) identify(ctx context.Context) error {
	if l.me.team != "" {
		return nil
	}
	return l.call(ctx, "auth.test", "", func() error {
		who, err := l.api.AuthTestContext(ctx)
		switch {
		case err != nil:
			return err
		case who.TeamID == "" || who.UserID == "":
			return errNoAnswer
		}
		l.me = identity{team: who.TeamID, user: who.UserID}
		l.cfg.Log.Info("slack: this is our workspace", "team", who.TeamID, "name", who.Team, "bot", who.UserID)
		return nil
	})
}

func (l *listener) socket() *socketmode.Client {
	return socketmode.New(l.api, socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionDialer(&websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		NetDialContext:   l.pulse.dial(l.cfg.Dial),
		HandshakeTimeout: handshakeTime,
		WriteBufferSize:  oneFrame,
	}))
}

// receive drains the events of a socket; the library stalls, pings and all,
// when nobody does. It returns nil when the library has ended by itself, else
// the reason to end it.
func (l *listener) receive(ctx context.Context, client *socketmode.Client, over <-chan struct{}) error {
	look := time.NewTicker(lookTime)
	defer look.Stop()
	greeted := true // by the socket before; the first has none
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-over:
			return nil
		case <-look.C:
			if l.pulse.silence() > deafTime {
				return errDeaf
			}
		case e := <-client.Events:
			switch {
			case e.Type == socketmode.EventTypeHello:
				greeted = true
				l.outage.over(l.cfg.Log)
			case e.Type == socketmode.EventTypeConnected && !greeted:
				return errNoHello
			case e.Type == socketmode.EventTypeConnected:
				greeted = false
			}
			if err := l.on(ctx, client, e); err != nil {
				return err
			}
		}
	}
}

// failure gives the library's errors a class, and takes secrets away.
func failure(what string, err error) error {
	fail := classify(err)
	if fail == nil {
		return nil
	}
	fail.Err = fmt.Errorf("%s: %w", what, fail.Err)
	return fail
}

// on handles one event of a socket. An error means that the next attempt is
// ours to pace: the library would wait up to five minutes.
func (l *listener) on(ctx context.Context, client *socketmode.Client, e socketmode.Event) error {
	switch data := e.Data.(type) {
	case *slackgo.ConnectionErrorEvent:
		return failure("connect", data.ErrorObj)
	case *socketmode.ErrorBadMessage:
		l.cfg.Log.Warn("slack: something unreadable was skipped", "err", bare(data.Cause))
	case slackgo.InteractionCallback, slackgo.SlashCommand, slackevents.EventsAPIEvent:
		l.accept(ctx, client, e)
	}
	return nil
}

// accept acknowledges an envelope, which says no more than that it came in,
// and queues it. The answer goes another way: one in the acknowledgement is
// dropped silently when it is too long.
func (l *listener) accept(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	if len(l.queue) == cap(l.queue) {
		l.cfg.Log.Warn("slack: too much at once, Slack has to send it again", "waiting", len(l.queue))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := client.AckCtx(ctx, e.Request.EnvelopeID, nil); err != nil {
		l.cfg.Log.Warn("slack: acknowledge", "err", err)
	}
	l.queue <- e
}

// work handles what was acknowledged, in order, until the queue is closed.
func (l *listener) work(ctx context.Context) {
	l.sweep(ctx)
	sweep := time.NewTicker(sweepTime)
	defer sweep.Stop()
	for {
		select {
		case <-sweep.C:
			l.sweep(ctx)
		case e, more := <-l.queue:
			if !more {
				return
			}
			l.take(ctx, e)
		}
	}
}

// take hands one event to its handler. When that panics the event is skipped:
// it would do the same again.
func (l *listener) take(ctx context.Context, e socketmode.Event) {
	defer func() {
		if p := recover(); p != nil {
			l.cfg.Log.Error("slack: panic", "event", string(e.Type), "panic", p, "stack", string(debug.Stack()))
		}
	}()
	if ctx.Err() != nil {
		l.cfg.Log.Warn("slack: no time was left for something that was acknowledged", "event", string(e.Type))
		return
	}
	switch data := e.Data.(type) {
	case slackgo.InteractionCallback:
		if data.Type == slackgo.InteractionTypeViewSubmission {
			l.onForm(ctx, e.Request.EnvelopeID, data)
			return
		}
		l.onPress(ctx, e.Request.EnvelopeID, data)
	case slackgo.SlashCommand:
		l.onCommand(ctx, e.Request.EnvelopeID, data)
	case slackevents.EventsAPIEvent:
		l.onEvent(ctx, e.Request.EnvelopeID, data)
	}
}
