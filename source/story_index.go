package source

import (
	"cmp"
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"github.com/siaga-id/siaga/store"
)

const (
	// maxIndexed bounds the index, in shingles: some 170,000 posts of 24 words
	// or 12,000 articles of 300, and 150 MB. Beyond it the oldest hours go, and
	// a copy of what came in them is a story of its own.
	maxIndexed = 4 << 20

	// partLasts and maxPart say when a part of the index is full.
	partLasts = foldWithin / 4
	maxPart   = maxIndexed / 8

	// minMet is how many prints a post must share to be compared: of eight
	// shingles in a row three on average are prints.
	minMet = 2

	// maxMet is how many of the newest posts with one print are looked at in
	// each part: of what everybody writes, the newest are enough.
	maxMet = 16

	// maxJudged is how many of the likeliest posts are compared word by word.
	maxJudged = 16
)

// index finds posts of the last foldWithin by what they share with a text. It
// is a cache: all of it is read from the shelf of posts at first use, and what
// it says of a post holds only as far as the store says the same (nearest). A
// transaction may therefore add to it before it commits. It takes away only
// after the commit. The zero value is empty.
type index struct {
	mu    sync.Mutex
	seed  maphash.Seed
	read  time.Time // up to here the shelf of posts was read
	posts map[store.Key]*indexed
	parts []*part // oldest first; only the last one grows
	round uint32  // the number of the search
}

// indexed is one post with one text. After an edit the post has another.
type indexed struct {
	key       store.Key // of the post on its shelf
	fetched   time.Time
	published time.Time
	hash      string // of the text
	site      string
	gist      *gist // nil: deleted or edited
	older     *indexed

	round, met uint32 // in this search, so many prints were met
}

// part is what came in some hours. It is dropped as a whole.
type part struct {
	since, until time.Time
	size         int // in shingles
	members      []*indexed
	heads        map[uint32]int32 // print -> the newest of its links, counted from 1
	links        []link
}

type link struct {
	post *indexed
	next int32 // older; 0: none
}

// open makes the index ready for a look at now. It returns the time from which
// on the shelf of posts has to be read.
func (x *index) open(now time.Time) time.Time {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.posts == nil || now.Add(lateBy).Before(x.read) { // a clock that was set back
		x.seed, x.posts, x.parts, x.read = maphash.MakeSeed(), map[store.Key]*indexed{}, nil, time.Time{}
	}
	from := now.Add(-foldWithin)
	if tail := x.read.Add(-lateBy); tail.After(from) {
		from = tail
	}
	return from
}

func (x *index) speller() speller {
	x.mu.Lock()
	defer x.mu.Unlock()
	return speller{x.seed}
}

// missing returns those of keys that are not in the index.
func (x *index) missing(keys []store.Key) []store.Key {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.DeleteFunc(keys, func(k store.Key) bool { return x.posts[k] != nil })
}

// upTo notes that the shelf was read up to now, and drops what is too old.
func (x *index) upTo(now time.Time) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if now.After(x.read) { // of transactions that run at once, one is first
		x.read = now
	}
	for len(x.parts) > 0 && now.Sub(x.parts[0].until) > foldWithin {
		x.dropPart()
	}
}

func (x *index) dropPart() {
	for _, e := range x.parts[0].members {
		if x.posts[e.key] == e {
			delete(x.posts, e.key)
		}
	}
	x.parts = slices.Delete(x.parts, 0, 1)
}

// add learns a text. That of the same post with the same words is replaced;
// with other words it stays until forgetAfter, as this one may not be committed.
func (x *index) add(e *indexed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for o := x.posts[e.key]; o != nil; o = o.older {
		if o.hash == e.hash {
			x.drop(o)
		}
	}
	e.older = x.posts[e.key]
	x.posts[e.key] = e
	x.growing(e.fetched).add(e)
}

// growing returns the part that takes what was fetched at a time.
func (x *index) growing(at time.Time) *part {
	if n := len(x.parts); n > 0 {
		if p := x.parts[n-1]; p.size < maxPart && at.Sub(p.since) < partLasts {
			return p
		}
	}
	for x.size() > maxIndexed-maxPart {
		x.dropPart()
	}
	p := &part{since: at, heads: map[uint32]int32{}}
	x.parts = append(x.parts, p)
	return p
}

func (x *index) size() (n int) {
	for _, p := range x.parts {
		n += p.size
	}
	return n
}

func (p *part) add(e *indexed) {
	p.members = append(p.members, e)
	p.size += max(1, len(e.gist.shingles))
	if e.fetched.After(p.until) {
		p.until = e.fetched
	}
	for _, print := range e.gist.prints {
		p.links = append(p.links, link{e, p.heads[print]})
		p.heads[print] = int32(len(p.links)) //nolint:gosec // maxPart is far below 2^31
	}
}

// forgetAfter takes out, when the transaction is committed, what is known of a
// post now.
func (x *index) forgetAfter(tx store.Tx, key store.Key) {
	x.mu.Lock()
	defer x.mu.Unlock()
	var texts []*indexed
	for e := x.posts[key]; e != nil; e = e.older {
		texts = append(texts, e)
	}
	if len(texts) > 0 {
		tx.OnCommit(func() { x.forget(texts) })
	}
}

func (x *index) forget(texts []*indexed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, e := range texts {
		x.drop(e)
	}
}

// drop leaves the empty shell of a text to its part.
func (x *index) drop(e *indexed) {
	e.gist = nil
	at := x.posts[e.key]
	switch {
	case at == e && e.older == nil:
		delete(x.posts, e.key)
	case at == e:
		x.posts[e.key] = e.older
	}
	for ; at != nil; at = at.older {
		if at.older == e {
			at.older = e.older
		}
	}
}

// candidate is a post that shares enough with a text to be asked.
type candidate struct {
	key  store.Key
	hash string
	gist *gist
	like likeness
}

// compare returns the posts that could be originals or copies of e, the most
// alike first.
func (x *index) compare(e *indexed) []candidate {
	x.mu.Lock()
	defer x.mu.Unlock()
	var out []candidate
	for _, o := range x.meet(e) {
		if l := like(e.gist, o.gist); l.count > 0 {
			out = append(out, candidate{o.key, o.hash, o.gist, l})
		}
	}
	slices.SortFunc(out, func(a, b candidate) int {
		return cmp.Or(a.like.compare(b.like), cmp.Compare(a.key, b.key))
	})
	return out
}

// meet returns the posts that share most prints with e.
func (x *index) meet(e *indexed) []*indexed {
	x.round++
	var found []*indexed
	for _, p := range x.parts {
		for _, print := range e.gist.prints {
			at := p.heads[print]
			for n := 0; at != 0 && n < maxMet; n++ {
				o := p.links[at-1].post
				at = p.links[at-1].next
				if o.round != x.round {
					o.round, o.met = x.round, 0
				}
				if o.met++; o.met == minMet && o.near(e) {
					found = append(found, o)
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b *indexed) int {
		return cmp.Or(cmp.Compare(b.met, a.met), cmp.Compare(a.key, b.key))
	})
	return found[:min(len(found), maxJudged)]
}

// near reports whether two posts may be copies by where and when they are.
func (e *indexed) near(o *indexed) bool {
	return e.gist != nil && e.key != o.key && e.site == o.site &&
		o.fetched.Sub(e.fetched).Abs() <= foldWithin && o.published.Sub(e.published).Abs() <= foldWithin
}
