package lexicon

import (
	"math/bits"
	"slices"

	"github.com/siaga-id/siaga/text"
)

const (
	maxWords = 1 << 15 // in a phrase
	crowd    = 8       // so many phrases of one anchor are told apart by a second word
	sieveFor = 16      // bits for each key: one word in 16 that is none of them passes
)

// Builder collects what a lexicon is to hold.
type Builder struct {
	keyer   text.Keyer
	items   []item
	phrases []text.Key // of all phrases, one after the other
}

// item is one entry: a word, or the words of a phrase.
type item struct {
	key   text.Key // of the word, or of the anchor
	id    uint32
	next  int32  // another item of the same slot, -1 for none
	first uint32 // in phrases
	words uint16 // in the phrase; 1: a word
	pick  uint16 // which of them is the anchor
}

// NewBuilder returns a Builder for keys of k.
func NewBuilder(k text.Keyer) *Builder { return &Builder{keyer: k} }

// Grow makes room for n more words.
func (b *Builder) Grow(n int) { b.items = slices.Grow(b.items, n) }

// Word adds one word. An ID may stand for many words and phrases, and the
// same word for many IDs.
func (b *Builder) Word(id uint32, word text.Key) {
	b.items = append(b.items, item{key: word, id: id, words: 1})
}

// Phrase adds words that stand side by side, at most 32,767 of them.
func (b *Builder) Phrase(id uint32, words ...text.Key) {
	if len(words) == 1 {
		b.Word(id, words[0])
		return
	}
	words = words[:min(len(words), maxWords)]
	b.items = append(b.items, item{id: id, first: uint32(len(b.phrases)), words: uint16(len(words))})
	b.phrases = append(b.phrases, words...)
}

// Build makes the lexicon. The census tells which word of a phrase is the
// rarest; nil: nothing is known yet.
func (b *Builder) Build(c *Census) *Lexicon {
	shared := b.shared()
	b.anchor(c, shared)
	l := &Lexicon{keyer: b.keyer}
	room := len(b.items) + 2 // for the pairs of crowded anchors one slot each
	l.slots = make([]slot, room+room/3+1)
	for i := range b.items {
		l.hang(b.items, int32(i), b.items[i].key)
	}
	b.spread(l)
	l.words = newKeys(len(shared))
	for key := range shared {
		l.words.add(key)
	}
	b.settle(l)
	return l
}

// shared counts how often each word stands in phrases.
func (b *Builder) shared() map[text.Key]uint32 {
	shared := make(map[text.Key]uint32, len(b.phrases))
	for _, key := range b.phrases {
		shared[key]++
	}
	return shared
}

// anchor picks the rarest word of each phrase: by the census, and where that
// knows no difference the one that is shared least.
func (b *Builder) anchor(c *Census, shared map[text.Key]uint32) {
	for i := range b.items {
		it := &b.items[i]
		if it.words == 1 {
			continue
		}
		words := b.words(it)
		best := 0
		for n := range words {
			x, y := c.of(words[n]), c.of(words[best])
			if x < y || x == y && shared[words[n]] < shared[words[best]] {
				best = n
			}
		}
		it.key, it.pick = words[best], uint16(best)
	}
}

func (b *Builder) words(it *item) []text.Key {
	return b.phrases[it.first : it.first+uint32(it.words)]
}

// hang adds an item to the slot of a key.
func (l *Lexicon) hang(items []item, i int32, key text.Key) {
	s := l.place(key)
	if s.holds == 0 {
		items[i].next = -1
	} else {
		items[i].next = int32(s.ref)
	}
	s.key, s.ref = key, uint32(i)
	s.holds++
}

// place returns the slot of a key, or the free one where it belongs.
func (l *Lexicon) place(key text.Key) *slot {
	hi, _ := bits.Mul64(uint64(key), uint64(len(l.slots)))
	for i := int(hi); ; i++ {
		if i == len(l.slots) {
			i = 0
		}
		if s := &l.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// spread hangs the phrases of crowded anchors at pairs of words instead.
func (b *Builder) spread(l *Lexicon) {
	for _, anchor := range l.crowded() {
		s := l.place(anchor)
		at, marks := int32(s.ref), uint32(0)
		s.ref, s.holds = 0, 0
		for at >= 0 {
			it := at
			at = b.items[it].next
			if b.items[it].words == 1 {
				l.hang(b.items, it, anchor)
				continue
			}
			key, mark := b.pair(&b.items[it])
			l.hang(b.items, it, key)
			marks |= mark
		}
		s.holds |= marks
	}
}

func (l *Lexicon) crowded() []text.Key {
	var keys []text.Key
	for i := range l.slots {
		if l.slots[i].holds > crowd {
			keys = append(keys, l.slots[i].key)
		}
	}
	return keys
}

// pair is the key of the anchor of a phrase with the word beside it, and how
// to mark the slot of the anchor for it.
func (b *Builder) pair(it *item) (text.Key, uint32) {
	words := b.words(it)
	if next := it.pick + 1; next < it.words {
		return b.keyer.Pair(it.key, words[next]), pairsNext
	}
	return b.keyer.Pair(words[it.pick-1], it.key), pairsLast
}

// settle turns the chains of items into what Find reads.
func (b *Builder) settle(l *Lexicon) {
	size := 1
	for size*64 < len(b.items)*sieveFor {
		size *= 2
	}
	l.sieve = make([]uint64, size)
	for i := range b.items {
		key := uint64(b.items[i].key)
		l.sieve[key>>7&uint64(size-1)] |= 1 << (key >> 1 & 63)
	}
	for i := range l.slots {
		if s := &l.slots[i]; s.holds&records > 0 {
			b.write(l, s)
		}
	}
	l.more = slices.Clip(l.more)
}

func (b *Builder) write(l *Lexicon, s *slot) {
	at := int32(s.ref)
	if it := &b.items[at]; s.holds == 1 && it.words == 1 {
		s.ref, s.holds = it.id, alone
		return
	}
	s.ref = uint32(len(l.more))
	for ; at >= 0; at = b.items[at].next {
		it := &b.items[at]
		l.more = append(l.more, record(it.id, int(it.pick), int(it.words-it.pick-1)))
		if it.words == 1 {
			continue
		}
		for n, key := range b.words(it) {
			if n != int(it.pick) {
				l.more = append(l.more, uint64(key))
			}
		}
	}
}
