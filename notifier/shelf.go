package notifier

import (
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const (
	cards  store.Shelf[Delivery] = "card"
	wanted store.Shelf[Want]     = "wanted"
	shown  store.Shelf[Shown]    = "shown"
	pings  store.Shelf[Ping]     = "ping"
)

// CardState is where the first post of a card stands.
type CardState string

// The states: not posted, a call is or was under way, posted; a line on the
// card of a storm, and no card.
const (
	Unsent      CardState = ""
	Sending     CardState = "sending"
	Sent        CardState = "sent"
	InGathering CardState = "gathered"
)

// Delivery is one card in one chat.
type Delivery struct {
	WantRev   uint64    `json:"wantRev"`
	SentRev   uint64    `json:"sentRev,omitempty"`
	SentState uint64    `json:"sentState,omitempty"` // StateRev at SentRev
	SentHash  string    `json:"sentHash,omitempty"`
	SentAt    time.Time `json:"sentAt,omitzero"`
	At        Receipt   `json:"at,omitzero"`
	State     CardState `json:"state,omitempty"`
	Nonce     string    `json:"nonce,omitempty"`
	Since     time.Time `json:"since,omitzero"`  // the call under way began
	Maybe     bool      `json:"maybe,omitempty"` // a copy may be there that we do not know of
	Resent    int       `json:"resent,omitempty"`
	Attempts  int       `json:"attempts,omitempty"`
	NotBefore time.Time `json:"notBefore,omitzero"`
	Plain     bool      `json:"plain,omitempty"`
	Bare      bool      `json:"bare,omitempty"`
	Epoch     int       `json:"epoch,omitempty"` // counts how often the card was asked for anew
	LastErr   string    `json:"lastErr,omitempty"`
	Storm     uint64    `json:"storm,omitempty"` // the storm card that lists the incident
	Told      []Told    `json:"told,omitempty"`  // the messages of this card: the first, and the latest
}

// Want marks a card that differs from what its chat should show.
type Want struct {
	Since time.Time `json:"since"`
}

// Shown leads from a message in a chat to its incident.
type Shown struct {
	ID    incident.ID `json:"id"`
	Reply bool        `json:"reply,omitempty"` // a ping, which may have buttons and is no card
}

// Ping is one event that waits to be told in one chat: of an incident, or a
// note for the admins.
type Ping struct {
	Dest      Dest           `json:"dest"`
	ID        incident.ID    `json:"id"`
	Why       Why            `json:"why"`
	Entry     incident.Entry `json:"entry"`
	Note      *Note          `json:"note,omitempty"`
	Call      []string       `json:"call,omitempty"`   // names of the people whom it calls
	Direct    bool           `json:"direct,omitempty"` // to one of them alone
	Silent    bool           `json:"silent,omitempty"`
	Attempts  int            `json:"attempts,omitempty"`
	Nonce     string         `json:"nonce,omitempty"`
	Since     time.Time      `json:"since,omitzero"`  // of the first attempt
	Looks     int            `json:"looks,omitempty"` // how often it was looked for in vain
	Plain     bool           `json:"plain,omitempty"`
	Bare      bool           `json:"bare,omitempty"`
	Alone     bool           `json:"alone,omitempty"` // what it was to stand under is gone
	NotBefore time.Time      `json:"notBefore,omitzero"`
	LastErr   string         `json:"lastErr,omitempty"`
}

func cardKey(d Dest, id incident.ID) store.Key {
	return store.Path(string(d), store.Num(uint64(id)))
}

func shownKey(d Dest, msgID string) store.Key { return store.Path(string(d), msgID) }

func pingKey(due time.Time, p Ping) store.Key {
	return store.Path(string(p.Dest), store.Stamp(due), string(p.Why),
		store.Num(uint64(p.ID)), store.Num(p.Entry.Seq))
}

// idOf reads the incident from a key of cards or wanted.
func idOf(k store.Key) (incident.ID, error) {
	s := string(k)
	n, err := store.ParseNum(s[strings.LastIndexByte(s, '/')+1:])
	if err != nil {
		return 0, fmt.Errorf("read card key %q: %w", k, err)
	}
	return incident.ID(n), nil
}
