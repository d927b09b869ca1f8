package slack

import (
	"context"
	"errors"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

// answer says ans where t was said, or to the one person only. An answer that
// gets lost is only logged: what it reports is stored, and on the card.
func (l *listener) answer(ctx context.Context, t turn, ans bot.Answer) {
	if ans.Text == "" {
		return
	}
	d := reply(ans)
	options := d.options(false)
	if t.thread != "" {
		options = append(options, slackgo.MsgOptionTS(t.thread))
	}
	var err error
	if t.private || ans.Private || len(ans.Choices) > 0 || !l.cfg.Knows(destOf(t.channel)) {
		err = l.whisperOrRespond(ctx, t, d, options)
	} else {
		l.cfg.Spent(destOf(t.channel))
		_, err = l.post(ctx, t.channel, options...)
	}
	if err != nil {
		l.cfg.Log.Warn("slack: answer", "channel", t.channel, "err", err)
	}
}

// whisperOrRespond reaches a person also in a channel that we are not in, if
// Slack gave us the address for that.
func (l *listener) whisperOrRespond(ctx context.Context, t turn, d drawing, options []slackgo.MsgOption) error {
	err := l.whisper(ctx, t.channel, t.user, options...)
	if fail, ok := errors.AsType[*notifier.SendError](err); !ok || fail.Class != notifier.Dead || t.url == "" {
		return err
	}
	return l.respond(ctx, t.url, struct {
		Type string `json:"response_type"`
		Text string `json:"text"`
	}{"ephemeral", d.text})
}

// remove takes back a second step that was done. Only its own response_url
// can do that to a message that one person sees.
func (l *listener) remove(ctx context.Context, t turn) {
	if t.url == "" {
		return
	}
	err := l.respond(ctx, t.url, struct {
		Delete bool `json:"delete_original"`
	}{true})
	if err != nil {
		l.cfg.Log.Warn("slack: remove a choice", "channel", t.channel, "err", err)
	}
}
