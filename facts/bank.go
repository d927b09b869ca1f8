package facts

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Bank joins the facts of the files with those that were proposed in a chat and
// accepted there by somebody else. What was decided lies in the store, and
// nowhere else.
type Bank struct {
	files   func() *Library
	changed func()

	mu       sync.Mutex
	accepted []accepted
}

// accepted is a fact of the store, as it came to be.
type accepted struct {
	fact     Fact
	replaces string
}

// NewBank returns a Bank beside the facts of the files, which files returns as
// they are in force. It is empty until Load. Changed is called after each commit
// that made a fact live, when Library has it.
func NewBank(files func() *Library, changed func()) *Bank {
	return &Bank{files: files, changed: changed}
}

// Load reads what was accepted before the start.
func (b *Bank) Load(ctx context.Context, db store.DB) error {
	return db.View(ctx, func(tx store.Tx) error {
		all, err := readAccepted(tx)
		if err == nil {
			b.take(all)
		}
		return err
	})
}

// readAccepted returns the facts that were accepted, in the order of their
// proposals.
func readAccepted(tx store.Tx) ([]accepted, error) {
	var all []accepted
	err := verdicts.Scan(tx, "", func(k store.Key, v Verdict) error {
		p, found, err := proposed.Get(tx, k)
		if err != nil || !found || v.ID == "" {
			return err
		}
		p.Fact.ID, p.Fact.Approver = v.ID, v.By
		all = append(all, accepted{p.Fact, p.Replaces})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the accepted facts: %w", err)
	}
	return all, nil
}

// take makes what a transaction read the facts of the bank, unless one that saw
// more was quicker: nothing is ever taken back, so the longer list is the newer.
func (b *Bank) take(all []accepted) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(all) > len(b.accepted) {
		b.accepted = all
	}
}

// Library joins the facts of the files with those that were accepted, and names
// the accepted ones that it leaves out: those whose id a file gives to a fact of
// its own, which wins. What they replace is dead all the same.
func (b *Bank) Library(files *Library) (*Library, []Problem) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return join(files, b.accepted)
}

func join(files *Library, more []accepted) (*Library, []Problem) {
	if files == nil {
		files = &Library{}
	}
	all := slices.Clone(files.facts)
	at := make(map[string]int, len(all)+len(more))
	for i, f := range all {
		at[f.ID] = i
	}
	var left []Problem
	for _, a := range more {
		if i, taken := at[a.fact.ID]; taken {
			left = append(left, Problem{Fact: i, Field: "id", Msg: fmt.Sprintf("%s was accepted in a chat, and a file has a fact of that id, which holds", a.fact.ID)})
			continue
		}
		at[a.fact.ID] = len(all)
		all = append(all, a.fact)
	}
	for _, a := range more {
		if i, ok := at[a.replaces]; ok && all[i].SupersededBy == "" {
			all[i].SupersededBy = a.fact.ID
		}
	}
	return &Library{facts: all}, left
}

// Propose writes a proposal down. Nothing is live by it. The errors are Unfit,
// ErrOwn for a proposal by nobody, ErrOver, ErrReplaced, or the store's.
func (b *Bank) Propose(tx store.Tx, p Proposal) (Proposal, error) {
	p.By = strings.TrimSpace(p.By)
	if p.Fact.Owner == "" {
		p.Fact.Owner = p.By
	}
	p.Fact.ID, p.Fact.Approver, p.Fact.SupersededBy = "", "", ""
	if p.By == "" {
		return Proposal{}, ErrOwn
	}
	if wrong := Wrong(p.Fact); len(wrong) > 0 {
		return Proposal{}, Unfit(wrong)
	}
	all, err := readAccepted(tx)
	if err != nil {
		return Proposal{}, err
	}
	if p.Replaces, err = b.mayJoin(all, p, p.At); err != nil {
		return Proposal{}, err
	}
	return keepProposal(tx, p)
}

// mayJoin says why a proposal cannot become a fact at now, and returns the id of
// the fact that it would replace.
func (b *Bank) mayJoin(all []accepted, p Proposal, now time.Time) (replaces string, err error) {
	if !now.Before(p.Fact.ValidUntil) {
		return "", ErrOver
	}
	if p.Replaces == "" {
		return "", nil
	}
	l, _ := join(b.files(), all)
	old, found := l.Find(p.Replaces)
	if !found || !old.Live(now) {
		return "", ErrReplaced
	}
	return old.ID, nil
}

// Accept makes a proposal a fact with the next free id, and what it replaces
// dead. The name of the approver is neither that of the fact's owner nor that of
// whoever proposed it. The errors are those that ErrNoProposal begins, or the store's.
func (b *Bank) Accept(tx store.Tx, v Verdict) (Fact, error) {
	p, err := b.decidable(tx, v)
	if err != nil {
		return Fact{}, err
	}
	all, err := readAccepted(tx)
	if err != nil {
		return Fact{}, err
	}
	if _, err := b.mayJoin(all, p, v.At); err != nil {
		return Fact{}, err
	}
	if v.ID, err = b.nextID(tx, all); err != nil {
		return Fact{}, err
	}
	f := p.Fact
	f.ID, f.Approver = v.ID, v.By
	if wrong := check(0, f, map[string]int{f.ID: 0}); len(wrong) > 0 { // its rules are stricter now than when it was proposed
		return Fact{}, Unfit(wrong)
	}
	if err := verdicts.Put(tx, numberKey(v.N), v); err != nil {
		return Fact{}, fmt.Errorf("accept %s: %w", p.ID(), err)
	}
	if err := watchFrom(tx, f, v.At); err != nil {
		return Fact{}, err
	}
	all, err = readAccepted(tx)
	tx.OnCommit(func() { b.take(all); b.changed() })
	return f, err
}

// Reject says no to a proposal, with the reason. Its errors are those of Accept,
// and ErrNoReason.
func (b *Bank) Reject(tx store.Tx, v Verdict) (Proposal, error) {
	if strings.TrimSpace(v.Why) == "" {
		return Proposal{}, ErrNoReason
	}
	p, err := b.decidable(tx, v)
	if err != nil {
		return p, err
	}
	v.ID = ""
	if err := verdicts.Put(tx, numberKey(v.N), v); err != nil {
		return p, fmt.Errorf("reject %s: %w", p.ID(), err)
	}
	return p, nil
}

// decidable returns the proposal that a verdict is about, if it is this
// person's to decide and nobody has.
func (b *Bank) decidable(tx store.Tx, v Verdict) (Proposal, error) {
	p, earlier, err := Proposed(tx, v.N)
	switch {
	case err != nil:
		return p, err
	case earlier.N != 0:
		return p, ErrDecided
	case strings.TrimSpace(v.By) == "", same(v.By, p.By), same(v.By, p.Fact.Owner):
		return p, ErrOwn
	}
	return p, nil
}

// nextID returns the next free FAKTA-nnn: above all that files and store have, or
// had when somebody may have used it.
func (b *Bank) nextID(tx store.Tx, all []accepted) (string, error) {
	highest := 0
	see := func(id string) {
		if digits, ok := strings.CutPrefix(id, factPrefix); ok {
			if n, err := strconv.Atoi(digits); err == nil {
				highest = max(highest, n)
			}
		}
	}
	l, _ := join(b.files(), all)
	for f := range l.All() {
		see(f.ID)
	}
	err := watched.Scan(tx, "", func(k store.Key, _ watch) error { see(string(k)); return nil })
	if err != nil {
		return "", fmt.Errorf("find a free id: %w", err)
	}
	return fmt.Sprintf("%s%03d", factPrefix, highest+1), nil
}
