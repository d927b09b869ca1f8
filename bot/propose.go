package bot

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// What is asked for in the chats becomes a fact when somebody else accepts it.

// factVerb is the verb of the button that opens the form of a proposal.
const factVerb = "fact"

// proposeFact writes a proposal down, or says all that is wrong with it.
func (t *turn) proposeFact(ctx context.Context, rest string) (Answer, error) {
	if rest == "" {
		return t.askSheet(), nil
	}
	s := t.readSheet(rest)
	p := s.proposal()
	if len(s.wrong) > 0 {
		return t.mend(s, rest), nil
	}
	names := t.othersFor(p)
	err := t.marking(ctx, func(tx store.Tx) error {
		kept, err := t.Bank.Propose(tx, p)
		if err != nil {
			return err
		}
		p = kept
		return t.Bank.Announce(tx, notifier.Note{
			Why: notifier.FactProposed, At: t.at.UTC(), Call: names, Args: t.deciding(),
			Fact: &notifier.OfFact{Fact: p.Fact, Proposal: p.ID(), Replaces: p.Replaces},
		})
	})
	switch {
	case errors.Is(err, facts.ErrReplaced): // since we looked
		s.wrongIf(true, "superseded_by")
		return t.mend(s, rest), nil
	case err != nil:
		return Answer{}, err
	}
	key := doneFactPropose
	if len(names) == 0 {
		key = doneFactProposeAlone
	}
	read := t.allFacts() + " " + p.ID()
	ans := t.private(key, "proposal", p.ID(), "names", t.Lang.names(names), "read", read)
	ans.Private = t.press
	return ans, nil
}

// deciding names whoever speaks, for a note.
func (t *turn) deciding() map[string]string {
	return map[string]string{"who": t.who.Name, "via": t.dest.Transport()}
}

// askSheet shows what to fill in: as a form where the chat has forms, or to be
// copied.
func (t *turn) askSheet() Answer {
	sample := t.sample()
	if t.form {
		return Answer{Form: &Form{
			Title: t.Lang.say(sheetTitle), Submit: t.Lang.say(formSubmit), Cancel: t.Lang.say(formCancel), Data: sheetPress(),
			Words: t.Lang.say(sheetWords), Start: sample, Needed: true,
		}}
	}
	between := "\n"
	if t.dest.Transport() == terminalUser { // where a line is all that can be typed
		sample, between = strings.ReplaceAll(sample, "\n", " | "), " "
	}
	ans := Answer{Text: t.Lang.say(askFactPropose) + "\n" + t.example(exampleFactPropose, 0) + between + sample, Private: true}
	if t.dest.Transport() == "slack" {
		ans.Choices = []Button{{Label: t.Lang.say(buttonSheet), Data: sheetPress(), Hot: true}}
	}
	return ans
}

// sample is a sheet that would be taken, of topics and sites that there are.
func (t *turn) sample() string {
	topics, sites := t.Labels()
	first := func(names map[string]string) string {
		for _, key := range slices.Sorted(maps.Keys(names)) {
			return key
		}
		return ""
	}
	return t.Lang.say(sheetSample, "date", t.pastDay(), "until", t.nextDay(), "topic", first(topics), "site", first(sites))
}

func sheetPress() string { return Data{Verb: factVerb, ID: 1, StateRev: 1}.String() }

// mend says what is wrong with a sheet. What was filled into a form is gone from
// the screen, and so said again.
func (t *turn) mend(s *sheet, written string) Answer {
	lines := append([]string{t.Lang.say(sheetHead)}, s.wrong...)
	if t.press {
		lines = append(lines, t.Lang.say(sheetWritten), written)
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}
}

// othersFor names who may decide about a proposal.
func (t *turn) othersFor(p facts.Proposal) []string {
	return t.people.who(func(x Person) bool {
		own := strings.EqualFold(x.Name, p.By) || strings.EqualFold(x.Name, p.Fact.Owner)
		return x.Has(Approver) && !own && coversAll(x, notifier.Matcher{Sites: p.Fact.Sites})
	})
}

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

// factNote draws a note about a fact: its sentence and where it is from, below
// what happened.
func (l *Lang) factNote(m notifier.Message) []Block {
	n, f := m.Note.Fact, m.Note.Fact.Fact
	command := func(id, en string) string { return l.slash(m.Dest, l.pick([2]string{id, en})) }
	f.ID = cmp.Or(f.ID, n.Proposal)
	what := l.say(factRemoved, "fact", one(f.ID, placeRunes))
	if n.Cause != facts.Removed {
		what = l.died(f, m.Note.At)
	}
	args := []string{
		"who", l.via(one(m.Note.Args["who"], placeRunes), one(m.Note.Args["via"], placeRunes)),
		"proposal", n.Proposal, "fact", one(f.ID, placeRunes), "owner", one(f.Owner, placeRunes), "why", one(n.Why, maxQuote),
		"left", l.daysLeft(n.Days), "until", l.date(f.LastDay(), m.Note.At), "what", what,
		"accept", command("fakta terima", "facts accept") + " " + n.Proposal,
		"reject", command("fakta tolak", "facts reject") + " " + n.Proposal + " …",
		"propose", command("fakta usul", "facts propose"),
	}
	head := l.say(noteOf(m.Note.Why), args...)
	if m.Again {
		head = l.say(cardAgain, "head", head)
	}
	brief := l.factBrief(f, m.Note.At)
	// A sentence that is too long is left out and never cut: half a fact is another claim.
	blocks := []Block{{Text: head, Head: true, Call: m.Call[:min(len(m.Call), maxNames)]}, {Text: brief[1], Drop: 1}}
	switch m.Note.Why {
	case notifier.FactProposed:
		blocks = append(blocks, Block{Text: brief[2], Drop: 3}, Block{Text: brief[0], Drop: 2})
		if n.Replaces != "" {
			blocks = append(blocks, Block{Text: l.say(factReplaces, "fact", one(n.Replaces, placeRunes))})
		}
	case notifier.FactDied:
		blocks = append(blocks, Block{Text: l.used(n.Uses, n.More, m.Note.At, m.Card.Zone)})
	default:
	}
	return blocks
}

func (l *Lang) daysLeft(n int) string {
	if n < 1 {
		return l.say(factLastDay)
	}
	return l.count(factLeft, n)
}
