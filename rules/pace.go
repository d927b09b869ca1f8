package rules

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"maps"
	"time"

	"github.com/siaga-id/siaga/store"
)

const paces store.Shelf[pace] = "pace"

// pace is since when a rule (key <rule>) or a series (<rule>/<site>) is counted:
// its history begins there. Rev is another one after every change of its counts
// and holds, which is how memory knows that it is still true.
type pace struct {
	Since   time.Time      `json:"since"`
	Rev     uint64         `json:"rev,omitempty"`
	Sources map[string]int `json:"sources,omitempty"` // how many of the latest posts each has brought
}

// same reports whether nothing has changed that a baseline is made of.
func (p pace) same(q pace) bool { return p.Rev == q.Rev && p.Since.Equal(q.Since) }

// latest is how many posts tell what a series lives on.
const latest = 1000

// fed counts the posts of a batch by their sources.
func (p pace) fed(by map[string]int) pace {
	out, all := maps.Clone(p.Sources), 0
	if out == nil {
		out = map[string]int{}
	}
	for source, n := range by {
		out[source] += n
	}
	for _, n := range out {
		all += n
	}
	for all > latest {
		all = 0
		for source, n := range out {
			if out[source] = n / 2; n/2 == 0 {
				delete(out, source)
			}
			all += n / 2
		}
	}
	p.Sources = out
	return p
}

// livesOn reports whether a series has a quarter of its posts from a source:
// while that is blind, its counts say little.
func (p pace) livesOn(source string) bool {
	all := 0
	for _, n := range p.Sources {
		all += n
	}
	return p.Sources[source] > 0 && 4*p.Sources[source] >= all
}

// next is the pace after a change.
func (p pace) next(what string, at time.Time, data []byte) pace {
	h := fnv.New64a() // whose Write never fails
	_, _ = h.Write(binary.BigEndian.AppendUint64([]byte(what), p.Rev))
	_, _ = h.Write(binary.AppendVarint(nil, at.Unix()))
	_, _ = h.Write(data)
	p.Rev = h.Sum64()
	return p
}

// revise notes a change of a series.
func revise(tx store.Tx, series store.Key, what string, at time.Time) error {
	p, known, err := paces.Get(tx, series)
	if err == nil && known { // else there is no history that could change
		err = paces.Put(tx, series, p.next(what, at, nil))
	}
	if err != nil {
		return fmt.Errorf("revise %s: %w", series, err)
	}
	return nil
}
