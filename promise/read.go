package promise

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Open returns what is owed, within a transaction: what is due first comes first.
func Open(tx store.Tx) ([]Promise, error) {
	var out []Promise
	err := promises.Scan(tx, open+"/", func(_ store.Key, p Promise) error {
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read promises: %w", err)
	}
	soonest(out)
	return out, nil
}

// OfCell returns what is owed in a cell, within a transaction, from whichever of
// its incidents it comes: what is due first comes first.
func OfCell(tx store.Tx, topic, site string) ([]Promise, error) {
	all, err := Open(tx)
	return Of(all, topic, site), err
}

// Open returns what is owed: what is due first comes first.
func (l *Ledger) Open(ctx context.Context) ([]Promise, error) {
	var out []Promise
	err := l.DB.View(ctx, func(tx store.Tx) (err error) {
		out, err = Open(tx)
		return err
	})
	return out, err
}

// OfIncident returns the promises of an incident by number, also those that were
// kept.
func (l *Ledger) OfIncident(ctx context.Context, id incident.ID) ([]Promise, error) {
	var out []Promise
	err := l.DB.View(ctx, func(tx store.Tx) (err error) {
		out, err = ofIncident(tx, id)
		return err
	})
	return out, err
}

func ofIncident(tx store.Tx, id incident.ID) ([]Promise, error) {
	var out []Promise
	for _, half := range []string{open, kept} {
		err := promises.Scan(tx, store.Path(half, store.Num(uint64(id)), ""), func(_ store.Key, p Promise) error {
			out = append(out, p)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read promises of %v: %w", id, err)
		}
	}
	slices.SortFunc(out, func(a, b Promise) int { return cmp.Compare(a.N, b.N) })
	return out, nil
}

// read returns a promise that is owed, or ErrNone; with ErrKept one that was kept.
func read(tx store.Tx, id incident.ID, n int) (Promise, error) {
	p, found, err := promises.Get(tx, keyOf(open, id, n))
	if err != nil || found {
		return p, err
	}
	p, found, err = promises.Get(tx, keyOf(kept, id, n))
	switch {
	case err != nil:
		return p, err
	case !found:
		return Promise{}, ErrNone
	}
	return p, ErrKept
}
