package text

import "slices"

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
	text  []byte   // the stems' letters, one after another
	seen  []uint64 // a filter of two bits a stem before the slots
}

// A member is a word whose forms count: a root, or another spelling of one, or
// a word that is there only to keep its forms from being taken for others'.
type member struct {
	text  string
	roots []string
}

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
	rare   bool
	whole  bool // the member itself
}

// NewFamily returns the family of the given roots, which are folded words, as
// Token.Word. Empty ones and those over 48 bytes have no forms.
func NewFamily(roots []string) *Family {
	f := &Family{}
	known := make(map[string]bool, len(roots))
	for _, r := range roots {
		if r != "" && len(r) <= maxWord && !known[r] {
			known[r] = true
			f.words = append(f.words, member{r, []string{r}})
		}
	}
	for _, d := range lookalikes() {
		if !known[d.text] {
			f.words = append(f.words, d.among(known))
		}
	}
	f.index()
	return f
}

// index enters all stems of all members.
func (f *Family) index() {
	size := 1024
	for size < 120*len(f.words) {
		size *= 2
	}
	f.slots = make([]slot, size)
	for w, m := range f.words {
		eachStem(m.text, func(s stem) { f.enter(s, int32(w)) }) //nolint:gosec // a rule set has fewer than 2^31 words
	}
}

func (f *Family) enter(s stem, word int32) {
	h := hashOf(s.text)
	i := f.find(h)
	at := f.slots[i].at
	for e := at; e != 0; e = f.more[e-1].next {
		if known := &f.more[e-1]; known.word == word {
			known.takes |= s.prefix.takes
			known.rare = known.rare && s.rare
			return
		}
	}
	f.more = append(f.more, entry{
		text: uint32(len(f.text)), length: uint8(len(s.text)), //nolint:gosec // bounded by maxWord and the number of words
		word: word, next: at, takes: s.prefix.takes, rare: s.rare,
		whole: len(s.text) == len(f.words[word].text) && s.prefix == &prefixes[0],
	})
	f.text = append(f.text, s.text...)
	f.slots[i] = slot{h, int32(len(f.more))} //nolint:gosec // as above
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
	if len(token) < 2 || len(token) > maxWord {
		return dst
	}
	r := f.read(token)
	if r.length == 0 {
		return f.loose(dst, token)
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
	rare   bool
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
				return reading{[2]int32{known.word}, 1, len(token), false}
			}
			best.weigh(known, len(f.words[known.word].text))
		}
	}
	return best
}

func (r *reading) weigh(e *entry, length int) {
	switch {
	case length > r.length, length == r.length && r.rare && !e.rare:
		*r = reading{[2]int32{e.word}, 1, length, e.rare}
	case length == r.length && r.rare == e.rare && r.n < len(r.words) && r.words[0] != e.word:
		r.words[r.n] = e.word
		r.n++
	}
}
