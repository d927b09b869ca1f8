package query

import (
	"cmp"
	"slices"
)

// maxPairs bounds the work on a post that repeats the words of a NEAR without
// end. A true article stays below: 200 times one word near 300 times the other.
const maxPairs = 1 << 16

// findNear joins what was found of both sides, each pair to a stretch from the
// beginning of one to the end of the other.
func (d *Doc) findNear(n *nearNode) (lo int) {
	left, leftEnd := d.operand(n.left)
	right, rightEnd := d.operand(n.right)
	lo = len(d.found)
	for i := left; i < leftEnd; i++ {
		a := d.found[i]
		for right < rightEnd && d.found[right].to+n.n < a.from {
			right++ // too far before this and every later one
		}
		for j := right; j < rightEnd && d.found[j].from <= a.to+n.n; j++ {
			b := d.found[j]
			if !n.joins(a, b) {
				continue
			}
			if len(d.found)-lo == maxPairs {
				return lo
			}
			d.found = append(d.found, stretch{from: min(a.from, b.from), to: max(a.to, b.to), made: ofPair, left: i, right: j})
		}
	}
	return lo
}

// joins reports whether two stretches do not overlap and have at most n words
// between them, the right operand following if the order matters.
func (n *nearNode) joins(a, b stretch) bool {
	if b.from >= a.to {
		return b.from-a.to <= n.n
	}
	return !n.ordered && a.from >= b.to && a.from-b.to <= n.n
}

// operand is find for one side of a NEAR: ordered by from, and each stretch
// once, since one is enough to measure from. A chain would else multiply them.
func (d *Doc) operand(n node) (lo, hi int) {
	lo, hi = d.find(n)
	slices.SortFunc(d.found[lo:hi], func(a, b stretch) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	for next := lo; lo < hi; lo = next {
		s := d.found[lo]
		for next < hi && d.found[next].from == s.from && d.found[next].to == s.to {
			next++
		}
		d.found = append(d.found, stretch{from: s.from, to: s.to, made: ofSame, left: lo, right: next})
	}
	return hi, len(d.found)
}
