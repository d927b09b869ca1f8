package bot

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/incident"
)

// Data is what a button carries: a hint by an untrusted client, worth no more
// than a typed command.
type Data struct {
	Verb     string // ack, release, resolve, reopen, flag; test, about no incident
	ID       incident.ID
	StateRev uint64 // the state that the button was drawn for
	Arg      string // resolve: a prefix of the reason; otherwise empty
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
	if badID != nil || badRev != nil || id == 0 || rev == 0 || d.verb() == "" || !d.argued() || d.String() != s {
		return Data{}, fmt.Errorf("button data %.40q: not as we write it", s)
	}
	return d, nil
}

// verb returns the change that the button asks for, "" for none of ours.
func (d Data) verb() incident.Verb {
	switch d.Verb {
	case "ack", "release", "resolve", "reopen":
		return incident.Verb(d.Verb)
	case "flag":
		return incident.Grieve
	}
	return ""
}

// argued reports whether Arg is one that the verb takes.
func (d Data) argued() bool {
	return d.Arg == "" || d.Verb == "resolve" && isName(d.Arg)
}
