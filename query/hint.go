package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// Hints returns what an admin should look at twice in a query that works.
func (q *Query) Hints() []Error { return q.hints }

func hintsFor(src string, root node) []Error {
	var hints []Error
	for n := range walk(root) {
		switch n := n.(type) {
		case *wordNode:
			spelled := src[n.offset:n.end()]
			if op := meantOperator(spelled); op != "" {
				hints = append(hints, *n.problem(spelled+" is looked for as a word here", "if the operator was meant, write "+op))
			}
		case *andNode:
			hints = append(hints, idleExcepts(n)...)
		}
	}
	return hints
}

// meantOperator returns the operator that a word looks like, or "".
func meantOperator(spelled string) string {
	switch spelled {
	case "and", "And", "dan", "Dan", "DAN":
		return "AND"
	case "or", "Or", "atau", "Atau", "ATAU":
		return "OR"
	case "not", "Not", "BUKAN", "TIDAK":
		return "NOT"
	case "near", "Near":
		return "NEAR/5"
	}
	return ""
}

// idleExcepts finds phrases that are hidden from words none of which they hold.
func idleExcepts(and *andNode) []Error {
	var hints []Error
	for _, x := range and.all {
		except, ok := x.(*exceptNode)
		if ok && !slices.ContainsFunc(and.all, func(n node) bool { return asks(n) && touches(n, except.phrase) }) {
			hints = append(hints, *except.problem("nothing beside this NOT looks for a word of the phrase, so it has no effect",
				fmt.Sprintf("to exclude posts with the phrase, write NOT (%s)", except.phrase)))
		}
	}
	return hints
}

// touches reports whether n could be found within the words of a phrase.
func touches(n node, p *phraseNode) bool {
	tokens := text.Tokenize(nil, strings.Join(p.words, " "))
	for x := range walk(n) {
		switch x := x.(type) {
		case *wordNode:
			if slices.ContainsFunc(tokens, func(t text.Token) bool {
				return x.text == t.Word || x.kind == prefixed && strings.HasPrefix(t.Word, x.text)
			}) {
				return true
			}
		case *phraseNode:
			if slices.ContainsFunc(x.words, func(w string) bool { return slices.Contains(p.words, w) }) {
				return true
			}
		}
	}
	return false
}
