package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

const (
	// lookBack is how far the clocks of Slack and of this machine may differ.
	lookBack = 5 * time.Second
	// lookAhead is how late a request may have been carried out. It keeps a
	// look-up after a long stop from reading all that was said since.
	lookAhead = time.Hour
	// pageSize and maxPages bound a look-up. conversations.history recommends
	// no more than 200 at a time.
	pageSize = 200
	maxPages = 50
)

// Find looks for the message with this nonce among those that are not older
// than since. Without the scope for that the error wraps
// notifier.ErrCannotFind, and the log says so once. Every other error is a
// *notifier.SendError and means that nobody knows.
func (b *Bot) Find(ctx context.Context, d notifier.Dest, nonce string, since time.Time) (notifier.Receipt, bool, error) {
	channel, err := channelOf(d)
	if err != nil {
		return notifier.Receipt{}, false, err
	}
	query := slackgo.GetConversationHistoryParameters{
		ChannelID: channel, IncludeAllMetadata: true, Limit: pageSize,
		Oldest: stamp(since.Add(-lookBack)), Latest: stamp(since.Add(lookAhead)),
	}
	for range maxPages {
		page, err := b.history(ctx, &query)
		if err != nil {
			return notifier.Receipt{}, false, b.blinded(err)
		}
		if ts := withNonce(page.Messages, nonce); ts != "" {
			return notifier.Receipt{MsgID: ts, Thread: channel}, true, nil
		}
		if query.Cursor = page.ResponseMetaData.NextCursor; query.Cursor == "" {
			return notifier.Receipt{}, false, nil
		}
	}
	return notifier.Receipt{}, false, &notifier.SendError{Class: notifier.Ambiguous, Err: errTooMany}
}

// FindReply is Find among the replies under a message.
func (b *Bot) FindReply(
	ctx context.Context, d notifier.Dest, under notifier.Receipt, nonce string, since time.Time,
) (notifier.Receipt, bool, error) {
	channel, err := channelOf(d)
	if err != nil {
		return notifier.Receipt{}, false, err
	}
	if under.Thread != "" {
		channel = under.Thread
	}
	query := slackgo.GetConversationRepliesParameters{
		ChannelID: channel, Timestamp: under.MsgID, IncludeAllMetadata: true, Limit: pageSize,
		Oldest: stamp(since.Add(-lookBack)), Latest: stamp(since.Add(lookAhead)),
	}
	for range maxPages {
		page, err := b.replies(ctx, &query)
		if r, ok := errors.AsType[*refusal](err); ok && r.code == "thread_not_found" {
			return notifier.Receipt{}, false, nil // nothing can be under what is gone
		}
		if err != nil {
			return notifier.Receipt{}, false, b.blinded(err)
		}
		if ts := withNonce(page, nonce); ts != "" {
			return notifier.Receipt{MsgID: ts, Thread: channel}, true, nil
		}
		if query.Cursor == "" {
			return notifier.Receipt{}, false, nil
		}
	}
	return notifier.Receipt{}, false, &notifier.SendError{Class: notifier.Ambiguous, Err: errTooMany}
}

// replies reads one page of a thread, and has the query ask for the next. The
// message above them is always among them.
func (b *Bot) replies(ctx context.Context, query *slackgo.GetConversationRepliesParameters) (page []slackgo.Message, err error) {
	err = b.call(ctx, "conversations.replies", query.ChannelID, func() (err error) {
		page, _, query.Cursor, err = b.api.GetConversationRepliesContext(ctx, query)
		if err == nil && len(page) == 0 {
			err = errNoAnswer
		}
		return err
	})
	return page, err
}

// blinded makes the lack of a scope an error that wraps notifier.ErrCannotFind,
// and says so once in the log.
func (b *Bot) blinded(err error) error {
	if r, ok := errors.AsType[*refusal](err); !ok || r.code != "missing_scope" {
		return err
	}
	if !b.blind.Swap(true) {
		b.cfg.Log.Warn("slack: lost cards cannot be found again, so a second copy may appear", "err", err)
	}
	return fmt.Errorf("%w: %w", notifier.ErrCannotFind, err)
}

// Lookup says whether Find may look, by the scopes that Slack's answers list
// and by whether it was refused since the start.
func (b *Bot) Lookup() bot.Lookup {
	var granted []string
	if s := b.scopes.Load(); s != nil {
		granted = strings.FieldsFunc(*s, func(r rune) bool { return r == ',' || r == ' ' })
	}
	public, private := slices.Contains(granted, "channels:history"), slices.Contains(granted, "groups:history")
	switch {
	case b.blind.Load(), granted != nil && !public && !private:
		return bot.LookupRefused
	case public && private:
		return bot.LookupGranted
	default: // one of them: it depends on the channel
		return bot.LookupUntried
	}
}

func (b *Bot) history(ctx context.Context, query *slackgo.GetConversationHistoryParameters) (*slackgo.GetConversationHistoryResponse, error) {
	var page *slackgo.GetConversationHistoryResponse
	err := b.call(ctx, "conversations.history", query.ChannelID, func() (err error) {
		page, err = b.api.GetConversationHistoryContext(ctx, query)
		if err == nil && !page.Ok { // "nothing there" must have been said, not left unsaid
			err = errNoAnswer
		}
		return err
	})
	return page, err
}

// withNonce returns the ts of the card with this nonce, or "".
func withNonce(messages []slackgo.Message, nonce string) string {
	for _, m := range messages {
		if m.Metadata.EventType == cardEvent && m.Metadata.EventPayload["nonce"] == nonce {
			return m.Timestamp
		}
	}
	return ""
}

// stamp writes t as Slack does.
func stamp(t time.Time) string { return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000) }
