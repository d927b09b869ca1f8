package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

var (
	_ notifier.Sender  = (*Bot)(nil)
	_ notifier.Editor  = (*Bot)(nil)
	_ notifier.Limited = (*Bot)(nil)
)

// Send posts m as a new message: a card with its buttons, a ping as a reply
// to its card. The receipt carries the message id and, in a forum, the topic:
// none where the topic was gone, for then the chat itself gets the message.
// Every error is a *notifier.SendError. Send does not wait for a free slot in
// Telegram's rate limits: that is the outbox's to pace.
func (b *Bot) Send(ctx context.Context, m notifier.Message) (notifier.Receipt, error) {
	to, err := parseAddress(m.Dest)
	if err != nil {
		return notifier.Receipt{}, &notifier.SendError{Class: notifier.Dead, Err: err}
	}
	out := b.draw(to, m)
	out.Silent = m.Silent
	if m.Kind == notifier.KindPing {
		card, _ := strconv.Atoi(m.ReplyTo.MsgID) // 0, no reply, where the card was never seen
		out = under(out, card)
	}
	id, err := say(ctx, b.sender, out)
	if fail, ok := errors.AsType[*notifier.SendError](err); ok && fail.Class == notifier.ThreadGone && out.Thread != 0 {
		b.cfg.Log.Warn("telegram: the topic is closed or gone, posting without it", "chat", m.Dest, "err", err)
		out.Thread = 0
		id, err = say(ctx, b.sender, out)
	}
	if err != nil {
		return notifier.Receipt{}, err
	}
	at := notifier.Receipt{MsgID: strconv.Itoa(id), Astray: out.Thread != to.thread}
	if out.Thread != 0 {
		at.Thread = strconv.Itoa(out.Thread)
	}
	return at, nil
}

// Edit changes the card at the receipt into m. A card that looks like m
// already gives a *notifier.SendError of class Unchanged.
func (b *Bot) Edit(ctx context.Context, at notifier.Receipt, m notifier.Message) error {
	to, err := parseAddress(m.Dest)
	if err != nil {
		return &notifier.SendError{Class: notifier.Dead, Err: err}
	}
	id, err := strconv.Atoi(at.MsgID)
	if err != nil {
		return &notifier.SendError{Class: notifier.Gone, Err: fmt.Errorf("message id: %w", err)}
	}
	out := b.draw(address{chat: to.chat}, m) // an edit stays in its topic
	out.ID = id
	_, err = call(ctx, b.sender, "editMessageText", out)
	return err
}

// draw turns m into a payload within the limits. Pings and notes are a line or
// two, which need no markup, unless they mention somebody.
func (b *Bot) draw(to address, m notifier.Message) message {
	limit := maxText
	if m.Plain {
		limit = maxPlain
	}
	blocks := fit(b.cfg.Lang.Layout(m), limit, b.cfg.Lang.More)
	out := post(to, plain(blocks))
	out.Keyboard = buttons([][]bot.Button{b.cfg.Lang.Replies(m)}, !m.Plain)
	if m.Kind != notifier.KindCard && m.Kind != notifier.KindStorm {
		if !m.Plain && mentioning(blocks) {
			out.Text, out.ParseMode = html(unmarked(blocks)), "HTML"
		}
		return out
	}
	if !m.Plain {
		out.Text, out.ParseMode = html(blocks), "HTML"
	}
	if m.Kind == notifier.KindCard {
		out.Keyboard = buttons(b.cfg.Lang.Buttons(m.Card), !m.Plain)
	}
	return out
}

// answer draws what a person gets to read for a question: plain, silent, and
// with the choices, if any, bound to the one who asked.
func answer(to address, ans bot.Answer, user int64) message {
	out := post(to, cut(shown(ans.Text), maxText))
	out.Silent = true
	if len(ans.Choices) > 0 {
		out.Keyboard = buttons(choiceRows(ans.Choices, user), true)
	}
	return out
}

// Limits implements notifier.Limited, below what Telegram is known to take:
// core.telegram.org/bots/faq says one message a second in a chat, 20 a minute
// in a group and 30 a second over all. That edits count, and the limits of
// private chats, are unpublished (chat.md 7).
func (b *Bot) Limits() notifier.Limits {
	return notifier.Limits{Gap: time.Second, PerMinute: 18, Kept: 6, PerSecond: 25}
}

// Room implements notifier.Limited: a group is counted with all its topics.
func (b *Bot) Room(d notifier.Dest) string {
	group, _, _ := strings.Cut(d.Address(), ":")
	return transport + ":" + group
}
