package source

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Print is what rules keep of a post's ID: the first 8 bytes of its SHA-256,
// big endian. Sightings are found by the first 16 of the same.
type Print uint64

// Printed returns the posts with the given prints whose texts are kept, in
// the order of the prints. It knows those that were seen in the week of now
// and the one before.
func Printed(tx store.Tx, prints []Print, now time.Time) ([]Post, error) {
	var out []Post
	for _, p := range prints {
		s, found, err := printed(tx, p, now)
		if err != nil || !found || s.Hash == "" {
			if err != nil {
				return nil, fmt.Errorf("look for posts: %w", err)
			}
			continue
		}
		post, found, err := posts.On(s.Fetched).Get(tx, s.Post)
		if err != nil {
			return nil, fmt.Errorf("look for posts: %w", err)
		}
		if found {
			out = append(out, post)
		}
	}
	return out, nil
}

func printed(tx store.Tx, p Print, now time.Time) (s sighting, found bool, err error) {
	prefix := store.Key(fmt.Sprintf("%016x", uint64(p)))
	for _, at := range []time.Time{now, now.Add(-rememberFor)} {
		err = seen.On(week(at)).Scan(tx, prefix, func(_ store.Key, known sighting) error {
			s, found = known, true
			return store.ErrStop
		})
		if found || err != nil {
			break
		}
	}
	return s, found, err
}
