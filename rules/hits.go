package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// bucket is the grain in which matches are kept (detection.md).
const bucket = 5 * time.Minute

const hits store.Daily[hitList] = "hit"

// hit is one match, without text: what windows are counted from.
type hit struct {
	at                 int64 // unix seconds of publication
	voice, story, post uint64
}

// hitList is the matches of one series in one bucket.
type hitList []hit

const hitSize = 32

// AppendBinary writes each hit as four big-endian words.
func (l hitList) AppendBinary(b []byte) ([]byte, error) {
	for _, h := range l {
		b = binary.BigEndian.AppendUint64(b, uint64(h.at)) //nolint:gosec // seconds since 1970, bit pattern kept
		b = binary.BigEndian.AppendUint64(b, h.voice)
		b = binary.BigEndian.AppendUint64(b, h.story)
		b = binary.BigEndian.AppendUint64(b, h.post)
	}
	return b, nil
}

// UnmarshalBinary reads what AppendBinary wrote.
func (l *hitList) UnmarshalBinary(b []byte) error {
	if len(b)%hitSize != 0 {
		return errors.New("hit list is cut off")
	}
	*l = make(hitList, 0, len(b)/hitSize)
	for ; len(b) > 0; b = b[hitSize:] {
		*l = append(*l, hit{
			at:    int64(binary.BigEndian.Uint64(b)), //nolint:gosec // see AppendBinary
			voice: binary.BigEndian.Uint64(b[8:]),
			story: binary.BigEndian.Uint64(b[16:]),
			post:  binary.BigEndian.Uint64(b[24:]),
		})
	}
	return nil
}

// inOrder sorts hits by their time. Those of one bucket are kept so, and buckets
// are met in their order, so that mostly there is nothing to do.
func inOrder(list hitList) {
	byTime := func(a, b hit) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.post, b.post)) }
	if !slices.IsSortedFunc(list, byTime) {
		slices.SortFunc(list, byTime)
	}
}

func newHit(p *source.Post) hit {
	return hit{at: p.Published.Unix(), voice: sum(p.Voice), story: sum(p.Story), post: sum(p.ID)}
}

// sum is cryptographic because post and story ids are chosen by strangers,
// who must not be able to make two of them look like one.
func sum(s string) uint64 {
	h := sha256.Sum256([]byte(s))
	return binary.BigEndian.Uint64(h[:])
}

// pages are the lists that a batch adds to. Each is read once and written
// once, however many hits it takes.
type pages map[pageKey]*page

type pageKey struct {
	shelf store.Shelf[hitList]
	key   store.Key
}

type page struct {
	series store.Key
	at     time.Time // when its bucket begins
	list   hitList
	posts  map[uint64]struct{}
	grown  bool
	by     map[string]int // posts that are new, by source
}

// add counts a post for a series and reports whether it is new there: an
// edited post counts once.
func (ps pages) add(tx store.Tx, series store.Key, p *source.Post) (bool, error) {
	k := pageKey{hits.On(p.Published), hitKey(series, p.Published)}
	if ps[k] == nil {
		list, _, err := k.shelf.Get(tx, k.key)
		if err != nil {
			return false, fmt.Errorf("count %s: %w", series, err)
		}
		ps[k] = &page{series: series, at: p.Published.UTC().Truncate(bucket), list: list, posts: map[uint64]struct{}{}, by: map[string]int{}}
		for _, h := range list {
			ps[k].posts[h.post] = struct{}{}
		}
	}
	page, h := ps[k], newHit(p)
	if _, counted := page.posts[h.post]; counted {
		return false, nil
	}
	page.posts[h.post] = struct{}{}
	page.list, page.grown = append(page.list, h), true
	page.by[p.Source]++
	return true, nil
}

// write goes in the order of the keys, so that neighbours share a page.
func (ps pages) write(tx store.Tx) error {
	for _, k := range slices.SortedFunc(maps.Keys(ps), func(a, b pageKey) int {
		return cmp.Or(cmp.Compare(a.shelf, b.shelf), cmp.Compare(a.key, b.key))
	}) {
		if !ps[k].grown {
			continue
		}
		inOrder(ps[k].list)
		if err := k.shelf.Put(tx, k.key, ps[k].list); err != nil {
			return fmt.Errorf("count %s: %w", k.key, err)
		}
	}
	return nil
}

// hitKey has the series first: a window of a day is one scan, and not 288
// lookups of which most find nothing.
func hitKey(series store.Key, at time.Time) store.Key {
	return store.Path(string(series), store.Minute(at.Truncate(bucket)))
}

// within calls fn for the hits of a series in (now-length, now].
func within(tx store.Tx, series store.Key, now time.Time, length time.Duration, fn func(hit)) error {
	start := now.Add(-length)
	from, to := hitKey(series, start), hitKey(series, now.Add(bucket))
	for day := start.UTC().Truncate(24 * time.Hour); !day.After(now); day = day.Add(24 * time.Hour) {
		err := hits.On(day).Range(tx, from, to, func(_ store.Key, list hitList) error {
			for _, h := range list {
				if h.at > start.Unix() && h.at <= now.Unix() {
					fn(h)
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("count %s: %w", series, err)
		}
	}
	return nil
}

// count returns the sizes of the window (now-length, now] of a series.
func count(tx store.Tx, series store.Key, now time.Time, length time.Duration) (Counts, error) {
	var list hitList
	err := within(tx, series, now, length, func(h hit) { list = append(list, h) })
	return countOf(list), err
}

func countOf(list hitList) Counts {
	stories, voices := map[uint64]struct{}{}, map[uint64]struct{}{}
	for _, h := range list {
		stories[h.story], voices[h.voice] = struct{}{}, struct{}{}
	}
	return Counts{Posts: len(list), Stories: len(stories), Voices: len(voices)}
}

// storyMemory is how long a story is known: posts are new for two days and
// find the story of a copy that is up to three days old (source).
const storyMemory = 5 * 24 * time.Hour

// storiesOf counts the posts of every story that a series knows.
func storiesOf(tx store.Tx, series store.Key, now time.Time) (map[uint64]int, error) {
	known := map[uint64]int{}
	err := within(tx, series, now, storyMemory, func(h hit) { known[h.story]++ })
	return known, err
}

// Sweep drops matches, and the quotes of posts, that were published on days
// before matches, and what was counted on days before counts.
func Sweep(tx store.Tx, matches, counts time.Time) error {
	if _, err := hits.DropBefore(tx, matches); err != nil {
		return fmt.Errorf("drop old matches: %w", err)
	}
	day := matches.UTC().Truncate(24 * time.Hour)
	if err := unquote(tx, func(p *source.Post) bool { return p.Published.Before(day) }); err != nil {
		return fmt.Errorf("drop old quotes: %w", err)
	}
	if _, err := counted.DropBefore(tx, counts); err != nil {
		return fmt.Errorf("drop old counts: %w", err)
	}
	if err := sweepHolds(tx, matches); err != nil {
		return fmt.Errorf("drop old holds: %w", err)
	}
	if err := sweepPlaces(tx, matches); err != nil {
		return fmt.Errorf("drop places: %w", err)
	}
	if err := sweepCalls(tx, matches); err != nil {
		return fmt.Errorf("drop old calls: %w", err)
	}
	return nil
}
