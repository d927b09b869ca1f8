package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lowerASCII lowers A-Z and nothing else, so that offsets stay. It allocates
// once, and only if there is something to lower.
func lowerASCII(s string) string {
	i := 0
	for i < len(s) && !isUpper(s[i]) {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for ; i < len(s); i++ {
		c := s[i]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// foldWord folds one run that was cut from a text after lowerASCII.
func foldWord(s string) string {
	if isFolded(s) {
		return s
	}
	s = latinised(norm.NFKC.String(strings.Map(bare, s)))
	s = strings.TrimLeftFunc(strings.Map(lowerWord, s), unicode.IsMark)
	return norm.NFKC.String(s) // lowering may bring letters and marks together that have one form
}

func isFolded(s string) bool {
	for i := range len(s) {
		if !isPlain(rune(s[i])) && s[i] != '\'' {
			return false
		}
	}
	return true
}

// bare drops what cannot be seen, and what a tag may hold besides its letters.
func bare(r rune) rune {
	switch {
	case strings.ContainsRune(apostrophes, r):
		return '\''
	case r == '_' || isInvisible(r):
		return -1
	}
	return r
}

// lowerWord lowers a rune after NFKC, and drops the spaces and signs that NFKC
// makes of some letters: U+FDFA becomes four words, U+0149 begins with U+02BC.
func lowerWord(r rune) rune {
	if r != '\'' && (r == 'ʼ' || isInvisible(r) || !isWord(r)) {
		return -1
	}
	return unicode.ToLower(r)
}

// isPlain reports the runes that need no folding.
func isPlain(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
}

func beginsWord(r rune) bool {
	return isPlain(r) || 'A' <= r && r <= 'Z' ||
		r >= utf8.RuneSelf && !isInvisible(r) && isWord(r) && !unicode.IsMark(r) && !strings.ContainsRune(apostrophes, r)
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || isDressed(r)
}

// isDressed reports signs that are one letter or digit in other clothes, as in
// CO₂ and Ⓢⓔⓜⓔⓝ. Those that stand for several (™, №, ½) are no part of a word:
// a brand with its ™ must stay the brand.
func isDressed(r rune) bool {
	if !unicode.In(r, unicode.No, unicode.So) {
		return false
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	plain := norm.NFKC.Properties(buf[:n]).Decomposition()
	only, size := utf8.DecodeRune(plain)
	return size > 0 && size == len(plain) && (unicode.IsLetter(only) || unicode.IsDigit(only))
}

// isInvisible reports runes that change nothing about which word it is: those
// that hide, the selectors of a variant's look, and enclosing marks (keycaps).
func isInvisible(r rune) bool {
	return r >= utf8.RuneSelf && (hides(r) || unicode.In(r, unicode.Variation_Selector, unicode.Me))
}

// hides reports runes that are not seen themselves: zero width, fillers, tag
// characters, and the bidirectional controls, which can turn around what is.
func hides(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point)
}
