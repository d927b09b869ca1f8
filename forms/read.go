package forms

import "cmp"

// A reading is what a token was understood as.
type reading struct {
	words  [2]int32
	n      int
	length int // of the members in words; 0: it was not understood
	cost   uint8
}

// read finds the longest member of which the token is a form.
func (f *Family) read(token string) reading {
	var sums [maxWord + 1]uint64
	h := uint64(hashSeed)
	for i := range len(token) {
		h = (h ^ uint64(token[i])) * hashPrime
		sums[i+1] = h
	}
	var best reading
	list, n := tails(token)
	for _, t := range list[:n] {
		s := f.slots[f.find(sums[t.start])]
		for e := s.at; e != 0; e = f.more[e-1].next {
			known := &f.more[e-1]
			if known.takes&t.ending == 0 || string(f.text[known.text:known.text+uint32(known.length)]) != token[:t.start] {
				continue
			}
			if known.whole && t.start == len(token) {
				return reading{[2]int32{known.word}, 1, len(token), 0}
			}
			cost := known.cost
			if known.takes&t.ending == endCut {
				cost += costRare
			}
			best.weigh(known.word, len(f.words[known.word].text), cost)
		}
	}
	return best
}

func (r *reading) weigh(word int32, length int, cost uint8) {
	switch better := r.compare(length, cost); {
	case better > 0:
		*r = reading{[2]int32{word}, 1, length, cost}
	case better == 0 && r.n < len(r.words) && r.words[0] != word:
		r.words[r.n] = word
		r.n++
	}
}

// compare is positive where a reading of that length and cost is better than r.
func (r *reading) compare(length int, cost uint8) int {
	if r.n == 0 {
		return 1
	}
	return cmp.Or(
		cmp.Compare(r.cost/costRare, cost/costRare),
		cmp.Compare(length, r.length),
		cmp.Compare(r.cost, cost),
	)
}
