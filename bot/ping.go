package bot

import (
	"slices"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// noteRunes bounds a note; a longer one is a document and belongs elsewhere.
const noteRunes = 1000

// ping says in one line what happened. Where it does not stand under its card,
// it names the incident.
func (l *Lang) ping(m notifier.Message) string {
	line := l.event(m)
	if m.ReplyTo.MsgID == "" || m.Dest.Transport() == terminalUser {
		line = l.marked(m.Card.Incident, l.say(pingAlone, "id", m.Card.Incident.ID.String(), "ping", line))
	}
	if m.Again {
		line = l.say(cardAgain, "head", line)
	}
	return line
}

func (l *Lang) event(m notifier.Message) string {
	e, in := m.Entry, m.Card.Incident
	byItself := e.Who == incident.Machine.Name
	at := l.clock(e.At, e.At, m.Card.Zone)
	args := []string{"who", l.via(e.Who, e.Via), "at", at, "level", l.level(in.Severity)}
	choose := func(byPerson, itself phrase) string {
		if byItself {
			byPerson = itself
		}
		return l.say(byPerson, args...)
	}
	switch m.Why {
	case notifier.WasTaken:
		return l.say(pingTaken, args...)
	case notifier.WasReleased:
		return l.say(pingReleased, args...)
	case notifier.WasNoted:
		return l.say(pingNoted, append(args, "text", one(e.Text, noteRunes))...)
	case notifier.WasResolved:
		return l.say(pingResolved, append(args, "reason", l.resolution(e.Text))...)
	case notifier.WasReopened:
		return choose(pingReopened, pingReopenedItself)
	case notifier.LevelRose:
		return choose(pingRose, pingRoseItself)
	case notifier.MuteEnded:
		return l.say(pingMuteEnded, "at", l.clock(e.Until, e.At, m.Card.Zone), "owner", l.owner(m.Card))
	case notifier.GotLouder:
		return l.louder(m)
	case notifier.Escalated, notifier.Reminded, notifier.AskedOwner, notifier.LapsedOwner, notifier.SnoozeOver, notifier.WasSnoozed, notifier.WasWoken:
		return l.calling(m)
	case notifier.PromiseDue:
		return l.reminder(m)
	case notifier.WasFlagged:
		if e.Verb == incident.Ungrieve {
			return l.say(pingUnflagged, args...)
		}
		return choose(pingFlagged, pingFlaggedItself)
	default:
		if said := l.news(m); said != "" {
			return said
		}
		return l.head(m.Card)
	}
}

// louder says what has grown: of several rules which one, and who has it.
func (l *Lang) louder(m notifier.Message) string {
	in := m.Card.Incident
	if m.Entry.Grown == nil {
		return l.head(m.Card)
	}
	a, s := *m.Entry.Grown, sceneOf(m.Card)
	s.now = m.Entry.At
	line := l.say(pingLouder, "what", l.grown(a, s))
	if somewhere(a.When) {
		line = l.say(pingPlace, "what", upper(l.grown(a, s)))
	}
	if len(in.Rules) > 1 {
		line += " · " + l.say(cardRules, "rules", one(a.Rule, placeRunes))
	}
	if in.State == incident.Acknowledged {
		line += " · " + l.say(cardHandled, "who", one(in.Owner, placeRunes))
	}
	return line
}

// resolution says the text of a resolving entry, "mereda: sudah sepi", in
// this language.
func (l *Lang) resolution(entry string) string {
	code, note, _ := strings.Cut(entry, ": ")
	if r := incident.Reason(code); r != incident.ShadowOver && !slices.Contains(incident.Reasons(), r) {
		return one(entry, noteRunes)
	}
	said := l.reason(incident.Reason(code))
	if note != "" {
		said = l.say(reasonNoted, "reason", said, "note", one(note, noteRunes))
	}
	return said
}
