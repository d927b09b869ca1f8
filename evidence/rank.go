package evidence

// Rank orders texts that are no facts by how near they are to s, as the facts
// of an Index are: for measurements.
type Rank struct {
	ranker *ranker
}

// NewRank returns a Rank over texts.
func NewRank(texts []string) *Rank { return &Rank{newRanker(texts, shipped())} }

// Near returns the places of the texts that are near to s, 64 at most, best
// first, and how near they are, on the scale of Hit.Score. Any number of
// goroutines may call it.
func (r *Rank) Near(s string) (places []int, scores []float64) { return r.near(s, nil) }

// NearWithout is Near as if text i, and what says the same, were not there: what
// is found in its place is wrong.
func (r *Rank) NearWithout(s string, i int) (places []int, scores []float64) {
	return r.near(s, func(j int) bool { return r.ranker.copies(i, j) })
}

func (r *Rank) near(s string, skip func(int) bool) (places []int, scores []float64) {
	d := r.ranker.desks.Get().(*desk) //nolint:forcetypeassert // the only kind
	defer r.ranker.desks.Put(d)
	list := r.ranker.rank(d, s, skip)
	raise := r.ranker.raise(list)
	for _, n := range list {
		places = append(places, n.doc)
		scores = append(scores, float64(n.sum)*raise)
	}
	return places, scores
}

// Copies reports whether two texts say the same: half of their words are shared.
func (r *Rank) Copies(i, j int) bool { return r.ranker.copies(i, j) }
