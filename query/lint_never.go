package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// demand is what all parts of an AND have to agree with.
type demand struct {
	fields []*fieldNode
	vetoes []veto
}

// veto is something that must not be there, and where that is written.
type veto struct {
	x  node
	at where
}

// Never returns why no post can match a query, or nil if one may.
func (l *Linter) Never(q *Query) *Error {
	if e := q.impossible(q.root, demand{}); e != nil {
		return e
	}
	return l.around.ungiven(q.root)
}

// with adds what the parts of an AND demand of each other.
func (d demand) with(and *andNode) demand {
	d = demand{slices.Clip(d.fields), slices.Clip(d.vetoes)}
	for _, x := range and.all {
		switch x := x.(type) {
		case *fieldNode:
			d.fields = append(d.fields, x)
		case *notNode:
			d.vetoes = append(d.vetoes, veto{x.x, x.where})
		case *exceptNode:
			d.vetoes = append(d.vetoes, veto{x.phrase, x.where})
		case *andNode:
			if !slices.ContainsFunc(x.all, hides) { // what it vetoes may be there, hidden
				d = d.with(x)
			}
		}
	}
	return d
}

func hides(n node) bool {
	_, ok := n.(*exceptNode)
	return ok
}

// impossible returns why no post holds n, or nil if one may. d is what the
// parts around n demand.
func (q *Query) impossible(n node, d demand) *Error {
	switch n := n.(type) {
	case *notNode, *exceptNode:
		return nil
	case *andNode:
		d = d.with(n)
		for _, x := range n.all {
			if v := q.impossible(x, d); v != nil {
				return v
			}
		}
		return nil
	case *orNode:
		return q.noneOf(n, d)
	case *fieldNode:
		if v := clash(n, d.fields); v != nil {
			return v
		}
	}
	return q.vetoed(n, d)
}

func (q *Query) vetoed(n node, d demand) *Error {
	for _, v := range d.vetoes {
		if implies(n, v.x) {
			return n.place().problem(fmt.Sprintf("%s is asked for, and left out by %s", q.spelled(n.place()), q.spelled(v.at)), "take one of them out")
		}
	}
	return nil
}

// noneOf returns why no alternative can be there: of a set all for the same.
func (q *Query) noneOf(n *orNode, d demand) *Error {
	first := q.vetoed(n, d)
	for _, x := range n.any {
		v := q.impossible(x, d)
		if v == nil {
			return nil
		}
		if first == nil {
			first = v
		}
	}
	return first
}

// clash returns why a field cannot be together with those beside it.
func clash(f *fieldNode, all []*fieldNode) *Error {
	same := []*fieldNode{f}
	for _, other := range all {
		if other.name == f.name && other != f {
			same = append(same, other)
		}
	}
	slices.SortFunc(same, func(a, b *fieldNode) int { return cmp.Compare(a.offset, b.offset) })
	last := same[len(same)-1]
	if slices.Contains(numberFields(), f.name) {
		if !meets(same) {
			return last.problem("no post has "+joined(same, " and "), "")
		}
		return nil
	}
	if i := slices.IndexFunc(same, func(other *fieldNode) bool { return !agree(f, other) }); i >= 0 {
		return last.problem("no post has "+joined(same, " and "), "write OR between alternatives, in parentheses")
	}
	return nil
}

func joined[N node](nodes []N, by string) string {
	var spelled []string
	for _, n := range nodes {
		spelled = append(spelled, n.String())
	}
	return strings.Join(spelled, by)
}

// meets reports whether a number satisfies all comparisons: it would be one of
// those that they name, or next to one.
func meets(all []*fieldNode) bool {
	candidates := []int{0}
	for _, f := range all {
		candidates = append(candidates, f.number-1, f.number, f.number+1)
	}
	return slices.ContainsFunc(candidates, func(n int) bool {
		possible := n >= 0 && (all[0].name != "tier" || n >= 1 && n <= 3)
		return possible && !slices.ContainsFunc(all, func(f *fieldNode) bool { return !f.compare(n) })
	})
}

// agree reports whether one post can have two values of a field.
func agree(a, b *fieldNode) bool {
	if a.name == "lang" {
		return isLanguage(a.value, b.value) || isLanguage(b.value, a.value)
	}
	return strings.EqualFold(a.value, b.value)
}

// implies reports whether a post that holds p is certain to hold x. It may say
// no where that is true, never yes where it is not.
func implies(p, x node) bool {
	if or, ok := p.(*orNode); ok {
		return !slices.ContainsFunc(or.any, func(alt node) bool { return !implies(alt, x) })
	}
	if or, ok := x.(*orNode); ok {
		return slices.ContainsFunc(or.any, func(alt node) bool { return implies(p, alt) })
	}
	switch p := p.(type) {
	case *andNode:
		return slices.ContainsFunc(p.all, func(part node) bool { return implies(part, x) })
	case *nearNode:
		return implies(p.left, x) || implies(p.right, x) || p.String() == x.String()
	case *wordNode:
		w, ok := x.(*wordNode)
		return ok && p.within(w)
	case *phraseNode:
		return p.holds(x)
	case *fieldNode:
		f, ok := x.(*fieldNode)
		return ok && f.name == p.name && strings.EqualFold(f.String(), p.String())
	}
	return false
}

// within reports whether whatever n finds is found by x too.
func (n *wordNode) within(x *wordNode) bool {
	switch x.kind {
	case anyForm:
		return n.text == x.text && (n.kind == anyForm || n.kind == exactly)
	case prefixed:
		return strings.HasPrefix(n.text, x.text) && (n.kind == exactly || n.kind == prefixed)
	default:
		return n.text == x.text && n.kind == x.kind
	}
}

// holds reports whether the words of the phrase are certain to hold x.
func (n *phraseNode) holds(x node) bool {
	kind := exactly
	if n.loose {
		kind = anyForm
	}
	switch x := x.(type) {
	case *wordNode:
		return slices.ContainsFunc(n.words, func(w string) bool { return (&wordNode{text: w, kind: kind}).within(x) })
	case *phraseNode:
		for i := range len(n.words) - len(x.words) + 1 {
			if slices.Equal(n.words[i:i+len(x.words)], x.words) {
				return !n.loose || x.loose
			}
		}
	}
	return false
}
