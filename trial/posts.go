package trial

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// Kept yields the posts that a store still holds and that were fetched since
// then, in the order of their fetching, for a Setup that calls them Taken. The store is only read, in one View
// that stays open until the last post was taken.
func Kept(ctx context.Context, db store.DB, since time.Time) iter.Seq2[source.Event, error] {
	return func(yield func(source.Event, error) bool) {
		enough := false
		err := db.View(ctx, func(tx store.Tx) error {
			return source.Kept(tx, since, func(p source.Post) error {
				if enough = !p.Fetched.Before(since) && !yield(source.Event{Post: p}, nil); enough {
					return store.ErrStop
				}
				return nil
			})
		})
		if err != nil && !enough {
			yield(source.Event{}, err)
		}
	}
}

// Events yields events in the order of their times.
func Events(list []source.Event) iter.Seq2[source.Event, error] {
	return func(yield func(source.Event, error) bool) {
		inOrder := slices.SortedStableFunc(slices.Values(list), func(a, b source.Event) int { return when(a).Compare(when(b)) })
		for _, e := range inOrder {
			if !yield(e, nil) {
				return
			}
		}
	}
}
