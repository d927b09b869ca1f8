package notifier

import (
	"context"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Backlog is what one chat waits for.
type Backlog struct {
	Dest    Dest
	Cards   int
	Pings   int       // replies and notes
	Oldest  time.Time // of the cards; zero: none waits
	LastErr string
}

// Backlogs returns the state of every configured chat.
func (o *Outbox) Backlogs(ctx context.Context) ([]Backlog, error) {
	var out []Backlog
	err := o.DB.View(ctx, func(tx store.Tx) error {
		out = nil
		for _, d := range o.Current().AllDests() {
			b, err := backlog(tx, d)
			if err != nil {
				return fmt.Errorf("read backlog of %s: %w", d, err)
			}
			out = append(out, b)
		}
		return nil
	})
	return out, err
}

func backlog(tx store.Tx, d Dest) (Backlog, error) {
	b := Backlog{Dest: d}
	err := wanted.Scan(tx, store.Path(string(d), ""), func(k store.Key, w Want) error {
		b.Cards++
		if b.Oldest.IsZero() || w.Since.Before(b.Oldest) {
			b.Oldest = w.Since
		}
		card, _, err := cards.Get(tx, k)
		if card.LastErr != "" {
			b.LastErr = card.LastErr
		}
		return err
	})
	if err != nil {
		return b, err
	}
	return b, pings.Scan(tx, store.Path(string(d), ""), func(store.Key, Ping) error {
		b.Pings++
		return nil
	})
}
