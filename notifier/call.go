package notifier

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// Contact is a person who can be called, by the ids that mention them.
type Contact struct {
	Name     string
	Telegram int64  // user id; 0: not on Telegram
	Slack    string // user id; empty: not on Slack
}

// dests returns the chats that a person has alone with the bot.
func (c Contact) dests() []Dest {
	var out []Dest
	if c.Telegram != 0 {
		out = append(out, Dest(fmt.Sprintf("telegram:%d:0", c.Telegram)))
	}
	if c.Slack != "" {
		out = append(out, Dest("slack:"+c.Slack))
	}
	return out
}

// Roster names who has which turn of duty.
type Roster map[escalation.Role][]string

// OnDuty returns who has a turn of duty at a site now, and nobody where it is
// not given to anyone: the chats are then called without a name.
func (p *Plan) OnDuty(site string, role escalation.Role) []Contact {
	names := p.Duty[site][role]
	if len(names) == 0 {
		names = p.Duty[""][role]
	}
	return p.contacts(names)
}

// contacts looks people up by name. Who is not in the plan any more is named
// all the same.
func (p *Plan) contacts(names []string) []Contact {
	var out []Contact
	for _, name := range names {
		c := p.People[name]
		c.Name = name
		out = append(out, c)
	}
	return out
}

// whom names the people whom a change calls.
func (p *Plan) whom(c incident.Change) []string {
	in := c.After
	switch reason(c) {
	case Escalated, Reminded:
		if c.Entry.Call != "" {
			return []string{c.Entry.Call}
		}
		return p.turn(in)
	case PromiseDue:
		return []string{c.Entry.Call}
	case LapsedOwner:
		return []string{c.Before.Owner}
	case AskedOwner, SnoozeOver, GotLouder:
		if in.Owner != "" {
			return []string{in.Owner}
		}
	default:
	}
	return nil
}

// turn names the people of the step that was taken last.
func (p *Plan) turn(in incident.Incident) []string {
	if p.Escalation == nil || in.Shadow || in.Calling.Rung == 0 {
		return nil
	}
	step, _ := p.Escalation.Turn(in.Severity, in.Calling.Rung)
	var names []string
	for _, role := range step.Call {
		for _, c := range p.OnDuty(in.Site, role) {
			if !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	return names
}

// summoned returns the chats that hear of an incident because of the steps of
// its ladder that were taken.
func (p *Plan) summoned(in incident.Incident) []Dest {
	if p.Escalation == nil || in.Shadow {
		return nil
	}
	var out []Dest
	for _, step := range p.Escalation.Taken(in.Severity, in.Calling.Rung) {
		for _, name := range step.Receivers {
			out = append(out, p.Receivers[name].Dests...)
		}
	}
	return out
}

// called returns who is mentioned on the card of an incident that nobody has
// taken: those whom the latest step called and, before any step, of a critical
// incident whoever is on duty (chat.md 6, rung 0). A messenger tells them when the
// card is posted, and not when it is edited.
func (p *Plan) called(in incident.Incident) []Contact {
	switch {
	case p.Escalation == nil || in.Shadow || in.State != incident.Open:
		return nil
	case in.Calling.Rung == 0 && in.Severity >= rules.Critical:
		return p.OnDuty(in.Site, escalation.Duty)
	default:
		return p.contacts(p.turn(in))
	}
}

// tellDirect writes down what the people whom a step calls are told in a chat of
// their own, in each messenger that is connected.
func (o *Outbox) tellDirect(tx store.Tx, c incident.Change, names []string) error {
	if reason(c) != Escalated || !due(c.After) || c.After.Shadow {
		return nil
	}
	for _, person := range o.Plan.Load().contacts(names) {
		for _, d := range person.dests() {
			if o.Senders[d.Transport()] == nil {
				continue
			}
			p := Ping{Dest: d, ID: c.After.ID, Why: Escalated, Entry: c.Entry, Call: []string{person.Name}, Direct: true}
			if err := pings.Put(tx, pingKey(c.Entry.At, p), p); err != nil {
				return fmt.Errorf("tell %s of %v: %w", d, c.After.ID, err)
			}
			tx.OnCommit(func() { o.ring(d) })
		}
	}
	return nil
}

// calls reports whether a reason is a call for somebody to act, which is
// needless when it is overtaken.
func (w Why) calls() bool {
	return slices.Contains([]Why{Escalated, Reminded, AskedOwner, LapsedOwner, SnoozeOver}, w)
}

// Why a call is not made: the texts of incident.Skip.
const (
	SkippedTaken    = "taken"
	SkippedResolved = "resolved"
	SkippedSnoozed  = "snoozed"
	SkippedAnswered = "answered"
	SkippedMuted    = "muted"
	SkippedKept     = "kept"        // the promise was, or it has another date
	SkippedClosed   = "unreachable" // the person has no chat with the bot, or none any more
)

// needless says why a call need not be made any more (chat.md 1.3 rule 7), or
// "": it must be, or it is none.
func (j *job) needless() string {
	p, in := j.ping, j.message.Card.Incident
	switch {
	case p.Why == PromiseDue && !owed(j.message.Card, p.Entry):
		return SkippedKept
	case !p.Why.calls():
		return ""
	case in.State == incident.Resolved:
		return SkippedResolved
	case in.State == incident.Acknowledged && in.StateRev > p.Entry.To && !in.AckAt.Before(p.Entry.At):
		return SkippedTaken
	case !in.Snoozed.IsZero():
		return SkippedSnoozed
	case j.message.Card.Muted != nil && !passes(p.Why, p.Entry):
		return SkippedMuted
	case p.Why == AskedOwner && (in.State != incident.Acknowledged || in.Calling.Asked.IsZero()):
		return SkippedAnswered
	}
	return ""
}

// skip forgets a call that is not to be made, with a line on the timeline: of
// one that is needless, in whatever chats it waits.
func (o *Outbox) skip(ctx context.Context, j job, why string) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		waiting, err := pings.Sweep(tx, "", func(k store.Key, p Ping) bool {
			same := p.ID == j.ping.ID && p.Entry.Seq == j.ping.Entry.Seq && p.Why == j.ping.Why
			return k == j.key || same && why != SkippedClosed
		})
		if err != nil || waiting == 0 { // the worker of another chat was first
			return err
		}
		_, err = o.Act(tx, incident.Command{
			ID: j.ping.ID, Verb: incident.Skip, Actor: incident.Machine, At: time.Now(),
			Text: why, Call: strings.Join(j.ping.Call, ", "),
		})
		return err
	})
}
