package text

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"
)

// Key stands for a folded word: equal words have equal keys. Two different
// words share one with a chance of 2^-63, and as keys are seeded, nobody can
// look for such a pair. No word has the key 0.
type Key uint64

// Keyer makes keys. Those of two Keyers have nothing to do with each other.
// It is immutable.
type Keyer struct {
	a, b uint64
}

// NewKeyer returns a Keyer with a random seed.
func NewKeyer() Keyer {
	var seed [16]byte
	_, _ = rand.Read(seed[:]) // never fails
	return Keyer{binary.LittleEndian.Uint64(seed[:]), binary.LittleEndian.Uint64(seed[8:])}
}

// Word returns the key of a word as Tokenize folds it; 0 for the empty one.
func (k Keyer) Word(word string) Key {
	if word == "" {
		return 0
	}
	return keyOf(k, word)
}

// keyOf is Keyer.Word for a word that is not empty.
func keyOf[S string | []byte](k Keyer, word S) Key {
	var room [8 * lane]byte
	b := append(room[:0], word...)
	return k.folded(append(b, make([]byte, 2*lane)...), 0, len(word))
}

// Tag returns the key of a #hashtag that holds nothing but the word: what
// #word finds and word does not.
func (k Keyer) Tag(word Key) Key {
	if word == 0 {
		return 0
	}
	return k.mix(uint64(word), '#')
}

// Pair returns a key for two words in a row.
func (k Keyer) Pair(first, second Key) Key { return k.mix(uint64(first), uint64(second)) }

// mix folds the product of two seeded numbers into one, which is the heart of
// Wang Yi's wyhash.
func (k Keyer) mix(x, y uint64) Key {
	hi, lo := bits.Mul64(x^k.a, y^k.b)
	return Key(hi ^ lo | 1)
}

const (
	lane = 8 // bytes that are looked at together

	ones  = 0x0101010101010101
	high  = 0x80 * ones // set in what is not ASCII
	small = 0x20 * ones // set in lower case and in digits
)

// key hashes b[start:end], letters and digits, in lower case. b goes on for
// two lanes at least after end. Words of up to two lanes go one way, however
// long they are: a processor cannot foresee the length of the next word.
func (k Keyer) key(b []byte, start, end int) Key {
	n := uint(end - start)
	if n > 2*lane {
		return k.long(b, start, end)
	}
	_ = b[start+2*lane-1]
	x := binary.LittleEndian.Uint64(b[start:]) | small
	y := binary.LittleEndian.Uint64(b[start+lane:]) | small
	return k.short(x, y, n)
}

// short hashes the first n bytes of two lanes.
func (k Keyer) short(x, y uint64, n uint) Key {
	m := &lowest[n%uint(len(lowest))]
	return k.mix(x&m[0], (y&m[1])^uint64(n)<<56)
}

func (k Keyer) long(b []byte, start, end int) Key {
	h := uint64(end - start)
	for i := start; i+lane < end; i += lane {
		h = uint64(k.mix(binary.LittleEndian.Uint64(b[i:])|small, h))
	}
	return k.mix(binary.LittleEndian.Uint64(b[end-lane:])|small, h)
}

// folded is key for a word that is folded already, whatever its letters.
func (k Keyer) folded(b []byte, start, end int) Key {
	n := uint(end - start)
	if n <= 2*lane {
		return k.short(binary.LittleEndian.Uint64(b[start:]), binary.LittleEndian.Uint64(b[start+lane:]), n)
	}
	h := uint64(n)
	for i := start; i+lane < end; i += lane {
		h = uint64(k.mix(binary.LittleEndian.Uint64(b[i:]), h))
	}
	return k.mix(binary.LittleEndian.Uint64(b[end-lane:]), h)
}

// lowest has the bits of the first n bytes of two lanes set.
var lowest = func() (m [32][2]uint64) { //nolint:gochecknoglobals // a constant in all but syntax
	for n := range m {
		for i := range min(n, 2*lane) {
			m[n][i/lane] |= 0xff << (i % lane * 8)
		}
	}
	return m
}()
