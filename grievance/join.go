package grievance

import "strings"

// beside is how many words may stand between a thing and its owner (anak
// bungsu saya), reach how many between a harm and what it befell.
const (
	beside = 1
	reach  = 5
)

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
