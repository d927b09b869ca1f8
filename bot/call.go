package bot

import (
	"cmp"
	"strings"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/text"
)

// What is said as time goes by: who is called, and what comes next.

// Line is the text of a block for a renderer that cannot mention people: with
// their names in front.
func (b Block) Line() string {
	var names []string
	for _, c := range b.Call {
		names = append(names, Named(c))
	}
	if names == nil {
		return b.Text
	}
	return strings.Join(names, ", ") + Beside + b.Text
}

// Beside stands between those who are mentioned and what they are told.
const Beside = " · "

// Named is the name of somebody who is mentioned, as a line shows it.
func Named(c notifier.Contact) string { return one(c.Name, placeRunes) }

// naming puts those who are called on the line of a card that says whether
// anybody is on it: the last one that must stay.
func naming(blocks []Block, people []notifier.Contact) {
	for i := len(blocks) - 1; i >= 0 && len(people) > 0; i-- {
		if blocks[i].Drop == 0 {
			blocks[i].Call = people[:min(len(people), maxNames)]
			return
		}
	}
}

// pings draws a ping: a line under its card, or, where there is none, more.
func (l *Lang) pings(m notifier.Message) []Block {
	call := m.Call[:min(len(m.Call), maxNames)]
	switch {
	case m.Why == notifier.QuietEnded:
		blocks := []Block{{Text: l.say(pingQuietEnded), Head: true, Call: call}}
		for i, c := range m.Cards[:min(len(m.Cards), maxLines)] {
			blocks = append(blocks, Block{Text: l.overnight(c, m.Entry.At), Drop: i})
		}
		if rest := len(m.Cards) - maxLines; rest > 0 {
			blocks = append(blocks, Block{Text: l.More(rest)})
		}
		return blocks
	case m.Direct:
		return []Block{{Text: l.head(m.Card), Head: true}, {Text: l.counts(m.Card), Drop: 1}, {Text: l.direct(m)}}
	default:
		return []Block{{Text: l.ping(m), Head: true, Call: call}}
	}
}

// overnight is one incident after quiet hours: how it stands now.
func (l *Lang) overnight(c notifier.Card, now time.Time) string {
	in := c.Incident
	return l.say(listLine, "level", l.level(in.Severity), "id", in.ID.String(), "cell", l.cell(c),
		"age", l.Span(now.Sub(in.First)), "owner", l.standing(in))
}

// standing says whether anybody is on it.
func (l *Lang) standing(in incident.Incident) string {
	if in.State == incident.Acknowledged {
		return l.say(stateOwned, "who", one(in.Owner, placeRunes))
	}
	return l.say(stateOpen)
}

// direct says to one person alone why they are called, and where to act: what
// is done is done where all see it.
func (l *Lang) direct(m notifier.Message) string {
	key := pingDirect
	if m.Entry.Who != incident.Machine.Name {
		key = pingDirectBy
	}
	return l.say(key, l.callArgs(m)...)
}

// calling says why somebody is called.
func (l *Lang) calling(m notifier.Message) string {
	in, key := m.Card.Incident, map[notifier.Why]phrase{
		notifier.Escalated:   pingEscalated,
		notifier.Reminded:    pingReminded,
		notifier.AskedOwner:  pingAsked,
		notifier.LapsedOwner: pingLapsed,
		notifier.SnoozeOver:  pingSnoozeOver,
		notifier.WasSnoozed:  pingSnoozed,
		notifier.WasWoken:    pingWoken,
	}[m.Why]
	switch {
	case m.Why != notifier.Escalated || m.Entry.Who == incident.Machine.Name:
	case in.State == incident.Acknowledged:
		key = pingEscalatedTaken
	default:
		key = pingEscalatedBy
	}
	return l.say(key, l.callArgs(m)...)
}

func (l *Lang) callArgs(m notifier.Message) []string {
	in, e := m.Card.Incident, m.Entry
	since := in.Calling.Since
	if since.IsZero() {
		since = in.First
	}
	command := func(v incident.Verb) string { return l.slash(m.Dest, l.pick(doing(v).names)+" "+number(in.ID)) }
	return []string{
		"until", l.clock(e.Until, e.At, m.Card.Zone), "since", l.clock(since, e.At, m.Card.Zone), "at", l.clock(e.At, e.At, m.Card.Zone), "who", l.via(e.Who, e.Via),
		"owner", one(in.Owner, placeRunes), "state", l.standing(in),
		"act", command(incident.Ack), "note", command(incident.Note) + " …", "release", command(incident.Release),
	}
}

// coming adds to the line of the owner what time brings next.
func (l *Lang) coming(owner string, c notifier.Card) string {
	in, n := c.Incident, c.Next
	at := func(t time.Time) string { return l.clock(t, latest(c), c.Zone) }
	switch {
	case in.Snoozed.After(latest(c)):
		return l.say(cardSnoozed, "owner", owner, "at", at(in.Snoozed))
	case n == nil:
		return owner
	}
	key := map[incident.Verb]phrase{
		incident.Escalate: cardNextCall, incident.Remind: cardNextRemind, incident.Release: cardNextRelease,
	}[n.Verb]
	switch {
	case key == "":
		return owner
	case n.Verb == incident.Escalate && len(n.Call) == 0:
		key = cardNextRemind
	}
	return l.say(key, "owner", owner, "roles", l.duties(n.Call), "at", at(n.At))
}

// duties names turns of duty.
func (l *Lang) duties(roles []escalation.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, l.duty(string(r)))
	}
	return strings.Join(names, ", ")
}

// brings says for /kenapa what time brings next, if anything.
func (t *turn) brings(n *notifier.Next, zone *time.Location) []string {
	if n == nil {
		return nil
	}
	key := map[incident.Verb]phrase{
		incident.Escalate: nextCall, incident.Remind: nextRemind, incident.Ask: nextAsk,
		incident.Release: nextRelease, incident.Wake: nextWake,
	}[n.Verb]
	if n.Verb == incident.Escalate && len(n.Call) == 0 {
		key = nextRemind
	}
	when := t.Lang.say(key, "at", t.Lang.clock(n.At, t.at, zone), "roles", t.Lang.duties(n.Call))
	if n.Quiet {
		when = t.Lang.say(nextQuiet, "when", when)
	}
	return []string{when}
}

// called says what a line of the timeline that is about calling people did, or
// "" for another.
func (l *Lang) called(e incident.Entry, s scene) string {
	who := text.Excerpt(e.Call, 0, 0, maxQuote)
	switch {
	case e.Verb == incident.Escalate && e.Call == "":
		return l.say(trailEscalate)
	case e.Verb == incident.Release && e.Call != "":
		return l.say(trailLapsed, "who", who)
	case e.Verb == incident.Skip:
		reason := map[string]phrase{
			notifier.SkippedTaken: skipTaken, notifier.SkippedResolved: skipResolved, notifier.SkippedSnoozed: skipSnoozed,
			notifier.SkippedAnswered: skipAnswered, notifier.SkippedMuted: skipMuted, notifier.SkippedClosed: skipUnreached,
			notifier.SkippedKept: skipKept,
		}[e.Text]
		return l.say(trailSkip, "who", cmp.Or(who, "–"), "reason", l.say(reason))
	}
	key := map[incident.Verb]phrase{
		incident.Escalate: trailCall, incident.Remind: trailRemind, incident.Ask: trailAsk, incident.Confirm: trailConfirm,
		incident.Snooze: trailSnooze, incident.Wake: trailWake,
	}[e.Verb]
	return l.say(key, "who", who, "until", l.clock(e.Until, s.now, s.zone))
}
