package source

import (
	"errors"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Kept calls fn for the posts whose text is still kept, in the order in which
// they were fetched, from the day of since on (UTC). fn may return
// store.ErrStop. Deleted posts are not among them.
func Kept(tx store.Tx, since time.Time, fn func(Post) error) error {
	days, err := posts.Days(tx)
	if err != nil {
		return fmt.Errorf("read kept posts: %w", err)
	}
	first, stopped := since.UTC().Truncate(24*time.Hour), false
	for _, day := range days {
		if stopped {
			break
		}
		if day.Before(first) {
			continue
		}
		err := posts.On(day).Scan(tx, "", func(_ store.Key, p Post) error {
			err := fn(p)
			stopped = errors.Is(err, store.ErrStop)
			return err
		})
		if err != nil {
			return fmt.Errorf("read kept posts: %w", err)
		}
	}
	return nil
}
