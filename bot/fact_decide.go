package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// acceptFact makes a proposal of somebody else a fact.
func (t *turn) acceptFact(ctx context.Context, rest string) (Answer, error) {
	return t.decideFact(ctx, rest, false)
}

// rejectFact says no to a proposal, with the reason.
func (t *turn) rejectFact(ctx context.Context, rest string) (Answer, error) {
	return t.decideFact(ctx, rest, true)
}

func (t *turn) decideFact(ctx context.Context, rest string, no bool) (Answer, error) {
	word, why := cutWord(rest)
	n, ok := facts.ParseProposal(word)
	switch {
	case no && (!ok || why == ""):
		return t.once(t.private(askFactReject, "example", t.example(exampleFactReject, 3), "list", t.allFacts())), nil
	case !ok:
		return t.once(t.private(askFactAccept, "example", t.example(exampleFactAccept, 3), "list", t.allFacts())), nil
	}
	v := facts.Verdict{N: n, By: t.who.Name, Via: t.dest.Transport(), At: t.at.UTC(), Why: one(why, noteRunes)}
	var d decision
	err := t.marking(ctx, func(tx store.Tx) (err error) {
		d, err = t.decide(tx, v, no)
		return err
	})
	if err != nil {
		return t.undecided(err, n, d)
	}
	key := doneFactAccept
	if no {
		key = doneFactReject
	}
	ans := t.private(key, "fact", d.fact.ID, "proposal", d.proposal.ID(), "owner", one(d.proposal.By, placeRunes),
		"who", one(v.By, placeRunes), "why", one(v.Why, maxQuote), "until", t.Lang.date(d.fact.LastDay(), t.at))
	ans.Private = t.press
	return ans, nil
}

// decision is a proposal and what is or was decided about it.
type decision struct {
	proposal facts.Proposal
	verdict  facts.Verdict
	fact     facts.Fact // that it became, in this transaction
}

// decide is one decision, within a transaction, announced to those whom it
// concerns and to its author.
func (t *turn) decide(tx store.Tx, v facts.Verdict, no bool) (d decision, err error) {
	d.proposal, d.verdict, err = facts.Proposed(tx, v.N)
	if err != nil {
		return d, err
	}
	if !coversAll(t.who, notifier.Matcher{Sites: d.proposal.Fact.Sites}) {
		return d, errDenied
	}
	why := notifier.FactAccepted
	d.fact = d.proposal.Fact
	if no {
		why = notifier.FactRejected
		_, err = t.Bank.Reject(tx, v)
	} else {
		d.fact, err = t.Bank.Accept(tx, v)
	}
	if err != nil {
		return d, err
	}
	return d, t.Bank.Announce(tx, notifier.Note{
		Why: why, At: t.at.UTC(), Said: t.dest, Call: []string{d.proposal.By}, Args: t.deciding(),
		Fact: &notifier.OfFact{Fact: d.fact, Proposal: d.proposal.ID(), Replaces: d.proposal.Replaces, Why: v.Why},
	})
}

// undecided says why nothing was decided. Errors that are none of package facts
// are the store's, and are returned.
func (t *turn) undecided(err error, n uint64, d decision) (Answer, error) {
	p := d.proposal
	switch {
	case errors.Is(err, facts.ErrNoProposal):
		return t.noProposal(n), nil
	case errors.Is(err, errDenied):
		sites := p.Fact.Sites
		if i := slices.IndexFunc(sites, func(s string) bool { return !t.who.Covers(s) }); i >= 0 {
			t.in.Site = sites[i]
		}
		return t.deniedSite(), nil
	case errors.Is(err, facts.ErrDecided):
		return t.private(refuseFactDecided, "state", t.standingOf(p, d.verdict)), nil
	case errors.Is(err, facts.ErrOwn):
		t.logRefusal(forOwner)
		names := t.othersFor(p)
		if len(names) == 0 {
			return t.private(refuseOwnFactNobody), nil
		}
		return t.private(refuseOwnFact, "names", t.Lang.names(names)), nil
	case errors.Is(err, facts.ErrReplaced):
		return t.private(refuseFactReplaced, "old", one(p.Replaces, placeRunes), "who", one(p.By, placeRunes)), nil
	case errors.Is(err, facts.ErrOver):
		return t.private(refuseFactOver, "proposal", p.ID(), "who", one(p.By, placeRunes)), nil
	}
	return Answer{}, err
}
