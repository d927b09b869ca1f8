package source

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// enter notes a post as one of a story that another one names.
func enter(tx store.Tx, p Post, story string) error {
	return members.On(p.Fetched).Put(tx, memberKey(story, postKey(p)), member{})
}

func memberKey(story string, post store.Key) store.Key {
	return store.Path(digest(story), string(post))
}

// sightingOf returns the key of the sighting of the post with a key.
func sightingOf(post store.Key) store.Key { return post[max(0, len(post)-digestLen):] }

// fetchedAt returns the time in the key of a post.
func fetchedAt(post store.Key) time.Time {
	t, _ := store.ParseStamp(string(post[:max(0, len(post)-digestLen-1)])) // no post was fetched in the year 1
	return t
}

// named returns the id of the post that a story has its name from.
func named(story string) string { return strings.TrimPrefix(story, apartMark) }

// namer returns the sighting of the post that a story has its name from, if it
// is still in it.
func namer(tx store.Tx, story string) (sighting, bool, error) {
	weeks, err := seen.Days(tx)
	if err != nil {
		return sighting{}, false, err
	}
	for _, w := range slices.Backward(weeks) {
		at, found, err := seen.On(w).Get(tx, seenKey(named(story)))
		if err != nil || found {
			return at, found && at.Story == story, err
		}
	}
	return sighting{}, false, nil
}

// memberKeys returns the keys of the posts of a story, also of deleted ones, in
// the order of their fetching, but the one that names it first; of more than
// most the oldest.
func memberKeys(tx store.Tx, story string, most int) ([]store.Key, error) {
	var keys []store.Key
	if at, found, err := namer(tx, story); err != nil {
		return nil, err
	} else if found {
		keys = append(keys, at.Post)
	}
	days, err := members.Days(tx)
	if err != nil {
		return nil, err
	}
	prefix := memberKey(story, "")
	for _, day := range days {
		err := members.On(day).Scan(tx, prefix, func(k store.Key, _ member) error {
			if len(keys) == most {
				return store.ErrStop
			}
			keys = append(keys, k[len(prefix):])
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// membersOf returns the kept among the posts of memberKeys in the order of their
// publication.
func membersOf(tx store.Tx, story string, most int) ([]Post, error) {
	keys, err := memberKeys(tx, story, most)
	if err != nil {
		return nil, err
	}
	var all []Post
	for _, k := range keys {
		p, found, err := posts.On(fetchedAt(k)).Get(tx, k)
		if err != nil {
			return nil, err
		}
		if found {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Post) int {
		return cmp.Or(a.Published.Compare(b.Published), a.Fetched.Compare(b.Fetched), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}
