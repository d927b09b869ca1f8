package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/text"
)

// A word is one of a text, with all that it may be read as.
type word struct {
	spelled    string   // folded, in Latin letters and ASCII digits where it can be
	readings   []string // spelled, and what a playful writer may have meant
	start, end int      // bytes in the text
	gap        string   // what is seen before it, from the end of the word before
	capital    bool     // it begins with a capital letter
	origin     bool     // an @handle or an address
	sentence   int      // which sentence it is in
}

// read cuts a text into words. Letters that stand alone one after another are
// read as one word: s o m a s i.
func read(s string) []word {
	var out []word
	var speller text.Speller
	add := func(w word, folded string) {
		w.spelled = plainDigits(folded)
		w.readings = readings(&speller, w.spelled)
		out = append(out, w)
	}
	for _, t := range text.Tokenize(nil, s) {
		w := word{start: t.Start, end: t.End, origin: t.Word == "", capital: isCapital(s[t.Start:t.End])}
		if !t.Tag {
			add(w, t.Word)
			continue
		}
		body := s[t.Start:t.End]
		for _, p := range text.TagParts(nil, body) {
			for _, in := range text.Tokenize(nil, body[p.Start:p.End]) {
				from := t.Start + p.Start
				add(word{start: from + in.Start, end: from + in.End, capital: isCapital(s[from+in.Start:])}, in.Word)
			}
		}
	}
	return placed(s, joined(s, out, &speller))
}

// placed notes what stands between words, and the sentence that each is in.
func placed(s string, words []word) []word {
	end, sentence := 0, 0
	for i := range words {
		words[i].gap = text.Clean(s[end:max(end, words[i].start)])
		if endsSentence(words[i].gap) && i > 0 {
			sentence++
		}
		words[i].sentence, end = sentence, words[i].end
	}
	return words
}

// endsSentence reports a gap between words with a full stop in it, or a new
// line. A dot without a space is none: 17.00, dlh.example.
func endsSentence(gap string) bool {
	if strings.ContainsAny(gap, "!?\n\r\u2028\u2029") {
		return true
	}
	i := strings.IndexByte(gap, '.')
	return i >= 0 && strings.ContainsAny(gap[i:], " \t")
}

// readings returns what a word may be read as, the word itself first.
func readings(speller *text.Speller, w string) []string {
	out := []string{w}
	if text.Playful([]byte(w)) {
		for _, other := range speller.Of([]byte(w)) {
			out = append(out, string(other))
		}
	}
	if strings.ContainsAny(w, "0123456789") { // a Speller expects Indonesian, and c0mpletely is none
		out = append(out, strings.Map(letterFor('i'), w), strings.Map(letterFor('l'), w))
	}
	return out
}

// letterFor returns a function from digits to the letters that they look like; a
// 1 looks like two.
func letterFor(one rune) func(rune) rune {
	return func(r rune) rune {
		if i := strings.IndexRune("0134579", r); i >= 0 {
			return []rune{'o', one, 'e', 'a', 's', 't', 'g'}[i]
		}
		return r
	}
}

// plainDigits returns a folded word with the letters of other scripts that look
// Latin made Latin, and the digits of other scripts made ASCII.
func plainDigits(w string) string {
	if isASCII(w) {
		return w
	}
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.IsDigit(r) {
			return r
		}
		for _, block := range unicode.Nd.R16 {
			if lo := rune(block.Lo); r >= lo && r <= rune(block.Hi) {
				return '0' + (r-lo)%10
			}
		}
		return r
	}, text.Latin(w))
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	return unicode.IsUpper(r)
}
