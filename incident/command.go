package incident

import (
	"errors"
	"time"

	"github.com/siaga-id/siaga/rules"
)

// Verb is what can be done to an incident. The list is closed.
type Verb string

// The verbs. Fire, Remind, Ask, Skip, Unmuted, Voided and Nudge are the machine's; Wake,
// Escalate and Release may be; the others are people's.
const (
	Fire     Verb = "fire"
	Ack      Verb = "ack"
	Release  Verb = "release"
	Resolve  Verb = "resolve"
	Reopen   Verb = "reopen"
	Note     Verb = "note"
	SetLevel Verb = "severity"
	Grieve   Verb = "grievance"
	Ungrieve Verb = "ungrievance"
	Split    Verb = "split" // a post became a story of its own
	Join     Verb = "join"  // stories became one
	Snooze   Verb = "snooze"
	Wake     Verb = "wake"     // ends a snooze
	Escalate Verb = "escalate" // calls the next people
	Remind   Verb = "remind"   // calls the same people again; the machine's
	Ask      Verb = "ask"      // asks the owner for a sign of life; the machine's
	Confirm  Verb = "confirm"  // the owner's answer: still on it
	Skip     Verb = "skip"     // people were not called after all; the machine's
	Unmuted  Verb = "unmuted"  // what kept it quiet is over; the machine's
	Verify   Verb = "verify"   // what was found in the field: Finding, and Text who says so
	Unfit    Verb = "unfit"    // a fact was said to be no answer here; Text is its id
	Fits     Verb = "fits"     // that was taken back

	// What happens to drafts and promises, which have rooms of their own. Item is
	// the number that they have within the incident.
	Drafted   Verb = "drafted"
	Edited    Verb = "edited"
	Approved  Verb = "approved"
	Rejected  Verb = "rejected"
	Published Verb = "published" // by a person, who says where
	Voided    Verb = "voided"    // a fact of it died
	Promised  Verb = "promised"
	Kept      Verb = "kept"  // a promise, with proof
	Moved     Verb = "moved" // a promise to another date: Until; Text is the date before, as time.RFC3339
	Nudge     Verb = "nudge" // reminds the owner of a promise that is due soon, or over

	// Unsaid is the machine's: what a chat was to hear came too late to be said.
	// Text is the notifier's reason to say it, Chat the chat.
	Unsaid Verb = "unsaid"
)

// Actor is who does something: a person of config.yaml, or the machine.
type Actor struct {
	Name string // as in people of config.yaml; the same in every chat
	Via  string // the transport: terminal, telegram, slack
	Chat string // the chat it was said in, as a notifier destination
	Lead bool   // may act on incidents that others own
}

// Machine is the actor of what nobody did.
var Machine = Actor{Name: "siaga"} //nolint:gochecknoglobals // a constant in all but syntax

// Command asks for one change of one incident.
type Command struct {
	ID       ID
	Verb     Verb
	Actor    Actor
	At       time.Time
	StateRev uint64         // the state a button was drawn for; 0: whatever it is now
	Reason   Reason         // Resolve
	Text     string         // Note; what was moved, with Split and Join; a comment with the others
	Severity rules.Severity // SetLevel
	Until    time.Time      // Snooze; Unmuted: when the mute was over; of a promise: when it is due
	Call     string         // Escalate: the name of one person, empty: whose turn it is; Skip: of those not called; Release: of the owner who was silent; of a promise: who sees to it
	Finding  Finding        // Verify
	Item     int            // of a draft or promise; 0: the incident itself
	Firing   *rules.Firing  // Fire
	Complain string         // Fire: the first of its new posts that reads as a complaint, empty: none
	Version  string         // Fire: of the rules
}

// Entry is one line of an incident's append-only timeline.
type Entry struct {
	Seq  uint64    `json:"seq"`
	At   time.Time `json:"at"`
	Who  string    `json:"who"`
	Via  string    `json:"via,omitempty"`
	Chat string    `json:"chat,omitempty"`
	Verb Verb      `json:"verb"`
	From uint64    `json:"from"` // Rev before
	To   uint64    `json:"to"`   // Rev after
	Text string    `json:"text,omitempty"`

	Until time.Time `json:"until,omitzero"` // Snooze, Unmuted, promises
	Call  string    `json:"call,omitempty"` // Escalate, Skip, Release, promises

	Finding Finding `json:"finding,omitempty"` // Verify
	Item    int     `json:"item,omitempty"`    // the draft or promise that it is about

	// Grown is what people were to be called for again: Incident.Louder rose.
	Grown *Alarm `json:"grown,omitempty"`

	// Refused says why Who may not do Verb, which was not done then.
	Refused string `json:"refused,omitempty"`
}

// Change is what a committed command did.
type Change struct {
	Before Incident // zero when the incident was opened by this change
	After  Incident
	Entry  Entry
}

// What can be wrong with a command. The texts are for logs; what a person
// reads comes from the catalogue in bot.
var (
	// ErrNotFound: there is no incident with this id.
	ErrNotFound = errors.New("no such incident")
	// ErrStale: the button was drawn for an earlier state; nothing was changed.
	ErrStale = errors.New("the incident has changed since")
	// ErrWrongState: the verb does not apply in the incident's state.
	ErrWrongState = errors.New("not possible in this state")
	// ErrNotOwner: only the owner or a lead may do this.
	ErrNotOwner = errors.New("not the owner")
	// ErrCellTaken: the cell has another open incident; Change.After of the
	// result is that incident.
	ErrCellTaken = errors.New("the cell has another open incident")
	// ErrTooLong: a snooze ends before it begins, or later than its author may set.
	ErrTooLong = errors.New("snoozed for too long")
	// ErrNothing: the command asks for what already is; to its author that
	// is a success, and nothing was changed.
	ErrNothing = errors.New("already so")
)
