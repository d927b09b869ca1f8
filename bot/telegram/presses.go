package telegram

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	tele "gopkg.in/telebot.v3"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

// choiceTime is how long a second step stays open (chat.md 2).
const choiceTime = 2 * time.Minute

// binder separates what a choice does from the user id (base 36) of the one
// person it was offered to. It is kept in the button, so that it survives a
// restart. It is manners, not permission.
const binder = "~"

func bind(data string, user int64) string { return data + binder + strconv.FormatInt(user, 36) }

// unbind undoes bind; user is 0 for a button that is anybody's.
func unbind(data string) (plain string, user int64) {
	i := strings.LastIndex(data, binder)
	if i < 0 {
		return data, 0
	}
	user, err := strconv.ParseInt(data[i+len(binder):], 36, 64)
	if err != nil {
		return data, 0
	}
	return data[:i], user
}

// boundTo is unbind for a tap. A button binds only where its message shows
// it: with data of its own making, a client could have a card removed.
func boundTo(q *tele.Callback) (data string, user int64) {
	if !hasButton(q) {
		return q.Data, 0
	}
	return unbind(q.Data)
}

// hasButton reports whether the message shows the button that is said to have
// been pressed on it.
func hasButton(q *tele.Callback) bool {
	return q.Message != nil && q.Message.ReplyMarkup != nil &&
		slices.ContainsFunc(slices.Concat(q.Message.ReplyMarkup.InlineKeyboard...), func(b tele.InlineButton) bool { return b.Data == q.Data })
}

// isUnderCard reports whether a message answers another one. What stands in a
// topic answers the topic, as Telegram has it.
func isUnderCard(m *tele.Message) bool { return m.ReplyTo != nil && m.ReplyTo.ID != m.ThreadID }

// tellPressed says which message shows the card of the incident that a button
// names. Choices are no cards; they are bound. Nor are replies.
func (l *listener) tellPressed(ctx context.Context, q *tele.Callback, data string, user int64) {
	d, err := bot.ParseData(data)
	if err != nil || d.ID == 0 || user != 0 || !hasButton(q) || isUnderCard(q.Message) {
		return
	}
	at := notifier.Receipt{MsgID: strconv.Itoa(q.Message.ID)}
	if to := whereIs(q.Message); to.thread != 0 {
		at.Thread = strconv.Itoa(to.thread)
	}
	l.cfg.Pressed(ctx, whereIs(q.Message).dest(), at, d.ID)
}

// choiceRows lays choices out, one per row: reasons are long words.
func choiceRows(choices []bot.Button, user int64) [][]bot.Button {
	var rows [][]bot.Button
	for _, c := range choices {
		if c.Data != "" {
			c.Data = bind(c.Data, user)
		}
		rows = append(rows, []bot.Button{c})
	}
	return rows
}

// onCallback carries a tap to the Talker and answers it. Whatever else there
// is to do comes after the answer, which somebody is waiting for.
func (l *listener) onCallback(ctx context.Context, u tele.Update) error {
	q := u.Callback
	if q.Sender == nil {
		return nil
	}
	ans, err := l.press(ctx, u.ID, q)
	if err != nil || q.Message == nil || q.Message.Chat == nil {
		return err
	}
	if _, user := boundTo(q); user == q.Sender.ID {
		l.remove(ctx, spot{q.Message.Chat.ID, q.Message.ID})
	}
	if long := units(ans.Text) > maxToast && !ans.Private; long || len(ans.Choices) > 0 || ans.Reply {
		m := *q.Message
		m.Sender = q.Sender // who is answered is who pressed, not who wrote the card
		l.reply(ctx, &m, ans)
	}
	return nil
}

// press decides on a tap, and answers it when that is done: a tick promises
// that the change is stored. It is answered also when the Talker fails or
// panics, or the spinner on the button would never end.
func (l *listener) press(ctx context.Context, id int, q *tele.Callback) (ans bot.Answer, err error) {
	defer func() { l.toast(ctx, q.ID, ans) }()
	if q.Message == nil || q.Message.Chat == nil {
		return bot.Answer{}, nil // pressed in a message that was sent through an inline query
	}
	if !l.knows(q.Message.Chat.ID) {
		return l.strangerPress(ctx, q), nil
	}
	data, user := boundTo(q)
	switch {
	case user != 0 && user != q.Sender.ID:
		return bot.Answer{Text: l.cfg.Lang.Say(sayNotYours)}, nil
	case user != 0 && !l.isOpen(q.Message):
		return bot.Answer{Text: l.cfg.Lang.Say(sayTooLate)}, nil
	}
	l.tellPressed(ctx, q, data, user)
	return l.cfg.Talk.Press(ctx, bot.Press{
		Dest: whereIs(q.Message).dest(),
		User: userKey(q.Sender),
		Data: data,
		At:   time.Now(),
		Mark: l.mark(id),
	})
}

// strangerPress answers a tap outside of the configured chats.
func (l *listener) strangerPress(ctx context.Context, q *tele.Callback) bot.Answer {
	if q.Message.Chat.Type == tele.ChatPrivate {
		return bot.Answer{Text: l.cfg.Lang.Say(sayPrivate)}
	}
	l.leave(ctx, q.Message.Chat.ID)
	return bot.Answer{}
}

// toast answers a tap. A tap that is too old, or was answered before the
// store came back, is no failure: what it asked for is stored.
func (l *listener) toast(ctx context.Context, id string, ans bot.Answer) {
	text := ans.Brief
	if text == "" {
		text = ans.Text
	}
	_, err := call(ctx, l.sender, "answerCallbackQuery", struct {
		ID   string `json:"callback_query_id"`
		Text string `json:"text,omitempty"`
	}{id, cut(shown(text), maxToast)})
	if err != nil && !isStale(err) {
		l.cfg.Log.Warn("telegram: answer a tap", "err", err)
	}
}

func isStale(err error) bool {
	no, ok := errors.AsType[*refusal](err)
	return ok && (strings.Contains(no.Description, "query is too old") || strings.Contains(no.Description, "QUERY_ID_INVALID"))
}

// step is a second step that waits for a tap or a reply.
type step struct {
	timer *time.Timer
	reply bool
}

// choices are the second steps that are open.
type choices struct {
	mu   sync.Mutex
	open map[spot]*step
}

// expire removes the message at a spot when its time is over.
func (l *listener) expire(ctx context.Context, at spot, reply bool) {
	l.choices.mu.Lock()
	defer l.choices.mu.Unlock()
	after := choiceTime
	if reply {
		after = promptTime
	}
	l.choices.open[at] = &step{time.AfterFunc(after, func() { l.remove(ctx, at) }), reply}
}

// isOpen reports whether the time of a second step is not over. Of one that
// an earlier process offered, the server's clock has to tell.
func (l *listener) isOpen(m *tele.Message) bool {
	l.choices.mu.Lock()
	defer l.choices.mu.Unlock()
	return l.choices.open[spot{m.Chat.ID, m.ID}] != nil || time.Since(m.Time()) <= choiceTime
}

// remove deletes a second step, now. Somebody may have done so before, which
// the API calls a bad request.
func (l *listener) remove(ctx context.Context, at spot) {
	l.choices.mu.Lock()
	if step := l.choices.open[at]; step != nil {
		step.timer.Stop()
	}
	delete(l.choices.open, at)
	l.choices.mu.Unlock()
	_, err := call(ctx, l.sender, "deleteMessage", at)
	if fail, ok := errors.AsType[*notifier.SendError](err); ok && fail.Class != notifier.BadFormat {
		l.cfg.Log.Warn("telegram: remove a choice", "chat", at.Chat, "err", err)
	}
}

// takeBack removes all second steps that wait for a tap: the next process would
// not know them. A question that waits for a reply it does know.
func (l *listener) takeBack(ctx context.Context) {
	l.choices.mu.Lock()
	var all []spot
	for at, step := range l.choices.open {
		if !step.reply {
			all = append(all, at)
		}
	}
	l.choices.mu.Unlock()
	for _, at := range all {
		l.remove(ctx, at)
	}
}
