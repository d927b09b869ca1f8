package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns s fit to be shown to a person: without control characters,
// zero-width characters, bidirectional controls and invalid UTF-8. Lines stay,
// tabs become spaces. For a place of one line there is Excerpt.
func Clean(s string) string {
	return strings.Map(shown, strings.ToValidUTF8(s, ""))
}

func shown(r rune) rune {
	switch {
	case r == '\n' || r == '\u2028' || r == '\u2029':
		return '\n'
	case r == '\t':
		return ' '
	case unicode.IsControl(r) || hides(r):
		return -1
	}
	return r
}

// ellipsis stands where an excerpt leaves something out.
const ellipsis = '…'

// Excerpt returns at most limit runes of s around the bytes [start, end), on
// one line and cut between words, with "…" where something is left out.
// White space and control characters become single spaces; what Clean drops is
// dropped. A match longer than the limit is shown from its beginning.
func Excerpt(s string, start, end, limit int) string {
	line, from, to := flatten(s, start, end)
	switch {
	case len(line) <= limit:
		return string(line)
	case limit < 1:
		return ""
	case limit < 3:
		return string(ellipsis)
	}
	lo, hi := window(len(line), from, to, limit-2)
	lo, hi = toWords(line, lo, hi, from, to)
	return dress(line, lo, hi)
}

// flatten returns the visible runes of s on one line, and which of them come
// from the bytes [start, end).
func flatten(s string, start, end int) (line []rune, from, to int) {
	line = make([]rune, 0, len(s))
	gap := false
	for i, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			gap = len(line) > 0
			continue
		case hides(r) || invalidAt(s, i, r):
			continue
		}
		if gap {
			line, gap = append(line, ' '), false
		}
		line = append(line, r)
		if i < start {
			from = len(line)
		}
		if i < end {
			to = len(line)
		}
	}
	if from < len(line) && line[from] == ' ' {
		from++
	}
	return line, from, max(from, to)
}

func invalidAt(s string, i int, r rune) bool {
	if r != utf8.RuneError {
		return false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return size == 1
}

// window chooses width of n runes, with [from, to) in the middle.
func window(n, from, to, width int) (lo, hi int) {
	lo = max(0, from-max(0, width-(to-from))/2)
	hi = min(n, lo+width)
	return max(0, hi-width), hi
}

// toWords narrows [lo, hi) so that no word is cut, unless a single word fills
// all there is on that side of the match.
func toWords(line []rune, lo, hi, from, to int) (int, int) {
	if lo > 0 && lo < from && line[lo-1] != ' ' {
		if i := slices.Index(line[lo:from], ' '); i >= 0 {
			lo += i + 1
		}
	}
	if hi < len(line) && line[hi] != ' ' {
		if i := lastSpace(line[:hi]); i > lo && (i >= to || hi < to) {
			hi = i
		}
	}
	return lo, hi
}

func lastSpace(line []rune) int {
	for i, r := range slices.Backward(line) {
		if r == ' ' {
			return i
		}
	}
	return -1
}

func dress(line []rune, lo, hi int) string {
	var b strings.Builder
	if lo > 0 {
		b.WriteRune(ellipsis)
	}
	b.WriteString(strings.TrimSpace(string(line[lo:hi])))
	if hi < len(line) {
		b.WriteRune(ellipsis)
	}
	return b.String()
}
