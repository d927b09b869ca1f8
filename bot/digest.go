package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/notifier"
)

const (
	// maxOpen and maxOthers keep a digest on one screen of a phone: what is open,
	// and what is only on watch, or over.
	maxOpen   = 8
	maxOthers = 4
)

// What is left out first of a digest that is too long; what is open goes last.
const (
	dropOpen   = 1
	dropMuted  = 15
	dropNoisy  = 20
	dropSpent  = 25
	dropClosed = 30
	dropWatch  = 40
)

// digest tells how everything stands that this chat hears of.
func (t *turn) digest(ctx context.Context, _ string) (Answer, error) {
	d, err := t.Digest(ctx, t.dest)
	if err != nil {
		return Answer{}, err
	}
	_, _, zone := t.Name("", "")
	var lines []string
	for _, b := range t.Lang.digest(d, zone, false) {
		lines = append(lines, b.Text)
	}
	return Answer{Text: strings.Join(lines, "\n"), Private: true}, nil
}

// digest draws a digest: a head, a line for each thing, and that Siaga is there.
func (l *Lang) digest(d notifier.Digest, zone *time.Location, again bool) []Block {
	head := l.say(digestHead, "at", l.clock(d.At, d.At, zone))
	if again {
		head = l.say(cardAgain, "head", head)
	}
	blocks := []Block{{Text: head, Head: true}}
	if len(d.Open) == 0 {
		blocks = append(blocks, Block{Text: l.say(digestNone)})
	}
	blocks = append(blocks, l.section(digestOpen, d.Open, maxOpen, dropOpen, func(c notifier.Card) string { return l.overnight(c, d.At) })...)
	blocks = append(blocks, l.section(digestWatch, d.Watch, maxOthers, dropWatch, func(c notifier.Card) string {
		return c.Incident.ID.String() + Beside + l.cell(c) + Beside + l.Span(d.At.Sub(c.Incident.First))
	})...)
	since := l.clock(d.Since, d.At, zone)
	blocks = append(blocks, l.section(digestClosed, d.Closed, maxOthers, dropClosed, l.ended, "since", since)...)
	for i, s := range d.Mutes[:min(len(d.Mutes), maxOthers)] {
		blocks = append(blocks, Block{Text: l.say(mutesLine, l.muteArgs(s, d.At, zone)...), Drop: dropMuted + i})
	}
	if len(d.Noisy) > 0 {
		blocks = append(blocks, Block{Text: l.say(digestNoisy, "rules", l.names(l.noisy(d.Noisy))), Drop: dropNoisy})
	}
	if line := l.owedLine(d.Owed); line != "" {
		blocks = append(blocks, Block{Text: line})
	}
	if line := l.spent(d.Spent); line != "" {
		blocks = append(blocks, Block{Text: line, Drop: dropSpent})
	}
	alive := l.say(digestAlive, "n", strconv.Itoa(d.Sources), "blind", l.blind(d.Blind, d.At, zone))
	return append(blocks, Block{Text: alive})
}

// spent says who spent the budget of a chat, where that was not enough.
func (l *Lang) spent(all []notifier.Spent) string {
	sum, more := 0, ""
	var by []string
	for _, s := range all {
		n := strconv.Itoa(s.N)
		if sum += s.N; s.More {
			n, more = n+"+", "+"
		}
		by = append(by, s.ID.String()+" "+n)
	}
	if sum <= notifier.Budget {
		return ""
	}
	return l.say(digestSpent, "n", strconv.Itoa(sum)+more, "budget", strconv.Itoa(notifier.Budget), "by", l.names(by))
}

// section is a heading with the first lines below it, and how many more there are.
func (l *Lang) section(head phrase, cards []notifier.Card, most, drop int, line func(notifier.Card) string, args ...string) []Block {
	if len(cards) == 0 {
		return nil
	}
	blocks := []Block{{Text: l.say(head, append(args, "n", strconv.Itoa(len(cards)))...), Drop: drop}}
	for i, c := range cards[:min(len(cards), most)] {
		blocks = append(blocks, Block{Text: line(c), Drop: drop + i})
	}
	if rest := len(cards) - most; rest > 0 {
		blocks = append(blocks, Block{Text: l.More(rest), Drop: drop})
	}
	return blocks
}

// ended is one incident that is over, and why.
func (l *Lang) ended(c notifier.Card) string {
	return l.say(digestEnded, "id", c.Incident.ID.String(), "cell", l.cell(c), "reason", l.reason(c.Incident.Reason))
}

func (l *Lang) noisy(all []notifier.Noisy) []string {
	var out []string
	for _, n := range all {
		out = append(out, l.say(digestRule, "rule", one(n.Rule, placeRunes), "false", strconv.Itoa(n.False), "of", strconv.Itoa(n.Of)))
	}
	return out
}
