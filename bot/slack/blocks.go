package slack

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"

	slackgo "github.com/slack-go/slack"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
)

// Limits of the elements of Block Kit (docs.slack.dev, reference of blocks).
const (
	maxElements = 25 // buttons in one actions block
	maxLabel    = 75
	maxValue    = 2000
	maxURL      = 3000
	maxOverflow = 5   // options of an overflow
	maxOption   = 150 // value of an option
)

// card draws parts: a header that says what this is, sections, and in small
// print what stands at the end and could be left out. A head that is too long
// for a header is not cut but becomes the first section.
func card(parts []part) []slackgo.Block {
	var blocks []slackgo.Block
	if len(parts) > 0 && parts[0].Head {
		if head := oneLine(parts[0].Text); width(head, utf16.RuneLen) <= maxHeader {
			blocks = append(blocks, slackgo.NewHeaderBlock(plainText(head)))
			parts = parts[1:]
		}
	}
	end := len(parts)
	for end > 0 && parts[end-1].Drop > 0 && !parts[end-1].Quote {
		end--
	}
	blocks = append(blocks, sections(parts[:end])...)
	for _, s := range pack(parts[end:]) {
		blocks = append(blocks, slackgo.NewContextBlock("", markdown(s)))
	}
	return blocks
}

func sections(parts []part) []slackgo.Block {
	var blocks []slackgo.Block
	for _, s := range pack(parts) {
		blocks = append(blocks, slackgo.NewSectionBlock(markdown(s), nil, nil))
	}
	return blocks
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func plainText(s string) *slackgo.TextBlockObject {
	return slackgo.NewTextBlockObject(slackgo.PlainTextType, s, true, false)
}

// markdown is verbatim: Slack must not make links or mentions of what looks
// like one in somebody's words.
func markdown(s string) *slackgo.TextBlockObject {
	return slackgo.NewTextBlockObject(slackgo.MarkdownType, s, false, true)
}

// cardActions draws the buttons of a card, one block per row, and behind the
// last what is aside, folded. Their ids carry the revision that they were drawn
// for, so that Slack shows new ones anew.
func cardActions(in incident.Incident, rows [][]bot.Button, aside []bot.Button) []slackgo.Block {
	var blocks []slackgo.Block
	id := fmt.Sprintf("isu:%d:%d", in.ID, in.StateRev)
	for _, row := range rows {
		blockID := id
		if len(blocks) > 0 {
			blockID += ":" + strconv.Itoa(len(blocks)+1)
		}
		blocks = append(blocks, actions(blockID, row)...)
	}
	more := overflow(aside)
	if more == nil {
		return blocks
	}
	if len(blocks) == 0 {
		return []slackgo.Block{slackgo.NewActionBlock(id, more)}
	}
	if last, ok := blocks[len(blocks)-1].(*slackgo.ActionBlock); ok {
		last.Elements.ElementSet = append(last.Elements.ElementSet, more)
	}
	return blocks
}

// overflow folds buttons into one, or returns nil where there are none.
func overflow(aside []bot.Button) slackgo.BlockElement {
	var options []*slackgo.OptionBlockObject
	for _, b := range aside {
		if b.Label == "" || b.Data == "" || len(b.Data) > maxOption || len(options) == maxOverflow {
			continue
		}
		label := plainText(cut(oneLine(b.Label), maxLabel, utf16.RuneLen))
		options = append(options, slackgo.NewOptionBlockObject(b.Data, label, nil))
	}
	if options == nil {
		return nil
	}
	return slackgo.NewOverflowBlockElement("isu.more", options...)
}

// actions draws one row of buttons, or nothing where none is left: one bad
// button would have the whole message refused, so those that Slack would not
// take stay out.
func actions(blockID string, row []bot.Button) []slackgo.Block {
	var elements []slackgo.BlockElement
	taken := make(map[string]bool)
	for _, b := range row {
		if e := element(b, taken); e != nil && len(elements) < maxElements {
			elements = append(elements, e)
		}
	}
	if elements == nil {
		return nil
	}
	return []slackgo.Block{slackgo.NewActionBlock(blockID, elements...)}
}

// element draws one button, or nil for one that Slack would not take.
func element(b bot.Button, taken map[string]bool) slackgo.BlockElement {
	label := cut(oneLine(b.Label), maxLabel, utf16.RuneLen)
	link := openable(b.URL)
	switch {
	case label == "", b.URL != "" && link == "", b.URL == "" && (b.Data == "" || len(b.Data) > maxValue):
		return nil
	}
	e := slackgo.NewButtonBlockElement(actionID(b, taken), "", plainText(label))
	if e.URL = link; link == "" {
		e.Value = b.Data
	}
	if b.Hot {
		e.Style = slackgo.StylePrimary
	}
	return e
}

// actionID names a button by what it does. Names must differ within a block.
func actionID(b bot.Button, taken map[string]bool) string {
	name := "isu.link"
	if b.URL == "" {
		name = "isu.other"
		if d, err := bot.ParseData(b.Data); err == nil {
			name = "isu." + d.Verb
		}
	}
	id := name
	for n := 2; taken[id]; n++ {
		id = name + "." + strconv.Itoa(n)
	}
	taken[id] = true
	return id
}

// openable returns link as Slack takes it, or "" where it leads to no web page.
func openable(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || len(u.String()) > maxURL ||
		!strings.Contains(strings.Trim(u.Hostname(), "."), ".") {
		return ""
	}
	return u.String()
}
