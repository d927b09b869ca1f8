package telegram

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/siaga-id/siaga/notifier"
)

const (
	firstPause    = time.Second
	longestPause  = time.Minute
	conflictPause = 30 * time.Second // two processes with one token take turns; chat.md 1.4
)

// outage paces the poller through failures and has it complain once per
// outage and kind of failure, not once per attempt.
type outage struct {
	fails int
	kind  string
	since time.Time
}

// pause notes how a turn ended and returns how long to wait before the next.
func (o *outage) pause(err error, log *slog.Logger) time.Duration {
	if err == nil {
		if o.fails > 0 {
			log.Info("telegram: receiving again", "after", time.Since(o.since).Round(time.Second))
		}
		*o = outage{}
		return 0
	}
	if o.fails == 0 {
		o.since = time.Now()
	}
	if kind := kindOf(err); kind != o.kind {
		o.kind = kind
		log.Warn("telegram: nothing is received", "kind", kind, "err", err)
	}
	o.fails++
	return o.length(err)
}

func (o *outage) length(err error) time.Duration {
	if isConflict(err) {
		return conflictPause
	}
	if fail, ok := errors.AsType[*notifier.SendError](err); ok && fail.Class == notifier.Flood {
		return fail.After + jitter(time.Second)
	}
	d := longestPause
	if doublings := o.fails - 1; doublings < 6 {
		d = firstPause << doublings
	}
	return d - jitter(d/4)
}

// jitter keeps processes that failed together from coming back together.
func jitter(upTo time.Duration) time.Duration {
	return rand.N(upTo) //nolint:gosec // no secret hangs on it
}

// kindOf names a failure for people who read logs.
func kindOf(err error) string {
	if isConflict(err) {
		return "conflict: another process polls with this token"
	}
	if fail, ok := errors.AsType[*notifier.SendError](err); ok {
		return string(fail.Class)
	}
	return "internal"
}

func isConflict(err error) bool {
	no, ok := errors.AsType[*refusal](err)
	return ok && no.Code == http.StatusConflict
}
