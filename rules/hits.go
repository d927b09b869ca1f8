package rules

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
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

func newHit(p *source.Post) hit {
	return hit{at: p.Published.Unix(), voice: sum(p.Voice), story: sum(p.Story), post: sum(p.ID)}
}

// sum is cryptographic because post and story ids are chosen by strangers,
// who must not be able to make two of them look like one.
func sum(s string) uint64 {
	h := sha256.Sum256([]byte(s))
	return binary.BigEndian.Uint64(h[:])
}

// has reports whether the post of h is there already.
func (l hitList) has(h hit) bool {
	return slices.ContainsFunc(l, func(old hit) bool { return old.post == h.post })
}

func hitKey(at time.Time, series store.Key) store.Key {
	return store.Path(store.Minute(at.Truncate(bucket)), string(series))
}

// record stores one match of a series and reports whether it is a new one:
// an edited post counts once.
func record(tx store.Tx, series store.Key, p *source.Post) (bool, error) {
	shelf, key := hits.On(p.Published), hitKey(p.Published, series)
	list, _, err := shelf.Get(tx, key)
	if err != nil {
		return false, fmt.Errorf("count %s: %w", series, err)
	}
	h := newHit(p)
	if list.has(h) {
		return false, nil
	}
	if err := shelf.Put(tx, key, append(list, h)); err != nil {
		return false, fmt.Errorf("count %s: %w", series, err)
	}
	return true, nil
}

// tally is a window counted: its sizes, and the stories in it.
type tally struct {
	Counts
	stories map[uint64]int // story to number of posts
}

// count looks at the matches of a series in (now-within, now].
func count(tx store.Tx, series store.Key, now time.Time, within time.Duration) (tally, error) {
	from := now.Add(-within)
	t := tally{stories: map[uint64]int{}}
	voices := map[uint64]struct{}{}
	for at := from.Truncate(bucket); !at.After(now); at = at.Add(bucket) {
		list, _, err := hits.On(at).Get(tx, hitKey(at, series))
		if err != nil {
			return t, fmt.Errorf("count %s: %w", series, err)
		}
		for _, h := range list {
			if h.at <= from.Unix() || h.at > now.Unix() {
				continue
			}
			t.Posts++
			t.stories[h.story]++
			voices[h.voice] = struct{}{}
		}
	}
	t.Stories, t.Voices = len(t.stories), len(voices)
	return t, nil
}

// Sweep drops matches of days before the given one.
func Sweep(tx store.Tx, before time.Time) error {
	if _, err := hits.DropBefore(tx, before); err != nil {
		return fmt.Errorf("drop old matches: %w", err)
	}
	return nil
}
