package telegram

import (
	"context"
	"encoding/json"
	"fmt"

	tele "gopkg.in/telebot.v3"

	"github.com/siaga-id/siaga/notifier"
)

// The structs of this file are the Bot API's own (10.1), as far as we use it.
// telebot's options are not used: some of them never reach the wire.

// message is the payload of sendMessage and editMessageText.
type message struct {
	Chat      int64     `json:"chat_id"`
	Thread    int       `json:"message_thread_id,omitempty"`
	ID        int       `json:"message_id,omitempty"` // edits only
	Text      string    `json:"text"`
	ParseMode string    `json:"parse_mode,omitempty"`
	Preview   preview   `json:"link_preview_options"`
	Silent    bool      `json:"disable_notification,omitempty"`
	ReplyTo   *replyTo  `json:"reply_parameters,omitempty"`
	Keyboard  *keyboard `json:"reply_markup,omitempty"` // an edit without it takes the buttons away
}

// preview switches off the link preview: a card would grow by someone else's
// picture and headline.
type preview struct {
	Disabled bool `json:"is_disabled"`
}

// replyTo makes a message a reply. A reply to a message that was deleted in
// the meantime is still worth reading.
type replyTo struct {
	ID       int  `json:"message_id"`
	Optional bool `json:"allow_sending_without_reply"`
}

// keyboard is a reply_markup: rows of buttons, or a prompt to reply.
type keyboard struct {
	Rows      [][]key `json:"inline_keyboard,omitempty"`
	Force     bool    `json:"force_reply,omitempty"` // opens the reply for whom the text mentions
	Selective bool    `json:"selective,omitempty"`   // and for nobody else
}

type key struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// spot names one message.
type spot struct {
	Chat int64 `json:"chat_id"`
	ID   int   `json:"message_id"`
}

// post builds the part of a message that is the same for all.
func post(to address, text string) message {
	return message{Chat: to.chat, Thread: to.thread, Text: text, Preview: preview{Disabled: true}}
}

// under makes m a reply to the message id; 0 is none.
func under(m message, id int) message {
	if id != 0 {
		m.ReplyTo = &replyTo{ID: id, Optional: true}
	}
	return m
}

// call runs one method and returns its result, never null. Raw knows no
// context, so when ctx ends first the call goes on alone, at most to its
// client's timeout, and counts as ambiguous. The error is a
// *notifier.SendError.
func call(ctx context.Context, via *tele.Bot, method string, payload any) (json.RawMessage, error) {
	if err := ctx.Err(); err != nil {
		return nil, &notifier.SendError{Class: notifier.NotSent, Err: fmt.Errorf("%s: %w", method, err)}
	}
	done := make(chan outcome, 1)
	go func() { done <- attempt(via, method, payload) }()
	select {
	case <-ctx.Done():
		return nil, &notifier.SendError{Class: notifier.Ambiguous, Err: fmt.Errorf("%s: %w", method, ctx.Err())}
	case o := <-done:
		if o.fail != nil {
			o.fail.Err = fmt.Errorf("%s: %w", method, o.fail.Err)
			return nil, o.fail
		}
		return o.result, nil
	}
}

type outcome struct {
	result json.RawMessage
	fail   *notifier.SendError
}

// attempt calls Raw, which panics on parameters of an unexpected type.
func attempt(via *tele.Bot, method string, payload any) (o outcome) {
	defer func() {
		if p := recover(); p != nil {
			o = outcome{fail: &notifier.SendError{Class: notifier.Ambiguous, Err: fmt.Errorf("%w: %v", errPanic, p)}}
		}
	}()
	result, fail := classify(via.Raw(method, payload))
	return outcome{result, fail}
}

// say sends m and returns its message id, never 0.
func say(ctx context.Context, via *tele.Bot, m message) (int, error) {
	result, err := call(ctx, via, "sendMessage", m)
	if err != nil {
		return 0, err
	}
	var sent spot
	if err := json.Unmarshal(result, &sent); err != nil || sent.ID == 0 {
		return 0, &notifier.SendError{Class: notifier.Ambiguous, Err: fmt.Errorf("sendMessage: %w", errNoMessage)}
	}
	return sent.ID, nil
}
