package facts

import (
	"context"
	"fmt"
	"slices"
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
	if len(more) == 0 {
		return files, nil
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
