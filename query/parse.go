package query

import "fmt"

// The grammar, which docs/query.md explains by examples. Operators are upper
// case; lower-case and, or, not are words to be looked for.
//
//	query   = or .
//	or      = and { "OR" and } .
//	and     = near { [ "AND" ] near } .
//	near    = not { ( "NEAR/" n | "ONEAR/" n ) not } .    n is 0 to 100
//	not     = [ "NOT" ] primary .
//	primary = "(" or ")" | phrase | term | field .
//	phrase  = '"' text '"' .
//	term    = word | "=" word | word "*" | "#" word | "$" name .
//	field   = ( "source" | "site" | "kind" | "lang" | "outlet" ) ":" ( value | '"' text '"' )
//	        | ( "tier" | "reach" ) ( "<" | "<=" | "=" | ">=" | ">" ) number .
//
// What the grammar does not say: the operands of NEAR have to be words,
// phrases, sets, tags, an OR of these, or on the left another NEAR. A query
// has to ask for something: NOT alone, or on one side of OR, is refused.

// maxDepth keeps the recursion of parser and matcher small; nobody reads a
// query that is nested deeper.
const maxDepth = 40

// parse reads a query. Sets are not resolved yet: see Compile.
func parse(src string) (node, *Error) {
	p := &parser{src: src}
	p.advance()
	if p.err == nil && p.tok.kind == lexEnd {
		p.fail(where{0, len(src)}, "the query is empty", `write a word to look for, such as debu`)
	}
	root := p.or()
	if p.tok.kind == lexClose {
		p.fail(p.tok.where, "this parenthesis closes nothing", "remove it, or add the one that opens")
	}
	if p.err != nil {
		return nil, p.err
	}
	if err := check(root); err != nil {
		return nil, err
	}
	return root, nil
}

// parser descends by precedence. The first error sticks: from then on
// only lexEnd is read, so that every loop ends, and nodes may be nil.
type parser struct {
	src   string
	pos   int    // what scan reads next
	tok   lexeme // what is looked at
	last  int    // end of what was read before tok
	depth int
	err   *Error
}

func (p *parser) fail(at where, msg, hint string) {
	if p.err == nil {
		p.err = at.problem(msg, hint)
	}
	p.tok = lexeme{kind: lexEnd}
}

func (p *parser) advance() {
	p.last = p.tok.end()
	if p.err != nil {
		return
	}
	if tok := p.scan(); p.err == nil {
		p.tok = tok
	}
}

// since is everything read from offset on.
func (p *parser) since(offset int) where { return where{offset, p.last - offset} }

func (p *parser) or() node {
	start := p.tok.offset
	first := p.and()
	if p.tok.kind != lexOr {
		return first
	}
	all := []node{first}
	for p.tok.kind == lexOr {
		p.operator()
		all = append(all, p.and())
	}
	return &orNode{p.since(start), all}
}

func (p *parser) and() node {
	start := p.tok.offset
	all := []node{p.near()}
	for p.tok.kind == lexAnd || p.tok.begins() {
		if p.tok.kind == lexAnd {
			p.operator()
		}
		all = append(all, p.near())
	}
	if len(all) == 1 {
		return all[0]
	}
	return &andNode{p.since(start), all}
}

func (p *parser) near() node {
	start := p.tok.offset
	left := p.not()
	for p.tok.kind == lexNear {
		op := p.operator()
		right := p.not()
		p.checkOperand(op, left, true)
		p.checkOperand(op, right, false)
		left = &nearNode{where: p.since(start), left: left, right: right, n: op.n, ordered: op.ordered}
	}
	return left
}

func (p *parser) not() node {
	if p.tok.kind != lexNot {
		return p.primary()
	}
	op := p.operator()
	if p.tok.kind == lexNot {
		p.fail(p.tok.where, "two NOTs in a row", "leave both out, they cancel each other")
	}
	quoted := p.tok.quoted
	x := p.primary()
	if phrase, ok := x.(*phraseNode); ok && quoted {
		return &exceptNode{p.since(op.offset), phrase}
	}
	return &notNode{p.since(op.offset), x}
}

// operator reads an operator, after which something has to follow.
func (p *parser) operator() lexeme {
	op := p.tok
	p.advance()
	if !p.tok.begins() {
		p.fail(op.where, p.spelled(op)+" has nothing after it", "")
	}
	return op
}

func (p *parser) primary() node {
	tok := p.tok
	switch tok.kind {
	case lexTerm:
		p.advance()
		return tok.node
	case lexOpen:
		return p.group()
	case lexClose:
		p.fail(tok.where, "this parenthesis closes nothing", "remove it, or add the one that opens")
	case lexAnd, lexOr, lexNear:
		p.fail(tok.where, p.spelled(tok)+" has nothing before it", "")
	case lexNot, lexEnd: // not reads NOT, and whoever finds the end too early says so
	}
	return nil
}

func (p *parser) group() node {
	open := p.tok
	if p.depth++; p.depth > maxDepth {
		p.fail(open.where, fmt.Sprintf("parentheses are nested more than %d deep", maxDepth), "")
	}
	p.advance()
	if p.tok.kind == lexClose {
		p.fail(where{open.offset, p.tok.end() - open.offset}, "these parentheses are empty", "")
	}
	n := p.or()
	if p.tok.kind != lexClose {
		p.fail(open.where, "this parenthesis is never closed", "add ) where the group ends")
	}
	p.depth--
	p.advance()
	return n
}

func (p *parser) spelled(tok lexeme) string { return p.src[tok.offset:tok.end()] }
