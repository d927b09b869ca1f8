package query

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
)

// naive says what a query means in the plainest way: it enumerates every place
// of every part, and keeps nothing between two questions.
type naive struct {
	words []string
	tags  []bool
}

// spot is where a part was found: the tokens from its first to its last, and
// those of them that were asked for.
type spot struct {
	from, to int
	asked    []int
}

func (v naive) holds(n node, hidden []int) (asked []int, ok bool) {
	switch n := n.(type) {
	case *notNode:
		_, yes := v.holds(n.x, hidden)
		return nil, !yes
	case *andNode:
		hidden = slices.Concat(hidden, v.hiddenBy(n))
		for _, x := range n.all {
			if _, skip := x.(*exceptNode); skip {
				continue
			}
			more, yes := v.holds(x, hidden)
			if !yes {
				return nil, false
			}
			asked = append(asked, more...)
		}
		return asked, true
	case *orNode:
		for _, x := range n.any {
			if more, yes := v.holds(x, hidden); yes {
				asked, ok = append(asked, more...), true
			}
		}
		return asked, ok
	}
	places := v.places(n, hidden)
	for _, p := range places {
		asked = append(asked, p.asked...)
	}
	return asked, len(places) > 0
}

func (v naive) hiddenBy(and *andNode) (hidden []int) {
	for _, x := range and.all {
		if except, ok := x.(*exceptNode); ok {
			for _, p := range v.places(except.phrase, nil) {
				hidden = append(hidden, p.asked...)
			}
		}
	}
	return hidden
}

func (v naive) places(n node, hidden []int) (out []spot) {
	switch n := n.(type) {
	case *orNode:
		for _, x := range n.any {
			out = append(out, v.places(x, hidden)...)
		}
		return out
	case *nearNode:
		return v.pairs(n, hidden)
	}
	for from := range v.words {
		for to := from + 1; to <= len(v.words); to++ {
			p := spot{from: from, to: to}
			for i := from; i < to; i++ {
				p.asked = append(p.asked, i)
			}
			covered := slices.ContainsFunc(p.asked, func(i int) bool { return slices.Contains(hidden, i) })
			if v.is(n, from, to) && !covered {
				out = append(out, p)
			}
		}
	}
	return out
}

// is reports whether the tokens [from, to) are exactly the word or phrase.
func (v naive) is(n node, from, to int) bool {
	switch n := n.(type) {
	case *phraseNode:
		return slices.Equal(v.words[from:to], n.words)
	case *wordNode:
		if to-from != 1 || n.kind == tagged && !v.tags[from] {
			return false
		}
		return v.words[from] == n.text || n.kind == prefixed && strings.HasPrefix(v.words[from], n.text)
	}
	return false
}

func (v naive) pairs(n *nearNode, hidden []int) (out []spot) {
	for _, a := range v.places(n.left, hidden) {
		for _, b := range v.places(n.right, hidden) {
			after, before := b.from-a.to, a.from-b.to // words between; negative: not in this order
			if after >= 0 && after <= n.n || !n.ordered && before >= 0 && before <= n.n {
				out = append(out, spot{min(a.from, b.from), max(a.to, b.to), slices.Concat(a.asked, b.asked)})
			}
		}
	}
	return out
}

// drawQuery builds a query from a few words, so that it often matches.
func drawQuery(t *rapid.T, depth int) string {
	kinds := []string{"term", "term", "phrase", "near"}
	if depth > 0 {
		kinds = append(kinds, "and", "and", "or", "not", "except")
	}
	sub := func() string { return "(" + drawQuery(t, depth-1) + ")" }
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "and":
		return sub() + " " + sub()
	case "or":
		return sub() + " OR " + sub()
	case "not":
		return sub() + " NOT " + sub()
	case "except":
		return sub() + ` NOT "` + drawPhrase(t) + `"`
	case "phrase":
		return `"` + drawPhrase(t) + `"`
	case "near":
		op := rapid.SampledFrom([]string{" NEAR/0 ", " NEAR/2 ", " ONEAR/1 "})
		chain := drawOperand(t) + op.Draw(t, "op") + drawOperand(t)
		if rapid.Bool().Draw(t, "longer") {
			chain += op.Draw(t, "op") + drawOperand(t)
		}
		return chain
	default:
		return drawTerm(t)
	}
}

func drawTerm(t *rapid.T) string {
	return rapid.SampledFrom([]string{"debu", "abu", "=semen", "semen*", "#debu", "padang", "$kotor"}).Draw(t, "term")
}

func drawOperand(t *rapid.T) string {
	switch rapid.IntRange(0, 2).Draw(t, "operand") {
	case 0:
		return `("` + drawPhrase(t) + `" OR ` + drawTerm(t) + `)`
	case 1:
		return `"` + drawPhrase(t) + `"`
	default:
		return drawTerm(t)
	}
}

func drawPhrase(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"debu", "abu", "semen", "padang"}), 2, 3).Draw(t, "phrase"), " ")
}

func TestMatchMeansWhatTheGuideSays(t *testing.T) {
	sets := map[string]Words{"kotor": {Roots: []string{"abu", "debu semen"}, Also: []string{"#semen"}}}
	vocabulary := rapid.SampledFrom([]string{"debu", "abu", "semen", "semen", "padang", "sementara", "x", "#debu", "#semen"})
	rapid.Check(t, func(t *rapid.T) {
		src := drawQuery(t, 3)
		q, err := Compile(src, Options{Words: sets})
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		d := NewIndex([]*Query{q}).newDoc()
		for range 20 {
			words := rapid.SliceOfN(vocabulary, 0, 10).Draw(t, "words")
			compareWithNaive(t, d, q, words)
		}
	})
}

func compareWithNaive(t *rapid.T, d *Doc, q *Query, words []string) {
	var v naive
	for _, w := range words {
		bare, tag := strings.CutPrefix(w, "#")
		v.words, v.tags = append(v.words, bare), append(v.tags, tag)
	}
	d.reset(&source.Post{Text: strings.Join(words, " ")})
	spans, got := q.match(d)
	asked, want := v.holds(q.root, nil)
	if got != want {
		t.Fatalf("%s in %q: %v, want %v", q.root, d.post.Text, got, want)
	}
	if lit := tokensUnder(d, spans); got && !slices.Equal(lit, sortedSet(asked)) {
		t.Fatalf("%s in %q lights %v, want %v", q.root, d.post.Text, lit, sortedSet(asked))
	}
}

func tokensUnder(d *Doc, spans []Span) (out []int) {
	for i, w := range d.reading.Words {
		if slices.ContainsFunc(spans, func(s Span) bool { return s.Start <= int(w.Start) && int(w.End) <= s.End }) {
			out = append(out, i)
		}
	}
	return out
}

func sortedSet(list []int) []int { return slices.Compact(slices.Sorted(slices.Values(list))) }
