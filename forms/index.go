package forms

type slot struct {
	hash uint64
	at   int32 // 1 + the first of its entries
}

// An entry is a stem that a member has.
type entry struct {
	text   uint32 // where in Family.text
	word   int32
	next   int32 // 1 + the next entry with the same letters
	length uint8
	takes  endings
	cost   uint8
	whole  bool // the member itself
}

// add enters all stems of a member.
func (f *Family) add(m member) {
	w := int32(len(f.words))
	f.words = append(f.words, m)
	if m.style == fixed {
		f.enter(stem{[]byte(m.text), &alone, 0}, w)
		return
	}
	eachStem(m.text, func(s stem) {
		if m.style == full || s.prefix.use&useSpoken != 0 {
			f.enter(s, w)
		}
	})
}

func (f *Family) enter(s stem, word int32) {
	if 2*len(f.more) >= len(f.slots) {
		f.grow()
	}
	takes := s.takes()
	if f.words[word].style == spoken {
		takes &= s.spokenEndings()
	}
	h := hashOf(s.text)
	i := f.find(h)
	at := f.slots[i].at
	for e := at; e != 0; e = f.more[e-1].next {
		if known := &f.more[e-1]; known.word == word {
			known.takes |= takes
			known.cost = min(known.cost, s.cost)
			return
		}
	}
	f.more = append(f.more, entry{
		text: uint32(len(f.text)), length: uint8(len(s.text)),
		word: word, next: at, takes: takes, cost: s.cost,
		whole: takes&endNone != 0 && string(s.text) == f.words[word].text,
	})
	f.text = append(f.text, s.text...)
	f.slots[i] = slot{h, int32(len(f.more))}
}

func (f *Family) grow() {
	old := f.slots
	f.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.at != 0 {
			f.slots[f.find(s.hash)] = s
		}
	}
}

func (f *Family) find(h uint64) int {
	mask := len(f.slots) - 1
	i := int(h>>32) & mask
	for f.slots[i].at != 0 && f.slots[i].hash != h {
		i = (i + 1) & mask
	}
	return i
}

const (
	hashSeed  = 0xcbf29ce484222325
	hashPrime = 0x9e3779b97f4a7c15
)

func hashOf(s []byte) uint64 {
	h := uint64(hashSeed)
	for _, c := range s {
		h = (h ^ uint64(c)) * hashPrime
	}
	return h
}
