package text

import (
	"encoding/binary"
	"math/bits"
)

const block = 64 // bytes whose edges fit a word of the machine

// scanner finds where runs of letters and digits begin and end, a block at a
// time. Bytes beyond ASCII count as letters.
type scanner struct {
	inside uint64 // 1 if a run goes on from the block before
	pairs  uint64 // which of the last four bytes of the block before were like the next
	edges  uint64 // a bit for every byte at which a run begins or ends
	odd    uint64 // 0 if no run that lies in the block asks for a closer look
	before uint64 // odd of the block before
}

// literally looks at the first n bytes of b, at most a block; b goes on for a
// lane after them, and what it holds beyond n belongs to no word. Only what is
// not ASCII is odd.
func (s *scanner) literally(b []byte, n int) {
	b = b[:block+lane]
	var in, foreign uint64
	for i := 0; i < min(n, block); i += lane {
		x := binary.LittleEndian.Uint64(b[i:])
		foreign |= x
		in |= gather(members(x)&high) << (uint(i) & 63)
	}
	s.edges = in ^ (in<<1 | s.inside)
	s.before, s.odd = s.odd, foreign&high
	s.inside = in >> (block - 1)
}

// carefully is literally, where digits and drawn out letters are odd as well:
// three in a row, two at the end, and two of those that closes knows before it.
func (s *scanner) carefully(b []byte, n int) {
	b = b[:block+lane]
	var in, strange, pairs uint64
	for i := 0; i < min(n, block); i += lane {
		x := binary.LittleEndian.Uint64(b[i:])
		m := members(x)
		in |= gather(m&high) << (uint(i) & 63)
		strange |= x | m&^(x<<1) // letters have the bit below the highest, digits have not
		like := (x ^ binary.LittleEndian.Uint64(b[i+1:])) &^ small
		pairs |= gather((like-ones)&^like&m&high) << (uint(i) & 63)
	}
	s.edges = in ^ (in<<1 | s.inside)
	s.before, s.odd = s.odd, strange&high|pairs&(pairs>>1|s.edges>>2)|s.pairs>>3&pairs&1|(s.pairs|s.pairs>>1|s.pairs>>2)&s.edges
	if late := pairs & (s.edges>>3 | s.edges>>4); late != 0 && s.odd == 0 {
		s.odd = closing(b, late)
	}
	s.inside, s.pairs = in>>(block-1), pairs>>(block-4)
}

// closing returns those of the pairs in b that may close a word, see closes.
func closing(b []byte, pairs uint64) (out uint64) {
	for ; pairs != 0; pairs &= pairs - 1 {
		if i := bits.TrailingZeros64(pairs); closes(b[i]) {
			out |= 1 << i
		}
	}
	return out
}

// closes reports the vowels that do not stand twice in a last syllable unless
// they are drawn out (sakiit, bisiing), in upper or lower case.
func closes(c byte) bool { return c|0x20 == 'i' || c|0x20 == 'u' }

// members sets the high bit of each byte of x that is a letter, a digit or not
// ASCII. The other bits mean nothing. Sums stay within their bytes, as what is
// added to has its high bit cleared; of two such sums, the larger has the bit
// wherever the smaller has it.
func members(x uint64) uint64 {
	plain := x &^ high
	low := plain | small
	letters := (low + (0x80-'a')*ones) ^ (low + (0x7f-'z')*ones)
	digits := (plain + (0x80-'0')*ones) ^ (plain + (0x7f-'9')*ones)
	return letters | digits | x
}

// gather moves the high bit of each byte of x, in which no other is set, to
// the lowest eight bits.
func gather(x uint64) uint64 { return x >> 7 * 0x0102040810204080 >> 56 }
