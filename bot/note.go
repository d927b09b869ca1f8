package bot

import (
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// note says what the admins should know, as one block and its lines.
func (l *Lang) note(m notifier.Message) []Block {
	if m.Digest != nil {
		return l.digest(*m.Digest, m.Card.Zone, m.Again)
	}
	n := m.Note
	if n.Fact != nil {
		return l.factNote(m)
	}
	clean := func(name string) string { return one(n.Args[name], maxRule) }
	args := []string{
		"who", l.via(clean("who"), clean("via")),
		"at", l.clock(n.At, n.At, m.Card.Zone), "until", l.clock(n.At.Add(rules.AskValid), n.At, m.Card.Zone),
		"example", l.slash(m.Dest, l.say(exampleActivate, "rule", clean("rule"))),
	}
	if n.Quiet != nil {
		args = append(args, l.quietArgs(n, m.Card)...)
	}
	if n.Way != nil {
		args = append(args, l.wayArgs(n, m.Card)...)
	}
	if n.Silence != nil {
		args = append(l.silenceArgs(m), args...) // its own until goes before that of a rule
	}
	if !n.Since.IsZero() {
		args = append(args, l.troubleArgs(n, m.Card.Zone)...)
	}
	for name := range n.Args {
		args = append(args, name, clean(name))
	}
	head := l.say(noteOf(n.Why), args...)
	if m.Again {
		head = l.say(cardAgain, "head", head)
	}
	blocks := []Block{{Text: head, Head: true}}
	for i, line := range n.Lines {
		blocks = append(blocks, Block{Text: one(line, wrongRunes), Drop: 1 + i})
	}
	if n.More > 0 {
		blocks = append(blocks, Block{Text: l.More(n.More)})
	}
	return blocks
}

// quietArgs fill in who was silent, since when and for how long.
func (l *Lang) quietArgs(n notifier.Note, c notifier.Card) []string {
	key, q := quietRule, n.Quiet
	switch {
	case q.Source != "":
		key = quietSource
	case q.Site != "":
		key = quietSite
	}
	what := l.say(key, "rule", one(q.Rule, placeRunes), "source", one(q.Source, placeRunes), "site", one(c.SiteName, placeRunes))
	lasted := n.At.Sub(q.Since)
	return []string{
		"what", what, "since", l.clock(q.Since, n.At, c.Zone), "counted", l.quiet(lasted, q.Usual), "span", l.Span(lasted),
	}
}

func noteOf(why notifier.Why) phrase {
	return map[notifier.Why]phrase{
		notifier.RuleAsked:     noteRuleAsked,
		notifier.RuleActivated: noteRuleActivated,
		notifier.RuleSuspended: noteRuleSuspended,
		notifier.RuleWithdrawn: noteRuleWithdrawn,
		notifier.RuleChanged:   noteRuleChanged,
		notifier.ConfigRefused: noteConfigRefused,
		notifier.ConfigGood:    noteConfigGood,
		notifier.WentSilent:    noteWentSilent,
		notifier.SpeaksAgain:   noteSpeaksAgain,
		notifier.DiskFailed:    noteDiskFailed,
		notifier.Unread:        noteUnread,
		notifier.ReadAgain:     noteReadAgain,
		notifier.Stalled:       noteStalled,
		notifier.RunsAgain:     noteRunsAgain,
		notifier.DiskFull:      noteDiskFull,
		notifier.DiskGrowing:   noteDiskGrowing,
		notifier.DiskRoom:      noteDiskRoom,
		notifier.ChatMoved:     noteChatMoved,
		notifier.TopicGone:     noteTopicGone,
		notifier.Unreachable:   noteUnreachable,
		notifier.ReachedAgain:  noteReachedAgain,
		notifier.ChatClosed:    noteChatClosed,
		notifier.ChatOpened:    noteChatOpened,
		notifier.TokenShared:   noteTokenShared,
		notifier.TokenAlone:    noteTokenAlone,
		notifier.MuteBegan:     noteMuteBegan,
		notifier.MuteEnding:    noteMuteEnding,
		notifier.MuteLifted:    noteMuteLifted,
		notifier.FactProposed:  noteFactProposed,
		notifier.FactAccepted:  noteFactAccepted,
		notifier.FactRejected:  noteFactRejected,
		notifier.FactEnding:    noteFactEnding,
		notifier.FactDied:      noteFactDied,
	}[why]
}
