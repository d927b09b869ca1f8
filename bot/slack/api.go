package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/notifier"
)

// call runs one method of the Web API, unless Slack asked for silence there.
// The error is a *notifier.SendError.
func (b *Bot) call(ctx context.Context, method, channel string, do func() error) error {
	if err := ctx.Err(); err != nil {
		return &notifier.SendError{Class: notifier.NotSent, Err: fmt.Errorf("%s: %w", method, err)}
	}
	if wait := b.gates.left(method, channel); wait > 0 {
		return &notifier.SendError{Class: notifier.Flood, After: wait, Err: fmt.Errorf("%s: %w", method, errShut)}
	}
	fail := classify(do())
	if fail == nil {
		return nil
	}
	if fail.Class == notifier.Flood {
		b.gates.shut(method, channel, fail.After)
	}
	fail.Err = fmt.Errorf("%s: %w", method, fail.Err)
	return fail
}

// gates remember what Slack asked us to leave alone. The outbox pauses by
// itself; the answers of the listener meet the same gate.
type gates struct {
	mu    sync.Mutex
	until map[gate]time.Time
}

// gate is one method in one channel: the finer of the two ways in which Slack
// counts, so that no channel waits for another.
type gate struct{ method, channel string }

func (g *gates) left(method, channel string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return time.Until(g.until[gate{method, channel}])
}

func (g *gates) shut(method, channel string, d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.until == nil {
		g.until = make(map[gate]time.Time)
	}
	g.until[gate{method, channel}] = time.Now().Add(d)
}

// post writes a message and says where it is.
func (b *Bot) post(ctx context.Context, channel string, options ...slackgo.MsgOption) (notifier.Receipt, error) {
	var at notifier.Receipt
	err := b.call(ctx, "chat.postMessage", channel, func() (err error) {
		at.Thread, at.MsgID, err = b.api.PostMessageContext(ctx, channel, options...)
		if err == nil && at.MsgID == "" { // {} and {"ok":false} are no errors to the library
			err = errNoMessage
		}
		return err
	})
	if err != nil {
		return notifier.Receipt{}, err
	}
	return at, nil
}

// whisper writes a message that one person sees.
func (b *Bot) whisper(ctx context.Context, channel, user string, options ...slackgo.MsgOption) error {
	return b.call(ctx, "chat.postEphemeral", channel, func() error {
		_, err := b.api.PostEphemeralContext(ctx, channel, user, options...)
		return err
	})
}

// respond sends to the response_url of an interaction. It works for 30
// minutes, and in channels that we are not in.
func (b *Bot) respond(ctx context.Context, address string, what any) error {
	body, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("response_url: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("response_url: %w", bare(err))
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := b.http.Do(req)
	if err != nil {
		return fmt.Errorf("response_url: %w", bare(err))
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxReply)) // so that the connection can be used again
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("response_url: %s", resp.Status)
	}
	return nil
}
