package watcher

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/siaga-id/siaga/source"
)

// maxGroup bounds how many events one transaction takes in for several
// senders: beyond a thousand, waiting grows and nothing is gained (BenchmarkRiver).
const maxGroup = 1000

// errAlone says that a group failed, and not because of whom.
var errAlone = errors.New("not taken in together with others")

// arrival is a batch that waits to be taken in.
type arrival struct {
	spec  source.Spec
	batch source.Batch
	lead  chan struct{} // it is its sender's turn, for itself and all who wait
	done  chan error    // somebody else took it in
}

// group gathers the batches that come while the store commits others, so that
// they share the next commit: one sync of the disk for all of them, where each
// would have waited for its own. The zero value is ready.
type group struct {
	mu      sync.Mutex
	waiting []*arrival // the first one leads
	led     bool
}

// join has a batch taken in, alone or with others, by take in the goroutine of
// one of the senders. Where a group fails each of its batches is taken in alone,
// so that nobody fails, or panics, for another.
func (g *group) join(ctx context.Context, spec source.Spec, b source.Batch, take func(context.Context, []*arrival) error) error {
	a := &arrival{spec: spec, batch: b, lead: make(chan struct{}, 1), done: make(chan error, 1)}
	g.enter(a)
	var err error
	select {
	case <-a.lead:
		err = g.takeIn(ctx, take)
	case err = <-a.done:
	case <-ctx.Done():
		if g.leave(a) {
			return ctx.Err()
		}
		err = <-a.done
	}
	if errors.Is(err, errAlone) {
		return take(ctx, []*arrival{a})
	}
	return err
}

func (g *group) enter(a *arrival) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, a)
	if !g.led {
		g.led = true
		a.lead <- struct{}{}
	}
}

// leave takes back a batch, unless it is being taken in.
func (g *group) leave(a *arrival) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.waiting, a)
	if i < 0 {
		return false
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	select {
	case <-a.lead:
		g.next()
	default:
	}
	return true
}

// takeIn takes in those who wait, the leader first, and lets the next one lead.
func (g *group) takeIn(ctx context.Context, take func(context.Context, []*arrival) error) (err error) {
	all := g.draw()
	defer g.pass()
	if len(all) == 1 {
		return take(ctx, all)
	}
	err = errAlone
	defer func() {
		_ = recover() // whoever panicked does so again, alone
		for _, a := range all[1:] {
			a.done <- err
		}
	}()
	if take(ctx, all) == nil {
		err = nil
	}
	return err
}

// draw returns the leader's batch and as many more as go into one transaction.
func (g *group) draw() []*arrival {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, events := 1, len(g.waiting[0].batch.Events)
	for n < len(g.waiting) && events+len(g.waiting[n].batch.Events) <= maxGroup {
		events += len(g.waiting[n].batch.Events)
		n++
	}
	all := slices.Clone(g.waiting[:n])
	g.waiting = slices.Delete(g.waiting, 0, n)
	return all
}

func (g *group) pass() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.next()
}

// next gives the lead to whoever has waited longest. The lock is held.
func (g *group) next() {
	if g.led = len(g.waiting) > 0; g.led {
		g.waiting[0].lead <- struct{}{}
	}
}
