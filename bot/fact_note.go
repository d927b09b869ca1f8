package bot

import (
	"cmp"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
)

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
