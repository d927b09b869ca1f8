package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"time"

	tele "gopkg.in/telebot.v3"
)

const (
	// minPoll is how fast a poll with nothing new may be followed by the next
	// one: a server or proxy that does not hold the line must not set the pace.
	minPoll = time.Second

	// pollLimit is how many updates one poll may bring, the API's maximum.
	pollLimit = 100
)

// listener is one Run: a receiver and how far it has read. All but its
// choices is touched by the polling goroutine alone.
type listener struct {
	*Bot
	tele    *tele.Bot
	started chan struct{} // closed when polling begins
	cursor  cursor        // as stored
	ready   bool          // our name and the cursor are known
	failed  error         // what the handler of the update in hand returned
	sorry   int           // the update whose failure was already told
	left    map[int64]time.Time
	choices choices
	shared  *bool // what was last said to Config.Shared; nil: nothing yet
}

// polling lets a function be a tele.Poller. telebot's channels stay unused.
type polling func()

func (p polling) Poll(*tele.Bot, chan tele.Update, chan struct{}) { p() }

// listen builds the receiver. Polling ends with ctx, handlers with work.
func (b *Bot) listen(ctx, work context.Context) (*listener, error) {
	l := &listener{
		Bot:     b,
		started: make(chan struct{}),
		left:    make(map[int64]time.Time),
		choices: choices{open: make(map[spot]*step)},
	}
	settings := b.settings(pollTime + callTime)
	settings.Client.Transport = until{b.wire, ctx}
	settings.OnError = func(err error, _ tele.Context) { l.failed = err }
	settings.Poller = polling(func() {
		close(l.started)
		l.poll(ctx, work)
		l.takeBack(work)
	})
	receiver, err := tele.NewBot(settings)
	if err != nil {
		return nil, err
	}
	l.tele = receiver
	l.handle(work)
	return l, nil
}

// handle registers what the receiver listens to; updates of any other kind
// are passed over.
func (l *listener) handle(work context.Context) {
	on := func(endpoint string, do func(context.Context, tele.Update) error) {
		l.tele.Handle(endpoint, func(c tele.Context) error { return do(work, c.Update()) })
	}
	on(tele.OnText, l.onText)
	on(tele.OnCallback, l.onCallback)
	on(tele.OnAddedToGroup, l.onAdded)
	on(tele.OnMigration, l.onMigration)
}

// poll asks for updates until ctx ends.
func (l *listener) poll(ctx, work context.Context) {
	var o outage
	for ctx.Err() == nil {
		err := l.turn(ctx, work)
		if ctx.Err() != nil {
			return
		}
		l.tellShared(work, err)
		wait(ctx, o.pause(err, l.cfg.Log))
	}
}

// tellShared says when another process begins and ceases to listen with our
// token. The first poll that goes well says so too: an earlier process may
// have left word of it. Any other failure says neither.
func (l *listener) tellShared(ctx context.Context, err error) {
	yes := isConflict(err)
	if known := yes || err == nil; known && (l.shared == nil || *l.shared != yes) {
		l.shared = &yes
		l.cfg.Shared(ctx, yes)
	}
}

func wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// turn is one poll and the work on what it brought. When the store fails, the
// rest of the batch is left, and the next turn brings it again.
func (l *listener) turn(ctx, work context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = l.panicked(p)
		}
	}()
	if err := l.prepare(ctx); err != nil {
		return err
	}
	began := time.Now()
	updates, err := l.fetch(ctx)
	if err != nil {
		return err
	}
	news := false
	for _, raw := range updates {
		if ctx.Err() != nil {
			return nil
		}
		isNew, err := l.take(work, raw)
		if err != nil {
			return err
		}
		news = news || isNew
	}
	if !news {
		wait(ctx, minPoll-time.Since(began))
	}
	return nil
}

// prepare learns our name, without which telebot passes over every
// /command@name, and how far we have read.
func (l *listener) prepare(ctx context.Context) error {
	if l.ready {
		return nil
	}
	at, err := load(ctx, l.cfg.DB)
	if err != nil {
		return err
	}
	result, err := call(ctx, l.tele, "getMe", struct{}{})
	if err != nil {
		return err
	}
	if err := json.Unmarshal(result, l.tele.Me); err != nil {
		return fmt.Errorf("getMe: %w", err)
	}
	l.cfg.Log.Info("telegram: listening", "bot", l.tele.Me.Username)
	l.publish(ctx)
	l.cursor, l.ready = at, true
	return nil
}

// fetch asks for the next updates, undecoded: one that telebot's types do not
// fit must not take the others with it.
func (l *listener) fetch(ctx context.Context) ([]json.RawMessage, error) {
	result, err := call(ctx, l.tele, "getUpdates", struct {
		Offset  int      `json:"offset,omitempty"`
		Limit   int      `json:"limit"`
		Timeout int      `json:"timeout"` // seconds
		Allowed []string `json:"allowed_updates"`
	}{l.cursor.offset(time.Now()), pollLimit, int(pollTime / time.Second), []string{"message", "callback_query"}})
	if err != nil {
		return nil, err
	}
	var updates []json.RawMessage
	if err := json.Unmarshal(result, &updates); err != nil {
		return nil, fmt.Errorf("getUpdates: %w", err)
	}
	return updates, nil
}

// take works on one update, and reports whether it was new. An error means
// that it must come again.
func (l *listener) take(work context.Context, raw json.RawMessage) (bool, error) {
	var head struct {
		ID int `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return false, fmt.Errorf("update without an id: %w", err)
	}
	if head.ID < l.cursor.offset(time.Now()) {
		return false, nil
	}
	var u tele.Update
	if err := json.Unmarshal(raw, &u); err != nil {
		l.cfg.Log.Warn("telegram: update skipped", "id", head.ID, "err", err)
	} else if err := l.process(u); err != nil {
		return true, err
	}
	l.settle(work, head.ID)
	return true, nil
}

// process hands one update to its handler. When that panics, the update is
// skipped: it would only come again and do the same.
func (l *listener) process(u tele.Update) error {
	defer func() {
		if p := recover(); p != nil {
			_ = l.panicked(p, "update", u.ID)
		}
	}()
	l.failed = nil
	l.tele.ProcessUpdate(u)
	return l.failed
}

// panicked logs p with the stack of where it came from.
func (l *listener) panicked(p any, about ...any) error {
	l.cfg.Log.Error("telegram: panic", append(about, "panic", p, "stack", string(debug.Stack()))...)
	return fmt.Errorf("%w: %v", errPanic, p)
}
