package rules

import (
	"fmt"

	"github.com/siaga-id/siaga/query"
)

// Hints returns what works in the queries of a set and is hardly meant.
func (s *Set) Hints() []Problem {
	var out []Problem
	for i := range s.rules {
		out = append(out, inQuery(i, s.rules[i].query.Hints()...)...)
	}
	return out
}

// Lint returns what works in the rules of a set and is hardly meant: prefixes
// with the words that they catch, short words that are looked for anywhere,
// queries that no post can match, and rules that say what another says. It
// tells what is certain, or what an admin can answer with an example; each
// Problem is one line. See also Hints, which reads each query by itself.
func (s *Set) Lint(a query.Around) []Problem {
	l, first := query.NewLinter(a), map[string]string{}
	var out []Problem
	for i := range s.rules {
		out = append(out, inQuery(i, s.rules[i].lint(l, first)...)...)
	}
	return out
}

// lint reads one rule. In first are the conditions of the rules before it, each
// with the name of the first that has it.
func (c *compiled) lint(l *query.Linter, first map[string]string) []query.Error {
	found := l.Prefixes(c.query)
	if never := l.Never(c.query); never != nil { // and there is nothing more to mend
		never.Msg = "the rule can never fire: " + never.Msg
		return append(found, *never)
	}
	if short := c.query.ShortWords(); short != nil && len(c.Examples.NoMatch) == 0 {
		found = append(found, *short)
	}
	condition := c.condition()
	if twin, taken := first[condition]; taken {
		return append(found, query.Error{
			Msg:  fmt.Sprintf("the rule is met by the same posts and at the same moments as %s", twin),
			Hint: "keep one of them, or give one another when:",
		})
	}
	first[condition] = c.Name
	return found
}

// condition is the same for two rules that are met by the same posts at the
// same moments. The same query with another When is a ladder, and meant.
func (c *compiled) condition() string {
	return fmt.Sprintf("%s\x00%v %v %v %v %v", c.query.Canonical(), c.By, c.When, c.For, c.Shadow, c.Colloquial)
}
