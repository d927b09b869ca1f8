package evidence

import (
	"strings"

	"github.com/siaga-id/siaga/text"
)

// maxWords is how many words of a text are asked for. What a report says it
// says in its first paragraphs; the rest costs time and leads elsewhere.
const maxWords = 256

// A word is a content word of a text.
type word struct {
	spelled    string // folded
	start, end int    // bytes in the text
	number     bool
}

// wordsOf appends the content words of s to dst: without stop words, addresses,
// single letters and days of a month, with the words that tags and handles are
// made of. Known reports words that a tag in small letters may be cut into, and
// may be nil.
func wordsOf(dst []word, s string, known func(string) bool) []word {
	tokens := text.Tokenize(nil, s)
	for i := 0; i < len(tokens) && len(dst) < maxWords; i++ {
		t := tokens[i]
		switch {
		case t.Word == "" || t.Tag:
			dst = inside(dst, s, t, known)
		case isAddress(s, t):
			for i+1 < len(tokens) && !spaced(s[t.End:tokens[i+1].Start]) {
				i++
			}
		default:
			n, ok := numberAt(s, tokens, i)
			if !ok {
				dst = plain(dst, t.Word, t.Start, t.End)
				continue
			}
			dst = figure(dst, n, t.Start, isDayOfMonth(tokens, i))
			i += n.tokens - 1
		}
	}
	return dst
}

// figure appends a number and what it is counted in.
func figure(dst []word, n number, start int, day bool) []word {
	if !day {
		dst = append(dst, word{n.value, start, n.end, true})
	}
	if n.scale != "" {
		dst = append(dst, word{n.scale, start, n.end, false})
	}
	return dst
}

func spaced(gap string) bool { return strings.ContainsAny(gap, " \t\r\n") }

// isAddress reports a host that is written without a scheme: pic.twitter.com/x.
func isAddress(s string, t text.Token) bool {
	rest := s[t.End:]
	if !strings.HasPrefix(rest, ".") {
		return false
	}
	field, _, _ := strings.Cut(rest, " ")
	host, _, slash := strings.Cut(field, "/")
	top := host[strings.LastIndexByte(host, '.')+1:]
	return slash && len(top) > 1 && strings.Trim(top, "abcdefghijklmnopqrstuvwxyz") == ""
}

// inside appends the words of which a tag or a handle is made; those of an
// address say nothing.
func inside(dst []word, s string, t text.Token, known func(string) bool) []word {
	raw := s[t.Start:t.End]
	if !t.Tag && !strings.HasPrefix(raw, "@") {
		return dst
	}
	body, _, _ := strings.Cut(strings.TrimLeft(raw, "#＃@＠"), "http") // an address typed onto the tag
	body = strings.TrimSuffix(body, "pic")                           // and one that Twitter has put there
	at := t.Start + strings.Index(raw, body)
	parts := text.TagParts(nil, body)
	if len(parts) == 1 && known != nil {
		low := strings.ToLower(body)
		if cut, ok := text.Segment(nil, low, known); ok && len(low) == len(body) {
			parts = cut
		}
	}
	for _, p := range parts {
		for _, w := range text.Tokenize(nil, body[p.Start:p.End]) {
			dst = plain(dst, w.Word, at+p.Start+w.Start, at+p.Start+w.End)
		}
	}
	return dst
}

func plain(dst []word, w string, start, end int) []word {
	if i := strings.IndexAny(w, "'’‘"); i >= 0 {
		w = strings.TrimSuffix(strings.ReplaceAll(w, "’", "'"), "'s")
		w = strings.Map(func(r rune) rune {
			if r == '\'' || r == '‘' {
				return -1
			}
			return r
		}, w)
	}
	if len(w) < 2 || isStop(w) {
		return dst
	}
	if scale := scaleOf(w); scale != "" {
		w = scale
	}
	if n := figureOf(w); n != "" {
		return append(dst, word{n, start, end, true})
	}
	return append(dst, word{w, start, end, false})
}
