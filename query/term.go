package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/text"
)

// term reads a chunk that is no operator.
func (p *parser) term(s string, at where) node {
	switch s[0] {
	case '$':
		return p.set(s, at)
	case '#':
		return p.tag(s, at)
	case '=':
		return p.exact(s, at)
	case '<', '>':
		p.fail(at, "this comparison has no field before it", "write tier<=2 or reach>=100, without spaces")
		return nil
	}
	if f, ok := splitField(s, at); ok {
		return p.field(f)
	}
	if stem, ok := strings.CutSuffix(s, "*"); ok {
		return p.prefix(stem, at)
	}
	return p.word(s, at)
}

// word reads one word, or several that hyphens and the like join.
func (p *parser) word(s string, at where) node {
	words := p.words(s, at)
	switch len(words) {
	case 0:
		return nil
	case 1:
		return &wordNode{where: at, text: words[0]}
	default:
		return &phraseNode{where: at, words: words, loose: true}
	}
}

func (p *parser) exact(s string, at where) node {
	if s == "=" {
		p.fail(at, "there is no word right after =", "write =debu; a phrase in quotation marks is exact already")
		return nil
	}
	switch n := p.word(s[1:], at.cut(1, len(s)-1)).(type) {
	case *wordNode:
		return &wordNode{where: at, text: n.text, kind: exactly}
	case *phraseNode:
		return &phraseNode{where: at, words: n.words}
	}
	return nil
}

// minPrefix is how many letters a prefix needs: with fewer, most of what it
// finds are other words (matching.md, section 1).
const minPrefix = 5

func (p *parser) prefix(stem string, at where) node {
	if stem == "" {
		p.fail(at, "there is no word before the star", "write the beginning of a word, such as cemar*")
		return nil
	}
	words := p.words(stem, at.cut(0, len(stem)))
	switch {
	case p.err != nil:
		return nil
	case len(words) > 1:
		p.fail(at, "the star goes with one word", "")
		return nil
	case utf8.RuneCountInString(words[0]) < minPrefix:
		p.fail(at, fmt.Sprintf("%s* is too short: it would find many other words", words[0]),
			fmt.Sprintf("write %d letters or more before the star, or the word itself", minPrefix))
		return nil
	}
	return &wordNode{where: at, text: words[0], kind: prefixed}
}

func (p *parser) tag(s string, at where) node {
	tokens := text.Tokenize(nil, s)
	if len(tokens) != 1 || !tokens[0].Tag || tokens[0].Start > 0 || tokens[0].End < len(s) {
		p.fail(at, fmt.Sprintf("%q is not one tag", s), "a tag is # and letters, digits or underscores, without spaces")
		return nil
	}
	return &wordNode{where: at, text: tokens[0].Word, kind: tagged}
}

func (p *parser) set(s string, at where) node {
	name := s[1:]
	stray := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-'
	}
	if name == "" || strings.ContainsFunc(name, stray) {
		p.fail(at, fmt.Sprintf("%q is no name of a set", s), "write $ and a name from words:, such as $debu")
		return nil
	}
	return &setNode{where: at, name: name}
}

// phrase reads what stands in quotation marks. One word in them is that word
// exactly.
func (p *parser) phrase() lexeme {
	s, at := p.quotedText()
	if i := strings.IndexByte(s, '*'); i >= 0 {
		_, size := utf8.DecodeRuneInString(p.src[at.offset:])
		p.fail(at.cut(size+i, 1), "a star has no meaning inside a phrase", "")
	}
	n, problem := quotedNode(s, at)
	if problem != "" {
		p.fail(at, problem, "")
	}
	return lexeme{where: at, kind: lexTerm, node: n, quoted: true}
}

// quotedNode makes a node of the words of s, or says why it cannot.
func quotedNode(s string, at where) (node, string) {
	tokens := text.Tokenize(nil, s)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		if words[i] = t.Word; t.Word == "" {
			return nil, fmt.Sprintf("%s is an address or a handle, which is not searched", s[t.Start:t.End])
		}
	}
	switch {
	case len(words) == 0:
		return nil, "there is no word in this phrase"
	case len(words) > 1:
		return &phraseNode{where: at, words: words}, ""
	case tokens[0].Tag:
		return &wordNode{where: at, text: words[0], kind: tagged}, ""
	}
	return &wordNode{where: at, text: words[0], kind: exactly}, ""
}
