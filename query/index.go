package query

import (
	"iter"
	"sync"

	"github.com/siaga-id/siaga/source"
)

// Index finds which of many queries a post matches. Many may use it at once,
// each with a Doc of its own. It learns which words are rare in the posts that
// it sees, which makes it quicker and changes nothing else.
type Index struct {
	queries    []*Query
	vocabulary *vocabulary
	learner    *learner
	docs       sync.Pool
}

// NewIndex makes an index of queries, which belong to it from then on.
func NewIndex(queries []*Query) *Index {
	x := &Index{queries: queries, vocabulary: newVocabulary(queries)}
	terms := x.vocabulary.terms
	x.learner = &learner{next: learnFrom, seen: make([]uint32, terms)}
	x.learner.plan.Store(newPlan(queries, terms, x.learner.seen))
	x.docs.New = func() any { return x.newDoc() }
	return x
}

// Borrow returns a Doc to match posts with, one after the other, until GiveBack.
func (x *Index) Borrow() *Doc { return x.docs.Get().(*Doc) }

// GiveBack ends the use of d. The index learns from what it has seen.
func (d *Doc) GiveBack() {
	if d.posts >= learnEvery { // what a doc has counted it keeps for the next time
		d.index.learner.learn(d, d.index.queries)
	}
	if d.post = nil; d.isSmall() {
		d.index.docs.Put(d)
	}
}

// Matches yields the queries that match a post, by their places in the index
// and in no order, with the spans of each: ordered, not overlapping, in bytes
// of Post.Text, valid until the next. A query that asks by fields only has
// none. Once d has room, only letters beyond ASCII and capitals in uncut tags
// make it allocate.
func (d *Doc) Matches(p *source.Post) iter.Seq2[int, []Span] {
	return func(yield func(int, []Span) bool) {
		d.reset(p)
		d.posts++
		for _, t := range d.present {
			d.seen[t]++
		}
		d.candidates = d.index.learner.plan.Load().candidates(d.candidates[:0], d)
		for _, i := range d.candidates {
			if spans, ok := d.index.queries[i].match(d); ok && !yield(int(i), spans) {
				return
			}
		}
	}
}

// Match reports whether a single query of the index matches a post, from which
// nothing is learnt.
func (d *Doc) Match(q *Query, p *source.Post) bool {
	d.reset(p)
	_, ok := q.match(d)
	return ok
}
