package query

import (
	"cmp"
	"slices"

	"github.com/siaga-id/siaga/lexicon"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/text"
)

// Doc is a post made ready for matching, with room to work in that is used
// again for the next post. It serves one post, and one query, at a time.
type Doc struct {
	*vocabulary
	index   *Index
	post    *source.Post
	reading text.Reading
	matches []lexicon.Match

	// Where the terms of the vocabulary stand. Only terms whose mark is of this
	// round stand anywhere; present has them, each once.
	round   uint32
	marks   []stand
	present []uint32
	places  []place
	sorted  bool // places is of this round, and the places of each term in order

	hidden []int     // per word, how many exceptNodes hide it at this point of the query
	found  []stretch // everywhere that find looked, until the next match
	shown  []int     // the indices in found that the query owes its match to
	spans  []Span

	// What the index needs besides.
	asked      []uint32 // per query, the round in which it was a candidate
	candidates []uint32
	seen       []uint32 // per term, the posts it stood in that no learner knows of
	posts      uint32
}

// stand says where in places those of one term are.
type stand struct {
	round       uint32
	first, last int32
}

// place is where a term stands: the words [from, to).
type place struct {
	from, to int32
}

// stretch is the words [from, to), where a node was found. What a NEAR makes
// of others knows them by their indices in found.
type stretch struct {
	from, to    int
	made        making
	left, right int
	lit         bool // its words are among the spans already
}

// making says of what a stretch consists.
type making int

const (
	ofTokens making = iota // all of them
	ofPair                 // of left and right, and not of what is between
	ofSame                 // of [left, right), which are the same words
)

func (x *Index) newDoc() *Doc {
	v := x.vocabulary
	d := &Doc{
		vocabulary: v, index: x, marks: make([]stand, v.terms),
		asked: make([]uint32, len(x.queries)), seen: make([]uint32, v.terms),
	}
	d.reading.Known = v.lexicon.Knows
	return d
}

// maxKept is how many words, places or pairs a doc may have room for that is
// kept for other posts, so that a few hostile ones do not hold memory for ever:
// 6 MB a doc. A post of 8,000 letters, the most that source lets through, has
// at most as many words; what it makes of NEAR ends at maxPairs.
const maxKept = 1 << 16

func (d *Doc) isSmall() bool {
	return max(cap(d.reading.Words), cap(d.matches), cap(d.found)) <= maxKept
}

// reset makes d stand for p, which has to stay as it is until the next reset.
func (d *Doc) reset(p *source.Post) {
	d.post = p
	if d.round++; d.round == 0 { // after four thousand million posts
		clear(d.marks)
		clear(d.asked)
		d.round = 1
	}
	d.reading.Read(d.keyer, p.Text)
	d.matches = d.lexicon.Find(d.matches[:0], &d.reading)
	for i := range d.prefixes {
		d.findPrefixes(&d.prefixes[i])
	}
	d.present, d.sorted = d.present[:0], false
	for _, m := range d.matches {
		if k := &d.marks[m.ID]; k.round != d.round {
			*k = stand{round: d.round}
			d.present = append(d.present, m.ID)
		}
	}
}

func (d *Doc) findPrefixes(p *prefixes) {
	for i := range d.reading.Words {
		if t, ok := p.terms[d.reading.Prefix(d.keyer, i, p.length)]; ok {
			d.matches = append(d.matches, lexicon.Match{ID: t, From: uint32(i), To: uint32(i + 1)})
		}
	}
}

// sort puts the matches of each term together, in the order of the text. Most
// posts end before anyone asks for places.
func (d *Doc) sort() {
	d.sorted = true
	if n := len(d.reading.Words); len(d.hidden) < n {
		d.hidden = make([]int, n)
	}
	for _, m := range d.matches {
		d.marks[m.ID].last++
	}
	n := int32(0)
	for _, t := range d.present {
		k := &d.marks[t]
		k.first, k.last, n = n, n, n+k.last
	}
	d.places = slices.Grow(d.places[:0], int(n))[:n]
	for _, m := range d.matches {
		k := &d.marks[m.ID]
		d.places[k.last] = place{int32(m.From), int32(m.To)} //nolint:gosec // words of a text below 4 GiB
		k.last++
	}
	for _, t := range d.present {
		d.settle(&d.marks[t])
	}
}

// settle orders the places of one term. A word that may be read as two of its
// forms (debu2an) is one place: were it two, a phrase of n such words would be
// found in 2^n ways.
func (d *Doc) settle(k *stand) {
	places := d.places[k.first:k.last]
	if len(d.reading.Others)+len(d.reading.Tags) > 0 { // Find goes through the words first, and then through these
		slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	}
	k.last = k.first + int32(len(slices.Compact(places))) //nolint:gosec // no more than before
}

// placesOf returns where a term stands, in the order of the text.
func (d *Doc) placesOf(t uint32) []place {
	if !d.sorted {
		d.sort()
	}
	k := &d.marks[t]
	if k.round != d.round {
		return nil
	}
	return d.places[k.first:k.last]
}

// has reports whether a term stands anywhere in the text.
func (d *Doc) has(t uint32) bool { return d.marks[t].round == d.round }

// find looks for a node that isPlaced, or a nearNode. The answer is
// d.found[lo:hi], in no order.
func (d *Doc) find(n node) (lo, hi int) {
	lo = len(d.found)
	switch n := n.(type) {
	case *wordNode:
		for _, p := range d.placesOf(n.term) {
			d.add(p)
		}
	case *phraseNode:
		for _, p := range d.placesOf(n.terms[0]) {
			d.follow(p, n.terms[1:])
		}
	case *orNode:
		for _, x := range n.any {
			d.find(x)
		}
	case *nearNode:
		lo = d.findNear(n)
	}
	return lo, len(d.found)
}

// follow adds every way in which the terms go on side by side after p.
func (d *Doc) follow(p place, terms []uint32) {
	if len(terms) == 0 {
		d.add(p)
		return
	}
	places := d.placesOf(terms[0])
	i, _ := slices.BinarySearchFunc(places, p.to, func(q place, at int32) int { return int(q.from - at) })
	for ; i < len(places) && places[i].from == p.to; i++ {
		d.follow(place{p.from, places[i].to}, terms[1:])
	}
}

func (d *Doc) add(p place) {
	for _, h := range d.hidden[p.from:p.to] {
		if h > 0 {
			return
		}
	}
	d.found = append(d.found, stretch{from: int(p.from), to: int(p.to)})
}
