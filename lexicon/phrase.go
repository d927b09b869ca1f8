package lexicon

import "github.com/siaga-id/siaga/text"

// A record is one uint64 that says which entry it is and where in it the
// anchor stands, and a key for each of its other words, in order.
func record(id uint32, before, after int) uint64 {
	return uint64(id) | uint64(before)<<32 | uint64(after)<<48
}

// others returns how many words stand before and after the anchor.
func others(record uint64) (before, after int) {
	return int(record >> 32 & 0xffff), int(record >> 48)
}

// records appends the entries of a slot that stand around the words [from, to).
func (l *Lexicon) records(dst []Match, r *text.Reading, s *slot, from, to int) []Match {
	rest := l.more[s.ref:]
	plain := len(r.Others)+len(r.Tags) == 0
	for range s.holds & records {
		before, after := others(rest[0])
		keys := rest[1 : 1+before+after]
		start, end := from-before, to+after
		if start < 0 || end > len(r.Words) || !stands(r, start, keys[:before]) || !stands(r, to, keys[before:]) {
			if start, end = -1, -1; !plain {
				start, end = back(r, from, keys[:before]), on(r, to, keys[before:])
			}
		}
		if start >= 0 && end >= 0 {
			dst = append(dst, Match{uint32(rest[0]), uint32(start), uint32(end)})
		}
		rest = rest[1+len(keys):]
	}
	return dst
}

// stands reports whether keys are what is written from word i on.
func stands(r *text.Reading, i int, keys []uint64) bool {
	for n, key := range keys {
		if uint64(r.Words[i+n].Key) != key {
			return false
		}
	}
	return true
}

// on returns where keys end if they may be read from word i on, else -1.
func on(r *text.Reading, i int, keys []uint64) int {
	for _, key := range keys {
		switch {
		case i == len(r.Words):
			return -1
		case uint64(r.Words[i].Key) == key || mayBe(r, i, text.Key(key)):
			i++
		default:
			t, ok := r.TagFrom(i)
			if !ok || uint64(t.Key) != key {
				return -1
			}
			i = int(t.To)
		}
	}
	return i
}

// back returns where keys begin if they may be read up to word i, else -1.
func back(r *text.Reading, i int, keys []uint64) int {
	for n := len(keys) - 1; n >= 0; n-- {
		switch key := keys[n]; {
		case i == 0:
			return -1
		case uint64(r.Words[i-1].Key) == key || mayBe(r, i-1, text.Key(key)):
			i--
		default:
			t, ok := r.TagTo(i)
			if !ok || uint64(t.Key) != key {
				return -1
			}
			i = int(t.From)
		}
	}
	return i
}

func mayBe(r *text.Reading, i int, key text.Key) bool {
	for _, o := range r.OthersOf(i) {
		if o.Key == key {
			return true
		}
	}
	return false
}

// pairNext appends what hangs at the word key and whatever follows on it.
func (l *Lexicon) pairNext(dst []Match, r *text.Reading, key text.Key, from, to int) []Match {
	dst = l.pair(dst, r, l.keyer.Pair(key, r.Words[to].Key), from, to)
	for _, o := range r.OthersOf(to) {
		dst = l.pair(dst, r, l.keyer.Pair(key, o.Key), from, to)
	}
	if t, ok := r.TagFrom(to); ok && t.To-t.From > 1 {
		dst = l.pair(dst, r, l.keyer.Pair(key, t.Key), from, to)
	}
	return dst
}

// pairLast is pairNext for what comes before it.
func (l *Lexicon) pairLast(dst []Match, r *text.Reading, key text.Key, from, to int) []Match {
	dst = l.pair(dst, r, l.keyer.Pair(r.Words[from-1].Key, key), from, to)
	for _, o := range r.OthersOf(from - 1) {
		dst = l.pair(dst, r, l.keyer.Pair(o.Key, key), from, to)
	}
	if t, ok := r.TagTo(from); ok && t.To-t.From > 1 {
		dst = l.pair(dst, r, l.keyer.Pair(t.Key, key), from, to)
	}
	return dst
}

func (l *Lexicon) pair(dst []Match, r *text.Reading, key text.Key, from, to int) []Match {
	if s := l.slot(key); s != nil {
		dst = l.records(dst, r, s, from, to)
	}
	return dst
}
