package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// Bank is what a chat may ask and do about facts. The errors are those of
// package facts, or the store's.
type Bank interface {
	// InForce returns the facts in force, dead ones included.
	InForce() *facts.Library
	// Having returns those that have every word of a line, dead ones included.
	Having(line string) []facts.Fact
	Propose(tx store.Tx, p facts.Proposal) (facts.Proposal, error)
	Accept(tx store.Tx, v facts.Verdict) (facts.Fact, error)
	Reject(tx store.Tx, v facts.Verdict) (facts.Proposal, error)
	// Announce tells the chats that a fact concerns.
	Announce(tx store.Tx, n notifier.Note) error
}

// facts lists the facts in force, those of an incident's cell or those that have
// all words, or shows one fact or proposal whole.
func (t *turn) facts(ctx context.Context, rest string) (Answer, error) {
	word, more := cutWord(rest)
	if n, ok := facts.ParseProposal(word); ok && more == "" && strings.HasPrefix(strings.ToUpper(word), "USUL") {
		return t.showProposal(ctx, n)
	}
	if f, found := t.Bank.InForce().Find(word); found && more == "" {
		return t.showFact(ctx, f)
	}
	if more == "" && strings.HasPrefix(strings.ToUpper(word), "FAKTA-") {
		return t.private(refuseNoFact, "fact", one(word, placeRunes), "list", t.allFacts()), nil
	}
	list := slices.Collect(t.Bank.InForce().All())
	if rest != "" {
		list = t.Bank.Having(rest)
	}
	if t.in.ID != 0 {
		list = slices.DeleteFunc(list, func(f facts.Fact) bool { return !f.Covers(t.in.Topic, t.in.Site) })
	}
	return t.listFacts(ctx, list, rest)
}

// listFacts says what is in force first, and in a line what is not any more.
func (t *turn) listFacts(ctx context.Context, list []facts.Fact, words string) (Answer, error) {
	live := slices.DeleteFunc(slices.Clone(list), func(f facts.Fact) bool { return !f.Live(t.at) })
	slices.SortStableFunc(live, func(a, b facts.Fact) int {
		return cmp.Or(cmp.Compare(a.Tier, b.Tier), strings.Compare(b.Date, a.Date))
	})
	var lines []string
	if t.in.ID != 0 {
		lines = append(lines, t.Lang.say(factOf, "id", t.in.ID.String(), "cell", t.Lang.cell(t.card(t.in))))
		if t.in.Grievance {
			lines = append(lines, t.Lang.say(cardGrievance))
		}
	}
	lines = append(lines, t.living(live, words)...)
	if dead := t.dead(list); dead != "" {
		lines = append(lines, dead)
	}
	if words == "" && t.in.ID == 0 {
		waiting, err := t.waiting(ctx)
		if err != nil {
			return Answer{}, err
		}
		lines = append(lines, waiting...)
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}

// maxFactRunes bounds a list of facts, so that no messenger cuts the last one:
// half a fact is another claim.
const maxFactRunes = 2600

// living says whole what is in force, as many as there is room for.
func (t *turn) living(live []facts.Fact, words string) []string {
	propose := t.example(exampleFactPropose, 0)
	switch {
	case len(live) == 0 && words != "":
		return []string{t.Lang.say(factNoneAbout, "words", one(words, placeRunes), "all", t.allFacts(), "propose", propose)}
	case len(live) == 0:
		return []string{t.Lang.say(factEmpty, "propose", propose)}
	}
	var lines []string
	room := maxFactRunes
	for i, f := range live {
		said := t.Lang.factBrief(f, t.at)
		room -= utf8.RuneCountInString(strings.Join(said, "\n"))
		if room < 0 && i > 0 {
			return append(lines, t.Lang.say(factMore, "n", strconv.Itoa(len(live)-i), "example", t.example(exampleFacts, 0)))
		}
		lines = append(lines, said...)
	}
	return lines
}

// allFacts is how all facts are listed.
func (t *turn) allFacts() string { return t.slash(t.Lang.pick([2]string{"fakta", "facts"})) }

// dead says in one line which of some facts may not be used any more, and why.
func (t *turn) dead(list []facts.Fact) string {
	var names []string
	more := 0
	for _, f := range list {
		switch {
		case f.Live(t.at):
		case len(names) == maxLines:
			more++
		default:
			names = append(names, t.Lang.died(f, t.at))
		}
	}
	if len(names) == 0 {
		return ""
	}
	said := strings.Join(names, ", ")
	if more > 0 {
		said += " " + t.Lang.More(more)
	}
	return t.Lang.say(factDead, "facts", said)
}

// waiting says in a line which proposals wait for an approver.
func (t *turn) waiting(ctx context.Context) ([]string, error) {
	var open []facts.Proposal
	err := t.DB.View(ctx, func(tx store.Tx) (err error) {
		open, err = facts.Waiting(tx)
		return err
	})
	var names []string
	for _, p := range open[:min(len(open), maxLines)] {
		names = append(names, t.Lang.say(factWaitingOne, "proposal", p.ID(), "who", one(p.By, placeRunes)))
	}
	if len(names) == 0 {
		return nil, err
	}
	said := strings.Join(names, ", ")
	if rest := len(open) - len(names); rest > 0 {
		said += " " + t.Lang.More(rest)
	}
	return []string{t.Lang.say(factWaiting, "proposals", said)}, err
}
