package terminal

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/siaga-id/siaga/bot"
)

// columns counts the columns that s takes in a terminal.
func columns(s string) int {
	n := 0
	for _, wide := range widths(s) {
		n += wide
	}
	return n
}

// wider reports whether s takes more columns, without a look at the rest.
func wider(s string, limit int) bool {
	n := 0
	for _, wide := range widths(s) {
		if n += wide; n > limit {
			return true
		}
	}
	return false
}

// widths yields where each character of s ends, and the columns it adds.
func widths(s string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		last := 0
		for i, r := range s {
			add := runeColumns(r)
			if r == emojiStyle {
				add = max(0, 2-last) // draws what precedes it as an emoji
			}
			last = add
			if !yield(i+utf8.RuneLen(r), add) {
				return
			}
		}
	}
}

const emojiStyle = '\ufe0f'

func runeColumns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}

// strip removes what a terminal would obey instead of show, and what another
// one before it could not read.
func strip(s string) string {
	return strings.ReplaceAll(bot.Shown(s), string(unicode.ReplacementChar), "")
}

// wrap strips s and breaks its lines between words so that none is wider than
// limit; a word that is wider has a place of its own and is broken. Each line
// that continues another begins with indent.
func wrap(s string, limit int, indent string) string {
	var out []string
	for line := range strings.SplitSeq(strip(s), "\n") {
		out = append(out, carry(wrapLine(line, limit, indent), indent)...)
	}
	return strings.Join(out, "\n")
}

// carry closes an isolate at the end of each line and opens it again in the
// next: to a terminal, every line is a paragraph of its own.
func carry(lines []string, indent string) []string {
	open := false
	for i, line := range lines {
		if open {
			line = indent + bot.Isolate + strings.TrimPrefix(line, indent)
		}
		open = bot.Unclosed(line)
		lines[i] = bot.Closed(line)
	}
	return lines
}

func wrapLine(line string, limit int, indent string) []string {
	var out []string
	now, full := "", false // full: now holds a word
	for _, word := range strings.Fields(line) {
		switch gap := columns(now) + 1 + columns(word); {
		case full && gap <= limit:
			now += " " + word
			continue
		case full:
			out, now = append(out, now), indent
		}
		for wider(word, limit-columns(now)) {
			head, tail := split(word, limit-columns(now))
			out, now, word = append(out, now+head), indent, tail
		}
		now, full = now+word, true
	}
	return append(out, now)
}

// split cuts a word where it has filled limit columns, after at least one
// character; what follows a character and has no width stays with it.
func split(word string, limit int) (head, tail string) {
	n, cut := 0, 0
	for end, wide := range widths(word) {
		if n += wide; n > limit && cut > 0 {
			return word[:cut], word[cut:]
		}
		cut = end
	}
	return word, ""
}
