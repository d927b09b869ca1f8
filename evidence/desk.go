package evidence

import (
	"cmp"
	"math"
	"slices"

	"github.com/siaga-id/siaga/text"
)

// pairReach is how many words away a neighbour may stand.
const pairReach = 4

// shortlist is how many texts are looked at for pairs, and how many are told of.
const shortlist = 64

// A near is how near one text is to what was asked.
type near struct {
	doc                 int
	words, parts, pairs float32 // each 0 to 1
	sum                 float32 // of these, pairs weighed; times the length of the question
}

// A desk is room to answer one question at a time.
type desk struct {
	words, parts []float32
	asked        []word
	length       float32  // of the question: the root of how many different words it has
	terms        []uint32 // of asked, unknown ones too
	seen         map[uint64]bool
	pairs        map[uint64]bool
	room         []string
	speller      text.Speller
	nearest      []near
}

func newDesk(docs int) *desk {
	return &desk{words: make([]float32, docs), parts: make([]float32, docs), seen: map[uint64]bool{}, pairs: map[uint64]bool{}}
}

// unknown numbers the words of a question that stand in no fact.
const unknown = 1 << 31

// rank returns the texts near to s, best first; of equals the first one. It is
// valid until the desk is used again. Skip reports texts that do not count.
func (r *ranker) rank(d *desk, s string, skip func(int) bool) []near {
	clear(d.words)
	clear(d.parts)
	d.asked = wordsOf(d.asked[:0], s, func(w string) bool { return r.spelled[w] })
	r.findTerms(d, s)
	r.askWords(d)
	r.askParts(d)
	r.shorten(d, skip)
	r.askPairs(d)
	for i := range d.nearest {
		d.nearest[i].sum *= d.length
	}
	return d.nearest
}

func (r *ranker) findTerms(d *desk, s string) {
	in := languageOf(lean(s), r.reader.home)
	d.terms = d.terms[:0]
	for i := range d.asked {
		id, ok := r.term(d, d.asked[i], in)
		for _, spelling := range d.spellings(d.asked[i], ok) {
			if w := (word{spelled: string(spelling)}); !ok {
				id, ok = r.term(d, w, in)
			}
			if ok {
				d.asked[i].spelled = string(spelling)
				break
			}
		}
		if !ok {
			id = unknown | uint32(i)
		}
		d.terms = append(d.terms, id)
	}
}

func (r *ranker) term(d *desk, w word, in language) (uint32, bool) {
	var root string
	root, d.room = r.reader.root(d.room, w, in)
	id, ok := r.terms[root]
	return id, ok
}

// spellings returns what a word that is not known may have been meant for.
func (d *desk) spellings(w word, known bool) [][]byte {
	if known || w.number {
		return nil
	}
	return d.speller.Of([]byte(w.spelled))
}

func (r *ranker) askWords(d *desk) {
	clear(d.seen)
	var asked float32
	for _, id := range d.terms {
		switch {
		case d.seen[uint64(id)]:
		case id >= unknown:
			asked += r.words.none
		default:
			asked += r.words.idf[id]
			r.words.give(d.words, id)
		}
		d.seen[uint64(id)] = true
	}
	scale(d.words, asked)
	d.length = float32(math.Sqrt(float64(len(d.seen))))
}

func (r *ranker) askParts(d *desk) {
	clear(d.seen)
	var squares float32
	for _, w := range d.asked {
		runs(w.spelled, func(run uint64) {
			if d.seen[run] {
				return
			}
			d.seen[run] = true
			weight := r.parts.none
			if id, ok := r.parts.ids[run]; ok {
				weight = r.parts.idf[id]
				r.parts.give(d.parts, id)
			}
			squares += weight * weight
		})
	}
	scale(d.parts, float32(math.Sqrt(float64(squares))))
}

func scale(sums []float32, by float32) {
	if by == 0 {
		return
	}
	for i := range sums {
		sums[i] /= by
	}
}

// shorten keeps the texts that are nearest by words and parts.
func (r *ranker) shorten(d *desk, skip func(int) bool) {
	d.nearest = d.nearest[:0]
	least := float32(0)
	for doc, w := range d.words {
		n := near{doc: doc, words: w, parts: d.parts[doc], sum: w + d.parts[doc]}
		if n.sum <= least || skip != nil && skip(doc) {
			continue
		}
		if d.nearest = append(d.nearest, n); len(d.nearest) == 2*shortlist {
			slices.SortFunc(d.nearest, nearer)
			d.nearest = d.nearest[:shortlist]
			least = d.nearest[shortlist-1].sum
		}
	}
	slices.SortFunc(d.nearest, nearer)
	d.nearest = d.nearest[:min(len(d.nearest), shortlist)]
}

func nearer(a, b near) int {
	return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.doc, b.doc))
}

// askPairs adds the share of neighbours that are neighbours too.
func (r *ranker) askPairs(d *desk) {
	clear(d.pairs)
	eachPair(d.terms, func(p uint64) { d.pairs[p] = true })
	if len(d.pairs) == 0 {
		return
	}
	for i := range d.nearest {
		n := &d.nearest[i]
		clear(d.seen)
		eachPair(r.seq[r.from[n.doc]:r.from[n.doc+1]], func(p uint64) {
			if d.pairs[p] {
				d.seen[p] = true
			}
		})
		n.pairs = float32(len(d.seen)) / float32(len(d.pairs))
		n.sum += r.weights.pairs * n.pairs
	}
	slices.SortFunc(d.nearest, nearer)
}

func eachPair(terms []uint32, yield func(uint64)) {
	for i, a := range terms {
		for _, b := range terms[i+1 : min(len(terms), i+1+pairReach)] {
			if a != b {
				yield(uint64(min(a, b))<<32 | uint64(max(a, b)))
			}
		}
	}
}
