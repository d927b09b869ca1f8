package config

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// checkQuoting refuses a query that YAML cuts off at a hashtag, which it takes
// for a comment, and warns of one whose quotation marks YAML takes for itself.
// Both work, and find much more than what was written.
func (c *checker) checkQuoting(r ruleEntry) {
	if !r.Query.ok {
		return
	}
	if tag, offset, ok := r.Query.swallowed(); ok {
		c.errs = append(c.errs, r.Query.file.errorAt(offset, "to YAML, "+tag+" is a comment and no part of the query", "put ' before and after the whole query"))
	}
	if words, ok := r.Query.unquoted(); ok {
		c.warn(r.Query.place, "YAML takes these quotation marks for itself, so the words are looked for anywhere", `for a phrase, write '"`+words+`"'; otherwise leave the marks out`)
	}
}

// swallowed returns the hashtag behind a value, or in place of it, which YAML
// takes for a comment, and where in the file it stands.
func (p place) swallowed() (tag string, offset int, ok bool) {
	if p.node.Kind != yaml.ScalarNode {
		return "", 0, false
	}
	start := p.file.offset(p.node.Line, p.node.Column)
	comment := p.node.LineComment
	if isNull(p.node) {
		line, _, _ := strings.Cut(p.file.text[start:], "\n")
		comment = strings.TrimSpace(line)
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(comment, "#"))
	if !strings.HasPrefix(comment, "#") || !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return "", 0, false
	}
	return shorten(strings.Fields(comment)[0]), start + max(0, strings.Index(p.file.text[start:], comment)), true
}

// unquoted returns the words of a value in quotation marks that mean nothing
// but words, as in query: "polusi udara".
func (p place) unquoted() (words string, ok bool) {
	if p.node.Style&yaml.DoubleQuotedStyle == 0 {
		return "", false
	}
	word := func(s string) bool {
		return strings.ToUpper(s) != s && !strings.ContainsFunc(s, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) })
	}
	all := strings.Fields(p.node.Value)
	return strings.Join(all, " "), len(all) > 1 && !slices.ContainsFunc(all, func(s string) bool { return !word(s) })
}
