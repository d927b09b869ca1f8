package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/strategy"
)

// dropFits is when a card loses what it says of the kinds of answer: with the
// frame of an answer, and after what it quotes.
const dropFits = dropFrame

// urgent says in one line what comes before any answer: not to give one yet,
// or to hold back what is scheduled and to announce a hazard.
func (l *Lang) urgent(c notifier.Card) []Block {
	var parts []string
	if w := c.Advice.Wait; w != nil {
		parts = append(parts, l.say(cardWait, "why", l.waits(*w), "at", l.clock(w.Until, latest(c), c.Zone)))
	}
	if c.Advice.Hold {
		parts = append(parts, l.say(cardHold))
	}
	if c.Advice.Hazard {
		parts = append(parts, l.say(cardDuties))
	}
	if len(parts) == 0 {
		return nil
	}
	return []Block{{Text: strings.Join(parts, " · ")}}
}

// fits says in one line which kinds of answer fit. What else is on the card is
// not said again: what an acknowledgement holds, that a complaint locks the
// denial, and that there is no fact.
func (l *Lang) fits(c notifier.Card) []Block {
	a := c.Advice
	var may []strategy.Response
	for _, r := range a.May {
		if r != strategy.Bolster { // a supplement: it is in the longer text
			may = append(may, r)
		}
	}
	line := l.say(cardFits, "first", l.responses(a.First), "may", l.responses(may))
	switch {
	case len(a.First) == 0, c.Answer.Acknowledge && len(may) == 0:
		return nil
	case c.Answer.Acknowledge:
		return []Block{{Text: l.say(cardThen, "may", l.responses(may)), Drop: dropFits}}
	case len(may) == 0:
		line = l.say(cardFirst, "first", l.responses(a.First))
	}
	if why := a.Lock(strategy.Deny); why != "" && (why != strategy.NoStrongFact || len(c.Answer.Facts) > 0) {
		line = l.say(cardLocked, "line", line, "response", l.response(strategy.Deny), "why", l.lock(why))
	}
	return []Block{{Text: line, Drop: dropFits}}
}

// Counsel says at length how an incident may be answered, for one who asks at
// now. It is empty where nobody is to answer.
func (l *Lang) Counsel(c notifier.Card, now time.Time) string {
	a := c.Advice
	if len(a.First) == 0 {
		return ""
	}
	position := counselCluster
	if a.Raised {
		position = counselRaised
	}
	lines := []string{
		l.say(counselHead, "id", c.Incident.ID.String(), "cell", l.cell(c)),
		l.say(position, "cluster", l.cluster(a.Cluster)),
	}
	if w := a.Wait; w != nil {
		key := counselWait
		if !now.Before(w.Until) {
			key = counselOver
		}
		lines = append(lines, l.say(key, "why", l.waits(*w), "at", l.clock(w.Until, now, c.Zone)))
	}
	if a.Hold {
		lines = append(lines, l.say(counselHold))
	}
	lines = append(append(lines, l.say(counselFirst)), l.meanings(a.First, c.Safety)...)
	if len(a.May) == 0 {
		lines = append(lines, l.say(counselNone))
	} else {
		lines = append(append(lines, l.say(counselMay)), l.meanings(a.May, "")...)
	}
	lines = append(lines, l.locked(a.Locked)...)
	if a.Hazard {
		lines = append(append(lines, l.say(counselDuties)), l.announced()...)
	}
	return strings.Join(lines, "\n")
}

// meanings explains responses, a line each. What the admin wrote on how to stay
// safe stands for the explanation of that.
func (l *Lang) meanings(all []strategy.Response, safety string) []string {
	var lines []string
	for _, r := range all {
		means := l.say(map[strategy.Response]phrase{
			strategy.Instruct: meansInstruct, strategy.Adjust: meansAdjust, strategy.Deny: meansDeny,
			strategy.Diminish: meansDiminish, strategy.Rebuild: meansRebuild, strategy.Bolster: meansBolster,
		}[r])
		if r == strategy.Instruct && safety != "" {
			means = one(safety, len(safety))
		}
		lines = append(lines, l.say(counselItem, "response", l.response(r), "means", means))
	}
	return lines
}

// locked says which responses are locked, those of one reason in one line.
func (l *Lang) locked(all []strategy.Lock) []string {
	var lines []string
	for len(all) > 0 {
		why := all[0].Why
		var same []strategy.Response
		for _, lock := range all {
			if lock.Why == why {
				same = append(same, lock.Response)
			}
		}
		lines = append(lines, l.say(counselLocked, "responses", l.responses(same), "why", l.lock(why)))
		all = slices.DeleteFunc(slices.Clone(all), func(lock strategy.Lock) bool { return lock.Why == why })
	}
	return lines
}
