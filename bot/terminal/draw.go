package terminal

import (
	"strings"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// card draws a card between two rules, with the commands that apply now where
// other chats have buttons.
func (t *Terminal) card(m notifier.Message) string {
	rule := strings.Repeat("─", t.look.Width) + "\n"
	next := wrap("› "+t.lang.Next(m.Card), t.look.Width, "  ") + "\n"
	link := t.link(m.Card)
	return rule + t.lines(t.lang.Layout(m), t.paint(m.Card.Incident)) + link + next + rule
}

// lines draws blocks one below the other, words of a post set off by a bar.
// The head is painted, if there is a paint.
func (t *Terminal) lines(blocks []bot.Block, paint string) string {
	var b strings.Builder
	for _, block := range blocks {
		switch {
		case block.Quote:
			b.WriteString(bar(wrap(block.Text, t.look.Width-2, "")))
		case block.Head && paint != "":
			b.WriteString(paint + wrap(block.Line(), t.look.Width, "   ") + "\x1b[0m")
		case block.Head:
			b.WriteString(wrap(block.Line(), t.look.Width, "   "))
		default:
			b.WriteString(wrap(block.Line(), t.look.Width, "  "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func bar(text string) string { return "│ " + strings.ReplaceAll(text, "\n", "\n│ ") }

// link prints the address of the newest post on a line of its own, whole, so
// that a terminal makes it something to click.
func (t *Terminal) link(c notifier.Card) string {
	for _, row := range t.lang.Buttons(c) {
		for _, b := range row {
			if b.URL != "" {
				return strip(b.URL) + "\n"
			}
		}
	}
	return ""
}

// paint returns the escape sequence for the head of a card, bold and in the
// colour of its level, or nothing.
func (t *Terminal) paint(in incident.Incident) string {
	switch {
	case !t.look.Color:
		return ""
	case in.Shadow:
		return "\x1b[1;35m" // magenta
	case in.State == incident.Resolved:
		return "\x1b[1;32m" // green
	case in.Severity == rules.Critical:
		return "\x1b[1;31m" // red
	case in.Severity == rules.Warning:
		return "\x1b[1;33m" // yellow
	}
	return "\x1b[1;34m" // blue
}
