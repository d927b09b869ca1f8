package telegram

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	tele "gopkg.in/telebot.v3"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Accounts that Telegram itself writes with (Bot API, Message.from).
const (
	anonymousAdmin = 1087968824 // an admin who writes as the group; the Talker knows what to say
	channelBot     = 136817688  // somebody who writes as a channel
	serviceAccount = 777000     // posts forwarded from the linked channel
)

// leaveAgain is when a group that we left may hear us leave once more. Until
// then its updates are those that were on their way.
const leaveAgain = 10 * time.Minute

// onText carries a line that somebody wrote to the Talker, and its answer back.
func (l *listener) onText(ctx context.Context, u tele.Update) error {
	m := u.Message
	switch {
	case m.Chat == nil || m.Sender == nil || ignored(m.Sender):
		return nil
	case l.knows(m.Chat.ID):
		return l.hearGroup(ctx, u.ID, m)
	case m.Chat.Type == tele.ChatPrivate:
		return l.onPrivate(ctx, u)
	}
	l.leave(ctx, m.Chat.ID)
	return nil
}

func ignored(u *tele.User) bool {
	return u.IsBot && u.ID != anonymousAdmin || u.ID == channelBot || u.ID == serviceAccount
}

// calledSiaga replaces our user name at the start of a text by the one that
// all transports have in common.
func (l *listener) calledSiaga(text string) string {
	line := strings.TrimSpace(text)
	end := strings.IndexFunc(line+" ", unicode.IsSpace)
	if strings.EqualFold(strings.TrimRight(line[:end], ",:"), "@"+l.tele.Me.Username) {
		return "@siaga" + line[end:]
	}
	return text
}

// onPrivate answers a person outside of the configured chats: only with help
// and codes, since what is done to an incident is to be seen by all.
func (l *listener) onPrivate(ctx context.Context, u tele.Update) error {
	m := u.Message
	word, _, _ := strings.Cut(strings.TrimSpace(m.Text), " ")
	word, _, _ = strings.Cut(word, "@")
	switch {
	case slices.Contains([]string{"/bantuan", "/help", "bantuan", "help", "/tautkan", "/link"}, strings.ToLower(word)):
		return l.hear(ctx, u.ID, m, m.Text)
	case strings.EqualFold(word, "/start"): // sent by the client when the chat is opened
		return l.hear(ctx, u.ID, m, "/bantuan")
	case strings.HasPrefix(word, "/"):
		l.reply(ctx, m, bot.Answer{Text: l.cfg.Lang.Say(sayPrivate)})
	}
	return nil
}

func (l *listener) hear(ctx context.Context, id int, m *tele.Message, text string) error {
	ans, err := l.cfg.Talk.Hear(ctx, bot.Saying{
		Dest: whereIs(m).dest(),
		User: userKey(m.Sender),
		Text: text,
		On:   l.repliesTo(ctx, m),
		At:   time.Now(),
		Mark: l.mark(id),
	})
	if err == nil || l.sorry != id {
		l.reply(ctx, m, ans)
	}
	if err != nil {
		l.sorry = id
	}
	return err
}

// repliesTo returns the incident whose card m replies to. In a forum every
// message replies to something, if only to the creation of its topic.
func (l *listener) repliesTo(ctx context.Context, m *tele.Message) incident.ID {
	to := m.ReplyTo
	if to == nil || to.Sender == nil || to.Sender.ID != l.tele.Me.ID {
		return 0
	}
	return l.cfg.CardOf(ctx, whereIs(m).dest(), strconv.Itoa(to.ID))
}

// reply says ans under m. An answer that gets lost is only logged: what it
// reports is stored, and on the card.
func (l *listener) reply(ctx context.Context, m *tele.Message, ans bot.Answer) {
	if ans.Text == "" {
		return
	}
	l.cfg.Spent(whereIs(m).dest())
	out := answer(whereIs(m), ans, m.Sender.ID)
	if ans.Reply {
		out = prompt(out, m.Sender)
	}
	id, err := say(ctx, l.sender, under(out, m.ID))
	if err != nil {
		l.cfg.Log.Warn("telegram: answer", "chat", m.Chat.ID, "err", err)
		return
	}
	if len(ans.Choices) > 0 || ans.Reply {
		l.expire(ctx, spot{m.Chat.ID, id}, ans.Reply)
	}
}

// knows reports whether a chat is configured, under its present id or the one
// it had before it became a supergroup.
func (l *listener) knows(chat int64) bool {
	before, moved := l.cursor.Moved[chat]
	return l.cfg.Knows(chat) || moved && l.cfg.Knows(before)
}

func (l *listener) onAdded(ctx context.Context, u tele.Update) error {
	if m := u.Message; m.Chat != nil && !l.knows(m.Chat.ID) {
		l.leave(ctx, m.Chat.ID)
	}
	return nil
}

func (l *listener) leave(ctx context.Context, chat int64) {
	if time.Since(l.left[chat]) < leaveAgain {
		return
	}
	maps.DeleteFunc(l.left, func(_ int64, at time.Time) bool { return time.Since(at) >= leaveAgain })
	l.left[chat] = time.Now()
	l.cfg.Log.Warn("telegram: leave a chat that is not configured", "chat", chat)
	if _, err := call(ctx, l.sender, "leaveChat", struct {
		Chat int64 `json:"chat_id"`
	}{chat}); err != nil {
		l.cfg.Log.Warn("telegram: leave", "chat", chat, "err", err)
	}
}

// onMigration remembers the new id of a group that became a supergroup. The
// addresses of cards are the notifier's to rewrite, in the same transaction.
func (l *listener) onMigration(ctx context.Context, u tele.Update) error {
	from, to := u.Message.Chat.ID, u.Message.MigrateTo
	if !l.knows(from) {
		return nil
	}
	l.cfg.Log.Warn("telegram: a group has a new id, change config.yaml", "from", from, "to", to)
	read := l.moveTo(l.cursor.moving(from, to).past(u.ID, time.Now()))
	return l.cfg.DB.Update(ctx, func(tx store.Tx) error {
		return errors.Join(read(tx), l.cfg.Moved(tx, address{chat: from}.dest(), address{chat: to}.dest()))
	})
}
