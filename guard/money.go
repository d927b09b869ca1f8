package guard

import "strings"

// currency reads what is written before a sum: Rp5 juta, US$ 5.
func (s *scanner) currency(i int) int {
	w := s.words[i]
	unit := ""
	switch w.spelled {
	case "rp", "idr", "usd", "us":
		unit = unitNamed(w.spelled)
	}
	if unit != "" && i+1 < len(s.words) && strings.Trim(s.words[i+1].gap, " .$\u00a0") == "" {
		if _, _, next := s.digits(i + 1); next > i+1 {
			return s.sum(i, i+1, next, unit)
		}
	}
	if rest, ok := strings.CutPrefix(w.spelled, "rp"); ok && rest != "" && strings.Trim(rest[:1], "0123456789") == "" {
		cut := scanner{text: s.text, words: append([]word(nil), s.words...)}
		cut.words[i].spelled = rest
		if _, _, next := cut.digits(i); next > i {
			next = cut.sum(i, i, next, "rp")
			s.out = append(s.out, cut.out...)
			return next
		}
	}
	return i
}

// sum keeps a sum of money: its words begin with i, its digits with from.
func (s *scanner) sum(i, from, next int, unit string) int {
	v, rest, _ := s.digits(from)
	if v == nil {
		return i
	}
	if k := scale(rest); k != nil {
		v.Mul(v, k)
	}
	if next < len(s.words) && scale(s.words[next].spelled) != nil && !breaks(s.words[next].gap) {
		v.Mul(v, scale(s.words[next].spelled))
		next++
	}
	return s.keep(figure{value: v.RatString(), unit: unit}, i, next)
}
