package notifier

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Say tells a note at once and without the store, for when that is what has
// failed: to the chats of the admins, or to all where none are named. Each chat
// is called once, all at the same time, for callTimeout at most. The errors are
// those of the chats that may not have heard.
func (o *Outbox) Say(ctx context.Context, n Note) error {
	plan := o.Current()
	dests := plan.AdminDests()
	if len(plan.Admins) == 0 {
		dests = plan.AllDests()
	}
	failed := make([]error, len(dests))
	var calls sync.WaitGroup
	for i, d := range dests {
		calls.Go(func() {
			err := o.call(ctx, d, func(ctx context.Context, s Sender) error {
				_, err := s.Send(ctx, plan.note(d, n))
				return err
			})
			if err != nil {
				failed[i] = fmt.Errorf("say %s in %s: %w", n.Why, d, err)
			}
		})
	}
	calls.Wait()
	return errors.Join(failed...)
}
