package lexicon

import "github.com/siaga-id/siaga/text"

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
	words keys     // of all phrases, whatever their anchors
}

// slot is what hangs at one word: a single entry in place, or records.
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
	return 8*len(l.sieve) + 16*len(l.slots) + 8*len(l.more) + 8*len(l.words)
}

// Knows reports whether a word, folded, is an entry or stands in a phrase.
func (l *Lexicon) Knows(word string) bool {
	key := l.keyer.Word(word)
	return l.slot(key) != nil || l.words.has(key)
}

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
			dst = l.at(dst, r, o.Key, int(o.At), int(o.At)+1)
		}
	}
	for _, t := range r.Tags {
		dst = l.tag(dst, r, t)
	}
	return dst
}

// tag appends what a tag means besides the words that it shows.
func (l *Lexicon) tag(dst []Match, r *text.Reading, t text.TagAt) []Match {
	from, to := int(t.From), int(t.To)
	if key := l.keyer.Tag(t.Key); l.sift(key) {
		dst = l.at(dst, r, key, from, to)
	}
	if to-from > 1 && l.sift(t.Key) {
		dst = l.at(dst, r, t.Key, from, to)
	}
	return dst
}

// sift is false for most keys that are not in the table.
func (l *Lexicon) sift(key text.Key) bool {
	return l.sieve[uint64(key)>>7&uint64(len(l.sieve)-1)]>>(key>>1&63)&1 != 0
}

// slot returns what hangs at a key, nil for nothing.
func (l *Lexicon) slot(key text.Key) *slot {
	if s := l.place(key); s.key != 0 {
		return s
	}
	return nil
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
		dst = l.pairNext(dst, r, key, from, to)
	}
	if s.holds&pairsLast != 0 && from > 0 {
		dst = l.pairLast(dst, r, key, from, to)
	}
	return dst
}
