package guard

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/siaga-id/siaga/text"
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
	if plain()[w] || strings.ContainsAny(w, "0123456789") || text.Month(w) > 0 || value(w) >= 0 {
		return ""
	}
	return w
}
