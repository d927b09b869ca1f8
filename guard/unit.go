package guard

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed units.txt
var unitFile string

//go:embed plain.txt
var plainFile string

// maxUnit is how many words a unit has at most: mikrogram per meter kubik normal.
const maxUnit = 5

// units maps each writing of a unit, its words joined by spaces, to the first.
//
//nolint:gochecknoglobals // read once, then never written
var units = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(unitFile) {
		name, others, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		out[name] = name
		for other := range strings.SplitSeq(others, ",") {
			out[strings.TrimSpace(other)] = name
		}
	}
	return out
})

// plain is the words that count nothing.
//
//nolint:gochecknoglobals // read once, then never written
var plain = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(plainFile) {
		if !strings.HasPrefix(line, "#") {
			for w := range strings.FieldsSeq(line) {
				out[w] = true
			}
		}
	}
	return out
})

func unitNamed(writing string) string { return units()[writing] }

// unit reads the unit that begins with word i, or goes on there if it began as
// the letters of the word before. The longest one counts.
func (s *scanner) unit(i int, begun string) (unit string, next int) {
	writing := begun
	for n := range maxUnit {
		if i+n >= len(s.words) || !joinsUnit(s.words[i+n].gap, writing == "") {
			break
		}
		if g := s.words[i+n].gap; writing == "" && strings.Contains(g, "°") {
			writing = "°" + s.words[i+n].spelled
		} else {
			writing = strings.TrimSpace(writing + " " + s.words[i+n].spelled)
		}
		if found := unitNamed(writing); found != "" {
			unit, next = found, i+n+1
		}
	}
	return unit, next
}

// joinsUnit reports a gap over which a figure and its unit, or the parts of a
// unit, belong together.
func joinsUnit(gap string, first bool) bool {
	gap = strings.Trim(gap, " \u00a0\u202f\n")
	switch gap {
	case "", "-", "°":
		return true
	case "/", "(", "·", ".", "⋅":
		return !first
	}
	return false
}

// noun returns what is counted, where it is no unit.
func (s *scanner) noun(i int) string {
	if i == len(s.words) || s.words[i].origin || strings.Trim(s.words[i].gap, " \u00a0\n-") != "" {
		return ""
	}
	w := s.words[i].spelled
	if plain()[w] || strings.ContainsAny(w, "0123456789") || monthNamed(w) > 0 || value(w) >= 0 {
		return ""
	}
	return w
}

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
