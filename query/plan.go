package query

import (
	"cmp"
	"slices"
)

// plan says which queries may match a post, given the terms that stand in it.
//
// Every query asks for some terms, one of a few at least: a clause. The clause
// whose terms are the rarest is the anchor of the query, and only where one of
// these stands are the other clauses looked at, and only then the query itself
// (the idea is that of Luwak, the presearcher of Lucene Monitor). It is immutable.
type plan struct {
	anchored []uint32    // queries by the term of an anchor
	begin    []uint32    // where in anchored those of a term begin; one more at the end
	always   []uint32    // queries that no term can rule out
	second   []signature // per query, the terms of its rarest clause but the anchor
	rest     [][]clause  // per query, all its clauses but the anchor
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

// newPlan anchors queries by how often terms stand in texts, as far as known.
func newPlan(queries []*Query, terms int, seen []uint32) *plan {
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

// candidates appends the queries that may match the post of d, each once.
func (p *plan) candidates(dst []uint32, d *Doc) []uint32 {
	dst = append(dst, p.always...)
	var here signature
	for _, t := range d.present {
		here.add(t)
	}
	for _, t := range d.present {
		for _, q := range p.anchored[p.begin[t]:p.begin[t+1]] {
			if here.meets(&p.second[q]) && d.asked[q] != d.round && d.hasAll(p.rest[q]) {
				d.asked[q] = d.round
				dst = append(dst, q)
			}
		}
	}
	return dst
}

func (d *Doc) hasAll(clauses []clause) bool {
	for _, c := range clauses {
		if !slices.ContainsFunc(c, d.has) {
			return false
		}
	}
	return true
}
