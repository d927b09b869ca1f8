package guard

import (
	"slices"
	"strings"
)

// matches returns the phrases that stand in a text.
func matches(words []word) []Fault {
	b := book()
	var out []Fault
	for i, w := range words {
		if w.origin {
			continue
		}
		for _, p := range b.beginning(words, i) {
			if n := b.match(p, words, i); n > 0 && !p.excused(words, i, i+n) {
				out = append(out, Fault{p.kind, w.start, words[i+n-1].end})
			}
		}
	}
	return out
}

// beginning returns the phrases that may begin with word i.
func (b phrasebook) beginning(words []word, i int) []phrase {
	var out []phrase
	for _, r := range b.namesOf(words, i) {
		out = append(out, b.first[r.name]...)
	}
	return out
}

// A name is what a word, or two words that a sign joins (som-asi), may stand
// for in a phrase.
type name struct {
	name  string
	words int
}

func (b phrasebook) namesOf(words []word, i int) []name {
	var out []name
	add := func(reading string, n int) {
		out = append(out, name{reading, n})
		for _, root := range b.family.Roots(nil, reading) {
			out = append(out, name{"~" + root, n})
		}
	}
	for _, r := range words[i].readings {
		add(r, 1)
	}
	if i+1 < len(words) && isJoint(words[i+1].gap) {
		add(words[i].spelled+words[i+1].spelled, 2)
	}
	return out
}

// isJoint reports a sign that may be put into a word to hide it.
func isJoint(gap string) bool {
	switch strings.TrimRight(gap, " \r\n") {
	case "-", ".", "_", "*", "·", "/", "|", "~":
		return true
	}
	return false
}

// match returns how many words from the i-th on are the phrase, or 0.
func (b phrasebook) match(p phrase, words []word, i int) int {
	return b.matchFrom(p.words, words, i, i)
}

func (b phrasebook) matchFrom(want [][]string, words []word, i, at int) int {
	if len(want) == 0 {
		return at - i
	}
	if want[0][0] == "_" {
		for skip := range 3 {
			if skip > 0 && (at+skip > len(words) || breaks(words[at+skip-1].gap)) {
				break
			}
			if n := b.matchFrom(want[1:], words, i, at+skip); n > 0 {
				return n
			}
		}
		return 0
	}
	if at >= len(words) || words[at].origin || at > i && breaks(words[at].gap) {
		return 0
	}
	for _, r := range b.namesOf(words, at) {
		if slices.Contains(want[0], r.name) {
			if n := b.matchFrom(want[1:], words, i, at+r.words); n > 0 {
				return n
			}
		}
	}
	return 0
}

// breaks reports a gap over which no phrase goes on.
func breaks(gap string) bool {
	i := strings.IndexAny(gap, ".,;:!?")
	return i >= 0 && strings.ContainsAny(gap[i:], " \t\r\n") || strings.Contains(gap, "\n\n")
}

// excused reports a phrase that means something else where it stands.
func (p phrase) excused(words []word, from, to int) bool {
	for i := from - 1; i >= max(0, from-2) && !breaks(words[i+1].gap); i-- {
		if slices.Contains(p.before, words[i].spelled) {
			return true
		}
	}
	return to < len(words) && !breaks(words[to].gap) && slices.Contains(p.after, words[to].spelled)
}
