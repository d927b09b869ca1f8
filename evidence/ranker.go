package evidence

import (
	"cmp"
	"sync"

	"github.com/siaga-id/siaga/forms"
)

// A ranker orders texts by how near they are to another one.
type ranker struct {
	weights weights
	reader  reader
	terms   map[string]uint32
	spelled map[string]bool // words as they stand in the texts
	words   postings
	parts   postings
	from    []uint32 // the terms of text d are seq[from[d]:from[d+1]], in order
	seq     []uint32
	desks   sync.Pool
}

// newRanker makes a ranker of texts.
func newRanker(texts []string, w weights) *ranker {
	r := &ranker{weights: w, terms: map[string]uint32{}, spelled: map[string]bool{}}
	read := r.read(texts)
	lengths := make([]float32, len(texts))
	letters := 0
	for _, t := range texts {
		letters += len(t)
	}
	counts, partCounts := make([]count, 0, letters/6), make([]count, 0, letters*3/2)
	seen := map[uint32]int{}
	parts := partsOf{ids: map[uint64]uint32{}, words: map[string][]uint32{}}
	r.from = append(r.from, 0)
	var room []string
	for d, t := range read {
		clear(seen)
		parts.begin(len(partCounts))
		for _, w := range t.words {
			var root string
			root, room = r.reader.root(room, w, t.in)
			id := number32(r.terms, root)
			r.seq = append(r.seq, id)
			counts = counted(counts, seen, uint32(d), id)
			partCounts = parts.add(partCounts, uint32(d), w.spelled)
		}
		lengths[d] = float32(len(t.words))
		r.from = append(r.from, uint32(len(r.seq)))
	}
	r.words = invert(counts, len(r.terms), len(texts))
	r.words.weighBM25(lengths, w)
	r.parts = invert(partCounts, len(parts.ids), len(texts))
	r.parts.ids = parts.ids
	r.parts.weighCosine(len(texts))
	r.desks.New = func() any { return newDesk(len(texts)) }
	return r
}

// A document is a text that was read.
type document struct {
	words []word
	lean  int
	in    language
}

// read cuts the texts into words, and learns from them of which roots the
// Indonesian ones among them are.
func (r *ranker) read(texts []string) []document {
	read := make([]document, len(texts))
	balance := 0
	for i, t := range texts {
		read[i] = document{words: wordsOf(make([]word, 0, len(t)/5), t, nil), lean: lean(t)}
		balance += cmp.Compare(read[i].lean, 0)
		for _, w := range read[i].words {
			r.spelled[w.spelled] = true
		}
	}
	if balance < 0 {
		r.reader.home = english
	}
	local := map[string]bool{}
	for i := range read {
		d := &read[i]
		d.in = languageOf(d.lean, r.reader.home)
		for _, w := range d.words {
			if d.in == indonesian && !w.number {
				local[w.spelled] = true
			}
		}
	}
	r.reader.family = forms.NewFamily(rootsOf(local))
	return read
}

func number32(ids map[string]uint32, s string) uint32 {
	id, ok := ids[s]
	if !ok {
		id = uint32(len(ids))
		ids[s] = id
	}
	return id
}

// counted adds one of feature to the counts of text d, which seen finds.
func counted(counts []count, seen map[uint32]int, d, feature uint32) []count {
	if at, ok := seen[feature]; ok {
		counts[at].times++
		return counts
	}
	seen[feature] = len(counts)
	return append(counts, count{d, feature, 1})
}

// partsOf counts runs of letters; each word is cut once.
type partsOf struct {
	ids   map[uint64]uint32
	words map[string][]uint32
	at    []int // by run: one more than where it is counted
	first int   // counts before belong to earlier texts
}

func (p *partsOf) begin(first int) { p.first = first }

func (p *partsOf) add(counts []count, d uint32, w string) []count {
	list, ok := p.words[w]
	if !ok {
		runs(w, func(run uint64) {
			id, known := p.ids[run]
			if !known {
				id = uint32(len(p.ids))
				p.ids[run] = id
				p.at = append(p.at, 0)
			}
			list = append(list, id)
		})
		p.words[w] = list
	}
	for _, id := range list {
		if p.at[id] > p.first {
			counts[p.at[id]-1].times++
			continue
		}
		counts = append(counts, count{d, id, 1})
		p.at[id] = len(counts)
	}
	return counts
}
