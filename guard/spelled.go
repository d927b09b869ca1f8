package guard

import (
	"math/big"
	"strings"
)

// value returns the number that one word spells, below a hundred, or -1.
func value(w string) int {
	for n, names := range [...]string{
		"nol zero", "satu one", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven", "delapan eight", "sembilan nine",
		"sepuluh ten", "sebelas eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	} {
		for name := range strings.FieldsSeq(names) {
			if w == name {
				return n
			}
		}
	}
	for n, name := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		if w == name {
			return 10 * (n + 2)
		}
	}
	return -1
}

// spelled reads a number in words: dua puluh lima, tiga koma satu juta, twenty
// one. What is vaguely many is a number, too, and none that a fact has.
func (s *scanner) spelled(i int) int {
	v, next := s.spelledValue(i)
	if v == nil {
		return s.vague(i)
	}
	if next == i+1 && s.countsNothing(i) {
		return i
	}
	if next+1 < len(s.words) && (s.words[next].spelled == "koma" || s.words[next].spelled == "point") && value(s.words[next+1].spelled) >= 0 {
		next = s.decimals(v, next+1)
	}
	if next < len(s.words) && scale(s.words[next].spelled) != nil {
		v.Mul(v, scale(s.words[next].spelled))
		next++
	}
	return s.counted(i, next, v)
}

// decimals adds the digits that are spelled behind a comma.
func (s *scanner) decimals(v *big.Rat, next int) int {
	place := big.NewRat(1, 10)
	for ; next < len(s.words); next++ {
		digit := value(s.words[next].spelled)
		if digit < 0 || digit > 9 {
			break
		}
		v.Add(v, new(big.Rat).Mul(place, big.NewRat(int64(digit), 1)))
		place.Mul(place, big.NewRat(1, 10))
	}
	return next
}

// spelledValue reads the whole number that begins with word i, or nil.
func (s *scanner) spelledValue(i int) (*big.Rat, int) {
	total, group, last, from := int64(0), int64(0), int64(0), i
	for ; i < len(s.words) && (i == from || !breaks(s.words[i].gap)); i++ {
		w := s.words[i].spelled
		switch n := int64(value(w)); {
		case n >= 0 && last > 0 && last < 20, n >= 10 && last > 0: // tiga lima is two numbers
			return spelledSoFar(total+group+last, i, from)
		case n >= 20:
			group += n
		case n >= 0:
			last = n
		case w == "belas" && last > 0:
			group, last = group+10+last, 0
		case w == "puluh" && last > 0:
			group, last = group+10*last, 0
		case (w == "ratus" || w == "hundred") && last > 0:
			group, last = group+100*last, 0
		case w == "seratus":
			group += 100
		case w == "seribu" || w == "sejuta":
			total += int64(map[string]int{"seribu": 1e3, "sejuta": 1e6}[w])
		case scale(w) != nil && group+last > 0 && i > from:
			total, group, last = total+(group+last)*scale(w).Num().Int64(), 0, 0
		case w == "and" && group >= 100 && i+1 < len(s.words) && value(s.words[i+1].spelled) > 0:
		default:
			return spelledSoFar(total+group+last, i, from)
		}
	}
	return spelledSoFar(total+group+last, i, from)
}

func spelledSoFar(n int64, next, from int) (*big.Rat, int) {
	if next == from {
		return nil, from
	}
	return big.NewRat(n, 1), next
}

// countsNothing reports a small number in words that is an idiom, or counts
// what the text itself lists: salah satu, tiga langkah, one of.
func (s *scanner) countsNothing(i int) bool {
	before, after := "", ""
	if i > 0 {
		before = s.words[i-1].spelled
	}
	if i+1 < len(s.words) {
		after = s.words[i+1].spelled
	}
	switch after {
	case "hal", "langkah", "cara", "pihak", "belah", "poin", "bagian", "things", "steps", "ways", "points", "parties", "sides":
		return true
	}
	switch v := s.words[i].spelled; {
	case before == "pm" || v == "nol" || v == "zero":
		return false
	case v == "satu":
		return before == "salah" || before == "per" || before == "nomor" || contains("per pun tim pintu sama kali lagi nomor suara satunya data kontak", after) || before == "satu" || after == "satu"
	case v == "one":
		return contains("of another day day's or by team place", after) || contains("no any every each this that the which another some", before)
	}
	return false
}

func contains(list, w string) bool {
	for x := range strings.FieldsSeq(list) {
		if x == w {
			return true
		}
	}
	return false
}
