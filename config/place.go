package config

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// place is where a value stands. The zero place is nowhere: the value was left
// out.
type place struct {
	file *file
	node *yaml.Node
}

func (p place) set() bool { return p.node != nil }

// where names the place within a sentence: "config.yaml:12".
func (p place) where() string { return fmt.Sprintf("%s:%d", p.file.name, p.node.Line) }

// problem is an error at the beginning of the value.
func (p place) problem(msg, hint string) *Error {
	return &Error{File: p.file.name, Line: p.node.Line, Column: p.node.Column, Msg: msg, Hint: hint}
}

// problemAt is an error at a byte of the text that a scalar stands for.
func (p place) problemAt(offset int, msg, hint string) *Error {
	e := p.problem(msg, hint)
	e.Line, e.Column = p.file.position(p.inside(offset))
	return e
}

// maxDepth is how deep a rule or a fact is nested. An anchor may hold itself.
const maxDepth = 3

// field returns the place of the value of a key anywhere below p, or p and
// false. Rooms name what they refuse by its key, which is unique in a rule
// and in a fact.
func (p place) field(key string) (place, bool) { return p.find(key, maxDepth) }

func (p place) find(key string, depth int) (place, bool) {
	if p.node.Kind != yaml.MappingNode || depth == 0 {
		return p, false
	}
	for i := 0; i+1 < len(p.node.Content); i += 2 {
		if p.node.Content[i].Value == key {
			return place{p.file, aliased(p.node.Content[i+1])}, true
		}
	}
	for i := 0; i+1 < len(p.node.Content); i += 2 {
		below := place{p.file, aliased(p.node.Content[i+1])}
		if found, ok := below.find(key, depth-1); ok {
			return found, true
		}
	}
	return p, false
}

// item returns the place of an item of a list, or p.
func (p place) item(i int) place {
	if p.node.Kind == yaml.SequenceNode && i < len(p.node.Content) {
		return place{p.file, aliased(p.node.Content[i])}
	}
	return p
}

// inside returns where in the file the text of a scalar goes on after offset
// bytes. YAML folds, indents and escapes, but never drops or moves a visible
// character, so it counts those.
func (p place) inside(offset int) int {
	text := p.node.Value[:min(offset, len(p.node.Value))]
	at := p.start()
	for _, r := range text {
		if !unicode.IsSpace(r) {
			at = p.skipBlanks(at)
			at += p.unit(at)
		}
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if offset < len(p.node.Value) && (text == "" || unicode.IsSpace(last)) {
		at = p.skipBlanks(at)
	}
	return at
}

// start returns where the text of a scalar begins: after its anchor, its tag
// and its opening mark.
func (p place) start() int {
	at := p.file.offset(p.node.Line, p.node.Column)
	rest := p.file.text[at:]
	for rest != "" && (rest[0] == '&' || rest[0] == '!') {
		rest = strings.TrimLeftFunc(strings.TrimLeftFunc(rest, func(r rune) bool { return !unicode.IsSpace(r) }), unicode.IsSpace)
	}
	at = len(p.file.text) - len(rest)
	switch {
	case p.node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		at++
	case p.node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		at += strings.IndexByte(rest, '\n') + 1
	}
	return min(at, len(p.file.text))
}

// skipBlanks returns the next place that shows something.
func (p place) skipBlanks(at int) int {
	for at < len(p.file.text) {
		r, size := utf8.DecodeRuneInString(p.file.text[at:])
		switch {
		case unicode.IsSpace(r):
			at += size
		case p.node.Style&yaml.DoubleQuotedStyle != 0 && blankEscape(p.file.text[at:]):
			at += 2
		default:
			return at
		}
	}
	return at
}

// blankEscape reports whether s begins with an escape that shows nothing, such
// as \n, or with the \ at the end of a line that goes on.
func blankEscape(s string) bool {
	return len(s) > 1 && s[0] == '\\' && strings.IndexByte("nrtfv \t\n\r_NLP", s[1]) >= 0
}

// unit returns the length of what is written for one visible character.
func (p place) unit(at int) int {
	rest := p.file.text[at:]
	switch {
	case p.node.Style&yaml.DoubleQuotedStyle != 0 && strings.HasPrefix(rest, `\`):
		return min(len(rest), escapeLength(rest))
	case p.node.Style&yaml.SingleQuotedStyle != 0 && strings.HasPrefix(rest, "''"):
		return 2
	}
	_, size := utf8.DecodeRuneInString(rest)
	return size
}

func escapeLength(s string) int {
	if len(s) > 1 {
		switch s[1] {
		case 'x':
			return 4
		case 'u':
			return 6
		case 'U':
			return 10
		}
	}
	return 2
}
