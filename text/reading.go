package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// WordAt is one word of a text that was read.
type WordAt struct {
	Key        Key    // 0: an address or a handle, which no word is equal to
	Start, End uint32 // bytes in the text
}

// Other is one more thing as which one word may be read.
type Other struct {
	Key Key
	At  uint32 // the word
}

// TagAt is a #hashtag: the words [From, To) are what it shows, and Key is what
// they make together. A tag that shows no cut (boikotindosat) is one word.
type TagAt struct {
	Key      Key // as that of a word: Keyer.Tag makes the key of the tag
	From, To uint32
}

// Reading is a text cut into words as Tokenize cuts it, with keys in place of
// words. It keeps its room from one text to the next; the zero value is ready
// for use, by one at a time.
type Reading struct {
	Words  []WordAt
	Others []Other // what words may stand for besides, in the order of the words
	Tags   []TagAt // in their order

	text    string
	buf     []byte // the text, with room around it that belongs to no word
	done    int    // where in the text the last word ended that was read with care
	speller Speller
	low     []byte
	parts   []Part
}

// Read makes r a reading of s, which has to be below 4 GiB. Once r has room it
// does not allocate, unless words of s have letters beyond ASCII.
func (r *Reading) Read(k Keyer, s string) {
	r.begin(s)
	r.scan(k, false)
}

// ReadLiterally makes r a reading of s in which a word is any run of letters
// and digits: no addresses, no handles, no tags.
func (r *Reading) ReadLiterally(k Keyer, s string) {
	r.begin(s)
	r.scan(k, true)
}

func (r *Reading) begin(s string) {
	r.text, r.done = s, 0
	r.Words, r.Others, r.Tags = slices.Grow(r.Words[:0], len(s)/2+1), r.Others[:0], r.Tags[:0]
	size := lane + (len(s)/block+1)*block + 2*lane
	r.buf = slices.Grow(r.buf[:0], size)[:size]
	copy(r.buf[lane:], s)
	clear(r.buf[lane+len(s):])
}

// scan finds the runs of ASCII letters and digits and of all that is not
// ASCII. A plain word among spaces is taken at once.
func (r *Reading) scan(k Keyer, literal bool) {
	b, words := r.buf, r.Words[:cap(r.Words)]
	n, start := 0, 0
	last := lane + len(r.text)
	var s scanner
	for at := lane; at <= last; at += block {
		if literal {
			s.literally(b[at:], last-at+1)
		} else {
			s.carefully(b[at:], last-at+1)
		}
		e := s.edges
		if start == 0 && e != 0 {
			start = at + bits.TrailingZeros64(e)
			e &= e - 1
		}
		for e != 0 {
			end := at + bits.TrailingZeros64(e)
			e &= e - 1
			asks := nothing
			if s.odd != 0 || start < at && (s.before != 0 || end-start > block) ||
				!literal && (begins(b[start-1]) || goesOn(b[end]) || start-lane < r.done) {
				asks = r.look(start, end, literal)
			}
			size := uint(end - start)
			switch around := b[start:]; {
			case asks != nothing:
				r.Words = words[:n]
				r.withCare(k, start-lane, end-lane, asks)
				r.Words = slices.Grow(r.Words, (last-end)/2+1) // a tag may be more words than it has room for
				words, n = r.Words[:cap(r.Words)], len(r.Words)
			case size <= 2*lane:
				x := binary.LittleEndian.Uint64(around) | small
				y := binary.LittleEndian.Uint64(around[lane:]) | small
				words[n] = WordAt{k.short(x, y, size), uint32(start - lane), uint32(end - lane)}
				n++
			default:
				words[n] = WordAt{k.long(b, start, end), uint32(start - lane), uint32(end - lane)}
				n++
			}
			if start = 0; e != 0 {
				start = at + bits.TrailingZeros64(e)
				e &= e - 1
			}
		}
	}
	r.Words = words[:n]
}

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
	r.add(k.bytes(r.low), start, end)
	if Playful(r.low) {
		for _, meant := range r.speller.Of(r.low) {
			r.Others = append(r.Others, Other{k.bytes(meant), uint32(at)})
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
	whole, at, others := k.bytes(r.low), len(r.Words), len(r.Others)
	r.parts = TagParts(r.parts[:0], r.text[body:end])
	for _, p := range r.parts {
		r.addWord(k, body+p.Start, body+p.End)
	}
	if len(r.Words) < at+2 { // nothing can be seen of the other parts
		r.Words, r.Others = r.Words[:at], r.Others[:others]
		r.addWord(k, body, end)
	}
	r.Words[at].Start, r.Words[len(r.Words)-1].End = uint32(start), uint32(end)
	r.Tags = append(r.Tags, TagAt{whole, uint32(at), uint32(len(r.Words))})
}

// OthersOf returns the others of word i.
func (r *Reading) OthersOf(i int) []Other {
	at, _ := slices.BinarySearchFunc(r.Others, i, func(o Other, i int) int { return int(o.At) - i })
	end := at
	for end < len(r.Others) && int(r.Others[end].At) == i {
		end++
	}
	return r.Others[at:end]
}

// TagFrom returns the tag that begins with word i.
func (r *Reading) TagFrom(i int) (TagAt, bool) {
	return tagAt(r.Tags, i, func(t TagAt) uint32 { return t.From })
}

// TagTo returns the tag that ends before word i.
func (r *Reading) TagTo(i int) (TagAt, bool) {
	return tagAt(r.Tags, i, func(t TagAt) uint32 { return t.To })
}

func tagAt(tags []TagAt, i int, side func(TagAt) uint32) (TagAt, bool) {
	at, ok := slices.BinarySearchFunc(tags, i, func(t TagAt, i int) int { return int(side(t)) - i })
	if !ok {
		return TagAt{}, false
	}
	return tags[at], true
}

// Tag returns what stands in a tag, folded.
func (r *Reading) Tag(t TagAt) string {
	return foldWord(lowerASCII(r.text[r.Words[t.From].Start:r.Words[t.To-1].End]))
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

// Prefix returns the key of the first n bytes of word i as it is folded, 0 if
// it is shorter.
func (r *Reading) Prefix(k Keyer, i, n int) Key {
	w := r.Words[i]
	if w.Key == 0 || int(w.End-w.Start) < n {
		return 0
	}
	word := r.text[w.Start:w.End]
	word = strings.TrimPrefix(word, "#")
	for j := range len(word) {
		if c := word[j]; !isPlain(rune(c|0x20)) && c != '\'' {
			if word = foldWord(lowerASCII(word)); len(word) < n {
				return 0
			}
			return k.Word(word[:n])
		}
	}
	if len(word) < n {
		return 0
	}
	start := lane + int(w.End) - len(word)
	return k.key(r.buf, start, start+n)
}
