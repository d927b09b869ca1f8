package query

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/siaga-id/siaga/text"
)

// words returns the words of a chunk, at least one, or fails at the first
// character that belongs to none: a comma or a minus that was meant to do
// something must not be passed over in silence.
func (p *parser) words(s string, at where) []string {
	var words []string
	end := 0
	for _, t := range text.Tokenize(nil, s) {
		if t.Word == "" {
			p.fail(at.cut(t.Start, t.End-t.Start), s[t.Start:t.End]+" is an address or a handle, which is not searched",
				"use source: or outlet: to choose where a post comes from")
			return nil
		}
		if between := s[end:t.Start]; t.Tag || !joins(between, end == 0) {
			p.stray(s, end, at)
			return nil
		}
		words, end = append(words, t.Word), t.End
	}
	if end < len(s) || len(words) == 0 {
		p.stray(s, end, at)
		return nil
	}
	return words
}

// joins reports whether what stands between two words keeps them together, as
// in kupu-kupu, 10.000 and 24/7. Before the first there may be nothing.
func joins(between string, first bool) bool {
	if first {
		return between == ""
	}
	return len(between) == 1 && strings.Contains("-./:_'", between)
}

func (p *parser) stray(s string, i int, at where) {
	r, size := utf8.DecodeRuneInString(s[i:])
	hint := "a query looks for words; put what belongs together in quotation marks"
	switch r {
	case '-', '!', '–':
		hint = "to exclude, write NOT"
	case ',', ';', '|':
		hint = "between alternatives, write OR"
	case '&', '+':
		hint = "for both, write AND or a space"
	case '*':
		hint = "a star goes at the end of a word"
	case '#':
		hint = "put a space before the tag"
	case '[', '{', '<':
		hint = "to group, use ( and )"
	}
	p.fail(at.cut(i, size), fmt.Sprintf("unexpected %q", s[i:i+size]), hint)
}
