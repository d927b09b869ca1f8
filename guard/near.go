package guard

import (
	"slices"
	"strings"
)

// near is the content words around a figure.
type near struct{ local, sentence []string }

const (
	nearBefore = 5 // words that tell what a figure is about
	nearAfter  = 3
)

// around returns what stands around figure i of a text.
func around(words []word, list []figure, i int) near {
	f := list[i]
	if f.words[1] == 0 {
		return near{}
	}
	lo, hi := 0, len(words)
	if i > 0 {
		lo = list[i-1].words[1]
	}
	if i+1 < len(list) && list[i+1].words[1] > 0 {
		hi = list[i+1].words[0]
	}
	for j := f.words[1]; j < hi; j++ { // what comes then is about something else
		if breaks(words[j].gap) || contains("dan and serta sedangkan sementara while dengan with", words[j].spelled) {
			hi = j
		}
	}
	in := words[f.words[0]].sentence
	var n near
	for j, w := range words {
		inside := j >= f.words[0] && j < f.words[1]
		if w.sentence != in || inside || !isContent(w) {
			continue
		}
		n.sentence = append(n.sentence, w.spelled)
		if j >= max(lo, f.words[0]-nearBefore) && j < min(hi, f.words[1]+nearAfter) {
			n.local = append(n.local, w.spelled)
		}
	}
	return n
}

func isContent(w word) bool {
	return !w.origin && len(w.spelled) > 2 && !plain()[w.spelled] && unitNamed(w.spelled) == "" && !strings.ContainsAny(w.spelled, "0123456789")
}

// likeness says how much the surroundings of a figure are like those of a cited
// one: words next to both count most.
func (n near) likeness(c cited) int {
	return 2*common(n.local, c.sentence) + 2*common(n.local, c.local) + common(n.sentence, c.sentence)
}

// common counts the different words of a that are in b.
func common(a, b []string) int {
	count := 0
	for i, w := range a {
		if slices.Contains(b, w) && !slices.Contains(a[:i], w) {
			count++
		}
	}
	return count
}
