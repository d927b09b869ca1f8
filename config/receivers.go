package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/notifier"
)

const terminal notifier.Dest = "terminal"

// checkReceivers puts into the plan the chats whose transport has its tokens:
// for the others nobody would ever send, and their cards would wait for ever.
func (c *checker) checkReceivers() {
	c.plan.Receivers = map[string]notifier.Receiver{}
	for _, r := range c.doc.Receivers {
		e := r.Value
		c.identifier(e.Name)
		c.once("receiver", e.Name)
		c.receivers = append(c.receivers, e.Name.Value)
		dests := c.dests(e)
		if r.ok && len(dests) == 0 {
			c.refuse(r.place, "the receiver has no chat", "give it telegram: {chat: ...}, slack: {channel: ...} or terminal: true")
		}
		dests = slices.DeleteFunc(dests, func(d notifier.Dest) bool { return !c.connected(r, d) })
		if len(dests) > 0 {
			c.plan.Receivers[e.Name.Value] = notifier.Receiver{Name: e.Name.Value, Dests: dests}
		}
	}
	for _, name := range c.doc.Admins {
		c.oneOf("receiver", name, c.receivers)
	}
}

func (c *checker) dests(e receiverEntry) []notifier.Dest {
	var dests []notifier.Dest
	if t := e.Telegram; t.set() {
		if t.Value.Chat.ok && t.Value.Chat.Value == 0 {
			c.refuse(t.Value.Chat.place, "0 is no chat", "the id of a group is a negative number such as -1001234567890")
		}
		if t.Value.Thread.Value < 0 {
			c.refuse(t.Value.Thread.place, "the thread of a topic is a positive number", "leave it out for the chat itself")
		}
		dests = append(dests, notifier.Dest(fmt.Sprintf("telegram:%d:%d", t.Value.Chat.Value, t.Value.Thread.Value)))
	}
	if s := e.Slack; s.set() {
		if s.Value.Channel.ok && !isSlackID(s.Value.Channel.Value, "CDG") {
			c.refuse(s.Value.Channel.place, fmt.Sprintf("%q is no id of a Slack channel", shorten(s.Value.Channel.Value)),
				"it begins with C, G or D, such as C0123456, and stands at the end of the channel's details")
		}
		dests = append(dests, notifier.Dest("slack:"+s.Value.Channel.Value))
	}
	if e.Terminal {
		dests = append(dests, terminal)
	}
	return dests
}

// isSlackID reports whether s is one of the given letters with capital letters
// and digits behind it.
func isSlackID(s, kinds string) bool {
	stray := func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }
	return len(s) > 1 && strings.IndexByte(kinds, s[0]) >= 0 && !strings.ContainsFunc(s, stray)
}

// connect brings sites and receivers together. With no chat at all, the
// terminal hears everything, so that a newcomer needs no account.
func (c *checker) connect() {
	if c.opt.rehearse && len(c.plan.Receivers) == 0 {
		c.standIn()
	}
	if len(c.plan.Receivers) == 0 {
		name := string(terminal)
		c.plan.Receivers[name] = notifier.Receiver{Name: name, Dests: []notifier.Dest{terminal}}
	}
	c.plan.Sites = reach(c.plan.Sites, c.plan.Receivers)
	c.cfg.Routes = c.routes()
	c.plan.Admins = among(c.plan.Receivers, values(c.doc.Admins))
}

// reach leaves to every site the receivers that exist. A site with none left
// is heard of by all: better too many people than nobody.
func reach(sites map[string]notifier.Place, receivers map[string]notifier.Receiver) map[string]notifier.Place {
	reached := make(map[string]notifier.Place, len(sites))
	for key, site := range sites {
		site.Receivers = among(receivers, site.Receivers)
		reached[key] = site
	}
	return reached
}

// among returns the names of those receivers that exist.
func among(receivers map[string]notifier.Receiver, names []string) []string {
	var there []string
	for _, name := range names {
		if _, ok := receivers[name]; ok {
			there = append(there, name)
		}
	}
	return there
}

// connected reports whether there are tokens for a chat, and warns if not.
func (c *checker) connected(r at[receiverEntry], d notifier.Dest) bool {
	why, remedy := c.off(d.Transport())
	if why == "" {
		return true
	}
	what, where := "channel", r.Value.Slack.place
	if d.Transport() == "telegram" {
		what, where = "chat", r.Value.Telegram.place
	}
	c.warn(where, fmt.Sprintf("%s, so this %s hears nothing", why, what), remedy)
	c.muted = append(c.muted, muted{r.Value.Name.Value, Mute{Chat: d, Why: why, Remedy: remedy, Where: where.where()}})
	return false
}

// off says why a transport is not in use and what to do; empty: it is.
func (c *checker) off(transport string) (why, remedy string) {
	switch {
	case c.opt.rehearse:
	case transport == "telegram" && !c.cfg.Telegram.Set():
		return "there is no token for Telegram", "set " + telegramEnv
	case transport == "slack" && (!c.cfg.SlackBot.Set() || !c.cfg.SlackApp.Set()):
		return "there are no tokens for Slack", "set " + slackBotEnv + " and " + slackAppEnv
	}
	return "", ""
}
