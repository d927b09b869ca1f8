package query

// checkOperand refuses an operand of NEAR that has no place among the words.
func (p *parser) checkOperand(op lexeme, n node, left bool) {
	if p.err != nil || isPlaced(n) {
		return
	}
	name := p.spelled(op)
	switch n.(type) {
	case *nearNode:
		if !left {
			p.fail(n.place(), name+" cannot have another NEAR on its right", "chains are read from the left: a NEAR/3 b NEAR/3 c")
		}
	case *notNode, *exceptNode:
		p.fail(n.place(), "NOT cannot be beside "+name, "put the parts around "+name+" in parentheses: NOT (a "+name+" b)")
	case *fieldNode:
		p.fail(n.place(), "a field has no place in the text and cannot be beside "+name, "write it apart: a "+name+" b "+n.String())
	default:
		p.fail(n.place(), name+" takes words, phrases and sets, or an OR of them in parentheses",
			`write OR between alternatives, and "..." around words that stand side by side`)
	}
}

// isPlaced reports whether a node is found at places in the text that NEAR can
// measure from.
func isPlaced(n node) bool {
	switch n := n.(type) {
	case *wordNode, *phraseNode, *setNode:
		return true
	case *orNode:
		for _, x := range n.any {
			if !isPlaced(x) {
				return false
			}
		}
		return true
	}
	return false
}

// check refuses what is well-formed and still asks for nothing.
func check(root node) *Error {
	if n := unasked(root); n != nil {
		if n == root {
			return n.place().problem("the query only excludes and asks for nothing", "add the words to look for")
		}
		return n.place().problem("this side of OR only excludes: it would match nearly every post",
			"write what to look for before NOT, or move it out of the OR")
	}
	for n := range walk(root) {
		if x := looseExcept(n); x != nil {
			return x.place().problem("there is nothing beside this NOT for the phrase to be hidden from",
				"to exclude posts with the phrase, write NOT ("+x.phrase.String()+")")
		}
	}
	return nil
}

// unasked returns the first part that a post could match without holding
// anything that was asked for, or nil.
func unasked(n node) node {
	or, ok := n.(*orNode)
	if !ok {
		if asks(n) {
			return nil
		}
		return n
	}
	for _, x := range or.any {
		if bad := unasked(x); bad != nil {
			return bad
		}
	}
	return nil
}

func asks(n node) bool {
	switch n := n.(type) {
	case *notNode, *exceptNode:
		return false
	case *andNode:
		return anyAsks(n.all)
	case *orNode:
		return unasked(n) == nil
	}
	return true
}

func anyAsks(nodes []node) bool {
	for _, n := range nodes {
		if asks(n) {
			return true
		}
	}
	return false
}

// looseExcept returns a child of n that hides a phrase from nothing, or nil.
func looseExcept(n node) *exceptNode {
	if and, ok := n.(*andNode); ok && anyAsks(and.all) {
		return nil
	}
	for _, x := range children(n) {
		if except, ok := x.(*exceptNode); ok {
			return except
		}
	}
	return nil
}
