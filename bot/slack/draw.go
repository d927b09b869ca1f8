package slack

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/notifier"
)

// Lengths as Slack gets them: escaped, in UTF-16 units, which are never fewer
// than its characters. Sources: chat.md 2 and 7.
const (
	maxHeader   = 150  // header block
	maxSection  = 3000 // text of a section
	maxCard     = 9000 // all blocks of a message; beyond about 13,200 it is refused, undocumented
	maxFallback = 300  // text beside blocks: the notification
	maxAnswer   = 3500 // text without blocks; beyond 4,000 it was seen split in two
	maxPlain    = 1500 // a message whose first form was refused (chat.md 1.3 rule 8)
)

// part is a block with its text as it goes out.
type part struct {
	bot.Block
	mark string
}

// width counts s, each rune at its cost: escaped, or utf16.RuneLen where
// nothing is escaped.
func width(s string, cost func(rune) int) int {
	n := 0
	for _, r := range s {
		n += cost(r)
	}
	return n
}

// escaped is the cost of a rune in mrkdwn.
func escaped(r rune) int {
	switch r {
	case '&':
		return len("&amp;")
	case '<', '>':
		return len("&lt;")
	}
	return utf16.RuneLen(r)
}

// escape takes the power from the three characters that have any. It also
// disarms the mentions in a post, <!channel> and <@U1>.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// cut shortens s to at most limit, the last of which is then an ellipsis, or
// the mark that ends an isolate behind it. It cuts what people read, before
// the escaping, so no entity is ever broken.
func cut(s string, limit int, cost func(rune) int) string {
	if width(s, cost) <= limit {
		return s
	}
	short := clip(s, limit, cost)
	if width(short, cost) > limit {
		short = clip(s, limit-1, cost)
	}
	return short
}

// clip is cut for a text that is too long, without counting the mark.
func clip(s string, limit int, cost func(rune) int) string {
	n, end := 1, 0 // n: with the ellipsis; end: where it goes
	for i, r := range s {
		end = i
		if n += cost(r); n > limit {
			break
		}
	}
	return bot.Closed(strings.TrimRight(s[:end], " \n") + "…")
}

// quoteMark begins the one line of a quotation.
const quoteMark = "> "

// marked gives every block that has something to show its text, no longer
// than a section takes.
func marked(blocks []bot.Block, quotes bool) []part {
	var parts []part
	for _, b := range blocks {
		b.Text = strings.TrimSpace(bot.Shown(b.Text))
		if b.Quote = b.Quote && quotes; b.Quote {
			b.Text = strings.Join(strings.Fields(b.Text), " ")
		}
		if b.Text != "" {
			parts = append(parts, mark(b, maxSection))
		}
	}
	return parts
}

func mark(b bot.Block, limit int) part {
	if b.Quote {
		b.Text = cut(b.Text, limit-len(quoteMark), escaped)
		return part{b, quoteMark + escape(b.Text)}
	}
	b.Text = cut(b.Text, limit, escaped)
	return part{b, mentions(b.Call) + escape(b.Text)}
}

// mentions names people before a line. A mention by id tells a person, where a
// name would not.
func mentions(people []notifier.Contact) string {
	var names []string
	for _, c := range people {
		name := escape(bot.Named(c))
		if c.Slack != "" {
			name = "<@" + c.Slack + ">"
		}
		names = append(names, name)
	}
	if names == nil {
		return ""
	}
	return strings.Join(names, ", ") + bot.Beside
}

// fit drops whole parts, the highest Drop first and of equals the last, until
// the rest has room beside a note that says how many are missing.
func fit(all []part, limit int, more func(n int) string) []part {
	if lengthOf(all) <= limit {
		return all
	}
	room := limit - width(more(len(all)), escaped) - 1
	kept := slices.Clone(all)
	for lengthOf(kept) > room {
		i := worst(kept)
		if i < 0 {
			kept = squeeze(kept, room)
			break
		}
		kept = slices.Delete(kept, i, i+1)
	}
	if dropped := len(all) - len(kept); dropped > 0 {
		kept = append(kept, mark(bot.Block{Text: more(dropped), Drop: 1}, maxSection))
	}
	return kept
}

// lengthOf counts parts with a line break after each.
func lengthOf(parts []part) int {
	n := 0
	for _, p := range parts {
		n += width(p.Text, escaped) + 1
		if p.Quote {
			n += len(quoteMark)
		}
	}
	return n
}

// worst returns the index of the part to drop next, -1 when all must stay.
func worst(parts []part) int {
	at, highest := -1, 1
	for i, p := range parts {
		if p.Drop >= highest {
			at, highest = i, p.Drop
		}
	}
	return at
}

// squeeze gives all parts the same share of the room, for the day when what
// may not be dropped does not fit.
func squeeze(parts []part, room int) []part {
	share := max(room/len(parts)-1, 1)
	for i, p := range parts {
		parts[i] = mark(p.Block, share)
	}
	return parts
}

// pack joins neighbours into texts that a section takes, as few as possible:
// each section more is a gap on a small screen.
func pack(parts []part) []string {
	var texts []string
	for len(parts) > 0 {
		n := 1
		for n < len(parts) && lengthOf(parts[:n+1]) <= maxSection {
			n++
		}
		texts = append(texts, lines(parts[:n]))
		parts = parts[n:]
	}
	return texts
}

// lines joins parts as they go out.
func lines(parts []part) string {
	all := make([]string, len(parts))
	for i, p := range parts {
		all[i] = p.mark
	}
	return strings.Join(all, "\n")
}

// fallback is what a notification shows of parts.
func fallback(parts []part) string {
	all := make([]string, len(parts))
	for i, p := range parts {
		all[i] = p.Line()
	}
	return escape(cut(strings.Join(all, "\n"), maxFallback, escaped))
}
