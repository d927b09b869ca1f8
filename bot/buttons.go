package bot

import (
	"net/url"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// Buttons returns what can be pressed under a card, in rows of at most three.
func (l *Lang) Buttons(c notifier.Card) [][]Button {
	in := c.Incident
	press := l.presses(in)
	var rows [][]Button
	switch {
	case in.State == incident.Open:
		take := press(buttonAck, "ack")
		take.Hot = true
		rows = [][]Button{{take}}
	case in.State == incident.Acknowledged:
		rows = [][]Button{{press(buttonResolve, "resolve"), press(buttonRelease, "release")}}
	case in.Reason == incident.ShadowOver:
		return nil
	default:
		return [][]Button{{press(buttonReopen, "reopen")}, l.rates(in)}
	}
	if in.State == incident.Acknowledged && in.Grievance && !in.Shadow {
		rows = append(rows, []Button{press(buttonPromise, "promise")})
	}
	if second := l.second(in); second != nil {
		rows = append(rows, second)
	}
	if third := l.third(in); third != nil {
		rows = append(rows, third)
	}
	return rows
}

// third is the row of what there is to read: what may be said, and the newest
// post. A shadow incident is answered by nobody, and a complaint by no
// counter-message (chat.md 2).
func (l *Lang) third(in incident.Incident) []Button {
	var row []Button
	if !in.Shadow && !in.Gated() {
		row = append(row, l.presses(in)(buttonFacts, "facts"))
	}
	if link := newest(in.Excerpts); link != "" {
		row = append(row, Button{Label: l.say(buttonPost), URL: link})
	}
	return row
}

// presses returns what makes the buttons of an incident.
func (l *Lang) presses(in incident.Incident) func(label phrase, verb string) Button {
	return func(label phrase, verb string) Button {
		return Button{Label: l.say(label), Data: Data{Verb: verb, ID: in.ID, StateRev: in.StateRev}.String()}
	}
}

// second is the row of what else can be done with an incident that is not
// resolved. One tap puts no grievance to sleep, and nobody is called for a
// shadow incident.
func (l *Lang) second(in incident.Incident) []Button {
	press := l.presses(in)
	var row []Button
	if !in.Shadow {
		label := buttonEscalate
		if in.State == incident.Acknowledged {
			label = buttonEscalateShort
		}
		row = append(row, press(label, "esc"))
		switch {
		case !in.Snoozed.IsZero():
			row = append(row, press(buttonWake, "wake"))
		case !in.Grievance:
			row = append(row, press(buttonSnooze, "snooze"))
		}
	}
	if in.State == incident.Acknowledged {
		row = append(row, press(buttonNote, "note"))
	}
	return row
}

// Aside returns what is seldom pressed, for chats that can fold it away.
func (l *Lang) Aside(c notifier.Card) []Button {
	in := c.Incident
	press := l.presses(in)
	if in.State == incident.Resolved || in.Grievance {
		return []Button{press(buttonTrail, "trail")}
	}
	return []Button{press(buttonFlag, "flag"), press(buttonTrail, "trail")}
}

// Replies returns what can be pressed under a ping that stands below its card:
// the answers to a question to the owner, and to a call the first button of
// the card. A call is old when the incident has changed since; its buttons
// then answer how.
func (l *Lang) Replies(m notifier.Message) []Button {
	in := m.Card.Incident
	press := l.presses(in)
	byItself := m.Entry.Who == incident.Machine.Name
	switch verb := m.Entry.Verb; {
	case m.Kind != notifier.KindPing || m.ReplyTo.MsgID == "":
		return nil
	case verb == incident.Ask && in.State == incident.Acknowledged:
		return []Button{press(buttonStill, "still"), press(buttonLetGo, "release")}
	case in.State == incident.Open && (verb == incident.Escalate || verb == incident.Remind || verb == incident.Release && byItself):
		take := press(buttonAck, "ack")
		take.Hot = true
		return []Button{take}
	}
	return nil
}

// newest returns the address of the newest post that has one on the web.
func newest(quotes []incident.Excerpt) string {
	for _, e := range quotes {
		u, err := url.Parse(e.URL)
		if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil {
			return u.String()
		}
	}
	return ""
}

// reasons returns a button for each reason of a resolve.
func (l *Lang) reasons(in incident.Incident) []Button {
	var all []Button
	for _, r := range incident.Reasons() {
		data := Data{Verb: string(incident.Resolve), ID: in.ID, StateRev: in.StateRev, Arg: short(r)}
		all = append(all, Button{Label: upper(l.reason(r)), Data: data.String()})
	}
	return all
}

// short returns the shortest prefix that names the reason, for buttons carry
// few bytes.
func short(r incident.Reason) string {
	for n := range len(r) {
		if found, ok := incident.ParseReason(string(r[:n])); ok && found == r {
			return string(r[:n])
		}
	}
	return string(r)
}

// Next says what can be done with a card now as commands to type, for a chat
// without buttons.
func (l *Lang) Next(c notifier.Card) string {
	var does []incident.Verb
	switch in := c.Incident; {
	case in.State == incident.Open:
		does = []incident.Verb{incident.Ack}
	case in.State == incident.Acknowledged:
		does = []incident.Verb{incident.Resolve, incident.Release, incident.Note}
		if in.Grievance && !in.Shadow {
			does = append(does, incident.Promised)
		}
	case in.State == incident.Resolved && in.Reason != incident.ShadowOver:
		does = []incident.Verb{incident.Reopen}
	}
	if !c.Incident.Snoozed.IsZero() {
		does = append(does, incident.Wake)
	}
	if c.Incident.State != incident.Resolved && !c.Incident.Shadow {
		does = append(does, incident.Drafted)
	}
	var lines []string
	for _, d := range does {
		lines = append(lines, "/"+l.pick(doing(d).names)+" "+number(c.Incident.ID))
	}
	help, _ := find("help")
	return strings.Join(append(lines, "/"+l.pick(help.names)), " · ")
}
