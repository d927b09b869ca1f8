package query

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/siaga-id/siaga/source"
)

// why says what keeps n, which does not hold, from holding.
func (l looker) why(n node) Why {
	switch n := n.(type) {
	case *fieldNode:
		return Why{Cause: Differs, Part: l.spelled(n), Has: n.has(l.d.post)}
	case *notNode:
		return l.veto(n)
	case *andNode:
		return l.gap(n)
	case *orNode:
		return l.nearest(n)
	case *nearNode:
		return l.distance(n)
	}
	return l.absent(n)
}

// has is what a post has where the field looks.
func (f *fieldNode) has(p *source.Post) string {
	switch f.name {
	case "source":
		return p.Source
	case "site":
		return p.Site
	case "kind":
		return string(p.Kind)
	case "lang":
		return p.Lang
	case "outlet":
		return p.Outlet
	case "tier":
		if p.Tier == 0 {
			return ""
		}
		return strconv.Itoa(p.Tier)
	default:
		return strconv.Itoa(p.Reach)
	}
}

// absent says why a word or phrase is not found.
func (l looker) absent(n node) Why {
	w := Why{Part: l.spelled(n), Words: []string{l.named(n)}}
	if all := l.sights(n); len(all) > 0 {
		w.Cause, w.Found = Hidden, foundIn(all)
		if v := l.veil(all[0]); v != nil {
			w.Part = l.spelled(v.by)
		}
		return w
	}
	words := wordsOf(n)
	found, all := l.spread(words)
	if all && len(words) > 1 {
		w.Cause, w.Found = Scattered, found
		return w
	}
	if out, ok := l.onlyOutside(words, found); ok {
		w.Cause, w.Words, w.Found = Unsearched, nil, out
		for _, f := range out {
			w.Words = unique(append(w.Words, f.Word))
		}
		return w
	}
	w.Cause = Missing
	return w
}

// onlyOutside finds the words that are not among found in handles and
// addresses; ok if there are such and every one of them is there.
func (l looker) onlyOutside(words []string, found []Found) (out []Found, ok bool) {
	for _, word := range words {
		if slices.ContainsFunc(found, func(f Found) bool { return f.Word == word }) {
			continue
		}
		stands := l.outside(word)
		if len(stands) == 0 {
			return nil, false
		}
		out = append(out, stands...)
	}
	return out, len(out) > 0
}

func wordsOf(n node) []string {
	switch n := n.(type) {
	case *wordNode:
		return []string{n.text}
	case *phraseNode:
		return n.words
	}
	return nil
}

// gap says why a nested AND fails: by its first part that does, beside what
// the others found.
func (l looker) gap(n *andNode) Why {
	inner := l.under(n)
	var w Why
	var beside []Found
	for _, x := range n.all {
		if _, hides := x.(*exceptNode); hides {
			continue
		}
		spans, ok := inner.ask(x)
		switch {
		case ok:
			beside = append(beside, inner.within(x, spans)...)
		case w.Cause == "":
			w = inner.why(x)
		}
	}
	if w.Cause == Missing {
		w.Found = append(w.Found, beside...)
	}
	return w
}

// nearest says why an OR fails: by the alternative that comes nearest or, if
// nothing of any is there, by all that is missing.
func (l looker) nearest(n *orNode) Why {
	best, top := Why{}, -1.0
	all := Why{Cause: Missing, Part: l.spelled(n)}
	for _, x := range n.any {
		w := l.why(x)
		share, _ := l.nearness(x)
		if w.Cause == Missing && share == 0 {
			all.Words = append(all.Words, w.Words...)
			continue
		}
		if share > top {
			best, top = w, share
		}
	}
	if best.Cause == "" {
		all.Words = unique(all.Words)
		return all
	}
	return best
}

func unique(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// distance says why two things are not near each other.
func (l looker) distance(n *nearNode) Why {
	left, right := l.placed(n.left), l.placed(n.right)
	switch {
	case len(left) == 0 && len(right) == 0:
		w, other := l.why(n.left), l.why(n.right)
		if w.Cause == Missing && other.Cause == Missing {
			w.Part, w.Words = l.spelled(n), unique(append(w.Words, other.Words...))
		}
		return telling(w, other)
	case len(left) == 0:
		return l.beside(l.why(n.left), right)
	case len(right) == 0:
		return l.beside(l.why(n.right), left)
	}
	return l.measure(n, left, right)
}

// telling prefers the reason that is not merely a missing word.
func telling(a, b Why) Why {
	if a.Cause == Missing && b.Cause != Missing {
		return b
	}
	return a
}

// beside adds to a missing side of NEAR what stands on the other.
func (l looker) beside(w Why, other []sight) Why {
	if w.Cause == Missing {
		w.Found = append(w.Found, foundIn(other)...)
	}
	return w
}

// placed is where one side of a NEAR stands; the sights of a chain go from its
// first word to its last.
func (l looker) placed(n node) []sight {
	chain, ok := n.(*nearNode)
	if !ok {
		return l.open(n)
	}
	return l.joined(chain, l.placed(chain.left), l.placed(chain.right))
}

// joined does with sights what findNear does with stretches.
func (l looker) joined(n *nearNode, left, right []sight) []sight {
	var out []sight
	longest := 0
	for _, b := range right {
		longest = max(longest, b.to-b.from)
	}
	for _, a := range left {
		for _, b := range right[startingAt(right, a.from-n.n-longest):] {
			if b.from > a.to+n.n || len(out) == maxPairs {
				break
			}
			if n.joins(stretch{from: a.from, to: a.to}, stretch{from: b.from, to: b.to}) {
				out = append(out, hull(a, b))
			}
		}
	}
	slices.SortFunc(out, func(a, b sight) int { return cmp.Compare(a.from, b.from) })
	return out
}

// hull is one sight over two.
func hull(a, b sight) sight {
	if b.from < a.from {
		a, b = b, a
	}
	s := a
	s.to, s.End = max(a.to, b.to), max(a.End, b.End)
	s.Word = a.Word + " … " + b.Word
	return s
}

// startingAt is the index of the first sight that begins at the token or later.
func startingAt(sights []sight, from int) int {
	i, _ := slices.BinarySearchFunc(sights, from, func(s sight, from int) int { return cmp.Compare(s.from, from) })
	return i
}

// pair is two sights, one after the other, with gap words between them.
type pair struct {
	first, then sight
	gap         int
	ok          bool
}

// closest is the closest pair of one of first and one of then behind it.
func closest(first, then []sight) (best pair) {
	for _, a := range first {
		i := startingAt(then, a.to)
		if i == len(then) {
			continue
		}
		if gap := then[i].from - a.to; !best.ok || gap < best.gap {
			best = pair{a, then[i], gap, true}
		}
	}
	return best
}

// measure says what is wrong between two sides that both are there.
func (l looker) measure(n *nearNode, left, right []sight) Why {
	forth, back := closest(left, right), closest(right, left)
	w := Why{Cause: Apart, Part: l.spelled(n), Allowed: n.n}
	best := forth
	switch {
	case !forth.ok && !back.ok:
		w.Cause, w.Found = Overlapping, foundIn(slices.Concat(left[:1], right[:1]))
		return w
	case n.ordered && back.ok && (!forth.ok || back.gap <= n.n):
		w.Cause, best = Disordered, back
	case !n.ordered && back.ok && (!forth.ok || back.gap < forth.gap):
		best = back
	}
	w.Between, w.Found = best.gap, []Found{best.first.Found, best.then.Found}
	return w
}

// veto says what made a NOT fail.
func (l looker) veto(n *notNode) Why {
	x := n.x
	if inner, twice := x.(*notNode); twice { // NOT (NOT a): a is wanted after all
		return l.why(inner.x)
	}
	if or, ok := x.(*orNode); ok {
		for _, alternative := range or.any {
			if _, holds := l.ask(alternative); holds {
				x = alternative
				break
			}
		}
	}
	w := Why{Cause: Vetoed, Part: l.spelled(x)}
	if f, ok := x.(*fieldNode); ok {
		w.Has = f.has(l.d.post)
	}
	if spans, ok := l.ask(n.x); ok {
		w.Found = l.within(n.x, spans)
	}
	return w
}
