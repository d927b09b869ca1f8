package bot

import (
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// What is dropped first of a storm card: why there is one, then its lines from
// the end.
const (
	dropLine     = 2
	dropStormWhy = 100
)

// storm draws the incidents of a storm, one line each. A line gives the time
// at which its incident came and not its age, which would be wrong a minute later.
func (l *Lang) storm(m notifier.Message) []Block {
	g, zone := m.Storm, m.Card.Zone
	blocks := []Block{
		{Text: l.say(stormHead, "issues", l.count(countIssues, g.All), "when", l.fromTo(g.From, g.To, zone)), Head: true},
		{Text: l.say(stormWhy, "critical", l.say(levelCritical)), Drop: dropStormWhy},
	}
	for i, item := range g.Items {
		blocks = append(blocks, Block{Text: l.stormLine(item, g.To, zone), Drop: dropLine + i})
	}
	if rest := g.All - len(g.Items); rest > 0 {
		blocks = append(blocks, Block{Text: l.More(rest)})
	}
	if len(g.Items) == 0 || g.Items[0].State == incident.Resolved {
		return blocks
	}
	n := number(g.Items[0].ID)
	return append(blocks, Block{Text: l.say(stormFoot,
		"issue", l.slash(m.Dest, l.say(exampleIssue, "n", n)),
		"ack", l.slash(m.Dest, l.say(exampleAck, "n", n)),
		"issues", l.slash(m.Dest, l.say(exampleIssues, "n", n)))})
}

// fromTo says when something began and ended: "10:40–10:49 WIB", or one time
// where both are the same.
func (l *Lang) fromTo(from, to time.Time, zone *time.Location) string {
	first, last := l.clock(from, to, zone), l.clock(to, to, zone)
	begin, name, _ := strings.Cut(first, " ")
	_, same, _ := strings.Cut(last, " ")
	switch {
	case first == last:
		return last
	case name == same: // of the same day
		return begin + "–" + last
	}
	return first + " – " + last
}

func (l *Lang) stormLine(i notifier.Item, now time.Time, zone *time.Location) string {
	cell := l.cell(notifier.Card{TopicName: i.TopicName, SiteName: i.SiteName})
	if i.State == incident.Resolved {
		return l.say(cardResolved, "id", i.ID.String(), "cell", cell)
	}
	line := l.say(stormItem, "level", l.level(i.Severity), "id", i.ID.String(), "cell", cell, "at", l.clock(i.At, now, zone))
	if i.Own {
		line = l.say(stormOwn, "line", line)
	}
	return line
}
