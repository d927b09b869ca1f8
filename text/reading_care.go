package text

import (
	"strings"
	"unicode/utf8"
)

// care is what a run needs besides its key.
type care int

const (
	nothing care = iota
	toSpell      // it is one word, which a Speller may have something to say about
	toRead       // it is more or less than one word
	toSplit      // it is to be read literally, and not all ASCII
	toPass       // it was read with the one before
)

// look decides what the run b[start:end] needs, with the signs around it.
func (r *Reading) look(start, end int, literal bool) care {
	b := r.buf
	letters, foreign, drawn := 0, false, isDrawn(b[start:end])
	for i, c := range b[start:end] {
		switch {
		case c >= utf8.RuneSelf:
			foreign = true
		case c >= 'A':
			letters++
			drawn = drawn || i > 1 && c|0x20 == b[start+i-1]|0x20 && c|0x20 == b[start+i-2]|0x20
		}
	}
	switch {
	case end-lane <= r.done:
		return toPass
	case literal && foreign:
		return toSplit
	case literal:
		return nothing
	case foreign || start-lane < r.done || begins(b[start-1]) || goesOn(b[end]) && (b[end] != '.' || isWWW(b[start:end])):
		return toRead
	case letters > 0 && (drawn || letters < end-start):
		return toSpell
	}
	return nothing
}

// isDrawn reports whether a run ends as one that was drawn out may end.
func isDrawn(run []byte) bool {
	n := len(run)
	for i := max(1, n-3); i < n; i++ {
		if run[i]|0x20 == run[i-1]|0x20 && (i == n-1 || closes(run[i])) {
			return n > 2
		}
	}
	return false
}

// begins reports whether a sign may make what follows more than a word.
func begins(sign byte) bool { return sign == '@' || sign == '#' || sign == '_' }

// goesOn reports whether a sign may make what comes before more than a word:
// jum'at, https://x, www.x.
func goesOn(sign byte) bool {
	return sign != ' ' && (sign == '\'' || sign == '`' || sign == ':' || sign == '.')
}

func isWWW(run []byte) bool {
	return len(run) == 3 && run[0]|0x20 == 'w' && run[1]|0x20 == 'w' && run[2]|0x20 == 'w'
}

// withCare reads the run [start, end) of the text, and beyond it what belongs
// to its last word.
func (r *Reading) withCare(k Keyer, start, end int, asks care) {
	switch asks {
	case nothing, toPass:
	case toSpell:
		r.addWord(k, start, end)
	case toSplit:
		r.split(k, start, end)
	case toRead:
		r.read(k, start, end)
	}
}

func (r *Reading) read(k Keyer, start, end int) {
	i := max(start, r.done)
	if before := strings.TrimRight(r.text[r.done:i], "_"); i == start && before != "" {
		if sign := before[len(before)-1]; sign == '@' || sign == '#' {
			i = r.done + len(before) - 1
		}
	}
	for i < end {
		what, after := span(r.text, i)
		switch what {
		case anOrigin:
			r.add(0, i, after)
		case aTag:
			r.addTag(k, i, after)
		case aWord:
			r.addWord(k, i, after)
		case between:
		}
		i = after
	}
	r.done = i
}

// split reads the run [start, end) as letters and digits, and signs between.
func (r *Reading) split(k Keyer, start, end int) {
	for i := start; i < end; {
		c, size := runeAt(r.text, i)
		after := i + size
		if beginsWord(c) {
			after = run(r.text[:end], i, "", "")
			r.addWord(k, i, after)
		}
		i = after
	}
}

func (r *Reading) add(key Key, start, end int) {
	r.Words = append(r.Words, WordAt{key, uint32(start), uint32(end)})
}

// addWord adds a word, and what its writer may have meant by it.
func (r *Reading) addWord(k Keyer, start, end int) {
	if !r.fold(start, end) {
		return
	}
	at := len(r.Words)
	r.add(keyOf(k, r.low), start, end)
	if Playful(r.low) {
		for _, meant := range r.speller.Of(r.low) {
			r.Others = append(r.Others, Other{keyOf(k, meant), uint32(at)})
		}
	}
}

// addTag adds a tag as the words that it shows, and as a whole.
func (r *Reading) addTag(k Keyer, start, end int) {
	_, sign := runeAt(r.text, start)
	body := start + sign
	if !r.fold(body, end) {
		return
	}
	whole, at, others := keyOf(k, r.low), len(r.Words), len(r.Others)
	r.parts = TagParts(r.parts[:0], r.text[body:end])
	for _, p := range r.parts {
		r.addPart(k, body+p.Start, body+p.End)
	}
	if len(r.Words) == at || len(r.Words) == at+1 && len(r.parts) > 1 { // nothing can be seen of the other parts
		r.Words, r.Others = r.Words[:at], r.Others[:others]
		r.addWord(k, body, end)
	}
	r.Words[at].Start, r.Words[len(r.Words)-1].End = uint32(start), uint32(end)
	r.Tags = append(r.Tags, TagAt{whole, uint32(at), uint32(len(r.Words))})
}

// minCut is how long a part of a tag is, in bytes, that may be several words.
const minCut = 8

// addPart adds what a tag shows as one word, or the words that are known in it
// and what is left around them.
func (r *Reading) addPart(k Keyer, start, end int) {
	r.cuts = r.cuts[:0]
	if word := r.text[start:end]; r.Known != nil && len(word) >= minCut && isASCII(word) {
		if word = lowerASCII(word); !r.Known(word) {
			r.cuts, _ = Segment(r.cuts, word, r.Known)
		}
	}
	at := start
	for _, p := range r.cuts {
		if start+p.Start > at {
			r.addWord(k, at, start+p.Start)
		}
		r.addWord(k, start+p.Start, start+p.End)
		at = start + p.End
	}
	if at < end {
		r.addWord(k, at, end)
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// fold puts a word or a tag of the text into low as foldWord has it, and
// reports whether anything is left.
func (r *Reading) fold(start, end int) bool {
	r.low = r.low[:0]
	for i := start; i < end; i++ {
		c := r.text[i]
		switch {
		case isPlain(rune(c)) || c == '\'':
		case isUpper(c):
			c += 'a' - 'A'
		default:
			r.low = append(r.low[:0], foldWord(lowerASCII(r.text[start:end]))...)
			return len(r.low) > 0
		}
		r.low = append(r.low, c)
	}
	return len(r.low) > 0
}
