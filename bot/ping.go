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
	case notifier.WasFlagged:
		if e.Verb == incident.Ungrieve {
			return l.say(pingUnflagged, args...)
		}
		return choose(pingFlagged, pingFlaggedItself)
	default:
		return l.head(m.Card)
	}
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
