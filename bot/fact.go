package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
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

// showFact says everything about one fact, and where it was used.
func (t *turn) showFact(ctx context.Context, f facts.Fact) (Answer, error) {
	var uses []facts.Use
	err := t.DB.View(ctx, func(tx store.Tx) (err error) {
		uses, err = facts.Uses(tx, f.ID)
		return err
	})
	if err != nil {
		return Answer{}, err
	}
	var lines []string
	if !f.Live(t.at) {
		lines = append(lines, t.Lang.say(factDead, "facts", t.Lang.died(f, t.at)))
	}
	lines = slices.Concat(lines, t.Lang.factBrief(f, t.at), t.details(f))
	lines = append(lines, t.Lang.say(factPeople, "owner", one(f.Owner, placeRunes), "approver", one(f.Approver, placeRunes)))
	more := max(0, len(uses)-maxLines)
	lines = append(lines, t.Lang.used(uses[more:], more, t.at, t.zone(f.Sites)))
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}

// showProposal says everything about one proposal, and what became of it.
func (t *turn) showProposal(ctx context.Context, n uint64) (Answer, error) {
	var p facts.Proposal
	var v facts.Verdict
	err := t.DB.View(ctx, func(tx store.Tx) (err error) {
		p, v, err = facts.Proposed(tx, n)
		return err
	})
	switch {
	case errors.Is(err, facts.ErrNoProposal):
		return t.noProposal(n), nil
	case err != nil:
		return Answer{}, err
	}
	p.Fact.ID = p.ID()
	lines := slices.Concat([]string{t.standingOf(p, v)}, t.Lang.factBrief(p.Fact, t.at), t.details(p.Fact))
	if p.Replaces != "" {
		lines = append(lines, t.Lang.say(factReplaces, "fact", one(p.Replaces, placeRunes)))
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}

// standingOf says where a proposal stands, and by whom.
func (t *turn) standingOf(p facts.Proposal, v facts.Verdict) string {
	zone := t.zone(p.Fact.Sites)
	args := []string{
		"proposal", p.ID(), "who", t.Lang.via(p.By, p.Via), "at", t.Lang.clock(p.At, t.at, zone),
		"by", t.Lang.via(v.By, v.Via), "decided", t.Lang.clock(v.At, t.at, zone), "fact", v.ID, "why", one(v.Why, maxQuote),
	}
	switch {
	case v.N == 0:
		return t.Lang.say(proposalOpen, args...)
	case v.ID != "":
		return t.Lang.say(proposalAccepted, args...)
	default:
		return t.Lang.say(proposalRejected, args...)
	}
}

// details are what a list leaves out.
func (t *turn) details(f facts.Fact) []string {
	l := t.Lang
	var lines []string
	if f.Number != "" {
		lines = append(lines, strings.TrimSpace(l.say(factNumber, "number", one(f.Number, placeRunes), "unit", one(f.Unit, placeRunes))))
	}
	lines = append(lines, l.say(factSource, "source", one(f.Source.Name, maxQuote), "url", one(f.Source.URL, maxQuote)))
	if f.Source.SHA256 != "" {
		lines = append(lines, l.say(factHash, "hash", one(f.Source.SHA256, maxRule)))
	}
	if f.Independent {
		lines = append(lines, l.say(factIndependent))
	}
	m := notifier.Matcher{Topics: slices.Clone(f.Topics), Sites: slices.Clone(f.Sites)}
	for i, key := range m.Topics {
		name, _, _ := t.Name(key, "")
		m.Topics[i] = cmp.Or(name, key)
	}
	for i, key := range m.Sites {
		_, name, _ := t.Name("", key)
		m.Sites[i] = cmp.Or(name, key)
	}
	return append(lines, l.say(factScope, "what", l.scope(m)))
}

// noProposal says that there is none of that number.
func (t *turn) noProposal(n uint64) Answer {
	return t.private(refuseNoProposal, "proposal", facts.Proposal{N: n}.ID(), "list", t.allFacts())
}

// factBrief is a fact as a list has it: where it is from and how long it holds,
// its sentence, and what it does not prove.
func (l *Lang) factBrief(f facts.Fact, now time.Time) []string {
	return []string{
		l.say(factLine, "fact", one(f.ID, placeRunes), "source", l.origin(f, now), "until", l.date(f.LastDay(), now)),
		one(f.Text, len(f.Text)),
		l.say(factLimit, "limit", one(f.ProvesNot, len(f.ProvesNot))),
	}
}

// origin says who says so, when and with what weight.
func (l *Lang) origin(f facts.Fact, now time.Time) string {
	parts := []string{one(f.Source.Name, maxQuote)}
	if day, err := time.Parse(time.DateOnly, f.Date); err == nil {
		parts = append(parts, l.date(day, now))
	}
	if tier := map[int]phrase{1: tierRegulator, 2: tierExpert, 3: tierCompany}[f.Tier]; tier != "" {
		parts = append(parts, l.say(tier))
	}
	return strings.Join(parts, ", ")
}

// died names a fact that may not be used any more, and why.
func (l *Lang) died(f facts.Fact, now time.Time) string {
	id := one(f.ID, placeRunes)
	if f.SupersededBy != "" {
		return l.say(factSuperseded, "fact", id, "by", one(f.SupersededBy, placeRunes))
	}
	return l.say(factExpired, "fact", id, "at", l.date(f.LastDay(), now))
}

// used says where a fact was used.
func (l *Lang) used(uses []facts.Use, more int, now time.Time, zone *time.Location) string {
	var said []string
	for _, u := range uses {
		key := factUse
		if u.Where != "" {
			key = factUseAt
		}
		item := strconv.FormatUint(u.Incident, 10) + "." + strconv.Itoa(u.Draft)
		said = append(said, l.say(key, "item", item, "at", l.clock(u.At, now, zone), "where", one(u.Where, maxQuote)))
	}
	if len(said) == 0 {
		return l.say(factUnused)
	}
	list := strings.Join(said, "; ")
	if more > 0 {
		list += " " + l.More(more)
	}
	return l.say(factUsed, "uses", list)
}
