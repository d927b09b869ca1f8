package facts

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/store"
)

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
