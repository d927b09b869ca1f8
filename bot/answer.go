package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// answer says on a card what may be said: facts, or how to acknowledge and act.
func (l *Lang) answer(to notifier.Dest, c notifier.Card) []Block {
	if c.Answer.Acknowledge {
		return []Block{{Text: l.say(cardFrame), Drop: dropFrame}}
	}
	if len(c.Answer.Facts) == 0 {
		if none := l.noFact(to, c, c.Answer.Live, c.Answer.Owners); none != "" {
			return []Block{{Text: none}}
		}
		return nil
	}
	var blocks []Block
	for i, f := range c.Answer.Facts[:min(len(c.Answer.Facts), facts.MaxFacts)] {
		blocks = append(blocks, Block{Text: l.fact(f, latest(c)), Drop: dropFact + 2*i})
	}
	return blocks
}

// noFact says that no fact answers an incident, and what can be done about it.
// Where nothing is quoted nothing was looked for, and what lives may fit.
func (l *Lang) noFact(to notifier.Dest, c notifier.Card, live int, owners []string) string {
	none := l.say(factNone, "cell", l.topicAt(c))
	switch {
	case live == 0 && len(owners) == 0:
		return none
	case live == 0:
		return l.say(factAsk, "none", none, "owners", l.names(owners))
	case !quotes(c.Incident):
		return ""
	}
	list := l.slash(to, l.say(factList, "n", number(c.Incident.ID)))
	return l.say(factUnsure, "n", strconv.Itoa(live), "facts", list)
}

// topicAt names a cell within a sentence.
func (l *Lang) topicAt(c notifier.Card) string {
	if c.SiteName == "" {
		return l.cell(c)
	}
	return l.say(factCell, "topic", one(c.TopicName, placeRunes), "site", one(c.SiteName, placeRunes))
}

// quotes reports whether a card quotes what people wrote.
func quotes(in incident.Incident) bool {
	for _, e := range in.Excerpts {
		if strings.TrimSpace(e.Text) != "" {
			return true
		}
	}
	return false
}

// fact gives the sentence whole: half a fact is another claim.
func (l *Lang) fact(f facts.Fact, now time.Time) string {
	return l.say(cardFact, "fact", one(f.ID, placeRunes), "source", l.source(f, now)) + "\n" + one(f.Text, len(f.Text))
}

// source says who found a fact, when, and what they are.
func (l *Lang) source(f facts.Fact, now time.Time) string {
	parts := []string{one(f.Source.Name, placeRunes)}
	if day, err := time.Parse(time.DateOnly, f.Date); err == nil {
		parts = append(parts, l.date(day, now))
	}
	switch f.Tier {
	case 1:
		parts = append(parts, l.say(tierRegulator))
	case 2:
		parts = append(parts, l.say(tierExpert))
	case 3:
		parts = append(parts, l.say(tierCompany))
	}
	return strings.Join(parts, ", ")
}
