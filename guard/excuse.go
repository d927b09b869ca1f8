package guard

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spans are the stretches of a text in which something approved, or quoted,
// stands word for word.
type spans struct {
	said, quoted [][2]int
}

func (c Cited) spans(text string) spans {
	var s spans
	for _, f := range c.Facts {
		// What a fact does not prove is no excuse: said by itself it is what it
		// denies.
		for _, said := range []string{f.Text, strings.TrimRight(f.Text, ". "), f.Source.Name, f.Source.URL, f.ID} {
			s.said = append(s.said, places(text, said)...)
		}
	}
	for _, t := range c.Texts {
		s.said = append(s.said, places(text, t)...)
	}
	for _, q := range c.Quoted {
		s.quoted = append(s.quoted, places(text, strings.TrimRight(q, ". "))...)
	}
	return s
}

// excuse reports a fault that lies within what may stand there.
func (s spans) excuse(f Fault) bool {
	within := func(span [2]int) bool { return span[0] <= f.Start && f.End <= span[1] }
	return slices.ContainsFunc(s.said, within) ||
		f.Kind != Threat && f.Kind != Person && slices.ContainsFunc(s.quoted, within)
}

// places returns where in a text a sentence stands by itself: in any case of its
// first letter, with any white space for white space.
func places(text, sentence string) [][2]int {
	sentence = strings.Join(strings.Fields(sentence), " ")
	if sentence == "" {
		return nil
	}
	var out [][2]int
	for i := range text {
		if end := i + prefix(text[i:], sentence); end > i && standsAlone(text, i, end) {
			out = append(out, [2]int{i, end})
		}
	}
	return out
}

// prefix returns how many bytes of s are the sentence that it begins with, or 0.
func prefix(s, sentence string) int {
	at := 0
	for i, want := range sentence {
		got, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case size == 0:
			return 0
		case want == ' ' && unicode.IsSpace(got):
			rest := strings.TrimLeftFunc(s[at:], unicode.IsSpace)
			at = len(s) - len(rest)
		case got == want, i == 0 && unicode.ToLower(got) == unicode.ToLower(want):
			at += size
		default:
			return 0
		}
	}
	return at
}

// standsAlone reports a stretch of which no word or figure goes on beyond it.
func standsAlone(s string, start, end int) bool {
	first, _ := utf8.DecodeRuneInString(s[start:])
	last, _ := utf8.DecodeLastRuneInString(s[:end])
	before, n := utf8.DecodeLastRuneInString(s[:start])
	after, m := utf8.DecodeRuneInString(s[end:])
	if isLetterOrDigit(first) && isLetterOrDigit(before) || isLetterOrDigit(last) && isLetterOrDigit(after) {
		return false
	}
	further, _ := utf8.DecodeLastRuneInString(s[:start-n])
	beyond, _ := utf8.DecodeRuneInString(s[end+m:])
	goesOn := func(in, sign, out rune) bool {
		return unicode.IsDigit(in) && strings.ContainsRune(".,-/:+−", sign) && unicode.IsDigit(out)
	}
	sign := strings.ContainsRune("-−+<>≤≥±", before) && !isLetterOrDigit(further) && unicode.IsDigit(first)
	percent := unicode.IsDigit(last) && after == '%'
	return !goesOn(first, before, further) && !goesOn(last, after, beyond) && !sign && !percent
}

func isLetterOrDigit(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
