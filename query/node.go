package query

import (
	"fmt"
	"iter"
	"strings"
)

// node is one part of a query. String writes it so that it can be read again.
// Nodes never change once a vocabulary has numbered them.
type node interface {
	fmt.Stringer
	place() where
}

// wordNode is one word, folded.
type wordNode struct {
	where
	text string
	kind wordKind
	term uint32 // its number in the vocabulary
}

type wordKind int

const (
	anyForm  wordKind = iota // debu
	exactly                  // =debu, "debu"
	prefixed                 // berdebu*
	tagged                   // #debu
)

// phraseNode is words that stand side by side. Loose ones were written without
// quotation marks (kupu-kupu): their words may take forms.
type phraseNode struct {
	where
	words []string
	loose bool
	terms []uint32 // of each word if loose, else of the whole
}

// setNode is a named set; Compile replaces it by an orNode of its words.
type setNode struct {
	where
	name string
}

// nearNode is two things with at most n words between them.
type nearNode struct {
	where
	left, right node
	n           int
	ordered     bool
}

type andNode struct {
	where
	all []node
}

type orNode struct {
	where
	any []node
}

// notNode vetoes the post.
type notNode struct {
	where
	x node
}

// exceptNode is NOT directly before a phrase: it hides the words of the phrase
// from the rest of the andNode that it stands in, and vetoes nothing.
type exceptNode struct {
	where
	phrase *phraseNode
}

func (n *wordNode) String() string {
	switch n.kind {
	case exactly:
		return "=" + n.text
	case prefixed:
		return n.text + "*"
	case tagged:
		return "#" + n.text
	default:
		return n.text
	}
}

func (n *phraseNode) String() string {
	if n.loose {
		return strings.Join(n.words, "-")
	}
	return `"` + strings.Join(n.words, " ") + `"`
}

func (n *setNode) String() string { return "$" + n.name }

func (n *nearNode) String() string {
	left := grouped(n.left)
	if chain, ok := n.left.(*nearNode); ok {
		left = chain.String()
	}
	name := "NEAR"
	if n.ordered {
		name = "ONEAR"
	}
	return fmt.Sprintf("%s %s/%d %s", left, name, n.n, grouped(n.right))
}

func (n *andNode) String() string {
	parts := make([]string, len(n.all))
	for i, x := range n.all {
		switch x.(type) {
		case *andNode, *orNode:
			parts[i] = grouped(x)
		default:
			parts[i] = x.String()
		}
	}
	return strings.Join(parts, " ")
}

func (n *orNode) String() string {
	parts := make([]string, len(n.any))
	for i, x := range n.any {
		if _, ok := x.(*orNode); ok {
			parts[i] = grouped(x)
		} else {
			parts[i] = x.String()
		}
	}
	return strings.Join(parts, " OR ")
}

func (n *notNode) String() string {
	if p, ok := n.x.(*phraseNode); ok && !p.loose {
		return "NOT (" + p.String() + ")"
	}
	return "NOT " + grouped(n.x)
}

func (n *exceptNode) String() string { return "NOT " + n.phrase.String() }

// grouped writes an operand of an operator that binds tightly.
func grouped(n node) string {
	switch n.(type) {
	case *andNode, *orNode, *nearNode, *notNode, *exceptNode:
		return "(" + n.String() + ")"
	}
	return n.String()
}

// walk visits n and everything below it, from the top and from the left.
func walk(n node) iter.Seq[node] {
	return func(yield func(node) bool) { visit(n, yield) }
}

func visit(n node, yield func(node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, child := range children(n) {
		if !visit(child, yield) {
			return false
		}
	}
	return true
}

func children(n node) []node {
	switch n := n.(type) {
	case *andNode:
		return n.all
	case *orNode:
		return n.any
	case *nearNode:
		return []node{n.left, n.right}
	case *notNode:
		return []node{n.x}
	case *exceptNode:
		return []node{n.phrase}
	}
	return nil
}
