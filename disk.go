package main

import (
	"context"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// disk is a store that says when it cannot keep anything any more.
type disk interface {
	store.DB
	Broken() <-chan error
}

var _ disk = (*store.Bolt)(nil)

// openDisk opens the store, if it has room to grow.
func openDisk(o outside, path string) (disk, error) {
	if o.open != nil {
		return o.open(path)
	}
	db, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	if err := store.CheckRoom(path); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// watchDisk ends the program when the store cannot keep anything any more: who
// cannot remember an alert must not look as if he did. The chats hear of it.
func (a *app) watchDisk(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-a.db.Broken():
		a.log.Error("the disk has failed, siaga stops", "err", err)
		if said := a.outbox.Say(ctx, notifier.Note{Why: notifier.DiskFailed, At: time.Now()}); said != nil {
			a.log.Error("the chats do not all know it", "err", said)
		}
		return fmt.Errorf("keep: %w", err)
	}
}
