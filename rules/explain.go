package rules

import (
	"cmp"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/source"
)

// Explanation is why a post matches a rule or does not.
type Explanation struct {
	Rule Rule
	query.Explanation
}

// Explain says of every rule, in their order, whether p matches it and why.
func (s *Set) Explain(p *source.Post) []Explanation {
	out := make([]Explanation, len(s.rules))
	for i, e := range s.index.Explain(p) {
		out[i] = Explanation{Rule: s.rules[i].Rule, Explanation: e}
	}
	return out
}

// ByNearness orders explanations for a reader: matches first, then the rules
// that a post missed by least. Those that it has no word of stay as they are.
func ByNearness(a, b Explanation) int {
	rank := func(e Explanation) int {
		if e.Matched {
			return 0
		}
		return 1
	}
	if by := cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Near, a.Near)); by != 0 || a.Near == 0 {
		return by
	}
	return cmp.Compare(a.Failed(), b.Failed())
}
