package notifier

import (
	"context"
	"slices"
	"sync"

	"github.com/siaga-id/siaga/store"
)

// bells wake the workers, one a chat. A bell that rings for the first time may
// belong to a chat that no worker serves yet: a person's own, or one that came
// with a reload.
type bells struct {
	fresh chan struct{} // there is a new bell

	mu  sync.Mutex
	all map[Dest]chan struct{}
}

func newBells() *bells {
	return &bells{fresh: make(chan struct{}, 1), all: map[Dest]chan struct{}{}}
}

// of returns the bell of a chat.
func (b *bells) of(d Dest) chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	bell, known := b.all[d]
	if !known {
		bell = make(chan struct{}, 1)
		b.all[d] = bell
		press(b.fresh)
	}
	return bell
}

// press rings all of them.
func (b *bells) press() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, bell := range b.all {
		press(bell)
	}
}

func (o *Outbox) ring(d Dest) { press(o.bells.of(o.keeper(d))) }

// press rings a bell, unless it is ringing already.
func press(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// dests returns the chats that need a worker: all of the plan, and those of
// people in it for whom something waits. A worker that was hired stays.
func (o *Outbox) dests(ctx context.Context) []Dest {
	plan := o.Plan.Load()
	out, own := plan.AllDests(), map[Dest]bool{}
	for _, c := range plan.People {
		for _, d := range c.dests() {
			own[d] = true
		}
	}
	err := o.DB.View(ctx, func(tx store.Tx) error {
		return pings.Scan(tx, "", func(_ store.Key, p Ping) error {
			if p.Direct && own[p.Dest] && !slices.Contains(out, p.Dest) {
				out = append(out, p.Dest)
			}
			return nil
		})
	})
	if err != nil && ctx.Err() == nil {
		o.Log.Error("look for chats with people", "err", err)
	}
	return out
}
