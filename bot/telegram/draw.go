package telegram

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

const (
	// maxText is the length of a message in UTF-16 units before escaping. The
	// API takes 4,096 after entity parsing (sendMessage.text) and does not say
	// of what unit; this leaves room for either.
	maxText = 3500

	// maxPlain is the length of a message whose first form was refused
	// (chat.md 1.3 rule 8).
	maxPlain = 1500

	// maxToast is the length of the text of an answerCallbackQuery.
	maxToast = 200

	// maxData is the size of callback_data in bytes.
	maxData = 64
)

// units counts s as Telegram counts: in UTF-16 code units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// account is what Telegram would make a mention of, wherever it stands.
var account = regexp.MustCompile(`(^|\W)@(\w)`)

// shown returns s fit to be shown, and so that nobody is mentioned by name: a
// word joiner (U+2060), which takes no room, parts the name from its sign.
func shown(s string) string { return account.ReplaceAllString(bot.Shown(s), "$1@\u2060$2") }

// cut shortens s to at most limit units, the last of which is then an
// ellipsis, or the mark that ends an isolate behind it.
func cut(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	short := clip(s, limit)
	if units(short) > limit {
		short = clip(s, limit-1)
	}
	return short
}

// clip is cut for a text that is too long, without counting the mark.
func clip(s string, limit int) string {
	n, end := 0, 0 // end: where the ellipsis goes
	for i, r := range s {
		if n >= limit {
			break
		}
		end = i
		n += utf16.RuneLen(r)
	}
	return bot.Closed(strings.TrimRight(s[:end], " \n") + "…")
}

// fit drops whole blocks, the highest Drop first and of equals the last,
// until the rest is at most limit units long, and says how many are missing
// in the words of more. Only what may not be dropped is ever shortened.
func fit(blocks []bot.Block, limit int, more func(n int) string) []bot.Block {
	kept := slices.Clone(blocks)
	for i := range kept {
		kept[i].Text = shown(kept[i].Text)
	}
	var note []bot.Block
	for dropped := 1; ; dropped++ {
		all, i := slices.Concat(kept, note), worst(kept)
		if excess := lengthOf(all) - limit; excess <= 0 || i < 0 {
			return shorten(all, excess)
		}
		kept = slices.Delete(kept, i, i+1)
		note = []bot.Block{{Text: more(dropped)}}
	}
}

// worst returns the index of the block to drop next, -1 when all must stay.
func worst(blocks []bot.Block) int {
	at, highest := -1, 1
	for i, b := range blocks {
		if b.Drop >= highest {
			at, highest = i, b.Drop
		}
	}
	return at
}

// lengthOf counts the units of blocks as they are joined: one line break
// between two.
func lengthOf(blocks []bot.Block) int {
	n := max(0, len(blocks)-1)
	for _, b := range blocks {
		n += units(b.Text)
	}
	return n
}

// shorten takes excess units away, from the longest block first. Blocks are
// cut before they are marked up, so no tag is ever broken.
func shorten(blocks []bot.Block, excess int) []bot.Block {
	for excess > 0 {
		longest := 0
		for i, b := range blocks {
			if units(b.Text) > units(blocks[longest].Text) {
				longest = i
			}
		}
		before := units(blocks[longest].Text)
		if before <= 1 {
			break
		}
		blocks[longest].Text = cut(blocks[longest].Text, max(1, before-excess))
		excess -= before - units(blocks[longest].Text)
	}
	return blocks
}

// plain draws blocks as text without markup.
func plain(blocks []bot.Block) string {
	return join(blocks, bot.Block.Line)
}

// html draws blocks in the API's HTML, in which only & < > have a meaning.
func html(blocks []bot.Block) string {
	escaper := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	return join(blocks, func(b bot.Block) string {
		text := mentions(b.Call, escaper) + escaper.Replace(b.Text)
		switch {
		case b.Head:
			return "<b>" + text + "</b>"
		case b.Quote:
			return "<blockquote expandable>" + text + "</blockquote>"
		}
		return text
	})
}

// mentions names people before a line. A link to an id tells a person, where a
// name would not.
func mentions(people []notifier.Contact, escaper *strings.Replacer) string {
	var names []string
	for _, c := range people {
		name := escaper.Replace(bot.Named(c))
		if c.Telegram != 0 {
			name = fmt.Sprintf(`<a href="tg://user?id=%d">%s</a>`, c.Telegram, name)
		}
		names = append(names, name)
	}
	if names == nil {
		return ""
	}
	return strings.Join(names, ", ") + bot.Beside
}

// unmarked takes away what only a card needs: bold heads.
func unmarked(blocks []bot.Block) []bot.Block {
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Head = false
	}
	return out
}

// mentioning reports whether blocks name somebody whom a link reaches.
func mentioning(blocks []bot.Block) bool {
	return slices.ContainsFunc(blocks, func(b bot.Block) bool {
		return slices.ContainsFunc(b.Call, func(c notifier.Contact) bool { return c.Telegram != 0 })
	})
}

func join(blocks []bot.Block, draw func(bot.Block) string) string {
	var lines []string
	for _, b := range blocks {
		if b.Text != "" {
			lines = append(lines, draw(b))
		}
	}
	return strings.Join(lines, "\n")
}

// buttons draws rows of buttons, or nil where none is left: one bad button
// would have the whole card refused, so those that the API would not take
// stay out. A plain card gets no links either, for they come from outside.
func buttons(rows [][]bot.Button, links bool) *keyboard {
	var k keyboard
	for _, row := range rows {
		var drawn []key
		for _, b := range row {
			switch {
			case b.Label == "":
			case b.URL != "" && links && openable(b.URL):
				drawn = append(drawn, key{Text: b.Label, URL: b.URL})
			case b.URL == "" && b.Data != "" && len(b.Data) <= maxData:
				drawn = append(drawn, key{Text: b.Label, Data: b.Data})
			}
		}
		if drawn != nil {
			k.Rows = append(k.Rows, drawn)
		}
	}
	if k.Rows == nil {
		return nil
	}
	return &k
}

// openable reports whether link leads to a web page that a phone can open;
// Telegram refuses hosts without a dot.
func openable(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") &&
		strings.Contains(strings.Trim(u.Hostname(), "."), ".")
}
