package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
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
// they make together. A tag that shows no cut (boikotindosat) is one word, unless
// words in it are known.
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

	// Known reports whether a word, folded, is looked for, so that a tag in
	// small letters can be cut (Segment); nil: such tags stay whole. It is set
	// before the first Read.
	Known func(word string) bool

	text    string
	buf     []byte // the text, with room around it that belongs to no word
	done    int    // where in the text the last word ended that was read with care
	speller Speller
	low     []byte
	parts   []Part
	cuts    []Part
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

// Prefix returns the key of the first n bytes of word i as it is folded, 0 if
// it is shorter.
func (r *Reading) Prefix(k Keyer, i, n int) Key {
	w := r.Words[i]
	if w.Key == 0 {
		return 0
	}
	word := strings.TrimPrefix(r.text[w.Start:w.End], "#")
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
