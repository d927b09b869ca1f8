package text

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// maxWord is the length in bytes above which a word is no word: the longest
// entries of Indonesian dictionaries have under 30 letters, and what is longer
// in a post is glued or noise.
const maxWord = 48

// A Family is a closed set of roots, and tells of which of them a token is a
// form. It is made once and then only read, by any number of goroutines.
type Family struct {
	words []member
	slots []slot // open addressing, a power of two
	more  []entry
	text  []byte // the stems' letters, one after another
}

// A member is a word whose forms count: a root, or another spelling of one, or
// a word that is there only to keep its forms from being taken for others'.
type member struct {
	text  string
	roots []string
	style style
}

// style is which forms of a member count.
type style uint8

const (
	full   style = iota
	fixed        // with possessives and particles only
	spoken       // with an affix of speech only
)

type slot struct {
	hash uint64
	at   int32 // 1 + the first of its entries
}

// An entry is a stem that a member has.
type entry struct {
	text   uint32 // where in Family.text
	word   int32
	next   int32 // 1 + the next entry with the same letters
	length uint8
	takes  endings
	cost   uint8
	whole  bool // the member itself
}

// NewFamily returns the family of the given roots, which are folded words, as
// Token.Word. Empty ones and those over 48 bytes have no forms.
func NewFamily(roots []string) *Family {
	f := &Family{slots: make([]slot, 64)}
	known := make(map[string]bool, len(roots))
	for _, r := range roots {
		if r != "" && len(r) <= maxWord {
			known[r] = true
		}
	}
	f.addRoots(known)
	f.addLookalikes(known)
	f.addSlang(known)
	f.addClipped(known)
	return f
}

func (f *Family) addRoots(known map[string]bool) {
	for _, r := range sorted(known) {
		style := full
		if isCommand(r, known) || len(r) == 1 {
			style = fixed
		}
		f.add(member{r, []string{r}, style})
		if s := shifted(r); s != "" && !known[s] {
			f.add(member{s, []string{r}, spoken})
		}
	}
}

// sorted returns the keys in order, so that equal sets make equal families.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// isCommand reports a root that is another root with -kan (lakukan). Then its
// affixed forms are the other's.
func isCommand(root string, known map[string]bool) bool {
	base, ok := strings.CutSuffix(root, "kan")
	return ok && len(base) > 3 && known[base]
}

// addLookalikes adds the words that belong to the roots in ways of their own,
// and those that would otherwise be taken for forms of them.
func (f *Family) addLookalikes(known map[string]bool) {
	for _, word := range sorted(lookalikes()) {
		if known[word] {
			continue
		}
		var own []string
		for _, r := range lookalikes()[word] {
			if known[r] {
				own = append(own, r)
			}
		}
		if own != nil || f.read(word).length > 0 {
			f.add(member{word, own, full})
		}
	}
}

func (f *Family) addSlang(known map[string]bool) {
	for _, word := range sorted(slang()) {
		roots := f.Roots(nil, word)
		if roots == nil {
			continue
		}
		for _, s := range slang()[word] {
			if s.ambiguous || known[s.text] {
				continue
			}
			style := fixed
			if s.inflects() {
				style = full
			}
			f.add(member{s.text, roots, style})
		}
	}
}

// addClipped adds spellings without vowels, where they are nothing else.
func (f *Family) addClipped(known map[string]bool) {
	for _, root := range sorted(known) {
		for _, s := range Clipped(root) {
			if _, other := lookalikes()[s]; !other && f.read(s).length == 0 {
				f.add(member{s, []string{root}, fixed})
			}
		}
	}
}

// add enters all stems of a member.
func (f *Family) add(m member) {
	w := int32(len(f.words)) //nolint:gosec // a rule set has fewer than 2^31 words
	f.words = append(f.words, m)
	if m.style == fixed {
		f.enter(stem{[]byte(m.text), &alone, 0}, w)
		return
	}
	eachStem(m.text, func(s stem) {
		if m.style == full || s.prefix.use&useSpoken != 0 {
			f.enter(s, w)
		}
	})
}

func (f *Family) enter(s stem, word int32) {
	if 2*len(f.more) >= len(f.slots) {
		f.grow()
	}
	takes := s.takes()
	if f.words[word].style == spoken {
		takes &= s.spokenEndings()
	}
	h := hashOf(s.text)
	i := f.find(h)
	at := f.slots[i].at
	for e := at; e != 0; e = f.more[e-1].next {
		if known := &f.more[e-1]; known.word == word {
			known.takes |= takes
			known.cost = min(known.cost, s.cost)
			return
		}
	}
	f.more = append(f.more, entry{
		text: uint32(len(f.text)), length: uint8(len(s.text)), //nolint:gosec // bounded by maxWord and the number of words
		word: word, next: at, takes: takes, cost: s.cost,
		whole: takes&endNone != 0 && string(s.text) == f.words[word].text,
	})
	f.text = append(f.text, s.text...)
	f.slots[i] = slot{h, int32(len(f.more))} //nolint:gosec // as above
}

func (f *Family) grow() {
	old := f.slots
	f.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.at != 0 {
			f.slots[f.find(s.hash)] = s
		}
	}
}

func (f *Family) find(h uint64) int {
	mask := len(f.slots) - 1
	i := int(h>>32) & mask //nolint:gosec // masked
	for f.slots[i].at != 0 && f.slots[i].hash != h {
		i = (i + 1) & mask
	}
	return i
}

const (
	hashSeed  = 0xcbf29ce484222325
	hashPrime = 0x9e3779b97f4a7c15
)

func hashOf(s []byte) uint64 {
	h := uint64(hashSeed)
	for _, c := range s {
		h = (h ^ uint64(c)) * hashPrime
	}
	return h
}

// Roots appends to dst the roots of which the token, a folded word, is a form:
// none, one, or several where two roots of the same length explain it equally
// well. See the package documentation for what counts as a form.
func (f *Family) Roots(dst []string, token string) []string {
	if token == "" || len(token) > maxWord {
		return dst
	}
	r := f.read(token)
	if r.length == 0 {
		r = f.loose(token)
	}
	return f.appendRoots(dst, r)
}

func (f *Family) appendRoots(dst []string, r reading) []string {
	from := len(dst)
	for _, w := range r.words[:r.n] {
		for _, root := range f.words[w].roots {
			if !slices.Contains(dst[from:], root) {
				dst = append(dst, root)
			}
		}
	}
	return dst
}

// A reading is what a token was understood as.
type reading struct {
	words  [2]int32
	n      int
	length int // of the members in words; 0: it was not understood
	cost   uint8
}

// read finds the longest member of which the token is a form.
func (f *Family) read(token string) reading {
	var sums [maxWord + 1]uint64
	h := uint64(hashSeed)
	for i := range len(token) {
		h = (h ^ uint64(token[i])) * hashPrime
		sums[i+1] = h
	}
	var best reading
	list, n := tails(token)
	for _, t := range list[:n] {
		s := f.slots[f.find(sums[t.start])]
		for e := s.at; e != 0; e = f.more[e-1].next {
			known := &f.more[e-1]
			if known.takes&t.ending == 0 || string(f.text[known.text:known.text+uint32(known.length)]) != token[:t.start] {
				continue
			}
			if known.whole && t.start == len(token) {
				return reading{[2]int32{known.word}, 1, len(token), 0}
			}
			cost := known.cost
			if known.takes&t.ending == endCut {
				cost += costRare
			}
			best.weigh(known.word, len(f.words[known.word].text), cost)
		}
	}
	return best
}

func (r *reading) weigh(word int32, length int, cost uint8) {
	switch better := r.compare(length, cost); {
	case better > 0:
		*r = reading{[2]int32{word}, 1, length, cost}
	case better == 0 && r.n < len(r.words) && r.words[0] != word:
		r.words[r.n] = word
		r.n++
	}
}

// compare is positive where a reading of that length and cost is better than r.
func (r *reading) compare(length int, cost uint8) int {
	if r.n == 0 {
		return 1
	}
	return cmp.Or(
		cmp.Compare(r.cost/costRare, cost/costRare),
		cmp.Compare(length, r.length),
		cmp.Compare(r.cost, cost),
	)
}
