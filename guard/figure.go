package guard

import (
	"math/big"
	"strings"
)

// A sort is what a figure is.
type sort int

const (
	quantity sort = iota // value, and unit or noun
	aDate                // date
	aClock               // value: 17:00
	aPhone               // value: its digits
	aName                // value: PM10, FAKTA-012; not counted, but a fact must have it
)

// A figure is a number in a text, with what it counts.
type figure struct {
	sort       sort
	value      string // canonical: 1500, 31/10 (three point one)
	unit       string // canonical, from the table of units; may be empty
	noun       string // what is counted, where it is no unit; may be empty
	date       date
	words      [2]int // of the text: from, to
	start, end int    // bytes of the text
}

// A date has zeros for what is not said.
type date struct{ year, month, day int }

// within reports a date that says nothing else than o.
func (d date) within(o date) bool {
	return (d.year == 0 || d.year == o.year) && (d.month == 0 || d.month == o.month) && (d.day == 0 || d.day == o.day)
}

// A scanner reads the figures of a text.
type scanner struct {
	text  string
	words []word
	out   []figure
}

// figuresIn returns the figures of a text, in order. Text that no reader of
// figures understands is one, too: a fraction's sign, a Roman number.
func figuresIn(text string, words []word) []figure {
	s := scanner{text: text, words: words}
	for i := 0; i < len(words); {
		i = max(i+1, s.at(i))
	}
	s.signs()
	return s.out
}

// at reads the figure that begins with word i, and returns the word behind it,
// or i.
func (s *scanner) at(i int) int {
	w := s.words[i]
	if w.origin {
		return i
	}
	for _, as := range [...]func(int) int{s.date, s.clock, s.phone, s.currency, s.code, s.number, s.spelled, s.month, s.roman} {
		if next := as(i); next > i {
			return next
		}
	}
	if strings.ContainsAny(w.spelled, "0123456789") {
		return s.keep(figure{sort: aName, value: w.spelled}, i, i+1)
	}
	return i
}

// keep adds a figure made of words [i, next), and returns next.
func (s *scanner) keep(f figure, i, next int) int {
	f.words = [2]int{i, next}
	f.start, f.end = s.words[i].start, s.words[next-1].end
	if f.sort == quantity {
		rest := s.text[f.end:]
		for _, sign := range [...]string{"%", "％", "‰"} {
			if gap := strings.TrimLeft(rest, " \u00a0"); f.unit == "" && strings.HasPrefix(gap, sign) {
				f.unit, f.noun = strings.Replace(sign, "％", "%", 1), ""
				f.end += len(rest) - len(gap) + len(sign)
			}
		}
	}
	s.out = append(s.out, f)
	return next
}

// number reads digits, a scale and what is counted: 1.500, 3,1 juta ton, 61mg.
func (s *scanner) number(i int) int {
	value, rest, next := s.digits(i)
	if value == nil {
		return i
	}
	if rest != "" {
		if scale(rest) == nil && unitNamed(rest) == "" {
			return i
		}
		if k := scale(rest); k != nil {
			return s.counted(i, next, value.Mul(value, k))
		}
		f := figure{value: s.sign(i) + value.RatString(), unit: unitNamed(rest)}
		if unit, to := s.unit(next, rest); unit != "" {
			f.unit, next = unit, to
		}
		return s.keep(f, i, next)
	}
	if next < len(s.words) && scale(s.words[next].spelled) != nil && !breaks(s.words[next].gap) {
		value.Mul(value, scale(s.words[next].spelled))
		next++
	}
	return s.counted(i, next, value)
}

// counted reads what a value counts.
func (s *scanner) counted(i, next int, value *big.Rat) int {
	f := figure{value: s.sign(i) + value.RatString()}
	if unit, to := s.unit(next, ""); unit != "" {
		f.unit = unit
		return s.keep(f, i, to)
	}
	f.noun = s.noun(next)
	return s.keep(f, i, next)
}
