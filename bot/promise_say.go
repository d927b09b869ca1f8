package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/promise"
)

const (
	// maxPromises bounds the lines of a card that are about promises.
	maxPromises = 2
	// promiseRunes is as much of a promise as such a line shows.
	promiseRunes = 80
)

// all says to everybody here what became of a promise: other chats hear of it
// by themselves.
func (t *turn) all(key phrase, p promise.Promise, args ...string) Answer {
	zone, proof := t.card(t.in).Zone, ""
	if p.Kept != nil {
		proof = one(p.Kept.Proof, noteRunes)
	}
	return Answer{Text: t.Lang.say(key, append(args, "item", itemOf(p), "text", one(p.Text, maxQuote),
		"owner", one(p.Owner, placeRunes), "due", t.Lang.due(p.Due, t.at, zone), "proof", proof)...)}
}

// owed lists promises, what is due first before the others.
func (t *turn) owed(all []promise.Promise) Answer {
	if len(all) == 0 {
		return t.private(promisesNone, "example", t.example(examplePromise, t.in.ID))
	}
	lines := []string{t.Lang.say(promisesHead, "n", strconv.Itoa(len(all)))}
	for _, p := range all[:min(len(all), maxLines)] {
		lines = append(lines, t.promiseLine(p))
	}
	if rest := len(all) - maxLines; rest > 0 {
		lines = append(lines, t.Lang.More(rest))
	}
	keep := t.slash(t.Lang.say(commandKeep, "n", itemOf(all[0])))
	return Answer{Text: strings.Join(append(lines, t.Lang.say(promisesFoot, "example", keep)), "\n"), Private: true}
}

// promiseLine is one promise in a list: when it is due, or how it was kept.
func (t *turn) promiseLine(p promise.Promise) string {
	card := t.card(incident.Incident{Topic: p.Topic, Site: p.Site})
	args := []string{
		"item", itemOf(p), "cell", t.Lang.cell(card), "text", one(p.Text, maxQuote), "owner", one(p.Owner, placeRunes),
		"due", t.Lang.due(p.Due, t.at, card.Zone), "span", t.Lang.late(p.Due, t.at, card.Zone),
	}
	switch {
	case p.Kept != nil:
		return t.Lang.say(promisesKept, append(args, "at", t.Lang.clock(p.Kept.At, t.at, card.Zone), "proof", one(p.Kept.Proof, noteRunes))...)
	case p.Overdue(t.at):
		return t.Lang.say(promisesLate, args...)
	}
	return t.Lang.say(promisesLine, args...)
}

// late says for how long a promise should have been kept: days as the calendar
// has them, and hours on the day itself.
func (l *Lang) late(due, now time.Time, zone *time.Location) string {
	if n := daysBetween(due, now, zone); n > 0 {
		return l.say(spanDays, "d", strconv.Itoa(n))
	}
	return l.Span(now.Sub(due))
}

// daysBetween is how many midnights lie between two times in a zone.
func daysBetween(from, to time.Time, zone *time.Location) int {
	if zone == nil {
		zone = time.UTC
	}
	midnight := func(t time.Time) time.Time {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(to).Sub(midnight(from)) / (24 * time.Hour))
}

// promised says on a card what is owed in its cell: what should have been kept,
// and below it what comes next.
func (l *Lang) promised(c notifier.Card) []Block {
	var blocks []Block
	for _, p := range c.Promises[:min(len(c.Promises), maxPromises)] {
		now := latest(c)
		args := []string{
			"text", Unnamed(one(p.Text, promiseRunes)), "span", l.late(p.Due, now, c.Zone), "due", l.due(p.Due, now, c.Zone),
		}
		key := cardPromise
		if p.Overdue(now) {
			key = cardPromiseLate
		}
		blocks = append(blocks, Block{Text: l.say(key, args...), Drop: dropPromise})
	}
	if rest := len(c.Promises) - len(blocks); rest > 0 {
		blocks[len(blocks)-1].Text += " " + l.More(rest)
	}
	return blocks
}

// reminder says to the owner of a promise how it stands.
func (l *Lang) reminder(m notifier.Message) string {
	e, zone := m.Entry, m.Card.Zone
	key, days := promptDays, daysBetween(e.At, e.Until, zone)
	switch {
	case !e.Until.After(e.At):
		key = promptLate
	case days == 0:
		key = promptToday
	case days == 1:
		key = promptTomorrow
	}
	named := item(m.Card.Incident.ID, e.Item)
	return l.say(key, "item", named, "text", one(e.Text, noteRunes), "days", strconv.Itoa(days),
		"due", l.due(e.Until, e.At, zone), "span", l.late(e.Until, e.At, zone),
		"keep", l.slash(m.Dest, l.say(commandKeep, "n", named)))
}

// before is the date that a promise had before it was moved, from the text of
// the timeline; "" in the text of another verb.
func (l *Lang) before(e incident.Entry, now time.Time, zone *time.Location) string {
	t, err := time.Parse(time.RFC3339, e.Text)
	if e.Verb != incident.Moved || err != nil {
		return ""
	}
	return l.due(t, now, zone)
}

// owedLine says in a digest how many promises are due.
func (l *Lang) owedLine(o notifier.Owed) string {
	if o == (notifier.Owed{}) {
		return ""
	}
	return l.say(digestOwed, "late", strconv.Itoa(o.Late), "soon", strconv.Itoa(o.Soon))
}

// owedAt is what is owed at some sites, for whoever takes the watch over there.
func (t *turn) owedAt(ctx context.Context, sites []string) (string, error) {
	all, err := t.Promises.Open(ctx)
	var o notifier.Owed
	for _, p := range all {
		switch {
		case p.Site != "" && !slices.Contains(sites, p.Site):
		case p.Overdue(t.at):
			o.Late++
		case p.Due.Sub(t.at) <= notifier.DueSoon:
			o.Soon++
		}
	}
	return t.Lang.owedLine(o), err
}
