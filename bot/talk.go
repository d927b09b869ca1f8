package bot

import (
	"context"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// Desk is what a chat may do to incidents. Do runs one command and mark in
// one transaction: a tap that was answered is stored together with the note
// that it was read. Errors are those of package incident, or the store's.
type Desk interface {
	Do(ctx context.Context, cmd incident.Command, mark func(store.Tx) error) (incident.Change, error)
	Get(ctx context.Context, id incident.ID) (incident.Incident, error)
	Unresolved(ctx context.Context) ([]incident.Incident, error)
	Timeline(ctx context.Context, id incident.ID) ([]incident.Entry, error)
}

// Saying is one line of text that a person wrote in a chat.
type Saying struct {
	Dest notifier.Dest        // the chat
	User string               // "telegram:111", "slack:T01:U01", "terminal"
	Text string               // "/ambil 42", "@siaga ambil 42", "/isu ambil 42"
	On   incident.ID          // the incident whose card it replies to, or 0
	At   time.Time            //
	Mark func(store.Tx) error // notes that this update was read; may be nil
}

// Press is one tap on a button.
type Press struct {
	Dest notifier.Dest
	User string
	Data string // as Data.String wrote it, from an untrusted client
	Text string // what was filled into a Form beside it
	Form bool   // the chat can show a Form
	At   time.Time
	Mark func(store.Tx) error
}

// Answer is what the presser or speaker gets to read.
type Answer struct {
	Text    string   // plain text; lines separated by \n; empty: nothing to say
	Brief   string   // at most 200 characters, for a toast; a cut of Text where it is longer
	Private bool     // only for the one who asked, where the chat can do that
	Choices []Button // a second step: the reasons of a resolve, a confirmation
	Reply   bool     // a second step: Text asks for a reply, to be heard as Lang.Replied has it
	Form    *Form    // a second step, in place of all else; nil unless Press.Form
}

// Form asks for what a tap cannot say. It comes back as a Press with the Data
// of what was chosen, or its own where there is nothing to choose, and Text.
type Form struct {
	Title, Submit, Cancel string
	Data                  string
	Label                 string   // of Choices
	Choices               []Button // one of these, the first unless another is chosen; none: no choice
	Words                 string   // of the field for Text
	Start                 string   // what stands in that field at first
	Needed                bool     // Text must not be empty
}

// Button is one thing to press: Data for the bot, or a URL.
type Button struct {
	Label string
	Data  string
	URL   string
	Hot   bool // the one to press first
}

// Block is one part of a drawn card. Renderers drop whole blocks, the highest
// Drop first, until the card fits; 0 is never dropped.
type Block struct {
	Text  string // plain, one or more lines
	Quote bool   // words of a post
	Head  bool   // the line that says what this is
	Drop  int
	Call  []notifier.Contact // whom it mentions, in front of Text
}
