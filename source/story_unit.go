package source

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/text"
)

// unit is a word of a text, or a number or date of several.
type unit struct {
	kind  unitKind
	word  string // folded, or the value of a number
	first bool   // of its sentence
	name  bool   // begins with a capital letter
}

type unitKind uint8

const (
	plainWord unitKind = iota
	numeral
	clock
	calendar
	aside // a number of which nothing follows
)

// readUnits puts numbers and dates together. Days of the week are left out:
// they change with the date beside them.
func readUnits(body string, tokens []text.Token) []unit {
	r := reader{body: body, tokens: tokens}
	units := make([]unit, 0, len(tokens))
	for i, first := 0, true; i < len(tokens); {
		u, n := r.next(i)
		if i > 0 && r.breaks(i) {
			first = true
		}
		if i += n; u.kind == plainWord && isWeekday(u.word) {
			continue
		}
		u.first, first = first, false
		units = append(units, u)
	}
	return units
}

type reader struct {
	body   string
	tokens []text.Token
}

// next returns the unit at token i and of how many tokens it is.
func (r reader) next(i int) (unit, int) {
	t := r.tokens[i]
	if value, n := r.figures(i); n > 0 {
		return r.kindOf(i, value, n)
	}
	if value, n := r.spelled(i); n > 0 {
		return unit{kind: numeral, word: value}, n
	}
	c, _ := utf8.DecodeRuneInString(r.body[t.Start:t.End])
	return unit{word: t.Word, name: unicode.IsUpper(c)}, 1
}

// gap is what stands between token i and the one before.
func (r reader) gap(i int) string { return r.body[r.tokens[i-1].End:r.tokens[i].Start] }

// breaks reports whether a sentence ends before token i.
func (r reader) breaks(i int) bool {
	gap := r.gap(i)
	if gap == "" || gap == " " {
		return false
	}
	if strings.ContainsAny(gap, "!?\n|•–—") || strings.Contains(gap, "--") || strings.Contains(gap, " - ") {
		return true
	}
	return strings.Contains(gap, ".") && placeWord(r.tokens[i-1].Word) == nowhere // Kec. Gunem
}

// word returns the word at i, or "" where there is none.
func (r reader) word(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].Word
}

// figures reads a number written in digits: 3, 15.000, Rp4,5, 24/11/2026,
// 10.30. The separators are part of its value.
func (r reader) figures(i int) (string, int) {
	value := strings.TrimPrefix(r.tokens[i].Word, "rp")
	if value == "" && r.word(i+1) != "" && isDigits(r.word(i+1)) && len(r.gap(i+1)) <= 2 { // Rp 500, Rp. 500
		value, n := r.figures(i + 1)
		return value, n + 1
	}
	digits := leadingDigits(value)
	if digits == 0 || digits > maxFigures {
		return "", 0
	}
	if digits < len(value) {
		return value[:digits], 1 // 45kg
	}
	n := 1
	for ; i+n < len(r.tokens) && len(value) < maxFigures; n++ {
		gap, more := r.gap(i+n), r.tokens[i+n].Word
		if len(gap) != 1 || !strings.Contains(".,:/-", gap) || !isDigits(more) {
			break
		}
		value += gap + more
	}
	return value, n
}

// maxFigures is longer than any number that is meant to be compared.
const maxFigures = 24

func leadingDigits(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if n < 0 {
		return len(s)
	}
	return n
}

func isDigits(s string) bool { return s != "" && leadingDigits(s) == len(s) }

// kindOf tells numbers from dates, times and what outlets print around an
// article.
func (r reader) kindOf(i int, value string, n int) (unit, int) {
	before, after := r.word(i-1), r.word(i+n)
	switch parts := strings.FieldsFunc(value, func(c rune) bool { return c < '0' || c > '9' }); {
	case isMonth(after) && len(parts) == 1 && len(value) <= 2: // 24 November 2026
		n++
		if year := r.word(i + n); len(year) == 4 && isDigits(year) {
			n++
		}
		return unit{kind: calendar, word: value + " " + after}, n
	case len(parts) == 3 && !strings.Contains(value, ",") && len(parts[1]) <= 2, len(parts) == 2 && strings.Contains(value, "/"):
		return unit{kind: calendar, word: value}, n
	case len(parts) == 2 && (strings.Contains(value, ":") || before == "pukul" || before == "jam" || isZone(after)):
		return unit{kind: clock, word: parts[0] + "." + parts[1]}, n
	case len(value) == 4 && (value[:2] == "19" || value[:2] == "20"): // a year
		return unit{kind: aside}, n
	case r.counter(i, n):
		return unit{kind: aside}, n
	}
	return r.scaled(i, thousands(value), n)
}

// scaled reads 15 ribu as 15.000.
func (r reader) scaled(i int, value string, n int) (unit, int) {
	if isDigits(value) && r.word(i+n) == "ribu" {
		value, n = value+"000", n+1
	}
	return unit{kind: numeral, word: value}, n
}

// thousands takes the points out of 15.000, and writes 1,5 as some do: 1.5.
func thousands(value string) string {
	parts := strings.Split(value, ".")
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return strings.ReplaceAll(value, ",", ".")
		}
	}
	if len(parts) == 1 {
		return strings.ReplaceAll(value, ",", ".")
	}
	return strings.Join(parts, "")
}

// counter reports whether a number counts readers, pages or the age of an
// article: outlets print these around it.
func (r reader) counter(i, n int) bool {
	before, after := r.word(i-1), r.word(i+n)
	switch {
	case isCounted(before), isCounting(after):
		return true
	case before == "dari" && isDigits(r.word(i-2)): // halaman 1 dari 3
		return isCounted(r.word(i - 3))
	}
	return isSpan(after) && (r.word(i+n+1) == "lalu" || r.word(i+n+1) == "yang" || r.word(i+n+1) == "baca")
}

// spelled reads a number in words below a million: tiga, lima belas, dua puluh
// satu, seratus, tiga ribu.
func (r reader) spelled(i int) (string, int) {
	if r.word(i-1) == "salah" { // salah satu: one of
		return "", 0
	}
	total, ones, n := 0, 0, 0
	for ; ; n++ {
		w := r.word(i + n)
		value, whole := numberWord(w)
		switch {
		case ones == 0 && whole:
			total += value
		case ones == 0 && value > 0:
			ones = value
		case ones > 0 && w == "belas":
			total, ones = total+ones+10, 0
		case ones > 0 && w == "puluh":
			total, ones = total+10*ones, 0
		case ones > 0 && w == "ratus":
			total, ones = total+100*ones, 0
		case w == "ribu" && total+ones > 0 && total < 1000:
			total, ones = (total+ones)*1000, 0
		default:
			return strconv.Itoa(total + ones), n
		}
		if n == maxSpelled {
			return strconv.Itoa(total + ones), n
		}
	}
}

// maxSpelled is as many words as a number below a million has.
const maxSpelled = 12

// withoutLinks drops addresses, handles, and what recommends other articles.
func withoutLinks(tokens []text.Token, body string) []text.Token {
	kept := tokens[:0]
	for i := 0; i < len(tokens); {
		if n := recommends(tokens[i:], body); n > 0 {
			i += n
			continue
		}
		if tokens[i].Word != "" {
			kept = append(kept, tokens[i])
		}
		i++
	}
	return kept
}

// recommends returns how many tokens belong to a "Baca juga: Another Title"
// that begins here: the title goes to the end of its sentence, or on while its
// words have capital letters.
func recommends(tokens []text.Token, body string) int {
	if len(tokens) < 3 || !recommending(tokens[0].Word, tokens[1].Word) {
		return 0
	}
	n := 2
	for ; n < min(len(tokens), maxTitle); n++ {
		t := tokens[n]
		c, _ := utf8.DecodeRuneInString(body[t.Start:t.End])
		if strings.ContainsAny(body[tokens[n-1].End:t.Start], ".!?\n") || len(t.Word) > 4 && unicode.IsLower(c) {
			break
		}
	}
	return n
}

// maxTitle is the length of a long headline, and "baca juga".
const maxTitle = 18
