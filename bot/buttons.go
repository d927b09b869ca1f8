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
	press := func(label phrase, verb incident.Verb) Button {
		data := Data{Verb: string(verb), ID: in.ID, StateRev: in.StateRev}
		return Button{Label: l.say(label), Data: data.String()}
	}
	var rows [][]Button
	switch in.State {
	case incident.Open:
		take := press(buttonAck, incident.Ack)
		take.Hot = true
		rows = append(rows, []Button{take})
	case incident.Acknowledged:
		rows = append(rows, []Button{press(buttonResolve, incident.Resolve), press(buttonRelease, incident.Release)})
	case incident.Resolved:
		if in.Reason == incident.ShadowOver {
			return nil
		}
		return [][]Button{{press(buttonReopen, incident.Reopen)}}
	}
	if link := newest(in.Excerpts); link != "" {
		rows = append(rows, []Button{{Label: l.say(buttonPost), URL: link}})
	}
	return rows
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
	case in.State == incident.Resolved && in.Reason != incident.ShadowOver:
		does = []incident.Verb{incident.Reopen}
	}
	var lines []string
	for _, d := range does {
		lines = append(lines, "/"+l.pick(doing(d).names)+" "+number(c.Incident.ID))
	}
	help, _ := find("help")
	return strings.Join(append(lines, "/"+l.pick(help.names)), " · ")
}
