package grievance

import (
	"slices"
	"sync"

	"github.com/siaga-id/siaga/lexicon"
	"github.com/siaga-id/siaga/text"
)

// Reader reads posts. It is immutable, and safe for use by many at once.
type Reader struct {
	lexicon *lexicon.Lexicon
	desks   sync.Pool // of *desk
}

// desk is the room that reading one post needs, kept for the next.
type desk struct {
	reading text.Reading
	matches []lexicon.Match
	hits    []hit
}

// NewReader returns a Reader that takes the given names for places beside
// those of signs.txt; there may be none.
func NewReader(places []string) *Reader {
	r := &Reader{lexicon: newWords(places)}
	r.desks.New = func() any { return new(desk) }
	return r
}

// Read reads a post and tells why. For the verdict alone there is Credible.
func (r *Reader) Read(post string) Reading {
	d := r.desks.Get().(*desk)
	defer r.desks.Put(d)
	c := d.read(r.lexicon, post)
	out := Reading{Score: c.score(), Terms: c.terms(), Marks: make([]Mark, 0, len(d.hits))}
	out.Credible = out.Score > 0
	for _, h := range d.hits {
		if c[h.id&signs] > 0 {
			out.Marks = append(out.Marks, Mark{h.sign(), int(d.reading.Words[h.from].Start), int(d.reading.Words[h.to-1].End)})
		}
	}
	slices.SortStableFunc(out.Marks, func(a, b Mark) int { return a.Start - b.Start })
	return out
}

// Credible is the verdict of Read. It does not allocate.
func (r *Reader) Credible(post string) bool {
	d := r.desks.Get().(*desk)
	c := d.read(r.lexicon, post)
	r.desks.Put(d)
	return c.score() > 0
}

// longest is how much of a post is read: what a complaint is about stands in
// its first pages, and nobody may keep us busy with a book.
const longest = 16 << 10

func (d *desk) read(l *lexicon.Lexicon, post string) count {
	d.reading.Read(l.Keyer(), post[:min(len(post), longest)])
	d.matches = l.Find(d.matches[:0], &d.reading)
	d.take()
	d.guess(post)
	d.deny()
	d.unquote(post)
	d.join(post)
	return d.count()
}
