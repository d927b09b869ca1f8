package model

import (
	"regexp"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// citation is [FAKTA-012] or [FAKTA-012, FAKTA-013], with the space before it.
var citation = regexp.MustCompile(` ?\[([^\[\]\n]*)\]`)

// A sentence of an answer, with what it cites.
type sentence struct {
	text  string // without citations
	ids   []string
	facts []facts.Fact // those of ids that are given and live
}

// ends is where a sentence ends: behind its stop and the citations that follow.
var ends = regexp.MustCompile(`[.!?]+["”’)]*(?:[ \n]*\[[^\[\]\n]*\])*(?:\s+|$)|\n\s*`)

// sentences cuts an answer. A full stop within a line that a space follows ends
// a sentence; what an abbreviation cuts off has no citation and is refused.
func sentences(s string, r Request) []sentence {
	var out []sentence
	for s != "" {
		at := ends.FindStringIndex(s)
		if at == nil {
			at = []int{len(s), len(s)}
		}
		part := s[:at[1]]
		s = s[at[1]:]
		if one := cite(strings.TrimSpace(part), r); one.text != "" || len(one.ids) > 0 {
			out = append(out, one)
		}
	}
	return out
}

func cite(part string, r Request) sentence {
	one := sentence{text: Plain(part)}
	for _, m := range citation.FindAllStringSubmatch(part, -1) {
		for id := range strings.FieldsFuncSeq(m[1], func(r rune) bool { return r == ',' || r == ';' }) {
			one.ids = append(one.ids, strings.TrimSpace(id))
		}
	}
	for _, f := range r.live() {
		if slices.Contains(one.ids, f.ID) {
			one.facts = append(one.facts, f)
		}
	}
	return one
}

// known is all that the facts of a sentence say, and who says it.
func (s sentence) known() []string {
	var out []string
	for _, f := range s.facts {
		out = append(out, wordsIn(strings.Join([]string{f.Text, f.ProvesNot, f.Source.Name, f.Unit, f.ID}, " "))...)
	}
	return out
}

// wordsIn returns the words of a text, folded.
func wordsIn(s string) []string {
	var out []string
	for _, t := range text.Tokenize(nil, s) {
		if t.Word != "" {
			out = append(out, t.Word)
		}
	}
	return out
}

func listed(list, w string) bool {
	for x := range strings.FieldsSeq(list) {
		if x == w {
			return true
		}
	}
	return false
}
