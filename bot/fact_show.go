package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

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
