package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokenize appends the words of s to dst, in order, and returns the extended
// slice.
//
// A word is a run of letters, marks and digits, with single apostrophes
// between them (jum'at). Everything else ends a word; the two halves of
// debu-debu are therefore neighbours, and the byte between their offsets tells
// that they were one. Invisible characters never end a word. An @handle or an
// address (http, https, www) is one token with an empty Word, which keeps its
// place in the count of words and is equal to none. A #hashtag is one token
// with Tag set; underscores inside it are dropped, so that #semen_contoh and
// #SemenContoh are the same tag.
//
// Offsets are bytes of s. Tokenize does not allocate if s is lower-case ASCII
// and dst has room; Words are then substrings of s.
func Tokenize(dst []Token, s string) []Token {
	low := lowerASCII(s)
	for i := 0; i < len(low); {
		t, ok := cut(low, i)
		if ok {
			dst = append(dst, t)
		}
		i = t.End
	}
	return dst
}

// Fold returns the words of s, folded, joined by single spaces. Texts with the
// same Fold say the same thing in the same words. Addresses and handles are
// left out, because copies of a text differ in just these; a text that holds
// nothing else folds to the empty string, which says nothing about likeness.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, t := range Tokenize(nil, s) {
		if t.Word == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Word)
	}
	return b.String()
}

// sort is what a stretch of text is.
type sort int

const (
	between sort = iota // nothing that is compared
	aWord
	aTag     // with its sign
	anOrigin // an address or a handle
)

// cut reads what begins at s[i], in upper or lower case. If that is no token,
// only End is meaningful.
func cut(s string, i int) (Token, bool) {
	what, end := span(s, i)
	t := Token{Start: i, End: end, Tag: what == aTag}
	switch what {
	case between:
		return t, false
	case anOrigin:
		return t, true
	case aTag:
		_, sign := runeAt(s, i)
		t.Word = foldWord(s[i+sign : end])
	case aWord:
		t.Word = foldWord(s[i:end])
	}
	return t, t.Word != ""
}

// span finds out what begins at s[i] and where it ends.
func span(s string, i int) (sort, int) {
	r, size := runeAt(s, i)
	body := i + size
	switch {
	case r == '@' || r == '＠':
		if end := run(s, body, "_", handleJoints); strings.Trim(s[body:end], "_") != "" {
			return anOrigin, end
		}
	case r == '#' || r == '＃':
		if end := run(s, body, "_", ""); end > body {
			return aTag, end
		}
	case beginsWord(r):
		return wordSpan(s, i)
	}
	return between, body
}

func wordSpan(s string, i int) (sort, int) {
	if c := s[i] | 0x20; c == 'h' || c == 'w' { // as every address begins
		if end := addressEnd(s, i); end > i {
			return anOrigin, end
		}
	}
	end := run(s, i, "", apostrophes)
	if scheme := gluedScheme(s, i, end); scheme > i {
		end = run(s[:scheme], i, "", apostrophes)
	}
	return aWord, end
}

// apostrophes are the signs that people type for the one in jum'at.
const apostrophes = "'’‘ʼ`´＇"

// handleJoints are what a handle may hold: Instagram has dots, Mastodon a
// second @.
const handleJoints = ".@"

// run returns the end of the run of letters, marks and digits that begins at
// s[i], or i if there is none. Runes of inner count as letters; those of joints
// may stand between two others, one at a time.
func run(s string, i int, inner, joints string) int {
	end, joined := i, true
	for i < len(s) {
		r, size := runeAt(s, i)
		switch {
		case isPlain(r) || 'A' <= r && r <= 'Z' || strings.ContainsRune(inner, r):
			end, joined = i+size, false
		case strings.ContainsRune(joints, r):
			if joined {
				return end
			}
			joined = true
		case r < utf8.RuneSelf:
			return end
		case isInvisible(r):
		case isWord(r) && (joints != "" || r != 'ʼ'): // a letter to Unicode, but a tag ends at every apostrophe
			end, joined = i+size, false
		default:
			return end
		}
		i += size
	}
	return end
}

// addressEnd returns the end of the web address at s[i], or i if there is none.
func addressEnd(s string, i int) int {
	for _, prefix := range [...]string{"https://", "http://", "www."} {
		body, ok := cutPrefixFold(s[i:], prefix)
		if !ok {
			continue
		}
		n := strings.IndexFunc(body, endsAddress)
		if n < 0 {
			n = len(body)
		}
		if n > 0 {
			return i + len(prefix) + n
		}
	}
	return i
}

// cutPrefixFold is strings.CutPrefix in upper or lower case, for ASCII.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func endsAddress(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`<>"“”`, r)
}

// gluedScheme returns where an address begins that was typed onto the word
// s[i:end] without a space (lihathttps://...), or i if there is none.
func gluedScheme(s string, i, end int) int {
	if strings.HasPrefix(s[end:], "://") {
		for _, scheme := range [...]string{"https", "http"} {
			if at := end - len(scheme); at >= i && strings.EqualFold(s[at:end], scheme) {
				return at
			}
		}
	}
	return i
}

func runeAt(s string, i int) (rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}
