package slack

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

var (
	_ notifier.Sender      = (*Bot)(nil)
	_ notifier.Editor      = (*Bot)(nil)
	_ notifier.Finder      = (*Bot)(nil)
	_ notifier.ReplyFinder = (*Bot)(nil)
	_ notifier.Limited     = (*Bot)(nil)
)

// transport begins every notifier.Dest of ours: slack:C0123456.
const transport = "slack"

// cardEvent is the event_type of our metadata; docs/slack-app.yaml subscribes
// to it.
const cardEvent = "isu_card"

func destOf(channel string) notifier.Dest { return notifier.Dest(transport + ":" + channel) }

var channelID = regexp.MustCompile(`^[A-Z][A-Z0-9]+$`)

// channelOf returns the channel of a destination. The error is a
// *notifier.SendError.
func channelOf(d notifier.Dest) (string, error) {
	if d.Transport() != transport || !channelID.MatchString(d.Address()) {
		err := fmt.Errorf("chat %q: want slack:<channel id>, such as slack:C0123456", d)
		return "", &notifier.SendError{Class: notifier.Dead, Err: err}
	}
	return d.Address(), nil
}

// Send posts m as a new message: a card with its buttons, a ping as a reply in
// the card's thread. Slack knows no silent messages; a ping that is not silent
// also shows in the channel, as few people follow a thread. The receipt
// carries the ts and the channel as Slack returned it. Every error is a
// *notifier.SendError. Send does not wait for a free slot in Slack's rate
// limits: that is the outbox's to pace.
func (b *Bot) Send(ctx context.Context, m notifier.Message) (notifier.Receipt, error) {
	channel, err := channelOf(m.Dest)
	if err != nil {
		return notifier.Receipt{}, err
	}
	options := b.draw(m).options(false)
	if m.Kind == notifier.KindPing && m.ReplyTo.MsgID != "" {
		options = append(options, slackgo.MsgOptionTS(m.ReplyTo.MsgID))
		if !m.Silent {
			options = append(options, slackgo.MsgOptionBroadcast())
		}
	}
	if m.Kind == notifier.KindCard || m.Nonce != "" {
		options = append(options, metadata(m))
	}
	return b.post(ctx, channel, options...)
}

// Edit changes the card at the receipt into m.
func (b *Bot) Edit(ctx context.Context, at notifier.Receipt, m notifier.Message) error {
	channel, err := channelOf(m.Dest)
	if err != nil {
		return err
	}
	if at.Thread != "" {
		channel = at.Thread
	}
	options := append(b.draw(m).options(true), metadata(m))
	return b.call(ctx, "chat.update", channel, func() error {
		_, ts, _, err := b.api.UpdateMessageContext(ctx, channel, at.MsgID, options...)
		if err == nil && ts == "" {
			err = errNoMessage
		}
		return err
	})
}

// metadata hides in a message what Find looks for. An edit has no nonce: by
// then nobody looks for it.
func metadata(m notifier.Message) slackgo.MsgOption {
	payload := map[string]any{"isu": m.Card.Incident.ID, "rev": m.Card.Incident.Rev}
	if m.Nonce != "" {
		payload["nonce"] = m.Nonce
	}
	return slackgo.MsgOptionMetadata(slackgo.SlackMetadata{EventType: cardEvent, EventPayload: payload})
}

// drawing is a message as Slack takes it.
type drawing struct {
	text   string // for the notification; without blocks all there is
	blocks []slackgo.Block
}

// draw turns m into a drawing within the limits.
func (b *Bot) draw(m notifier.Message) drawing {
	all := marked(b.cfg.Lang.Layout(m), !m.Plain)
	if m.Plain {
		return drawing{text: lines(fit(all, maxPlain, b.cfg.Lang.More))}
	}
	parts := fit(all, maxCard, b.cfg.Lang.More)
	d := drawing{text: fallback(parts)}
	switch m.Kind {
	case notifier.KindCard:
		d.blocks = append(card(parts), cardActions(m.Card.Incident, b.cfg.Lang.Buttons(m.Card), b.cfg.Lang.Aside(m.Card))...)
	case notifier.KindStorm:
		d.blocks = card(parts)
	default: // a header would be the largest thing in its thread
		d.blocks = append(sections(parts), actions("isu:reply", b.cfg.Lang.Replies(m))...)
	}
	return d
}

// options sends text and blocks both: an edit keeps what it does not name.
// Slack is to look for no names in the text, which chat.update else does:
// parse is "client" there, not "none" as in chat.postMessage (docs.slack.dev).
func (d drawing) options(edit bool) []slackgo.MsgOption {
	options := []slackgo.MsgOption{
		slackgo.MsgOptionText(d.text, false),
		slackgo.MsgOptionParse(false),
		slackgo.MsgOptionDisableLinkUnfurl(),
		slackgo.MsgOptionDisableMediaUnfurl(),
	}
	if edit || len(d.blocks) > 0 {
		options = append(options, slackgo.MsgOptionBlocks(d.blocks...))
	}
	return options
}

// reply draws what a person gets to read for a question, and the second step
// where there is one.
func reply(ans bot.Answer) drawing {
	said := strings.TrimSpace(bot.Shown(ans.Text))
	choices := actions("isu:choices", ans.Choices)
	if choices == nil {
		return drawing{text: escape(cut(said, maxAnswer, escaped))}
	}
	parts := marked([]bot.Block{{Text: said}}, false)
	return drawing{text: fallback(parts), blocks: append(sections(parts), choices...)}
}

// Limits implements notifier.Limited: a channel takes about one message a
// second, and chat.update is of tier 3, about 50 a minute in a workspace
// (docs.slack.dev, rate limits). How many a minute people can read is ours, and
// the same as in Telegram (chat.md 7).
func (b *Bot) Limits() notifier.Limits {
	return notifier.Limits{Gap: time.Second, PerMinute: 18, Kept: 6, PerSecond: 25, Edits: 50}
}

// Room implements notifier.Limited: a channel is counted with its threads.
func (b *Bot) Room(d notifier.Dest) string { return string(d) }
