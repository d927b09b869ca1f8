package slack

import (
	"cmp"
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// turn is one thing that somebody did in a channel, and how to answer it.
type turn struct {
	id      string   // the same in every envelope that brings it
	teams   []string // of the person, as far as the payload says
	user    string
	channel string
	thread  string // where it was said; empty: in the channel itself
	private bool   // the answer is for this person only
	url     string // response_url, for where we are no member
	trigger string // the right to open a form, for three seconds
	asks    bool   // it opens a form, if anything, and changes nothing
}

func (t turn) userKey(team string) string { return transport + ":" + team + ":" + t.user }

// ask is what a turn has the Talker do.
type ask func(mark func(store.Tx) error) (bot.Answer, error)

// serve has a turn done once, by somebody who may speak to us, and answers.
// It reports whether it was done.
func (l *listener) serve(ctx context.Context, t turn, do ask) bool {
	if !l.welcome(ctx, t) || l.wasSeen(ctx, t.id) {
		return false
	}
	ans, err := do(markSeen(t.id, time.Now()))
	if err != nil { // acknowledged is acknowledged: it will not come again, and the answer says so
		l.cfg.Log.Error("slack: store", "channel", t.channel, "err", err)
		ans.Private = true
	}
	if ans.Form != nil && err == nil {
		l.open(ctx, t, ans.Form)
		return true
	}
	l.answer(ctx, t, ans)
	return err == nil
}

// onPress carries a tap on a button to the Talker.
func (l *listener) onPress(ctx context.Context, envelope string, p slackgo.InteractionCallback) {
	data := pressed(p)
	if data == "" {
		return
	}
	t := turn{
		id:    cmp.Or(p.TriggerID, envelope),
		teams: []string{p.Team.ID, p.User.TeamID}, user: p.User.ID,
		channel: cmp.Or(p.Channel.ID, p.Container.ChannelID), thread: p.Container.ThreadTs,
		private: true, url: p.ResponseURL, trigger: p.TriggerID,
	}
	if d, err := bot.ParseData(data); err == nil {
		t.asks = d.Asks()
	}
	done := l.serve(ctx, t, func(mark func(store.Tx) error) (bot.Answer, error) {
		l.tellPressed(ctx, t, p, data)
		return l.cfg.Talk.Press(ctx, bot.Press{
			Dest: destOf(t.channel), User: t.userKey(l.me.team), Data: data, Form: true, At: time.Now(), Mark: mark,
		})
	})
	if done && p.Container.IsEphemeral {
		l.remove(ctx, t)
	}
}

// tellPressed says which message shows the card of the incident that a button
// names. Choices are no cards; one person sees them.
func (l *listener) tellPressed(ctx context.Context, t turn, p slackgo.InteractionCallback, data string) {
	d, err := bot.ParseData(data)
	block := "isu:" + strconv.FormatUint(uint64(d.ID), 10) + ":"
	if err != nil || d.ID == 0 || p.Container.IsEphemeral || !strings.HasPrefix(p.ActionCallback.BlockActions[0].BlockID, block) {
		return
	}
	l.cfg.Pressed(ctx, destOf(t.channel), notifier.Receipt{MsgID: p.Container.MessageTs, Thread: t.channel}, d.ID)
}

// pressed returns the data of the button that was pressed, or of the entry that
// was chosen; "" for a link, which the client has opened by itself.
func pressed(p slackgo.InteractionCallback) string {
	if p.Type != slackgo.InteractionTypeBlockActions || len(p.ActionCallback.BlockActions) == 0 {
		return ""
	}
	action := p.ActionCallback.BlockActions[0]
	return ours(cmp.Or(action.Value, action.SelectedOption.Value))
}

// ours restores the form feed with which our data begins: nobody promises that
// white space survives the way there and back.
func ours(value string) string {
	if strings.HasPrefix(value, "k|") {
		return "\f" + value
	}
	return value
}

// onCommand carries a slash command to the Talker. Slack sends us none but
// our own, whatever the admin called it.
func (l *listener) onCommand(ctx context.Context, envelope string, c slackgo.SlashCommand) {
	t := turn{
		id: cmp.Or(c.TriggerID, envelope), teams: []string{c.TeamID}, user: c.UserID,
		channel: c.ChannelID, url: c.ResponseURL,
	}
	l.serve(ctx, t, func(mark func(store.Tx) error) (bot.Answer, error) {
		return l.cfg.Talk.Hear(ctx, bot.Saying{
			Dest: destOf(t.channel), User: t.userKey(l.me.team), At: time.Now(), Mark: mark,
			Text: strings.TrimSpace("/isu " + readable(c.Text)),
		})
	})
}

// onEvent carries a mention of us to the Talker. Other events, such as those
// of our own metadata, are signs of life and no more.
func (l *listener) onEvent(ctx context.Context, envelope string, e slackevents.EventsAPIEvent) {
	m, isMention := e.InnerEvent.Data.(*slackevents.AppMentionEvent)
	if !isMention || m.BotID != "" || m.Edited != nil {
		return
	}
	line, isOurs := l.addressed(m.Text)
	if !isOurs {
		return
	}
	t := turn{
		id: envelope, teams: []string{e.TeamID, m.UserTeam, m.SourceTeam}, user: m.User,
		channel: m.Channel, thread: m.ThreadTimeStamp,
	}
	if outer, ok := e.Data.(*slackevents.EventsAPICallbackEvent); ok {
		t.id = cmp.Or(outer.EventID, envelope)
	}
	l.serve(ctx, t, func(mark func(store.Tx) error) (bot.Answer, error) {
		s := bot.Saying{
			Dest: destOf(t.channel), User: t.userKey(l.me.team), Text: line, At: time.Now(), Mark: mark,
		}
		if t.thread != "" {
			s.On = l.cfg.CardOf(ctx, s.Dest, t.thread)
		}
		return l.cfg.Talk.Hear(ctx, s)
	})
}

// addressed returns a text that begins with a mention of us in the form that
// all transports have in common. Whoever mentions us elsewhere talks about us.
func (l *listener) addressed(text string) (string, bool) {
	name, rest, found := strings.Cut(strings.TrimSpace(text), ">")
	id, _, _ := strings.Cut(name, "|") // <@U1|siaga> in older clients
	if !found || id != "<@"+l.me.user {
		return "", false
	}
	return strings.TrimSpace("@siaga " + strings.TrimLeft(readable(rest), " ,:")), true
}

var angled = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

// readable undoes what Slack does to a text that a person wrote: links and
// names in angle brackets, and three characters escaped.
func readable(s string) string {
	s = angled.ReplaceAllStringFunc(s, func(found string) string {
		target, label, _ := strings.Cut(strings.Trim(found, "<>"), "|")
		switch {
		case strings.HasPrefix(target, "#"):
			return "#" + cmp.Or(label, target[1:])
		case strings.HasPrefix(target, "!"):
			return cmp.Or(label, "@"+target[1:])
		}
		return target // a person by id, a link by address
	})
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}
