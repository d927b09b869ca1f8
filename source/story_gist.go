package source

import (
	"cmp"
	"hash/maphash"
	"slices"

	"github.com/siaga-id/siaga/text"
)

const (
	// shingle, alike and minShared are matching.md 4: copies share 0.6 of the
	// three-word shingles of the shorter text, and at least 8.
	shingle   = 3
	alike     = 0.6
	minShared = 8

	// window is how many shingles in a row are sure to leave a print in common
	// (Schleimer, Wilkerson, Aiken 2003: winnowing). A change of one word
	// spoils three shingles, so that a text of which 0.6 are shared has four
	// in a row somewhere.
	window = 4

	// maxGist bounds what is read of a text: eight times a long article, so
	// that nobody can make one post expensive.
	maxGist = 1 << 16

	wordLen = 6 // bytes of a word and its blank, rather too few
)

// gist is what is known of a text by its words: numbers that mean nothing
// without the seed of the process, sorted, each once.
type gist struct {
	shingles []uint32 // of three words
	prints   []uint32 // the shingles by which it is found
	words    []uint32
	marks    []mark
}

// mark is a number, a date or a name, and where it stands: the words around it.
type mark struct {
	kind      markKind
	at, value uint32
}

type markKind uint8

const (
	ofAmount markKind = iota
	ofTime
	ofDate
	ofName
)

// speller numbers words. Strangers choose the words, so the seed is secret.
type speller struct{ seed maphash.Seed }

func (s speller) word(w string) uint32 { return uint32(maphash.String(s.seed, w)) } //nolint:gosec // cut on purpose

// mix numbers a sequence of words.
func mix(words ...uint32) uint32 {
	h := uint64(len(words))
	for _, w := range words {
		h = (h ^ uint64(w)) * 0x9E3779B97F4A7C15
		h ^= h >> 32
	}
	return uint32(h) //nolint:gosec // cut on purpose
}

// gist reads a text. What says "read also", and so differs between outlets
// that print one article, is left out.
func (s speller) gist(body string) *gist {
	body = body[:min(len(body), maxGist)]
	tokens := withoutLinks(text.Tokenize(make([]text.Token, 0, len(body)/wordLen), body), body)
	words := make([]uint32, len(tokens))
	for i, t := range tokens {
		words[i] = s.word(t.Word)
	}
	g := &gist{marks: s.marks(readUnits(body, tokens))}
	if len(words) >= shingle {
		in := make([]uint32, len(words)-shingle+1)
		for i := range in {
			in[i] = mix(words[i], words[i+1], words[i+2])
		}
		g.prints = winnow(in)
		g.shingles = set(in)
	}
	g.words = set(words)
	return g
}

// set sorts list in place and drops what is there twice.
func set(list []uint32) []uint32 {
	slices.Sort(list)
	return slices.Clip(slices.Compact(list))
}

// winnow picks the least of every window.
func winnow(shingles []uint32) []uint32 {
	var picked []uint32
	for i := range max(0, len(shingles)-window+1) {
		least := slices.Min(shingles[i : i+window])
		if len(picked) == 0 || picked[len(picked)-1] != least {
			picked = append(picked, least)
		}
	}
	return set(picked)
}

// likeness is how much two texts share.
type likeness struct {
	part  float64 // of the shorter text, in shingles
	count int     // shingles
}

// compare puts what is more alike first.
func (l likeness) compare(m likeness) int {
	return cmp.Or(cmp.Compare(m.part, l.part), cmp.Compare(m.count, l.count))
}

// like compares two texts. What shares too little to tell is not alike.
func like(a, b *gist) likeness {
	n := common(a.shingles, b.shingles)
	if n < minShared {
		return likeness{}
	}
	return likeness{float64(n) / float64(min(len(a.shingles), len(b.shingles))), n}
}

func common(a, b []uint32) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i], b[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// clash reports whether a text says something else in the same words than a
// story does, that is, than every one of its texts that speaks of it: another
// number, or another name. Dates and times are where outlets put their own, so
// that one of them means nothing; a timetable has many. Between two texts the
// answer is the same both ways.
func clash(g *gist, story []*gist) bool {
	var same, other [ofName + 1]int
	for rest := g.marks; len(rest) > 0; {
		mine := standing(rest)
		rest = rest[len(mine):]
		spoken, agreed := heard(mine, g, story)
		switch {
		case agreed:
			same[mine[0].kind]++
		case spoken:
			other[mine[0].kind]++
		}
	}
	often := func(k markKind) bool { return other[k] > 1 && other[k] > same[k] }
	return other[ofAmount] > 0 || other[ofName] > 0 || often(ofTime) || often(ofDate)
}

// heard reports whether a story speaks of what stands in one place of g, and
// whether it says the same. Of a number it is enough that both have it there; a
// name must also be new to all of the other text, since any word may have been
// changed.
func heard(mine []mark, g *gist, story []*gist) (spoken, agreed bool) {
	novel, known := false, false
	for _, other := range story {
		theirs := other.at(mine[0])
		if len(theirs) == 0 {
			continue
		}
		spoken = true
		if meets(mine, theirs) {
			return true, true
		}
		novel, known = novel || foreign(theirs, g), known || !foreign(mine, other)
	}
	return spoken, mine[0].kind == ofName && (known || !novel)
}

// at returns the marks that stand where m does.
func (g *gist) at(m mark) []mark {
	i, found := slices.BinarySearchFunc(g.marks, m, compareMark)
	if !found {
		return nil
	}
	return standing(g.marks[i:])
}

// standing returns the marks that stand where the first one does.
func standing(marks []mark) []mark {
	n := 1
	for n < len(marks) && compareMark(marks[0], marks[n]) == 0 {
		n++
	}
	return marks[:n]
}

// compareMark orders by where marks stand.
func compareMark(a, b mark) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.at, b.at))
}

func meets(x, y []mark) bool {
	return slices.ContainsFunc(x, func(m mark) bool {
		return slices.ContainsFunc(y, func(n mark) bool { return m.value == n.value })
	})
}

func foreign(marks []mark, to *gist) bool {
	return slices.ContainsFunc(marks, func(m mark) bool {
		_, found := slices.BinarySearch(to.words, m.value)
		return !found
	})
}
