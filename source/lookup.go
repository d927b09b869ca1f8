package source

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// lookBack bounds how many days ByURL reads, newest first: the texts of posts
// are kept for no longer (design.md, retention).
const lookBack = 31

// ByURL returns the newest kept post that has the address, whatever tracking
// parameters either carries, or the ID, with or without the name of its source.
// It reads what was fetched on the last 31 days that brought posts.
func ByURL(tx store.Tx, address string) (p Post, found bool, err error) {
	address = strings.TrimSpace(address)
	link := Canonical(address)
	if link == "" {
		return Post{}, false, nil
	}
	days, err := posts.Days(tx)
	if err != nil {
		return Post{}, false, fmt.Errorf("look up a post: %w", err)
	}
	for _, day := range slices.Backward(days[max(0, len(days)-lookBack):]) {
		err := posts.On(day).Scan(tx, "", func(_ store.Key, kept Post) error {
			if kept.URL == link || kept.ID == address || strings.TrimPrefix(kept.ID, kept.Source+":") == address {
				p, found = kept, true // a later one is newer
			}
			return nil
		})
		if found || err != nil {
			return p, err == nil, wrapLookUp(err)
		}
	}
	return Post{}, false, nil
}

func wrapLookUp(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("look up a post: %w", err)
}

// PostsIn returns the posts of a file as a source of type file reads them, in
// the order of their times; those that are yet to come are given the time now.
// Their Site is what the file says. In bad stand the records that are no posts; err is for
// the file as a whole.
func PostsIn(path string, now time.Time) (out []Post, bad []error, err error) {
	spec := Spec{Name: "file", Type: "file", Path: path}.withDefaults()
	f, err := newFile(spec, Deps{})
	if err != nil {
		return nil, nil, err
	}
	if err := f.load(now.UTC()); err != nil {
		return nil, nil, err
	}
	for _, m := range f.moments {
		if !m.event.Deleted {
			out = append(out, m.event.seen(m.at, now.UTC()).Post)
		}
	}
	return out, f.bad, nil
}
