package facts

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

const (
	proposed  store.Shelf[Proposal] = "proposed"
	verdicts  store.Shelf[Verdict]  = "verdict"
	proposals store.Counter         = "proposals"
)

// Proposal is a fact that somebody asks for. It is written once and stays as it
// is, whatever is decided.
type Proposal struct {
	N        uint64    `json:"n"`
	Fact     Fact      `json:"fact"`               // without an id and an approver
	Replaces string    `json:"replaces,omitempty"` // the fact that dies when this one is accepted
	By       string    `json:"by"`                 // name of the person, who owns the fact unless it names another
	Via      string    `json:"via,omitempty"`      // transport
	At       time.Time `json:"at"`
}

// Verdict is what an approver decided about a proposal. There is at most one,
// and it is never changed: whoever thinks otherwise proposes anew.
type Verdict struct {
	N   uint64    `json:"n"`            // of the proposal
	ID  string    `json:"id,omitempty"` // of the fact that it became; empty: it was rejected
	By  string    `json:"by"`           // name of the person
	Via string    `json:"via,omitempty"`
	At  time.Time `json:"at"`
	Why string    `json:"why,omitempty"`
}

// proposalPrefix begins the names of proposals, factPrefix the ids of the facts
// that they become.
const (
	proposalPrefix = "USUL-"
	factPrefix     = "FAKTA-"
)

// ID is what people call a proposal: USUL-3.
func (p Proposal) ID() string { return proposalPrefix + strconv.FormatUint(p.N, 10) }

// ParseProposal reads "USUL-3", in whatever case, "#3" or "3".
func ParseProposal(s string) (uint64, bool) {
	if len(s) > len(proposalPrefix) && strings.EqualFold(s[:len(proposalPrefix)], proposalPrefix) {
		s = s[len(proposalPrefix):]
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 10, 32)
	return n, err == nil && n > 0
}

// Why a proposal is not taken, or not decided.
var (
	// ErrNoProposal says that no proposal has that number.
	ErrNoProposal = errors.New("there is no such proposal")
	// ErrDecided says that somebody has decided about it already.
	ErrDecided = errors.New("the proposal is decided already")
	// ErrOwn says that whoever decides owns the fact, or proposed it, or has no name.
	ErrOwn = errors.New("nobody decides about a fact of their own")
	// ErrReplaced says that the fact which it replaces does not exist, or is dead.
	ErrReplaced = errors.New("the fact that it replaces does not live")
	// ErrOver says that its validity is over before it began.
	ErrOver = errors.New("the validity of the fact is over")
	// ErrNoReason says that a rejection lacks its reason.
	ErrNoReason = errors.New("a rejection needs a reason")
)

// Unfit says what is wrong with a proposed fact.
type Unfit []Problem

func (u Unfit) Error() string {
	var all []string
	for _, p := range u {
		all = append(all, p.Field+": "+p.Msg)
	}
	return strings.Join(all, "; ")
}

// Wrong says what is wrong with a fact that is yet to be accepted: everything
// but that it has no id and no approver.
func Wrong(f Fact) []Problem {
	f.ID, f.Approver, f.SupersededBy = proposalPrefix, "", ""
	var wrong []Problem
	for _, p := range check(0, f, map[string]int{f.ID: 0}) {
		if p.Field != "approver" {
			wrong = append(wrong, p)
		}
	}
	return wrong
}

// same reports whether two names are those of one person: no two people differ
// in case only (bot.NewPeople).
func same(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// keepProposal numbers a proposal and writes it down.
func keepProposal(tx store.Tx, p Proposal) (Proposal, error) {
	if err := proposals.Add(tx, "last", 1); err != nil {
		return Proposal{}, fmt.Errorf("number a proposal: %w", err)
	}
	n, err := proposals.Get(tx, "last")
	if err != nil {
		return Proposal{}, fmt.Errorf("number a proposal: %w", err)
	}
	p.N = uint64(n) //nolint:gosec // it counts from 1
	if err := proposed.Put(tx, numberKey(p.N), p); err != nil {
		return Proposal{}, fmt.Errorf("keep %s: %w", p.ID(), err)
	}
	return p, nil
}

func numberKey(n uint64) store.Key { return store.Key(store.Num(n)) }

// Proposed returns a proposal and what was decided about it; a zero Verdict:
// nothing yet. The error is ErrNoProposal, or the store's.
func Proposed(tx store.Tx, n uint64) (Proposal, Verdict, error) {
	p, found, err := proposed.Get(tx, numberKey(n))
	if err == nil && !found {
		err = ErrNoProposal
	}
	if err != nil {
		return Proposal{}, Verdict{}, fmt.Errorf("read %s%d: %w", proposalPrefix, n, err)
	}
	v, _, err := verdicts.Get(tx, numberKey(n))
	return p, v, err
}

// Waiting returns the proposals of which nothing is decided, the oldest first.
func Waiting(tx store.Tx) ([]Proposal, error) {
	var out []Proposal
	err := proposed.Scan(tx, "", func(k store.Key, p Proposal) error {
		_, decided, err := verdicts.Get(tx, k)
		if !decided {
			out = append(out, p)
		}
		return err
	})
	return out, err
}
