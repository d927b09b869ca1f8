package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// What is dropped first when a card is too long for its chat; 0 is kept.
const (
	dropTail    = 1
	dropSummary = 2
	dropFrame   = 3
	dropPromise = 3
	dropExcerpt = 4 // the newest; each older one goes before it
	dropFact    = 5 // the best; each other one goes before it
)

// Layout draws a message as blocks of plain text; how these look is up to the
// renderer. A ping is one block, a note one and its lines. People who wrote posts have no name in it.
func (l *Lang) Layout(m notifier.Message) []Block {
	switch m.Kind {
	case notifier.KindPing:
		if m.Bare {
			return l.card(m)[:1]
		}
		return l.pings(m)
	case notifier.KindNote:
		if m.Bare {
			return l.note(m)[:1]
		}
		return l.note(m)
	case notifier.KindMoved:
		id := m.Card.Incident.ID
		again := l.slash(m.Dest, l.say(exampleIssue, "n", number(id)))
		return []Block{{Text: l.say(cardMoved, "id", id.String(), "again", again)}}
	case notifier.KindCard, notifier.KindStorm:
	}
	blocks := l.state(m)
	if m.Kind == notifier.KindCard {
		naming(blocks, m.Card.Call)
	}
	if m.Bare {
		return blocks[:1]
	}
	switch {
	case !m.Again:
	case m.Dest.Transport() == terminalUser:
		blocks[0].Text = l.say(cardAgain, "head", blocks[0].Text)
	default:
		blocks = slices.Insert(blocks, 1, Block{Text: l.say(cardResent)})
	}
	return blocks
}

// state draws what is edited in place.
func (l *Lang) state(m notifier.Message) []Block {
	if m.Kind == notifier.KindStorm {
		return l.storm(m)
	}
	return l.card(m)
}

func (l *Lang) card(m notifier.Message) []Block {
	c, in := m.Card, m.Card.Incident
	if in.State == incident.Resolved {
		return l.closed(c)
	}
	blocks := []Block{{Text: l.head(c), Head: true}}
	if in.Shadow {
		blocks = append(blocks, Block{Text: l.shadow(in)})
	}
	if c.Muted != nil {
		blocks = append(blocks, Block{Text: l.muted(c)})
	}
	if in.Summary != "" {
		blocks = append(blocks, Block{Text: one(in.Summary, maxQuote), Drop: dropSummary})
	}
	blocks = append(blocks, Block{Text: l.counts(c)})
	blocks = append(blocks, l.excerpts(c)...)
	if !in.Shadow { // nobody is to answer a shadow incident
		blocks = append(blocks, l.advice(m)...)
	}
	return append(blocks,
		Block{Text: l.owner(c)},
		Block{Text: l.tail(c), Drop: dropTail},
	)
}

// advice says what kind of answer is due, and what it may be made of.
func (l *Lang) advice(m notifier.Message) []Block {
	var blocks []Block
	c := m.Card
	switch in := c.Incident; {
	case in.Gated():
		blocks = append(blocks, Block{Text: l.say(cardGrievance)})
	case in.Grievance:
		blocks = append(blocks, Block{Text: l.say(cardChecked, "finding", l.finding(in.Finding))})
	}
	blocks = slices.Concat(blocks, l.urgent(c), l.promised(c))
	if c.Answer.Acknowledge {
		return slices.Concat(blocks, l.answer(m.Dest, c), l.fits(c))
	}
	return slices.Concat(blocks, l.fits(c), l.answer(m.Dest, c))
}

// closed is the short form of a resolved incident.
func (l *Lang) closed(c notifier.Card) []Block {
	in := c.Incident
	blocks := []Block{
		{Text: l.closedHead(c), Head: true},
		{Text: l.say(cardReason, "reason", l.reason(in.Reason), "at", l.clock(in.ResolvedAt, latest(c), c.Zone),
			"span", l.Span(in.ResolvedAt.Sub(in.First)))},
	}
	if in.Owner != "" {
		blocks = append(blocks, Block{Text: l.say(cardHandled, "who", one(in.Owner, placeRunes))})
	}
	return blocks
}

func (l *Lang) closedHead(c notifier.Card) string {
	head := l.say(cardResolved, "id", c.Incident.ID.String(), "cell", l.cell(c))
	if c.Incident.Shadow {
		head = l.say(levelShadow) + " · " + head
	}
	return head
}

// head has no level on a shadow incident: nobody should read it as an alarm.
func (l *Lang) head(c notifier.Card) string {
	in := c.Incident
	level := l.level(in.Severity)
	if in.Shadow {
		level = l.say(levelShadow)
	}
	return l.say(cardHead, "level", level, "id", in.ID.String(), "cell", l.cell(c), "trend", l.trend(in))
}

// counts says how much there was, and what that was weighed against.
func (l *Lang) counts(c notifier.Card) string {
	a, s := c.Incident.Latest(), sceneOf(c)
	line := l.say(cardCounts,
		"posts", l.count(countPosts, a.Counts.Posts),
		"stories", l.count(countStories, a.Counts.Stories),
		"voices", l.count(countVoices, a.Counts.Voices),
		"window", l.window(a, s))
	if against := l.against(a, s); against != "" {
		key := cardWeighed
		if somewhere(a.When) {
			key = cardBeside
		}
		line = l.say(key, "counts", line, "against", against)
	}
	return l.learning(line, a.Measure)
}

// maxQuote bounds an excerpt in runes (incident.Excerpt).
const maxQuote = 160

func (l *Lang) excerpts(c notifier.Card) []Block {
	var blocks []Block
	for i, e := range c.Incident.Excerpts {
		line := l.say(cardExcerpt, "text", Unnamed(one(e.Text, maxQuote)), "where", l.where(e),
			"at", l.clock(e.Published, latest(c), c.Zone))
		blocks = append(blocks, Block{Text: line, Quote: true, Drop: dropExcerpt + 2*i})
	}
	return blocks
}

var handle = regexp.MustCompile(`[@＠﹫]\p{M}*[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.\-]*`)

// Unnamed takes account names out of a line that people wrote: cards show
// issues, not who raised them.
func Unnamed(s string) string { return handle.ReplaceAllString(s, "@…") }

func (l *Lang) where(e incident.Excerpt) string {
	if e.Outlet != "" {
		return one(e.Outlet, placeRunes)
	}
	switch e.Kind {
	case "news":
		return l.say(kindNews)
	case "video":
		return l.say(kindVideo)
	case "forum":
		return l.say(kindForum)
	case "handed-in":
		return l.say(kindHanded)
	default:
		return l.say(kindSocial)
	}
}

func (l *Lang) owner(c notifier.Card) string {
	in := c.Incident
	line := l.say(cardUntaken)
	if in.State == incident.Acknowledged {
		line = l.say(cardTaken, "who", one(in.Owner, placeRunes), "at", l.clock(in.AckAt, latest(c), c.Zone))
	}
	if in.Reopened > 0 {
		line = l.say(cardReopened, "owner", line, "n", strconv.Itoa(in.Reopened))
	}
	return l.coming(line, c)
}

// tail says how late we read, what we do not see, and why we speak.
func (l *Lang) tail(c notifier.Card) string {
	var parts []string
	if quotes := c.Incident.Excerpts; len(quotes) > 0 {
		parts = append(parts, l.say(cardLag, "span", l.Span(quotes[0].Fetched.Sub(quotes[0].Published))))
	}
	names := c.Incident.Rules
	if len(names) == 0 {
		names = []string{c.Incident.Rule}
	}
	parts = append(parts, l.blind(c.Blind, latest(c), c.Zone), l.say(cardRules, "rules", l.names(names)))
	return strings.Join(parts, " · ")
}

// maxBlind bounds how many sources the blind line names.
const maxBlind = 3

// blind names the sources that are not seen: silence is never shown as calm.
func (l *Lang) blind(all []notifier.Blind, now time.Time, zone *time.Location) string {
	if len(all) == 0 {
		return l.say(cardNoBlind)
	}
	var named []string
	for _, b := range all[:min(len(all), maxBlind)] {
		named = append(named, l.say(cardBlindOne, "source", one(b.Source, placeRunes), "at", l.clock(b.Since, now, zone)))
	}
	list := strings.Join(named, ", ")
	if rest := len(all) - len(named); rest > 0 {
		list += " " + l.More(rest)
	}
	return l.say(cardBlind, "sources", list)
}

// latest is the day against which a card says "today": it is drawn again only
// when something happens, and the same card must always look the same.
func latest(c notifier.Card) time.Time {
	t := c.Incident.Last
	for _, other := range []time.Time{c.Incident.AckAt, c.Incident.ResolvedAt} {
		if other.After(t) {
			t = other
		}
	}
	for _, p := range c.Promises { // a reminder is what makes one overdue here
		if p.Told.After(t) {
			t = p.Told
		}
	}
	return t
}

// Update says in one line that only the counts of a card have moved.
func (l *Lang) Update(c notifier.Card) string {
	in := c.Incident
	return l.marked(in, l.say(cardUpdate, "id", in.ID.String(),
		"posts", l.count(countPosts, in.Counts.Posts),
		"stories", l.count(countStories, in.Counts.Stories),
		"voices", l.count(countVoices, in.Counts.Voices),
		"trend", l.trend(in)))
}
