package rules

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// plan says which rules may match a post, given the terms that stand in it.
//
// Every query asks for some terms, one of a few at least: a clause. The clause
// whose terms are the rarest is the anchor of the rule, and only where one of
// these stands are the other clauses looked at, and only then the query itself
// (the idea is that of Luwak, the presearcher of Lucene Monitor). It is immutable.
type plan struct {
	anchored []uint32    // rules by the term of an anchor
	begin    []uint32    // where in anchored those of a term begin; one more at the end
	always   []uint32    // rules that no term can rule out
	second   []signature // per rule, the terms of its rarest clause but the anchor
	rest     [][]clause  // per rule, all its clauses but the anchor
}

// signature is a set of terms in which each has one of 512 bits, so that terms
// may be taken for one another. Two that have no bit in common have no term in
// common.
type signature [8]uint64

func (s *signature) add(t uint32) { s[t/64%8] |= 1 << (t % 64) }

func (s *signature) meets(o *signature) bool {
	return s[0]&o[0]|s[1]&o[1]|s[2]&o[2]|s[3]&o[3]|s[4]&o[4]|s[5]&o[5]|s[6]&o[6]|s[7]&o[7] != 0
}

// clause is terms of which one has to stand in the text.
type clause []uint32

// newPlan anchors rules by how often terms stand in texts, as far as known.
func newPlan(queries []*query, terms int, seen []uint32) *plan {
	p := &plan{begin: make([]uint32, terms+1), second: make([]signature, len(queries)), rest: make([][]clause, len(queries))}
	anchors := make([]clause, len(queries))
	for i, q := range queries {
		clauses := asked(q.root, seen)
		if len(clauses) == 0 {
			p.always = append(p.always, uint32(i))
			continue
		}
		slices.SortStableFunc(clauses, func(a, b clause) int { return cmp.Compare(a.cost(seen), b.cost(seen)) })
		anchors[i], p.rest[i] = clauses[0], clauses[1:]
		p.second[i] = signed(p.rest[i])
		for _, t := range anchors[i] {
			p.begin[t+1]++
		}
	}
	for t := range terms {
		p.begin[t+1] += p.begin[t]
	}
	p.anchored = make([]uint32, p.begin[terms])
	next := slices.Clone(p.begin)
	for i, a := range anchors {
		for _, t := range a {
			p.anchored[next[t]] = uint32(i)
			next[t]++
		}
	}
	return p
}

// signed is the signature of the first of some clauses, that of all terms if
// there is none.
func signed(clauses []clause) (s signature) {
	if len(clauses) == 0 {
		for i := range s {
			s[i] = ^uint64(0)
		}
		return s
	}
	for _, t := range clauses[0] {
		s.add(t)
	}
	return s
}

// cost is how often a clause lets a text pass. Where nothing is known, long
// lists of words are taken for frequent ones.
func (c clause) cost(seen []uint32) float64 {
	cost := 0.0
	for _, t := range c {
		cost += 0.5 + float64(seen[t])
	}
	return cost
}

// asked returns the clauses of a node: what no text may lack that matches it.
func asked(n node, seen []uint32) []clause {
	switch n := n.(type) {
	case *wordNode:
		return []clause{{n.term}}
	case *phraseNode:
		var all []clause
		for _, t := range n.terms {
			all = append(all, clause{t})
		}
		return all
	case *nearNode:
		return append(asked(n.left, seen), asked(n.right, seen)...)
	case *andNode:
		var all []clause
		for _, x := range n.all {
			all = append(all, asked(x, seen)...)
		}
		return all
	case *orNode:
		return anyOf(n, seen)
	}
	return nil // a field, or what must not be there
}

// anyOf joins the cheapest clause of each alternative to one.
func anyOf(n *orNode, seen []uint32) []clause {
	var all clause
	for _, x := range n.any {
		clauses := asked(x, seen)
		if len(clauses) == 0 {
			return nil
		}
		best := slices.MinFunc(clauses, func(a, b clause) int { return cmp.Compare(a.cost(seen), b.cost(seen)) })
		all = append(all, best...)
	}
	slices.Sort(all)
	return []clause{slices.Compact(all)}
}

// candidates appends the rules that may match the post of d, each once.
func (p *plan) candidates(dst []uint32, d *doc) []uint32 {
	dst = append(dst, p.always...)
	var here signature
	for _, t := range d.present {
		here.add(t)
	}
	for _, t := range d.present {
		for _, r := range p.anchored[p.begin[t]:p.begin[t+1]] {
			if here.meets(&p.second[r]) && d.asked[r] != d.round && d.hasAll(p.rest[r]) {
				d.asked[r] = d.round
				dst = append(dst, r)
			}
		}
	}
	return dst
}

func (d *doc) hasAll(clauses []clause) bool {
	for _, c := range clauses {
		if !slices.ContainsFunc(c, d.has) {
			return false
		}
	}
	return true
}

// learnFrom is after how many posts a plan is made anew, and each time after
// eight times as many: what is common shows early, and drifts slowly.
const learnFrom = 2_000

// learnEvery is how many posts a doc counts before the learner hears of them:
// that takes a look at every term, which is much beside a single post.
const learnEvery = 100

// learner counts in how many posts terms stand, since sources are searched for
// the brand and words that are rare elsewhere stand in every post here.
type learner struct {
	mu    sync.Mutex
	posts uint32
	next  uint32
	seen  []uint32
	plan  atomic.Pointer[plan]
}

// learn takes what a doc has counted, and makes a new plan when it is time.
func (l *learner) learn(d *doc, queries []*query) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for t, n := range d.seen {
		l.seen[t] += n
	}
	clear(d.seen)
	l.posts += d.posts
	d.posts = 0
	if l.posts < l.next {
		return
	}
	l.plan.Store(newPlan(queries, len(l.seen), l.seen))
	if l.next *= 8; l.next > 1<<27 { // start afresh before the counts could overflow
		l.posts, l.next = 0, learnFrom
		clear(l.seen)
	}
}
