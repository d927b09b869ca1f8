package notifier

import (
	"cmp"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/strategy"
)

// Heard names the reason for which a chat that an incident concerns hears of
// a change: FirstCard for its card, where it does not show it yet, and any
// other for a ping under it, which has its card come first. Empty: the change is at most an edit of the card.
func Heard(c incident.Change, shown bool) Why {
	switch why := reason(c); {
	case shown && why != FirstCard, why == PromiseDue: // which may be of an incident that is over
		return why
	case shown, !due(c.After):
		return ""
	default:
		return FirstCard
	}
}

// shared returns the names of the sites over which an incident has spread.
func (p *Plan) shared(in incident.Incident) map[string]string {
	var names map[string]string
	for _, a := range append(in.Alarms[:len(in.Alarms):len(in.Alarms)], in.Latest()) {
		for _, key := range a.Measure.Sites {
			if names == nil {
				names = map[string]string{}
			}
			names[key] = cmp.Or(p.Sites[key].Name, key)
		}
	}
	return names
}

// Card draws an incident from everything known now but what may be said to it:
// see Answer.
func (p *Plan) Card(in incident.Incident, blind []Blind, now time.Time) Card {
	site := p.Sites[in.Site]
	card := Card{
		Incident: in, TopicName: cmp.Or(p.Topics[in.Topic], in.Topic), SiteName: cmp.Or(site.Name, in.Site),
		Sites: p.shared(in), Zone: cmp.Or(site.Zone, p.Zone), Blind: blind,
		Call: p.called(in),
	}
	if n := p.Next(in, now); n != nil && n.Verb != incident.Ask { // which moves with each sign of the owner
		card.Next = n
	}
	if !in.Shadow && in.State != incident.Resolved {
		card.Advice, card.Safety = p.Advise(in, now), p.Counsel[in.Topic].Safety
	}
	return card
}

// Advise says which kinds of answer fit an incident. It goes by the facts that
// are live at now, whatever the gate shows of them, and otherwise by the
// incident alone: the same card always looks the same.
func (p *Plan) Advise(in incident.Incident, now time.Time) strategy.Advice {
	topic := p.Counsel[in.Topic]
	return strategy.Advise(strategy.Case{
		Cluster: topic.Cluster, Hazard: topic.Hazard,
		Grievance: in.Grievance, Finding: in.Finding, Earlier: in.Earlier,
		Severity: in.Severity, Voices: in.Counts.Voices, Trend: in.Trend, Last: in.Last,
		Facts: p.Facts.Live(in.Topic, in.Site, now), Now: now,
	})
}

// stirs reports whether a change may change what is due: anything but moving
// counts, of which a busy hour has many a second.
func stirs(c incident.Change) bool {
	b, a := c.Before, c.After
	return b.ID == 0 || b.State != a.State || b.Severity != a.Severity || b.Calling != a.Calling ||
		!b.Snoozed.Equal(a.Snoozed) || !b.CalledAt.Equal(a.CalledAt)
}

// reason names why a change is worth a message of its own, beyond the edit of
// its card; empty: it is not.
func reason(c incident.Change) Why {
	switch {
	case c.Before.ID == 0:
		return FirstCard
	case c.Before.State == incident.Resolved && c.After.State == incident.Open:
		return WasReopened
	case c.After.Severity > c.Before.Severity:
		return LevelRose
	case c.After.Louder > c.Before.Louder && due(c.After):
		return GotLouder
	}
	if c.After.Reason == incident.ShadowOver {
		return "" // the admins hear of the rule
	}
	switch c.Entry.Verb {
	case incident.Ack:
		return WasTaken
	case incident.Release:
		return byMachine(c, LapsedOwner, WasReleased)
	case incident.Wake:
		return byMachine(c, SnoozeOver, WasWoken)
	case incident.Snooze:
		return WasSnoozed
	case incident.Escalate:
		return Escalated
	case incident.Remind:
		return Reminded
	case incident.Ask:
		return AskedOwner
	case incident.Unmuted:
		if !c.After.Calm && due(c.After) {
			return MuteEnded
		}
		return ""
	case incident.Resolve:
		return WasResolved
	case incident.Note:
		return WasNoted
	case incident.Grieve:
		return WasFlagged
	default:
		return worked(c.Entry.Verb)
	}
}

// worked names the reason for which what was done about the answer to an
// incident is told; empty: it is not.
func worked(v incident.Verb) Why {
	return map[incident.Verb]Why{
		incident.Verify: WasVerified, incident.Drafted: WasDrafted, incident.Edited: WasEdited, incident.Approved: WasApproved,
		incident.Rejected: WasRejected, incident.Published: WasPublished, incident.Voided: WasVoided,
		incident.Promised: WasPromised, incident.Kept: WasKept,
		incident.Moved: WasMoved, incident.Nudge: PromiseDue,
	}[v]
}

func byMachine(c incident.Change, machine, person Why) Why {
	if c.Entry.Who == incident.Machine.Name {
		return machine
	}
	return person
}

// silent reports whether a reason makes no sound: what a colleague did is
// good to know and no cause for alarm. That it grows is for whoever has taken
// it, who is named in the reply; the others need not look up.
func silent(w Why, in incident.Incident) bool {
	switch w {
	case LevelRose, WasReopened, WasVoided, PromiseDue:
		return false
	case GotLouder, MuteEnded:
		return in.State == incident.Acknowledged
	default:
		return !w.calls()
	}
}
