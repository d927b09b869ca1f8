package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/incident"
)

// Data is what a button carries: a hint by an untrusted client, worth no more
// than a typed command.
type Data struct {
	Verb     string // of ParseData's table; or test, mute and fact, about no incident
	ID       incident.ID
	StateRev uint64 // the state that the button was drawn for
	Arg      string // resolve: a prefix of the reason; snooze, promise: how long; rate: what it was; unfit: the mark of a fact; otherwise empty
}

const (
	// dataPrefix is how telebot marks the data of a button called "k".
	dataPrefix = "\fk|"

	// maxData bounds data in bytes (chat.md 2); Telegram takes 64.
	maxData = 25
)

// String returns the form for the wire: "\fk|ack.16.7", numbers in base 36.
func (d Data) String() string {
	s := dataPrefix + d.Verb + "." + strconv.FormatUint(uint64(d.ID), 36) + "." + strconv.FormatUint(d.StateRev, 36)
	if d.Arg != "" {
		s += "." + d.Arg
	}
	return s
}

// ParseData reads what String wrote, and nothing else.
func ParseData(s string) (Data, error) {
	body, ours := strings.CutPrefix(s, dataPrefix)
	parts := strings.Split(body, ".")
	if !ours || len(s) > maxData || len(parts) < 3 || len(parts) > 4 {
		return Data{}, fmt.Errorf("button data %.40q: not one of ours", s)
	}
	id, badID := strconv.ParseUint(parts[1], 36, 32)
	rev, badRev := strconv.ParseUint(parts[2], 36, 64)
	d := Data{Verb: parts[0], ID: incident.ID(id), StateRev: rev}
	if len(parts) == 4 {
		d.Arg = parts[3]
	}
	if d == testPress() && d.String() == s {
		return d, nil
	}
	if badID != nil || badRev != nil || id == 0 || rev == 0 || d.command() == "" && d.Verb != muteVerb && d.Verb != factVerb || !d.argued() || d.String() != s {
		return Data{}, fmt.Errorf("button data %.40q: not as we write it", s)
	}
	return d, nil
}

// command returns the name of the verb that the button stands for, "" for none
// of ours. The long ones are shorter here.
func (d Data) command() string {
	switch d.Verb {
	case "ack", "release", "resolve", "reopen", "note", "snooze", "wake", "still", "rate":
		return d.Verb
	case "draft":
		return "draft"
	case "yes":
		return "approve"
	case "esc":
		return "escalate"
	case "flag":
		return "grievance"
	case "trail":
		return "timeline"
	case "facts", "unfit":
		return "unfit"
	case "promise":
		return "promises"
	}
	return ""
}

// argued reports whether Arg is one that the verb takes.
func (d Data) argued() bool {
	switch d.Verb {
	case "resolve", "snooze", "promise":
		return d.Arg == "" || isName(d.Arg)
	case "rate", "yes", "unfit":
		return isName(d.Arg)
	case "draft":
		return d.Arg == "" || isName(d.Arg)
	}
	return d.Arg == ""
}

// Asks reports whether there is more to say before anything is done: where the
// chat can show a Form, the press of such a button changes nothing.
func (d Data) Asks() bool {
	return d.Arg == "" && slices.Contains([]string{"resolve", "snooze", "note", "promise", factVerb}, d.Verb)
}
