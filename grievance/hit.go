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
