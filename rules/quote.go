package rules

import (
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

const recents store.Shelf[quoted] = "quote"

// quoted is what the first card of a series will show: a condition is met by
// the last of several posts, and people want to read the others too.
type quoted struct {
	Posts []Evidence `json:"posts"` // oldest first
}

// maxQuoted is as many as a card shows.
const maxQuoted = 3

// quote adds fresh posts to what a series quotes and returns that: of each of
// the newest stories published after from, the newest post.
func quote(tx store.Tx, series store.Key, fresh []Evidence, from time.Time) ([]Evidence, error) {
	old, _, err := recents.Get(tx, series)
	if err != nil {
		return nil, err
	}
	posts := newest(slices.Concat(old.Posts, fresh), from)
	if len(fresh) > 0 {
		err = recents.Put(tx, series, quoted{posts})
	}
	return posts, err
}

func newest(all []Evidence, from time.Time) []Evidence {
	slices.SortStableFunc(all, byPublished)
	var out []Evidence
	for _, e := range slices.Backward(all) {
		if len(out) == maxQuoted || !e.Post.Published.After(from) {
			break
		}
		if !slices.ContainsFunc(out, func(o Evidence) bool { return o.Post.Story == e.Post.Story }) {
			out = append(out, e)
		}
	}
	slices.Reverse(out)
	return out
}

// Forget removes the text of a deleted post from what waits to be quoted.
func Forget(tx store.Tx, post string) error {
	if err := unquote(tx, func(p *source.Post) bool { return p.ID == post }); err != nil {
		return fmt.Errorf("forget %s: %w", post, err)
	}
	return nil
}

// unquote removes posts from what any series quotes.
func unquote(tx store.Tx, gone func(*source.Post) bool) error {
	left := map[store.Key]quoted{}
	err := recents.Scan(tx, "", func(k store.Key, q quoted) error {
		n := len(q.Posts)
		q.Posts = slices.DeleteFunc(q.Posts, func(e Evidence) bool { return gone(&e.Post) })
		if len(q.Posts) < n {
			left[k] = q
		}
		return nil
	})
	for k, q := range left {
		switch {
		case err != nil:
			return err
		case len(q.Posts) == 0:
			err = recents.Delete(tx, k)
		default:
			err = recents.Put(tx, k, q)
		}
	}
	return err
}
