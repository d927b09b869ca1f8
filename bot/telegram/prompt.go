package telegram

import (
	"context"
	"fmt"
	"strings"
	"time"

	tele "gopkg.in/telebot.v3"
)

// promptTime is how long a question that waits for a reply stays: a note takes
// longer to write than a reason to choose, and a reply to what is gone is free
// talk.
const promptTime = 15 * time.Minute

// maxName is how much of a person's name a mention shows, in UTF-16 units.
const maxName = 64

// prompt makes out a question that one person is to reply to: the mention is
// what has Telegram open the reply for them and for nobody else.
func prompt(out message, user *tele.User) message {
	escaper := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	name := cut(strings.Join(strings.Fields(user.FirstName), " "), maxName)
	if name == "" {
		name = "…"
	}
	out.Text = fmt.Sprintf(`<a href="tg://user?id=%d">%s</a>: %s`, user.ID, escaper.Replace(name), escaper.Replace(out.Text))
	out.ParseMode, out.Keyboard = "HTML", &keyboard{Force: true, Selective: true}
	return out
}

// replied returns what a reply to one of our questions stands for, and where
// the question is.
func (l *listener) replied(m *tele.Message) (command string, at spot, ok bool) {
	to := m.ReplyTo
	if to == nil || to.Sender == nil || to.Sender.ID != l.tele.Me.ID {
		return "", spot{}, false
	}
	command, ok = l.cfg.Lang.Replied(to.Text, m.Text)
	return command, spot{m.Chat.ID, to.ID}, ok
}

// hearGroup carries a line in a configured chat to the Talker. A question that
// was answered is removed.
func (l *listener) hearGroup(ctx context.Context, id int, m *tele.Message) error {
	command, question, ok := l.replied(m)
	if !ok {
		return l.hear(ctx, id, m, l.calledSiaga(m.Text))
	}
	err := l.hear(ctx, id, m, command)
	if err == nil {
		l.remove(ctx, question)
	}
	return err
}
