package evidence

import "math"

// A posting says how much one feature gives to one fact.
type posting struct {
	doc    uint32
	weight float32
}

// postings are the features (roots or runs of letters) of all facts. Those of
// feature f are list[from[f]:from[f+1]].
type postings struct {
	ids  map[uint64]uint32 // of runs of letters; nil for roots, which have names
	idf  []float32
	from []uint32
	list []posting
	none float32 // the idf of what stands in no fact
}

// A count is how often a feature stands in a fact.
type count struct {
	doc, feature uint32
	times        float32
}

// invert sorts counts by feature. Of each fact a feature is counted once.
func invert(counts []count, features, docs int) postings {
	p := postings{from: make([]uint32, features+1), idf: make([]float32, features), list: make([]posting, len(counts)), none: idf(0, docs)}
	for _, c := range counts {
		p.from[c.feature+1]++
	}
	for f := range features {
		p.idf[f] = idf(int(p.from[f+1]), docs)
		p.from[f+1] += p.from[f]
	}
	next := append([]uint32(nil), p.from[:features]...)
	for _, c := range counts {
		p.list[next[c.feature]] = posting{c.doc, c.times}
		next[c.feature]++
	}
	return p
}

// idf is the weight of a feature of df facts (Robertson and Sparck Jones, with
// the 1 of Lucene that keeps it positive).
func idf(df, docs int) float32 {
	return float32(math.Log(1 + (float64(docs-df)+.5)/(float64(df)+.5)))
}

// weighBM25 makes of counts what BM25 gives for them.
func (p *postings) weighBM25(lengths []float32, w weights) {
	mean := float32(0)
	for _, n := range lengths {
		mean += n / float32(len(lengths))
	}
	for f := range p.idf {
		for i := p.from[f]; i < p.from[f+1]; i++ {
			tf, n := p.list[i].weight, lengths[p.list[i].doc]
			p.list[i].weight = p.idf[f] * tf * (w.saturation + 1) / (tf + w.saturation*(1-w.length+w.length*n/mean))
		}
	}
}

// weighCosine makes of counts the parts of a vector of length 1, times the idf,
// which is the weight that the question will have.
func (p *postings) weighCosine(docs int) {
	squares := make([]float64, docs)
	for f := range p.idf {
		for i := p.from[f]; i < p.from[f+1]; i++ {
			w := float32(1+math.Log(float64(p.list[i].weight))) * p.idf[f]
			p.list[i].weight = w
			squares[p.list[i].doc] += float64(w) * float64(w)
		}
	}
	for f := range p.idf {
		for i := p.from[f]; i < p.from[f+1]; i++ {
			p.list[i].weight *= p.idf[f] / float32(math.Sqrt(squares[p.list[i].doc]))
		}
	}
}

// give adds to sums what feature f gives to each fact.
func (p *postings) give(sums []float32, f uint32) {
	for _, e := range p.list[p.from[f]:p.from[f+1]] {
		sums[e.doc] += e.weight
	}
}

// runs calls yield with each run of 3 and of 4 letters in a word, its edges
// being letters too. Letters beyond 16 bits may be taken for each other.
func runs(w string, yield func(uint64)) {
	a, b, c := uint64(0), uint64(0), uint64(' ')
	n := 1
	step := func(r uint64) {
		if n++; n >= 3 {
			yield(b<<32 | c<<16 | r)
		}
		if n >= 4 {
			yield(a<<48 | b<<32 | c<<16 | r)
		}
		a, b, c = b, c, r
	}
	for _, r := range w {
		step(uint64(uint16(r)))
	}
	step(' ')
}
