package bot

import (
	"strconv"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// item names a draft or promise of an incident, as people type it: 42.2.
func item(id incident.ID, n int) string { return number(id) + "." + strconv.Itoa(n) }

// worked says what a line of the timeline that is about the answer to an
// incident did: its field check, drafts, promises and facts; "" for another.
func (l *Lang) worked(e incident.Entry, s scene) string {
	key := map[incident.Verb]phrase{
		incident.Verify: trailVerify, incident.Unfit: trailUnfit, incident.Fits: trailFits,
		incident.Drafted: trailDrafted, incident.Edited: trailEdited, incident.Approved: trailApproved,
		incident.Rejected: trailRejected, incident.Published: trailPublished, incident.Voided: trailVoided,
		incident.Promised: trailPromised, incident.Kept: trailKept,
		incident.Moved: trailMoved, incident.Nudge: trailNudge,
	}[e.Verb]
	return l.say(key, "finding", l.finding(e.Finding), "item", item(s.id, e.Item), "owner", one(e.Call, placeRunes),
		"due", l.due(e.Until, s.now, s.zone), "before", l.before(e, s.now, s.zone))
}

// news says to the other chats what was done about the answer to an incident.
func (l *Lang) news(m notifier.Message) string {
	e := m.Entry
	key := map[notifier.Why]phrase{
		notifier.WasVerified: pingVerified, notifier.WasDrafted: pingDrafted, notifier.WasEdited: pingEdited,
		notifier.WasApproved: pingApproved, notifier.WasRejected: pingRejected, notifier.WasPublished: pingPublished,
		notifier.WasVoided: pingVoided, notifier.WasPromised: pingPromised, notifier.WasKept: pingKept,
		notifier.WasMoved: pingMoved,
	}[m.Why]
	line := l.say(key, "who", l.via(e.Who, e.Via), "at", l.clock(e.At, e.At, m.Card.Zone), "finding", l.finding(e.Finding),
		"item", item(m.Card.Incident.ID, e.Item), "owner", one(e.Call, placeRunes), "due", l.due(e.Until, e.At, m.Card.Zone), "before", l.before(e, e.At, m.Card.Zone),
		"read", l.slash(m.Dest, l.say(exampleDraft, "n", item(m.Card.Incident.ID, e.Item))))
	text := one(e.Text, noteRunes)
	if e.Verb == incident.Voided {
		text = l.voided(e.Text)
	}
	if text != "" && e.Verb != incident.Moved { // whose text is a date
		line = l.say(trailText, "what", line, "text", text)
	}
	return line
}

// finding says what was found in the field of what is claimed.
func (l *Lang) finding(f incident.Finding) string {
	return l.say(map[incident.Finding]phrase{
		incident.Unchecked: findingNone, incident.True: findingTrue, incident.False: findingFalse, incident.Partly: findingPartly,
	}[f])
}
