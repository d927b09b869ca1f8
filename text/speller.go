package text

import (
	"bytes"
	"encoding/binary"
)

const (
	maxSpellings = 6
	// maxPlayful bounds the work on one word; a scream of more letters than this
	// has no beginning and no end that anybody reads.
	maxPlayful = 256
)

// Speller finds what a writer may have meant who plays with letters: stretched
// words (parahhh), digits for letters (s3men) and the 2 of a doubled word
// (debu2). The zero value is ready. A Speller reuses its memory and is not safe
// for concurrent use.
type Speller struct {
	word []byte   // what Of was asked
	out  [][]byte // what it answers; all point into buf
	buf  []byte
}

// Of returns the plain spellings that a writer of word may have meant, best
// first: at most 6, none of them word itself, and nil for a word that is
// plainly spelled. The word is one as Tokenize folds it. The answer is valid
// until the next call.
//
// The spellings are guesses, to be looked up beside the word and never in its
// place. A doubled word is answered as what its halves are in full writing:
// debu2an with debuan and debu, as in debu-debuan; Unfold gives that writing.
func (s *Speller) Of(word []byte) [][]byte {
	if len(word) > maxPlayful || !Playful(word) {
		return nil
	}
	s.word, s.out, s.buf = word, s.out[:0], s.buf[:0]
	s.guess()
	s.word = nil
	if len(s.out) == 0 {
		return nil
	}
	return s.out
}

func (s *Speller) guess() {
	if bytes.ContainsAny(s.word, "0123456789") {
		s.readDigits()
	} else if stretched(s.word) {
		s.shrink(s.word)
	}
}

// offer adds a spelling that has no digits (any more), or what it shrinks to.
func (s *Speller) offer(word []byte) {
	if stretched(word) {
		s.shrink(word)
	} else {
		s.add(word)
	}
}

// add keeps a copy of word, unless it adds nothing.
func (s *Speller) add(word []byte) {
	if len(s.out) == maxSpellings || isOneLetter(word) || endsStretched(word) || bytes.Equal(word, s.word) {
		return
	}
	for _, other := range s.out {
		if bytes.Equal(word, other) {
			return
		}
	}
	n := len(s.buf)
	s.buf = append(s.buf, word...)
	s.out = append(s.out, s.buf[n:len(s.buf):len(s.buf)])
}

// isOneLetter reports words of one letter, however often it stands there.
func isOneLetter(word []byte) bool {
	return len(word) == 0 || runEnd(word, 0) == len(word)
}

// Playful reports whether Of could have something to say about word: it holds a
// digit, three equal letters in a row, or two equal ones in its last four. It is
// made to be asked of every word of every post: false is final, true costs a
// call of Of.
func Playful(word []byte) bool {
	n := len(word)
	var x uint64 // the last eight bytes, the last one highest
	switch {
	case n >= 8:
		x = binary.LittleEndian.Uint64(word[n-8:])
	case n > 2:
		x = padded(word)
	default:
		return false
	}
	return isOdd(x, ^uint64(0)>>24) || n > 8 && isOddBefore(word)
}

// isOddBefore reports a digit or a triple before the last eight bytes.
func isOddBefore(word []byte) bool {
	for i := 0; i < len(word)-8; i += 6 { // triples that cross a border are in both
		if isOdd(binary.LittleEndian.Uint64(word[i:]), ^uint64(0)) {
			return true
		}
	}
	return false
}

// padded returns 3 to 7 bytes as one number, the last one highest, filled up
// with bytes that are neither digits nor equal to each other.
func padded(word []byte) uint64 {
	n := uint(len(word))
	x := uint64(0x8786858483828180) >> (8 * n)
	if n < 4 {
		return x | uint64(word[0])<<40 | uint64(word[1])<<48 | uint64(word[2])<<56
	}
	lo, hi := binary.LittleEndian.Uint32(word), binary.LittleEndian.Uint32(word[n-4:])
	return x | uint64(lo)<<(64-8*n) | uint64(hi)<<32
}

// isOdd reports whether the eight bytes of x hold a digit, three equal in a
// row, or an equal pair whose second byte is none of those in skip.
func isOdd(x, skip uint64) bool {
	const ones, bit6 = 0x0101010101010101, 0x4040404040404040
	digit := ^(x | x>>1) & (x << 2) & bit6 // bits 7 and 6 are clear, bit 4 is set: no letter, no apostrophe
	pairs := x ^ x<<8                      // a zero byte where one is as the one before
	triples := pairs | pairs<<8 | 0xffff
	pairs |= skip
	return digit|((triples-ones)&^triples|(pairs-ones)&^pairs)&(ones<<7) != 0
}
