package query

import (
	"cmp"
	"slices"

	"github.com/siaga-id/siaga/source"
)

// Explanation is why a post matches a query or does not.
type Explanation struct {
	Matched bool
	Spans   []Span   // what a card would mark; none without a match
	Clauses []Clause // the parts of the query that all have to hold, as the admin ordered them
	// Near is how much of what the query asks for is in the text at all, from
	// 0 to 1. It is 1 too where all is there, but too far apart or vetoed. A
	// query without words counts the clauses that hold.
	Near float64
}

// Clause is one part of a query: what stands side by side under its top AND,
// or all of it.
type Clause struct {
	Query string // in the admin's own spelling
	Holds bool
	Hides bool    // NOT "phrase": it always holds, and the words it Found count as not written
	Found []Found // what the text answers to it
	Why   Why     // where it does not hold
}

// Found is a stretch of the text and what it answers to.
type Found struct {
	Span
	Word string // as the rule has it: debu, =debu, cemar*, #boikot, "polusi udara"
}

// Cause is a reason for which a clause does not hold.
type Cause string

// The causes. What they say about a clause stands in its Why.
const (
	Missing     Cause = "missing"     // none of Words is in the text; Found is what stands there beside the gap
	Unsearched  Cause = "unsearched"  // Words stand in Found only: handles and addresses, which are not searched
	Scattered   Cause = "scattered"   // the words of the phrase Words stand there, and not side by side
	Hidden      Cause = "hidden"      // Found counts as not written because of Part, a NOT "phrase"
	Apart       Cause = "apart"       // NEAR: the closest two, Found, have Between words between them, and not Allowed
	Disordered  Cause = "disordered"  // ONEAR: Found stands in the other order
	Overlapping Cause = "overlapping" // NEAR: both sides are found in the same words only
	Vetoed      Cause = "vetoed"      // NOT: Part holds, because of Found or, without it, of a field
	Differs     Cause = "differs"     // the field Part wants another value than Has
)

// Why says what is wrong. Which fields are set depends on the Cause.
type Why struct {
	Cause   Cause
	Part    string   // the part of the clause that is meant, in the admin's spelling
	Words   []string // as in Found.Word
	Found   []Found
	Between int
	Allowed int
	Has     string // empty: unknown
}

// Explain says of every query, in their order, whether p matches it and why.
func (x *Index) Explain(p *source.Post) []Explanation {
	d := x.newDoc()
	d.reset(p)
	words, out := read(p.Text), make([]Explanation, len(x.queries))
	for i, q := range x.queries {
		out[i] = q.explain(d, words)
	}
	return out
}

// NoWord reports whether the text has nothing of the words that the query asks for.
func (e Explanation) NoWord() bool {
	return e.Near == 0 && slices.ContainsFunc(e.Clauses, func(c Clause) bool { return c.Why.Cause == Missing })
}

// Failed counts the clauses that do not hold.
func (e Explanation) Failed() int {
	n := 0
	for _, c := range e.Clauses {
		if !c.Holds {
			n++
		}
	}
	return n
}

// explain leaves the verdict to the matcher and looks for reasons after it.
func (q *Query) explain(d *Doc, words *reading) Explanation {
	var e Explanation
	e.Spans, e.Matched = q.match(d)
	e.Spans = slices.Clone(e.Spans)
	l, parts := looker{d: d, read: words, src: q.src}, []node{q.root}
	if and, ok := q.root.(*andNode); ok {
		l, parts = l.under(and), and.all
	}
	for _, n := range parts {
		e.Clauses = append(e.Clauses, l.clause(n))
	}
	var asks bool
	if e.Near, asks = l.nearness(q.root); !asks {
		e.Near = float64(len(parts)-e.Failed()) / float64(len(parts))
	}
	return e
}

func (l looker) clause(n node) Clause {
	c := Clause{Query: l.spelled(n), Holds: true}
	if except, ok := n.(*exceptNode); ok {
		c.Hides, c.Found = true, foundIn(l.sights(except.phrase))
		return c
	}
	spans, ok := l.ask(n)
	if !ok {
		c.Holds, c.Why = false, l.why(n)
		return c
	}
	c.Found = l.within(n, spans)
	return c
}

// nearness is the share of Explanation.Near; asks is false for what asks for
// no words.
func (l looker) nearness(n node) (share float64, asks bool) {
	switch n := n.(type) {
	case *fieldNode, *notNode, *exceptNode:
		return 0, false
	case *andNode:
		return l.mean(n.all)
	case *nearNode:
		return l.mean([]node{n.left, n.right})
	case *orNode:
		for _, x := range n.any {
			more, yes := l.nearness(x)
			share, asks = max(share, more), asks || yes
		}
		return share, asks
	}
	switch {
	case len(l.sights(n)) > 0:
		return 1, true
	case l.absent(n).Cause != Missing:
		return 0.5, true
	}
	return 0, true
}

func (l looker) mean(all []node) (share float64, asks bool) {
	var shares []float64
	for _, n := range all {
		if more, yes := l.nearness(n); yes {
			shares = append(shares, more)
		}
	}
	for _, more := range shares {
		share += more / float64(len(shares))
	}
	return share, len(shares) > 0
}

func foundIn(sights []sight) []Found {
	out := make([]Found, len(sights))
	for i, s := range sights {
		out[i] = s.Found
	}
	slices.SortStableFunc(out, byPlace)
	return slices.Compact(out)
}

func byPlace(a, b Found) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Word, b.Word))
}
