package grievance

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/siaga-id/siaga/lexicon"
)

// hit is a sign at the words [from, to).
type hit struct {
	id       uint32 // the number of the sign, and mine
	from, to uint32
}

// The ID of an entry is the number of its sign in table, and whether the word
// says whose it is.
const (
	signs = 0xff
	mine  = 0x100
)

func (h hit) sign() Sign        { return table[h.id&signs].sign }
func (h hit) is(s ...Sign) bool { return slices.Contains(s, h.sign()) }

// take keeps of the matches those that lie in no longer one: rumah sakit is no
// rumah.
func (d *desk) take() {
	slices.SortFunc(d.matches, func(a, b lexicon.Match) int {
		if a.From != b.From {
			return int(a.From) - int(b.From)
		}
		if a.To != b.To {
			return int(b.To) - int(a.To)
		}
		return int(a.ID&signs) - int(b.ID&signs)
	})
	d.hits = d.hits[:0]
	var from, end uint32 // of the longest so far
	for _, m := range d.matches {
		if m.To <= end && (m.From > from || m.To < end) {
			continue
		}
		h := hit{m.ID, m.From, m.To}
		if m.To > end {
			from, end = m.From, m.To
		}
		if n := len(d.hits); n > 0 && d.hits[n-1].from == h.from && d.hits[n-1].to == h.to && d.hits[n-1].id&signs == h.id&signs {
			continue
		}
		d.hits = append(d.hits, h)
	}
}

// deny drops harms and sources that the word before takes back: tidak ada debu.
func (d *desk) deny() {
	var end uint32 // of the last denial
	denied := false
	d.hits = slices.DeleteFunc(d.hits, func(h hit) bool {
		switch {
		case h.is(not):
			end, denied = h.to, true
			return true
		case h.is(nothing):
			return true
		default:
			return denied && h.from == end && h.is(Harm, Source)
		}
	})
}

// guess adds the possessives that stand in no list: celenganku.
func (d *desk) guess(post string) {
	n, next := len(d.hits), 0
	for i, w := range d.reading.Words {
		for next < n && int(d.hits[next].to) <= i {
			next++
		}
		if next < n && int(d.hits[next].from) <= i || w.Key == 0 || w.End-w.Start < shortest {
			continue
		}
		word := post[w.Start:w.End]
		if strings.EqualFold(word[len(word)-2:], "ku") {
			d.hits = append(d.hits, hit{code(Person), uint32(i), uint32(i) + 1})
		}
	}
	slices.SortStableFunc(d.hits, func(a, b hit) int { return int(a.from) - int(b.from) })
}

// shortest is how many letters a word has of which the shape says something.
const shortest = 6

// beside is how many words may stand between a thing and its owner (anak
// bungsu saya), reach how many between a harm and what it befell.
const (
	beside = 1
	reach  = 5
)

// unquote drops what stands between quotation marks where a reporter speaks:
// the writer is not who complains.
func (d *desk) unquote(post string) {
	if !slices.ContainsFunc(d.hits, func(h hit) bool { return h.is(Report) }) {
		return
	}
	open, at := false, 0
	d.hits = slices.DeleteFunc(d.hits, func(h hit) bool {
		for start := int(d.reading.Words[h.from].Start); at < start; {
			r, size := utf8.DecodeRuneInString(post[at:])
			switch r {
			case '"':
				open = !open
			case '“':
				open = true
			case '”':
				open = false
			}
			at += size
		}
		return open && !h.is(Report)
	})
}

// join adds what two hits make together.
func (d *desk) join(post string) {
	n := len(d.hits)
	for i := range n {
		h := d.hits[i]
		if !h.is(Kin, Folk, Thing) {
			continue
		}
		o, owned := d.owner(post, n, i)
		if owned {
			d.hits = append(d.hits, hit{code(Own), min(h.from, o.from), max(h.to, o.to)})
		} else if h.is(Folk) {
			continue
		}
		if o, ok := d.struck(post, n, i); ok {
			d.hits = append(d.hits, hit{code(Struck), min(h.from, o.from), max(h.to, o.to)})
		}
	}
}

// owner returns what says that hit i is the writer's: its own ending, a person
// behind it (anak bungsu saya), or an owner before it (my well, beta pung ana).
func (d *desk) owner(post string, n, i int) (hit, bool) {
	h := d.hits[i]
	if h.id&mine != 0 {
		return h, true
	}
	for _, o := range d.hits[i+1 : n] {
		if o.from > h.to+beside {
			break
		}
		if o.is(Person) && o.from >= h.to && o.id&mine == 0 && !d.parted(post, h.to, o.from, clauses) {
			return o, true
		}
	}
	for j := i - 1; j >= 0 && d.hits[j].to+beside >= h.from; j-- {
		if o := d.hits[j]; o.is(Person) && o.id&mine != 0 && o.from < h.from && o.to <= h.to && !d.parted(post, o.to, h.from, clauses) {
			return o, true
		}
	}
	return hit{}, false
}

// struck returns the harm nearest to hit i in its sentence.
func (d *desk) struck(post string, n, i int) (hit, bool) {
	h := d.hits[i]
	for j := i + 1; j < n && d.hits[j].from <= h.to+reach; j++ {
		if o := d.hits[j]; o.is(Harm) && !d.parted(post, h.to, o.from, sentences) {
			return o, true
		}
	}
	for j := i - 1; j >= 0 && d.hits[j].to+reach >= h.from; j-- {
		if o := d.hits[j]; o.is(Harm) && !d.parted(post, o.to, h.from, sentences) {
			return o, true
		}
	}
	return hit{}, false
}

// What parts clauses, and what parts sentences.
const (
	clauses   = ".,;:!?\n"
	sentences = ".;!?\n"
)

// parted reports whether one of the signs stands between two words.
func (d *desk) parted(post string, to, from uint32, signs string) bool {
	if to == 0 || to > from {
		return false
	}
	return strings.ContainsAny(post[d.reading.Words[to-1].End:d.reading.Words[min(int(from), len(d.reading.Words)-1)].Start], signs)
}
