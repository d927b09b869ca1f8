package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf16"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/store"
)

// Limits of a modal (docs.slack.dev, reference of views and of block elements).
const (
	maxTitle   = 24
	maxWords   = 1000 // of what is filled in: as much as a note keeps
	maxSheet   = 3000 // of one that has several fields: as much as Slack takes
	maxOptions = 100
)

// The ids of a modal and of its fields.
const (
	formID    = "isu.form"
	choiceID  = "isu.choice"
	writtenID = "isu.words"
)

// origin is what a modal carries back: where it was opened and what the button
// was drawn for. It comes from a client, and is worth no more than a press.
type origin struct {
	Channel string `json:"channel"`
	Thread  string `json:"thread,omitempty"`
	Data    string `json:"data"`
}

// open shows a form. It is the first call after the acknowledgement: the
// trigger lives for three seconds.
func (l *listener) open(ctx context.Context, t turn, f *bot.Form) {
	carried, err := json.Marshal(origin{Channel: t.channel, Thread: t.thread, Data: f.Data})
	if err != nil {
		l.cfg.Log.Error("slack: form", "err", err)
		return
	}
	view := modal(f)
	view.PrivateMetadata = string(carried)
	err = l.call(ctx, "views.open", t.channel, func() error {
		_, err := l.api.OpenViewContext(ctx, t.trigger, view)
		return err
	})
	if err != nil {
		l.cfg.Log.Warn("slack: open a form", "channel", t.channel, "err", err)
	}
}

// modal draws a form: a choice, a field, or both.
func modal(f *bot.Form) slackgo.ModalViewRequest {
	view := slackgo.ModalViewRequest{
		Type: slackgo.VTModal, CallbackID: formID, Title: title(f.Title), Submit: title(f.Submit), Close: title(f.Cancel),
	}
	var options []*slackgo.OptionBlockObject
	for _, c := range f.Choices[:min(len(f.Choices), maxOptions)] {
		options = append(options, slackgo.NewOptionBlockObject(c.Data, plainText(cut(oneLine(c.Label), maxLabel, utf16.RuneLen)), nil))
	}
	if len(options) > 0 {
		choice := slackgo.NewOptionsSelectBlockElement(slackgo.OptTypeStatic, nil, choiceID, options...)
		choice.InitialOption = options[0]
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, slackgo.NewInputBlock(choiceID, plainText(f.Label), nil, choice))
	}
	if f.Words != "" {
		words := slackgo.NewPlainTextInputBlockElement(nil, writtenID)
		words.Multiline, words.MaxLength = true, maxWords
		if f.Start != "" { // a whole sheet
			words.InitialValue, words.MaxLength = f.Start, maxSheet
		}
		field := slackgo.NewInputBlock(writtenID, plainText(f.Words), nil, words)
		field.Optional = !f.Needed
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, field)
	}
	return view
}

func title(s string) *slackgo.TextBlockObject {
	return plainText(cut(oneLine(s), maxTitle, utf16.RuneLen))
}

// onForm carries what was filled in to the Talker, as a press with words.
func (l *listener) onForm(ctx context.Context, envelope string, p slackgo.InteractionCallback) {
	var from origin
	if p.View.CallbackID != formID || json.Unmarshal([]byte(p.View.PrivateMetadata), &from) != nil || from.Channel == "" {
		return
	}
	data, words := filled(p.View.State)
	t := turn{
		id:    cmp.Or(p.TriggerID, envelope),
		teams: []string{p.Team.ID, p.User.TeamID}, user: p.User.ID,
		channel: from.Channel, thread: from.Thread, private: true,
	}
	l.serve(ctx, t, func(mark func(store.Tx) error) (bot.Answer, error) {
		return l.cfg.Talk.Press(ctx, bot.Press{
			Dest: destOf(t.channel), User: t.userKey(l.me.team), Data: ours(cmp.Or(data, from.Data)), Text: words,
			At: time.Now(), Mark: mark,
		})
	})
}

// filled returns what was chosen and what was written.
func filled(state *slackgo.ViewState) (data, words string) {
	if state == nil {
		return "", ""
	}
	data = state.Values[choiceID][choiceID].SelectedOption.Value
	return data, strings.TrimSpace(state.Values[writtenID][writtenID].Value)
}
