package lexicon

import (
	"math/bits"

	"github.com/siaga-id/siaga/text"
)

// keys is a set of keys by open addressing; 0 is a free place.
type keys []text.Key

// newKeys returns a set for n keys.
func newKeys(n int) keys { return make(keys, n+n/3+1) }

func (k keys) add(key text.Key) { k[k.place(key)] = key }

func (k keys) has(key text.Key) bool { return key != 0 && k[k.place(key)] == key }

// place returns where a key is, or where it would be.
func (k keys) place(key text.Key) int {
	hi, _ := bits.Mul64(uint64(key), uint64(len(k)))
	i := int(hi)
	for k[i] != key && k[i] != 0 {
		if i++; i == len(k) {
			i = 0
		}
	}
	return i
}
