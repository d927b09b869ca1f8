package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/siaga-id/siaga/facts"
)

// addresses finds what can be tapped: with a scheme, or a host and its top level.
var addresses = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://\S*|\b(?:www\.|mailto:|tel:|javascript:)\S*|[\pL\pN_@-]+(?:\.[\pL\pN_-]+)*\.\pL{2,}[^\s\[\],;]*`)

// plainText says what an answer has that plain text does not.
func plainText(s string, r Request) []Reason {
	rest := without(s, r)
	if at := addresses.FindString(rest); at != "" {
		return []Reason{reason(Address, at)}
	}
	if !utf8.ValidString(s) {
		return []Reason{{Why: Signs}}
	}
	for at, c := range rest {
		if !isPlain(c) {
			return []Reason{reason(Signs, around(rest, at))}
		}
	}
	return brackets(s)
}

// without returns a text without the addresses that may stand in it: those of
// facts, and what is safe.
func without(s string, r Request) string {
	allowed := slices.Clone(r.Safe)
	for _, f := range r.live() {
		allowed = append(allowed, urlOf(f))
	}
	slices.SortFunc(allowed, func(a, b string) int { return len(b) - len(a) })
	for _, a := range allowed {
		if !strings.ContainsAny(a, ".@") {
			continue
		}
		whole := regexp.MustCompile(`(^|[\s(:])` + regexp.QuoteMeta(a) + `([\s),;:!?]|\.(?:\s|$)|$)`)
		s = whole.ReplaceAllString(s, "$1 $2")
	}
	return s
}

func urlOf(f facts.Fact) string { return f.Source.URL }

// signs are the signs of plain text, and those of units. Stars, hashes, angles
// and the like draw something in one messenger or the other.
const signs = " \n.,;:!?()[]'\"’‘“”/%&°µμ³²·–—-"

// isPlain reports Latin letters that are written the common way, ASCII digits,
// and signs.
func isPlain(r rune) bool {
	switch {
	case strings.ContainsRune(signs, r), r >= '0' && r <= '9':
		return true
	case unicode.Is(unicode.Latin, r) && unicode.IsLetter(r):
		return norm.NFKC.IsNormalString(string(r))
	}
	return false
}

// around returns a few words around a place.
func around(s string, at int) string {
	from, to := max(0, at-20), min(len(s), at+20)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	return s[from:to]
}

// brackets says which brackets are no citations, or would, when they are taken
// out, join what stands around them.
func brackets(s string) []Reason {
	for _, at := range citation.FindAllStringIndex(s, -1) {
		before, after := s[:at[0]], s[at[1]:]
		spaced := s[at[0]] == ' ' || before == "" || strings.HasSuffix(before, "\n") || strings.HasSuffix(before, "]")
		closed := after == "" || strings.ContainsAny(after[:1], " .,;:!?\n[")
		number := len(after) > 1 && after[0] != ' ' && unicode.IsDigit(rune(after[1]))
		if !spaced || !closed || number {
			return []Reason{reason(Misquoted, s[at[0]:at[1]])}
		}
	}
	if rest := citation.ReplaceAllString(s, ""); strings.ContainsAny(rest, "[]") {
		return []Reason{reason(Misquoted, around(rest, strings.IndexAny(rest, "[]")))}
	}
	return nil
}
