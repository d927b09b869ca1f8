package grievance

import (
	"slices"

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

// beside is how many words may stand between a thing and its owner (anak
// bungsu saya), reach how many between a harm and what it befell.
const (
	beside = 1
	reach  = 5
)

// join adds what two hits make together.
func (d *desk) join() {
	n := len(d.hits)
	for i := range n {
		h := d.hits[i]
		if !h.is(Kin, Folk, Thing) {
			continue
		}
		if h.id&mine != 0 {
			d.hits = append(d.hits, hit{code(Own), h.from, h.to})
		} else if o, ok := d.near(n, i, beside, Person); ok {
			d.hits = append(d.hits, hit{code(Own), min(h.from, o.from), max(h.to, o.to)})
		} else if h.is(Folk) {
			continue
		}
		if o, ok := d.near(n, i, reach, Harm); ok {
			d.hits = append(d.hits, hit{code(Struck), min(h.from, o.from), max(h.to, o.to)})
		}
	}
}

// near returns the nearest of the first n hits that is of a sign and has at
// most gap words between it and hit i.
func (d *desk) near(n, i, gap int, s Sign) (hit, bool) {
	h := d.hits[i]
	for j := i + 1; j < n && int(d.hits[j].from) <= int(h.to)+gap; j++ {
		if d.hits[j].is(s) {
			return d.hits[j], true
		}
	}
	for j := i - 1; j >= 0 && int(d.hits[j].to)+gap >= int(h.from); j-- {
		if d.hits[j].is(s) {
			return d.hits[j], true
		}
	}
	return hit{}, false
}
