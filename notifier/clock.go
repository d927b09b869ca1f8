package notifier

import (
	"context"
	"time"
)

// Chore is what time brings: it does what is due at now, in transactions of its
// own, and returns when it wants to be asked next; zero: when something
// changes. It computes what is due from what is stored, so that no timer can be
// lost, and is asked at least twice a minute, so that a clock that jumps costs
// no more than that.
type Chore func(ctx context.Context, now time.Time) (next time.Time, err error)

// Clock does the chores as they fall due, and after every change of an
// incident but of its counts, until ctx ends. One that fails is logged, tried again, and holds up
// no other.
func (o *Outbox) Clock(ctx context.Context, chores map[string]Chore) {
	for ctx.Err() == nil {
		sleep := idle
		for name, chore := range chores {
			now := time.Now()
			next, err := chore(ctx, now)
			switch {
			case err != nil && ctx.Err() == nil:
				o.Log.Error("on time", "chore", name, "err", err)
				sleep = min(sleep, storePause)
			case !next.IsZero():
				sleep = min(sleep, max(next.Sub(now), time.Second))
			}
		}
		pause(ctx, sleep, o.wound)
	}
}

// wind has the chores looked at: what they look at has changed.
func (o *Outbox) wind() {
	select {
	case o.wound <- struct{}{}:
	default:
	}
}
