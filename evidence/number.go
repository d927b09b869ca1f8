package evidence

import (
	"strings"

	"github.com/siaga-id/siaga/text"
)

// A number is a figure as it stands in a text.
type number struct {
	value  string // canonical: 1200, 2.5
	end    int    // byte after its last digit
	tokens int    // of which it was cut
}

func isNumber(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }

// numberAt reads the number that begins with token i: 2,5 and 1.200 are three
// tokens each for the text, and one number for a reader.
func numberAt(s string, tokens []text.Token, i int) number {
	n := number{tokens[i].Word, tokens[i].End, 1}
	for i++; i < len(tokens) && isNumber(tokens[i].Word); i++ {
		gap := s[n.end:tokens[i].Start]
		if gap != "." && gap != "," {
			break
		}
		if len(tokens[i].Word) != 3 {
			n.value += "."
		}
		n.value += tokens[i].Word
		n.end = tokens[i].End
		n.tokens++
	}
	return n
}

// isDayOfMonth reports the 6 of 6 Januari and of January 6, which is shared by
// texts that share nothing else.
func isDayOfMonth(tokens []text.Token, i int) bool {
	if len(tokens[i].Word) > 2 {
		return false
	}
	return i > 0 && isMonth(tokens[i-1].Word) || i+1 < len(tokens) && isMonth(tokens[i+1].Word)
}

func isMonth(w string) bool {
	switch w {
	case "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
		"january", "february", "march", "may", "june", "july", "august", "october", "december":
		return true
	}
	return false
}

// A quantity is a number and what it counts.
type quantity struct {
	value, unit string
}

// quantities returns the numbers in words that something is said to be counted
// by. Years count nothing.
func quantities(words []word, unit func(string) string) []quantity {
	var out []quantity
	for i, w := range words {
		if !w.number || isYear(w.spelled) || i+1 == len(words) {
			continue
		}
		value, next := w.spelled, words[i+1]
		if isScale(next.spelled) && i+2 < len(words) {
			value, next = value+" "+next.spelled, words[i+2]
		}
		if !next.number && !isMonth(next.spelled) {
			out = append(out, quantity{value, unit(next.spelled)})
		}
	}
	return out
}

func isYear(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20"))
}

func isScale(w string) bool {
	switch w {
	case "ribu", "juta", "miliar", "milyar", "triliun", "thousand", "million", "billion", "trillion":
		return true
	}
	return false
}

// differ returns a number of b that counts the same as one of a and is another,
// if no number is said by both.
func differ(a, b []quantity) (quantity, bool) {
	var other quantity
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return quantity{}, false
			}
			if x.unit == y.unit {
				other = y
			}
		}
	}
	return other, other.value != ""
}
