package query

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type lexKind int

const (
	lexEnd lexKind = iota
	lexAnd
	lexOr
	lexNot
	lexNear
	lexOpen
	lexClose
	lexTerm
)

// lexeme is what the parser sees at a time: an operator, a parenthesis, or a
// whole term.
type lexeme struct {
	where
	kind    lexKind
	node    node // lexTerm
	quoted  bool // lexTerm in quotation marks
	n       int  // lexNear
	ordered bool // lexNear
}

// begins reports whether an operand begins here.
func (l lexeme) begins() bool { return l.kind == lexTerm || l.kind == lexOpen || l.kind == lexNot }

// quotes opens and closes phrases. The curly ones come with text that was
// pasted from a word processor.
const quotes = `"“”`

// scan reads the next lexeme. After an error its value means nothing.
func (p *parser) scan() lexeme {
	for p.pos < len(p.src) {
		r, size := utf8.DecodeRuneInString(p.src[p.pos:])
		if !unicode.IsSpace(r) {
			return p.scanAt(r, where{p.pos, size})
		}
		p.pos += size
	}
	return lexeme{where: where{len(p.src), 0}}
}

func (p *parser) scanAt(r rune, at where) lexeme {
	switch {
	case r == '(':
		p.pos++
		return lexeme{where: at, kind: lexOpen}
	case r == ')':
		p.pos++
		return lexeme{where: at, kind: lexClose}
	case strings.ContainsRune(quotes, r):
		return p.phrase()
	}
	rest := p.src[p.pos:]
	if n := strings.IndexFunc(rest, endsChunk); n >= 0 {
		rest = rest[:n]
	}
	at.length = len(rest)
	p.pos += len(rest)
	return p.chunk(rest, at)
}

func endsChunk(r rune) bool {
	return r == '(' || r == ')' || unicode.IsSpace(r) || strings.ContainsRune(quotes, r)
}

// quotedText reads from one quotation mark to the next.
func (p *parser) quotedText() (string, where) {
	_, size := utf8.DecodeRuneInString(p.src[p.pos:])
	open := where{p.pos, size}
	body := p.src[open.end():]
	n := strings.IndexAny(body, quotes)
	if n < 0 {
		p.fail(open, "this quotation mark is never closed", `add " where the phrase ends`)
		return "", open
	}
	_, size = utf8.DecodeRuneInString(body[n:])
	p.pos = open.end() + n + size
	return body[:n], where{open.offset, p.pos - open.offset}
}

// chunk is what stands between spaces, parentheses and quotation marks.
func (p *parser) chunk(s string, at where) lexeme {
	switch s {
	case "AND":
		return lexeme{where: at, kind: lexAnd}
	case "OR":
		return lexeme{where: at, kind: lexOr}
	case "NOT":
		return lexeme{where: at, kind: lexNot}
	}
	if op, ok := p.nearOperator(s, at); ok {
		return op
	}
	n := p.term(s, at)
	at.length = p.pos - at.offset // a field takes the quotation after it
	return lexeme{where: at, kind: lexTerm, node: n}
}

// maxNear is the widest NEAR: about a paragraph. Beyond, AND says the same.
const maxNear = 100

// nearOperator reads NEAR/n and ONEAR/n, or refuses what was meant to be one.
func (p *parser) nearOperator(s string, at where) (lexeme, bool) {
	name, ordered := "NEAR", false
	if strings.HasPrefix(strings.ToUpper(s), "ONEAR") {
		name, ordered = "ONEAR", true
	}
	if len(s) < len(name) || !strings.EqualFold(s[:len(name)], name) {
		return lexeme{}, false
	}
	digits, slash := strings.CutPrefix(s[len(name):], "/")
	n, err := strconv.Atoi(digits)
	numbered := slash && (err == nil || errors.Is(err, strconv.ErrRange))
	switch {
	case s[:len(name)] != name && !numbered, beginsWithLetter(s[len(name):]):
		return lexeme{}, false // a word
	case s[:len(name)] != name:
		p.fail(at, s+" is no operator in lower case", fmt.Sprintf("write %s/%s", name, digits))
	case !numbered:
		p.fail(at, name+" needs a number: how many words may stand between", "write "+name+"/5")
	case n < 0 || n > maxNear:
		p.fail(at, fmt.Sprintf("%s takes 0 to %d words", name, maxNear), "for anywhere in the text, write AND")
	}
	return lexeme{where: at, kind: lexNear, n: n, ordered: ordered}, true
}

func beginsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}
