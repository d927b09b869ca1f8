package evidence

import (
	"strings"

	"github.com/siaga-id/siaga/text"
)

// A number is a figure as it stands in a text.
type number struct {
	value  string // canonical: 1200, 2.5, and 50 for 50 juta however it is written
	scale  string // what it is counted in: ribu, juta, miliar; empty: in ones
	end    int    // byte after its last digit or letter
	tokens int    // of which it was cut
}

func isNumber(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }

// digitsOf returns the digits of a token that is a figure with a currency before
// it or a scale behind it (rp600, 50jt), and the scale.
func digitsOf(w string) (digits, scale string, ok bool) {
	digits = strings.TrimPrefix(w, "rp")
	if digits == "" || digits[0] < '0' || digits[0] > '9' {
		return "", "", false
	}
	body := strings.TrimRight(digits, "abcdefghijklmnopqrstuvwxyz")
	if ending := digits[len(body):]; ending != "" {
		if scale = scaleOf(ending); scale == "" {
			return "", "", false
		}
	}
	return body, scale, isNumber(body)
}

// numberAt reads the number that begins with token i: 2,5 and 1.200 are three
// tokens each for the text, and one number for a reader, to whom Rp50.000.000,
// 50 jt and 50 juta are the same.
func numberAt(s string, tokens []text.Token, i int) (number, bool) {
	digits, scale, ok := digitsOf(tokens[i].Word)
	if !ok {
		return number{}, false
	}
	n := number{digits, scale, tokens[i].End, 1}
	grouped := false
	for i++; i < len(tokens) && n.scale == ""; i++ {
		digits, scale, ok = digitsOf(tokens[i].Word)
		gap := s[n.end:tokens[i].Start]
		if !ok || gap != "." && gap != "," || strings.HasPrefix(tokens[i].Word, "rp") {
			break
		}
		if len(digits) != 3 {
			n.value += "."
		} else {
			grouped = true
		}
		n.value += digits
		n.scale = scale
		n.end = tokens[i].End
		n.tokens++
	}
	n.shorten(grouped)
	return n, true
}

// shorten says thousands in words. A year stays what it is.
func (n *number) shorten(grouped bool) {
	if n.scale != "" || isYear(n.value) && !grouped {
		return
	}
	for _, s := range [...]string{"ribu", "juta", "miliar", "triliun"} {
		body, ok := strings.CutSuffix(n.value, "000")
		if !ok || strings.Trim(body, "0") == "" || strings.Contains(body, ".") {
			return
		}
		n.value, n.scale = body, s
	}
}

// isDayOfMonth reports the 6 of 6 Januari and of January 6, which is shared by
// texts that share nothing else.
func isDayOfMonth(tokens []text.Token, i int) bool {
	if len(tokens[i].Word) > 2 {
		return false
	}
	return i > 0 && text.Month(tokens[i-1].Word) > 0 || i+1 < len(tokens) && text.Month(tokens[i+1].Word) > 0
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
		if !next.number && text.Month(next.spelled) == 0 {
			out = append(out, quantity{value, unit(next.spelled)})
		}
	}
	return out
}

func isYear(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20"))
}

func isScale(w string) bool { return scaleOf(w) == w && w != "" }

// scaleOf returns the standard word for a thousand and its powers; empty for
// other words.
func scaleOf(w string) string {
	switch w {
	case "ribu", "rb", "k", "thousand":
		return "ribu"
	case "juta", "jt", "million":
		return "juta"
	case "miliar", "milyar", "billion":
		return "miliar"
	case "triliun", "trilyun", "trillion":
		return "triliun"
	}
	return ""
}

// figureOf returns the figure of a small number in words; empty for other
// words. One is none of them: it is mostly an article.
func figureOf(w string) string {
	switch w {
	case "dua", "two":
		return "2"
	case "tiga", "three":
		return "3"
	case "empat", "four":
		return "4"
	case "lima", "five":
		return "5"
	case "enam", "six":
		return "6"
	case "tujuh", "seven":
		return "7"
	case "delapan", "eight":
		return "8"
	case "sembilan", "nine":
		return "9"
	case "sepuluh", "ten":
		return "10"
	}
	return ""
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
