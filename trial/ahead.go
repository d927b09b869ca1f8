package trial

import (
	"context"
	"errors"
	"iter"

	"github.com/siaga-id/siaga/source"
)

// chunk is some events, and what was wrong between them.
type chunk struct {
	events  []source.Event
	bad     int
	badOnes []error // the first of them
	err     error   // ends the trial
}

// ahead reads events while those before them are played: reading is an eighth
// of the work with an archive, and a second core is there. It ends with ctx.
func ahead(ctx context.Context, events iter.Seq2[source.Event, error]) <-chan chunk {
	out := make(chan chunk, 1)
	go func() {
		defer close(out)
		var c chunk
		send := func() bool {
			select {
			case out <- c:
				c = chunk{}
				return true
			case <-ctx.Done():
				return false
			}
		}
		for e, err := range events {
			if !c.take(e, err) || len(c.events) == perCommit {
				failed := c.err != nil
				if !send() || failed {
					return
				}
			}
		}
		send()
	}()
	return out
}

// take reports whether the trial goes on.
func (c *chunk) take(e source.Event, err error) bool {
	bad, ok := errors.AsType[*source.BadRecord](err)
	switch {
	case ok:
		if c.bad++; len(c.badOnes) < maxBad {
			c.badOnes = append(c.badOnes, bad)
		}
	case err != nil:
		c.err = err
	default:
		c.events = append(c.events, e)
	}
	return c.err == nil
}
