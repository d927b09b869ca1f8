package query

import (
	"cmp"
	"slices"
)

// Span is a matched stretch of a post's text, in bytes.
type Span struct {
	Start, End int
}

// match reports whether the query matches the post of d, and where the text
// holds what was asked for: ordered, not overlapping, in bytes of Post.Text,
// valid until the next match. A query that asks by fields only matches without
// spans.
func (q *Query) match(d *Doc) ([]Span, bool) {
	d.found, d.shown, d.spans = d.found[:0], d.shown[:0], d.spans[:0]
	if !d.holds(q.root) {
		return nil, false
	}
	for _, i := range d.shown {
		d.appendSpans(i)
	}
	d.spans = merge(d.spans)
	return d.spans, true
}

// holds decides a node and notes in shown what it owes a yes to.
func (d *Doc) holds(n node) bool {
	switch n := n.(type) {
	case *fieldNode:
		return n.accepts(d.post)
	case *notNode:
		return !d.holdsUnshown(n.x)
	case *andNode:
		return d.holdsAll(n)
	case *orNode:
		return d.holdsAny(n)
	}
	lo, hi := d.find(n)
	for i := lo; i < hi; i++ {
		d.shown = append(d.shown, i)
	}
	return lo < hi
}

func (d *Doc) holdsUnshown(n node) bool {
	shown := len(d.shown)
	ok := d.holds(n)
	d.shown = d.shown[:shown]
	return ok
}

func (d *Doc) holdsAll(n *andNode) bool {
	shown := len(d.shown)
	d.hide(n, 1)
	defer d.hide(n, -1)
	for _, x := range n.all {
		if _, hides := x.(*exceptNode); !hides && !d.holds(x) {
			d.shown = d.shown[:shown]
			return false
		}
	}
	return true
}

// holdsAny asks every alternative, because each that is there is evidence.
func (d *Doc) holdsAny(n *orNode) bool {
	ok := false
	for _, x := range n.any {
		if d.holds(x) {
			ok = true
		}
	}
	return ok
}

// hide adds delta to the words under the phrases that are hidden from n.
func (d *Doc) hide(n *andNode, delta int) {
	for _, x := range n.all {
		except, ok := x.(*exceptNode)
		if !ok {
			continue
		}
		for _, p := range d.placesOf(except.phrase.terms[0]) {
			for i := p.from; i < p.to; i++ {
				d.hidden[i] += delta
			}
		}
	}
}

// appendSpans adds the words of a stretch, once.
func (d *Doc) appendSpans(i int) {
	s := d.found[i]
	if s.lit {
		return
	}
	d.found[i].lit = true
	switch s.made {
	case ofPair:
		d.appendSpans(s.left)
		d.appendSpans(s.right)
	case ofSame:
		for k := s.left; k < s.right; k++ {
			d.appendSpans(k)
		}
	default:
		words := d.reading.Words
		d.spans = append(d.spans, Span{int(words[s.from].Start), int(words[s.to-1].End)})
	}
}

// merge orders spans and joins those that overlap, in place.
func merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	out := spans[:0]
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.Start <= out[last].End {
			out[last].End = max(out[last].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}
