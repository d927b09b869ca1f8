package notifier

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// ReplyFinder is a Finder that finds what it said under a message, too.
type ReplyFinder interface {
	FindReply(ctx context.Context, d Dest, under Receipt, nonce string, since time.Time) (at Receipt, found bool, err error)
}

// nonce names one message among those of a few minutes.
func nonce(about string) string { return fmt.Sprintf("%s/%s", about, rand.Text()[:nonceSize]) }

// lookedFor settles a ping that may have been told where that can be found
// out. ok is false where it has to be told again: it is not there, or nobody
// can know.
func (o *Outbox) lookedFor(ctx context.Context, j job) (wait time.Duration, ok bool, err error) {
	if j.ping.Attempts == 0 || j.ping.Nonce == "" {
		return 0, false, nil
	}
	var at Receipt
	var found bool
	err = o.call(ctx, j.message.Dest, func(ctx context.Context, s Sender) (err error) {
		at, found, err = findReply(ctx, s, j)
		return err
	})
	switch {
	case errors.Is(err, ErrCannotFind):
		return 0, false, nil
	case err != nil: // never told twice where it can be looked up
		wait = retryAfter(j.ping.Looks)
		return wait, true, errors.Join(o.failing(ctx, j.message.Dest, asSendError(err)), o.putPing(ctx, j, func(p *Ping) {
			p.Looks++
			p.LastErr, p.NotBefore = err.Error(), time.Now().Add(wait)
		}))
	case found:
		return o.pace(j.message.Dest), true, o.recordPing(ctx, j, at)
	}
	return 0, false, nil
}

func findReply(ctx context.Context, s Sender, j job) (Receipt, bool, error) {
	d, under := j.message.Dest, j.message.ReplyTo
	if replies, ok := s.(ReplyFinder); ok && under.MsgID != "" {
		return replies.FindReply(ctx, d, under, j.ping.Nonce, j.ping.Since)
	}
	if finder, ok := s.(Finder); ok && under.MsgID == "" {
		return finder.Find(ctx, d, j.ping.Nonce, j.ping.Since)
	}
	return Receipt{}, false, ErrCannotFind
}

// reform changes a ping that was refused for its form into a simpler one: it
// was certainly not told. ok is false where there is none left.
func (p *Ping) reform(class Class) (ok bool) {
	switch {
	case class == ThreadGone && !p.Alone:
		p.Alone = true
	case class == BadFormat && !p.Plain:
		p.Plain = true
	case class == BadFormat && !p.Bare:
		p.Bare = true
	default:
		return false
	}
	return true
}

// dropStale forgets a call that came too late, and leaves a line of it on the
// timeline.
func (o *Outbox) dropStale(ctx context.Context, j job) error {
	return o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		if err := pings.Delete(tx, j.key); err != nil || o.Act == nil {
			return err
		}
		_, err := o.Act(tx, incident.Command{
			ID: j.ping.ID, Verb: incident.Unsaid, At: time.Now(), Text: string(j.ping.Why),
			Actor: incident.Actor{Name: incident.Machine.Name, Chat: string(j.ping.Dest)},
		})
		if errors.Is(err, incident.ErrNotFound) {
			return nil
		}
		return err
	})
}
