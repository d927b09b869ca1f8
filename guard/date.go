package guard

import (
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// date reads 2026-09-18, 18/9/2026, 18 September 2026, September 18, 2026 and
// parts of these.
func (s *scanner) date(i int) int {
	if next := s.numericDate(i); next > i {
		return next
	}
	if next := s.dayFirst(i); next > i {
		return next
	}
	return s.monthFirst(i)
}

func (s *scanner) numericDate(i int) int {
	if i+2 >= len(s.words) {
		return i
	}
	a, b, c := s.words[i], s.words[i+1], s.words[i+2]
	if b.gap != c.gap || b.gap != "-" && b.gap != "/" && b.gap != "." && b.gap != "–" {
		return i
	}
	d, ok := dateOf(whole(a.spelled), whole(b.spelled), whole(c.spelled))
	if !ok || len(a.spelled) < 4 && len(c.spelled) < 4 && b.gap == "." {
		return i
	}
	return s.keep(figure{sort: aDate, date: d}, i, i+3)
}

// dateOf reads three numbers, year first or last.
func dateOf(a, b, c int) (date, bool) {
	d := date{c, b, a}
	if a > 31 {
		d = date{a, b, c}
	}
	if d.year >= 0 && d.year < 100 {
		d.year += 2000
	}
	return d, isYear(d.year) && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31
}

func isYear(n int) bool { return n >= 1900 && n < 2100 }

// whole returns the number that digits are, or -1.
func whole(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 4 || strings.Trim(digits, "0123456789") != "" {
		return -1
	}
	return n
}

// dayFirst reads 18 September 2026, 18th of September, 18Sep2026.
func (s *scanner) dayFirst(i int) int {
	head, rest := cutDigits(s.words[i].spelled)
	day := whole(head)
	if day < 1 || day > 31 {
		return i
	}
	next := i + 1
	switch rest {
	case "", "st", "nd", "rd", "th":
	default:
		if m := text.Month(rest); m > 0 {
			return s.withYear(date{0, m, day}, i, next)
		}
		return i
	}
	if next < len(s.words) && s.words[next].spelled == "of" {
		next++
	}
	if next >= len(s.words) || strings.Trim(s.words[next].gap, " -\u00a0") != "" {
		return i
	}
	if m := text.Month(s.words[next].spelled); m > 0 {
		return s.withYear(date{0, m, day}, i, next+1)
	}
	return i
}

// monthFirst reads September 18, 2026 and September 2026.
func (s *scanner) monthFirst(i int) int {
	m := text.Month(s.words[i].spelled)
	if m == 0 || i+1 >= len(s.words) || strings.Trim(s.words[i+1].gap, " -.\u00a0") != "" {
		return i
	}
	head, rest := cutDigits(s.words[i+1].spelled)
	n := whole(head)
	ordinal := rest == "" || rest == "st" || rest == "nd" || rest == "rd" || rest == "th"
	switch {
	case isYear(n) && rest == "":
		return s.keep(figure{sort: aDate, date: date{n, m, 0}}, i, i+2)
	case n >= 1 && n <= 31 && ordinal:
		return s.withYear(date{0, m, n}, i, i+2)
	}
	return i
}

// withYear reads the year behind a day and a month, if there is one.
func (s *scanner) withYear(d date, i, next int) int {
	if next < len(s.words) && strings.Trim(s.words[next].gap, " ,-'’\u00a0") == "" {
		if y := whole(s.words[next].spelled); isYear(y) {
			d.year = y
			next++
		} else if len(s.words[next].spelled) == 2 && y >= 0 && strings.ContainsAny(s.words[next].gap, "-'’") {
			d.year = 2000 + y
			next++
		}
	}
	return s.keep(figure{sort: aDate, date: d}, i, next)
}

// month reads the name of a month that stands alone. May and march are other
// words in small letters, and so are the short forms in any.
func (s *scanner) month(i int) int {
	w := s.words[i]
	m := text.Month(w.spelled)
	if m == 0 || len(w.spelled) < 4 && w.spelled != "may" && w.spelled != "mei" {
		return i
	}
	doubtful := w.spelled == "may" || w.spelled == "march" || w.spelled == "mei"
	if doubtful && (!w.capital || i == 0 || !leadsToDate(s.words[i-1].spelled)) {
		return i
	}
	return s.keep(figure{sort: aDate, date: date{0, m, 0}}, i, i+1)
}

func leadsToDate(w string) bool {
	switch w {
	case "bulan", "pada", "sejak", "hingga", "sampai", "in", "since", "until", "of", "last", "tanggal":
		return true
	}
	return false
}
