package promise

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
)

// Promise is something that one person is to see to until a time.
type Promise struct {
	Incident incident.ID `json:"incident"`
	N        int         `json:"n"` // counts the promises of the incident from 1
	Topic    string      `json:"topic"`
	Site     string      `json:"site,omitempty"` // key; empty: the incident names none
	Text     string      `json:"text"`           // what was promised
	Owner    string      `json:"owner"`          // who sees to it, by the name in people
	Due      time.Time   `json:"due"`
	By       string      `json:"by"` // who wrote it down
	At       time.Time   `json:"at"`
	Moved    time.Time   `json:"moved,omitzero"` // when it last got another date
	Told     time.Time   `json:"told,omitzero"`  // the moment of the latest reminder that was given
	Kept     *Kept       `json:"kept,omitempty"` // nil: it is owed
}

// Kept is how a promise was kept.
type Kept struct {
	By    string    `json:"by"` // who wrote it down
	At    time.Time `json:"at"`
	Proof string    `json:"proof"` // words, or the address of a picture or a report
}

// LongestAhead is how far ahead a promise may be due: what lies further off is a
// plan, and no answer to a complaint.
const LongestAhead = 2 * 365 * 24 * time.Hour

// What can be wrong with what is asked of a Ledger, beside the errors of package
// incident.
var (
	// ErrNone: the incident has no promise with this number.
	ErrNone = errors.New("no such promise")
	// ErrKept: it was kept before; the promise that comes with it says how.
	ErrKept = errors.New("kept already")
	// ErrEmpty: there is no text, no owner or no proof.
	ErrEmpty = errors.New("something is missing")
	// ErrDue: it is due in the past, or further ahead than LongestAhead.
	ErrDue = errors.New("not a date for a promise")
	// ErrShadow: nobody is to answer a shadow incident.
	ErrShadow = errors.New("a shadow incident")
)

// Overdue reports whether a promise that was not kept should have been by now.
func (p Promise) Overdue(now time.Time) bool { return p.Kept == nil && !p.Due.After(now) }

// Of returns the promises of a cell, in their order.
func Of(all []Promise, topic, site string) []Promise {
	var out []Promise
	for _, p := range all {
		if p.Topic == topic && p.Site == site {
			out = append(out, p)
		}
	}
	return out
}

// soonest orders promises: what is due first, then what was promised first.
func soonest(all []Promise) {
	slices.SortFunc(all, func(a, b Promise) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Incident, b.Incident), cmp.Compare(a.N, b.N))
	})
}

// check reports what is wrong with a promise that is made or moved at a time.
func (p Promise) check(now time.Time) error {
	switch {
	case p.Text == "" || p.Owner == "":
		return ErrEmpty
	case !p.Due.After(now) || p.Due.Sub(now) > LongestAhead:
		return ErrDue
	}
	return nil
}
