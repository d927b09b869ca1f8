package draft

import (
	"context"
	"fmt"
	"strings"

	"github.com/siaga-id/siaga/store"
)

// Show notes that a person is shown a draft as it is. Whoever approves or edits
// a text has read it.
func (d *Desk) Show(ctx context.Context, x Draft, by Actor) error {
	return d.DB.Update(ctx, func(tx store.Tx) error {
		if err := readBy(tx, x, by.Name); err != nil || by.Mark == nil {
			return err
		}
		return by.Mark(tx)
	})
}

func readBy(tx store.Tx, x Draft, who string) error {
	if err := readings.Put(tx, readerKey(x, who), reading{x.Hash}); err != nil {
		return fmt.Errorf("note who read a draft: %w", err)
	}
	return nil
}

// unread refuses what is done to a text that the person has not read.
func unread(tx store.Tx, x Draft, who string) error {
	r, found, err := readings.Get(tx, readerKey(x, who))
	switch {
	case err != nil:
		return fmt.Errorf("look who read a draft: %w", err)
	case !found:
		return refuse(Unread, "")
	case r.Hash != x.Hash:
		return refuse(Changed, "")
	}
	return nil
}

func readerKey(x Draft, who string) store.Key {
	return store.Path(string(key(x.Incident, x.N)), strings.ToLower(who))
}
