package evidence

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/forms"
)

// rootsOf returns the roots of the words of a library, from these words alone:
// of all that may be left of a word without its affixes, that which is left of
// most others too. Cemar is the root of mencemari where pencemaran stands beside
// it; a word without any relative is its own root.
func rootsOf(words map[string]bool) []string {
	votes := make(map[string]int, 4*len(words))
	var room []string
	for w := range words {
		room = stems(room[:0], w)
		for _, s := range room {
			votes[s]++
		}
	}
	roots := make(map[string]bool, len(words))
	for w := range words {
		room = stems(room[:0], w)
		roots[likeliest(w, room, votes, words)] = true
	}
	return slices.Sorted(maps.Keys(roots))
}

// likeliest returns the stem of w that two words have at least, and most of
// all; the word itself where there is none.
func likeliest(w string, stems []string, votes map[string]int, words map[string]bool) string {
	best, most := w, votes[w]
	for _, s := range stems {
		n := votes[s]
		if words[s] {
			n++
		}
		if n > 1 && cmp.Or(cmp.Compare(n, most), cmp.Compare(weight(best), weight(s)), strings.Compare(best, s)) > 0 {
			best, most = s, n
		}
	}
	return best
}

// weight is the length of a stem, of which the shorter one is likelier. One with
// a vowel in front has mostly lost a letter there: utup of menutup.
func weight(stem string) int {
	if strings.IndexByte("aiueo", stem[0]) >= 0 {
		return len(stem) + 2
	}
	return len(stem)
}

// leastStem is the length below which a stem is left of too many words.
const leastStem = 4

// stems appends to dst the word and what may be left of it without a prefix and
// without endings.
func stems(dst []string, w string) []string {
	dst = append(dst, w)
	for _, ending := range [...]string{"", "nya", "an", "kan", "i", "annya", "kannya", "inya", "lah", "kah", "ku", "mu"} {
		body, ok := strings.CutSuffix(w, ending)
		if !ok || len(body) < leastStem {
			continue
		}
		if ending != "" {
			dst = append(dst, body)
		}
		if strings.IndexByte("dksbtpm", body[0]) >= 0 {
			dst = withoutPrefix(dst, body)
		}
	}
	return dst
}

func withoutPrefix(dst []string, body string) []string {
	for _, p := range [...]struct{ prefix, instead string }{
		{"di", ""},
		{"ke", ""},
		{"se", ""},
		{"ter", ""},
		{"ber", ""},
		{"be", ""},
		{"per", ""},
		{"pe", ""},
		{"me", ""},
		{"memper", ""},
		{"diper", ""},
		{"mem", ""},
		{"mem", "p"},
		{"men", ""},
		{"men", "t"},
		{"meng", ""},
		{"meng", "k"},
		{"meny", "s"},
		{"menge", ""},
		{"pem", ""},
		{"pem", "p"},
		{"pen", ""},
		{"pen", "t"},
		{"peng", ""},
		{"peng", "k"},
		{"peny", "s"},
	} {
		rest, ok := strings.CutPrefix(body, p.prefix)
		if !ok || len(rest)+len(p.instead) < leastStem || !strings.ContainsAny(rest, "aiueo") {
			continue
		}
		if p.instead != "" {
			rest = p.instead + rest
		}
		dst = append(dst, rest)
	}
	return dst
}

// A reader knows the roots of words.
type reader struct {
	family *forms.Family
	home   language // of most facts
}

// root returns what a word has in common with its other forms. Room is used and
// returned, so that nothing is allocated.
func (r *reader) root(room []string, w word, in language) (string, []string) {
	switch {
	case w.number:
		return w.spelled, room
	case in == english:
		return englishRoot(w.spelled), room
	}
	if room = r.family.Roots(room[:0], w.spelled); len(room) > 0 {
		return room[0], room
	}
	return w.spelled, room
}
