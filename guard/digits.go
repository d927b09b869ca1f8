package guard

import (
	"math/big"
	"strings"
)

// sign returns what stands right before a figure and changes its meaning.
func (s *scanner) sign(i int) string {
	before := s.text[:s.words[i].start]
	for _, sign := range [...]string{"<", ">", "≤", "≥", "±", "~", "≈"} {
		if strings.HasSuffix(strings.TrimRight(before, " "), sign) {
			return sign
		}
	}
	for _, sign := range [...]string{"-", "−"} {
		if rest, ok := strings.CutSuffix(before, sign); ok && (rest == "" || strings.HasSuffix(rest, " ") || strings.HasSuffix(rest, "(")) {
			return "-"
		}
	}
	return ""
}

// digits reads the number that begins with word i, over the signs between its
// groups, and returns the letters that are written onto it (61mg).
func (s *scanner) digits(i int) (value *big.Rat, rest string, next int) {
	head, rest := cutDigits(s.words[i].spelled)
	if head == "" || len(head) > maxDigits {
		return nil, "", i
	}
	groups, signs := []string{head}, ""
	for i++; rest == "" && i < len(s.words); i++ {
		gap := s.words[i].gap
		more, tail := cutDigits(s.words[i].spelled)
		if more == "" || len(more) > maxDigits || !strings.Contains(".,'’\u00a0\u202f\u2009·", gap) || gap == "" {
			break
		}
		if gap != "." && gap != "," && len(more) != 3 {
			break
		}
		groups, signs, rest = append(groups, more), signs+separator(gap), tail
	}
	return valueOf(groups, signs), rest, i
}

// maxDigits bounds a group of digits; no measurement has as many.
const maxDigits = 18

func separator(gap string) string {
	if gap == "." || gap == "," {
		return gap
	}
	return " "
}

func cutDigits(w string) (digits, rest string) {
	n := len(w) - len(strings.TrimLeft(w, "0123456789"))
	return w[:n], w[n:]
}

// valueOf reads groups of digits with the signs between them, or returns nil. A
// sign before exactly three digits separates thousands, whichever it is, unless
// another sign went before or there is nothing before it: 1.500 and 1,500 are
// one and a half thousand, 1.500,75 and 0,125 are not whole.
func valueOf(groups []string, signs string) *big.Rat {
	whole, fraction := groups, ""
	n := len(groups) - 1
	if n > 0 {
		last := signs[n-1]
		alone := strings.Count(signs, string(last)) == 1
		thousands := len(groups[n]) == 3 && strings.Count(signs, string(last)) == n && strings.Trim(groups[0], "0") != "" && len(groups[0]) <= 3
		if alone && !thousands {
			whole, fraction = groups[:n], groups[n]
		}
	}
	for _, g := range whole[1:] {
		if len(g) != 3 {
			return nil
		}
	}
	v, ok := new(big.Rat).SetString(strings.Join(whole, "") + "." + fraction + "0")
	if !ok {
		return nil
	}
	return v
}

// scale returns what a word multiplies the number before it by, or nil.
func scale(w string) *big.Rat {
	switch w {
	case "lusin", "dozen":
		return big.NewRat(12, 1)
	case "ribu", "rb", "thousand", "k":
		return big.NewRat(1e3, 1)
	case "juta", "jt", "million", "mio":
		return big.NewRat(1e6, 1)
	case "miliar", "milyar", "billion", "bn":
		return big.NewRat(1e9, 1)
	case "triliun", "trilyun", "trillion":
		return big.NewRat(1e12, 1)
	}
	return nil
}
