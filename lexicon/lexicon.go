package lexicon

import (
	"math/bits"

	"github.com/siaga-id/siaga/text"
)

// Match is one entry of a lexicon in a text: the words [From, To) of the
// reading.
type Match struct {
	ID, From, To uint32
}

// Lexicon is an immutable set of words and phrases, safe for use by many at
// once. A Builder makes it.
type Lexicon struct {
	keyer text.Keyer
	sieve []uint64 // a bit for each key; its length is a power of two
	slots []slot   // open addressing by the high bits of the key
	more  []uint64 // what slots refer to, see record
}

// slot is what begins at one word: a single entry in place, or records.
type slot struct {
	key   text.Key // 0: free
	ref   uint32   // an ID if alone, else an index into more
	holds uint32   // how many records, and the marks below
}

const (
	alone     = 1 << 31 // ref is the ID of this one word
	pairsNext = 1 << 30 // look for this word together with the next
	pairsLast = 1 << 29 // look for this word together with the last
	records   = pairsLast - 1
)

// Keyer returns what makes the keys of texts for this lexicon.
func (l *Lexicon) Keyer() text.Keyer { return l.keyer }

// Size returns the bytes that the lexicon holds.
func (l *Lexicon) Size() int {
	return 8*len(l.sieve) + 16*len(l.slots) + 8*len(l.more)
}

// Knows reports whether the word is an entry, or the anchor of one.
func (l *Lexicon) Knows(word text.Key) bool { return l.sift(word) && l.slot(word) != nil }

// Find appends every entry that stands in the text of r, in the order of
// their anchors, first by its words and then by its others and its tags, and
// returns the extended slice. It allocates only if dst has no room.
func (l *Lexicon) Find(dst []Match, r *text.Reading) []Match {
	for i := range r.Words {
		if key := r.Words[i].Key; l.sift(key) {
			dst = l.at(dst, r, key, i, i+1)
		}
	}
	for _, o := range r.Others {
		if l.sift(o.Key) {
			dst = l.at(dst, r, o.Key, int(o.From), int(o.To))
		}
	}
	for _, i := range r.Tags {
		dst = l.within(dst, r, int(i))
	}
	return dst
}

// minCut is how long a tag is, in bytes, that may be several words.
const minCut = 8

// within appends the words of a tag that was written as one.
func (l *Lexicon) within(dst []Match, r *text.Reading, i int) []Match {
	tag := r.Tag(uint32(i))
	if len(tag) < minCut || l.Knows(r.Words[i].Key) {
		return dst
	}
	var room [16]text.Part
	parts, _ := text.Segment(room[:0], tag, func(word string) bool { return l.Knows(l.keyer.Word(word)) })
	for _, p := range parts {
		if key := l.keyer.Word(tag[p.Start:p.End]); l.sift(key) {
			dst = l.at(dst, r, key, i, i+1)
		}
	}
	return dst
}

// sift is false for most keys that are not in the table.
func (l *Lexicon) sift(key text.Key) bool {
	return l.sieve[uint64(key)>>7&uint64(len(l.sieve)-1)]>>(key>>1&63)&1 != 0
}

func (l *Lexicon) slot(key text.Key) *slot {
	hi, _ := bits.Mul64(uint64(key), uint64(len(l.slots)))
	for i := int(hi); ; i++ {
		if i == len(l.slots) {
			i = 0
		}
		switch s := &l.slots[i]; s.key {
		case key:
			if key == 0 {
				return nil
			}
			return s
		case 0:
			return nil
		}
	}
}

// at appends what the word key means that stands at the words [from, to).
func (l *Lexicon) at(dst []Match, r *text.Reading, key text.Key, from, to int) []Match {
	s := l.slot(key)
	if s == nil {
		return dst
	}
	if s.holds&alone != 0 {
		return append(dst, Match{s.ref, uint32(from), uint32(to)})
	}
	dst = l.records(dst, r, s, from, to)
	if s.holds&pairsNext != 0 && to < len(r.Words) {
		dst = l.pair(dst, r, l.keyer.Pair(key, r.Words[to].Key), from, to)
	}
	if s.holds&pairsLast != 0 && from > 0 {
		dst = l.pair(dst, r, l.keyer.Pair(r.Words[from-1].Key, key), from, to)
	}
	return dst
}

func (l *Lexicon) pair(dst []Match, r *text.Reading, key text.Key, from, to int) []Match {
	if s := l.slot(key); s != nil {
		dst = l.records(dst, r, s, from, to)
	}
	return dst
}

// A record is one uint64 that says which entry it is and where in it the
// anchor stands, and a key for each of its other words, in order.
func record(id uint32, before, after int) uint64 {
	return uint64(id) | uint64(before)<<32 | uint64(after)<<48
}

func (l *Lexicon) records(dst []Match, r *text.Reading, s *slot, from, to int) []Match {
	rest := l.more[s.ref:]
	for range s.holds & records {
		head := rest[0]
		before, after := int(head>>32&0xffff), int(head>>48)
		others := rest[1 : 1+before+after]
		if start, end := from-before, to+after; start >= 0 && end <= len(r.Words) &&
			stands(r, start, others[:before]) && stands(r, to, others[before:]) {
			dst = append(dst, Match{uint32(head), uint32(start), uint32(end)})
		}
		rest = rest[1+len(others):]
	}
	return dst
}

// stands reports whether the words of r from i on may be read as keys.
func stands(r *text.Reading, i int, keys []uint64) bool {
	for n, key := range keys {
		if uint64(r.Words[i+n].Key) != key && !mayBe(r, i+n, text.Key(key)) {
			return false
		}
	}
	return true
}

func mayBe(r *text.Reading, i int, key text.Key) bool {
	for _, o := range r.Others {
		if o.Key == key && int(o.From) == i && int(o.To) == i+1 {
			return true
		}
	}
	return false
}
