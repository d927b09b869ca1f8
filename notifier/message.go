package notifier

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/strategy"
)

// Dest is one chat as one word, transport first: "terminal",
// "telegram:-1001234567890:7" (chat, thread; no thread: 0), "slack:C0123456".
type Dest string

// Transport returns the part before the first colon.
func (d Dest) Transport() string {
	transport, _, _ := strings.Cut(string(d), ":")
	return transport
}

// Address returns the part after the first colon.
func (d Dest) Address() string {
	_, address, _ := strings.Cut(string(d), ":")
	return address
}

// Receiver is a named group of people and the chats in which they sit.
type Receiver struct {
	Name  string
	Dests []Dest
}

// Place is a site as people know it.
type Place struct {
	Name      string // Rembang
	Zone      *time.Location
	Receivers []string // names of receivers
	Quiet     []escalation.Quiet
}

// Blind is a source that is not being seen.
type Blind struct {
	Source string    `json:"source"`
	Since  time.Time `json:"since"`
}

// Card is everything that a drawing of an incident needs: a plain value
// that is the same for every chat. Two equal cards look equal.
type Card struct {
	Incident  incident.Incident
	TopicName string
	SiteName  string            // empty: no site
	Sites     map[string]string // names of the other sites that its rules speak of, by key
	Zone      *time.Location
	Answer    facts.Answer
	Advice    strategy.Advice `json:",omitzero"`  // which kinds of answer fit; none where nobody is to answer
	Safety    string          `json:",omitempty"` // how to stay safe, in the words of the admin; empty: nothing is said of the topic
	Blind     []Blind
	Promises  []promise.Promise `json:",omitempty"` // owed in its cell, what is due first before the others
	Call      []Contact         `json:",omitempty"` // who is called, and has not taken it
	Next      *Next             `json:",omitempty"` // what time brings; nil: nothing that can be said now
	Muted     *Silence          `json:",omitempty"` // keeps it quiet; nil: nothing does
}

// Kind is the shape of a message.
type Kind string

// The kinds.
const (
	KindCard  Kind = "card"  // state: one message per incident and chat, edited in place
	KindPing  Kind = "ping"  // event: a reply under the card, for one reason
	KindNote  Kind = "note"  // event: for the admins, about no incident
	KindMoved Kind = "moved" // instead of a card: which is another message now
	KindStorm Kind = "storm" // state: one message for the incidents of a storm, edited in place
)

// Why names the decision to speak (chat.md 1.3 rule 11).
type Why string

// The reasons to speak.
const (
	FirstCard   Why = "first-card"
	InStorm     Why = "storm"       // a line on the card of a storm
	ShownAgain  Why = "shown-again" // the card anew: somebody asked, or it was lost
	LevelRose   Why = "level-rose"
	GotLouder   Why = "louder" // much more than when people were last called
	WasTaken    Why = "taken"
	WasReleased Why = "released"
	WasNoted    Why = "noted"
	WasResolved Why = "resolved"
	WasReopened Why = "reopened"
	WasFlagged  Why = "flagged"
	WasSnoozed  Why = "snoozed"
	WasWoken    Why = "woken" // by a person

	WasVerified  Why = "verified"
	WasDrafted   Why = "drafted"
	WasEdited    Why = "edited"
	WasApproved  Why = "approved"
	WasRejected  Why = "rejected"
	WasPublished Why = "published" // by a person
	WasVoided    Why = "voided"    // a draft, because a fact of it died
	WasPromised  Why = "promised"
	WasKept      Why = "kept"        // a promise
	WasMoved     Why = "moved"       // a promise to another date
	PromiseDue   Why = "promise-due" // its owner is reminded: it is due soon, or over

	Escalated   Why = "escalated"    // nobody has taken it: the next people are called
	Reminded    Why = "reminded"     // still nobody has
	AskedOwner  Why = "asked-owner"  // nothing was heard of the owner: still on it?
	LapsedOwner Why = "lapsed-owner" // no answer: it waits for somebody again
	SnoozeOver  Why = "snooze-over"
	QuietEnded  Why = "quiet-ended" // what had to wait for the end of quiet hours, as one message
	MuteEnded   Why = "mute-ended"  // and it still goes on
)

// Message is one thing to say in one chat.
type Message struct {
	Dest    Dest
	Kind    Kind
	Why     Why
	Card    Card           // also with a ping: the incident as it is when the ping leaves
	Entry   incident.Entry // ping: what happened
	Note    Note           // note: what there is to say
	Digest  *Digest        // DigestDue: what it holds
	Call    []Contact      // ping: who is mentioned
	Direct  bool           // ping: to one person alone, where no card is
	Cards   []Card         // QuietEnded: the incidents that it is about, the loudest first
	Storm   Gathering      // storm: what came in it
	ReplyTo Receipt        // ping: the card
	Silent  bool           // no sound
	Nonce   string         // lets Slack find the message again after a crash
	Again   bool           // an earlier copy may be there: say so
	Plain   bool           // the first form was refused: plain text only, 1,500 characters
	Bare    bool           // so was the plain form: one line, with level, id and cell
}

// Receipt is where a message ended up.
type Receipt struct {
	MsgID  string `json:"msgID,omitempty"`  // Telegram message id, Slack ts
	Thread string `json:"thread,omitempty"` // Slack: channel as returned; Telegram: topic
	Astray bool   `json:"-"`                // its topic was gone, so it stands in the group itself
}

// Sender delivers to the chats of one transport. A nil error means that the
// other side confirmed the message and Receipt says where it is. Every other
// outcome is a *SendError.
type Sender interface {
	Send(ctx context.Context, m Message) (Receipt, error)
}

// Editor is a Sender that can change a sent card in place.
type Editor interface {
	Edit(ctx context.Context, at Receipt, m Message) error
}

// ErrCannotFind says that a Finder lacks the right to look.
var ErrCannotFind = errors.New("not allowed to look for messages")

// Finder is a Sender that can find its own message again by its nonce. found
// is false only when the other side answered that it is not there; an error
// that wraps ErrCannotFind says that looking again is in vain.
type Finder interface {
	Find(ctx context.Context, d Dest, nonce string, since time.Time) (at Receipt, found bool, err error)
}

// Class is the kind of a failed delivery; the policy for each lives here, the
// classifier of each API in bot (chat.md 1.4).
type Class string

// The classes.
const (
	Flood      Class = "flood"       // too fast: pause this chat for After
	NotSent    Class = "not-sent"    // certainly not delivered: back off, for ever
	Ambiguous  Class = "ambiguous"   // may have been delivered: reconcile
	Migrated   Class = "migrated"    // the chat has a new address: To
	BadFormat  Class = "format"      // refused for its form: resend plain
	ThreadGone Class = "thread-gone" // resend without a thread
	Gone       Class = "gone"        // edit: the message was deleted; post a new one
	Dead       Class = "dead"        // this destination is closed to us
	Unchanged  Class = "unchanged"   // edit: nothing to change, a success
)

// SendError says how a delivery failed and so what to do next.
type SendError struct {
	Class Class
	After time.Duration // Flood: at least this long
	To    Dest          // Migrated
	Err   error         // without secrets
}

func (e *SendError) Error() string { return fmt.Sprintf("%s: %v", e.Class, e.Err) }
func (e *SendError) Unwrap() error { return e.Err }
