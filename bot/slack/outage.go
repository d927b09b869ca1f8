package slack

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/siaga-id/siaga/notifier"
)

const (
	firstPause   = time.Second
	longestPause = time.Minute
	deadPause    = 10 * time.Minute // a token that is refused will be refused again
)

// outage paces the listener through failures and has it complain once per
// outage and kind of failure, not once per attempt.
type outage struct {
	fails int
	since time.Time
	told  map[notifier.Class]bool
}

// pause notes a failure and returns how long to wait before the next attempt.
func (o *outage) pause(err error, log *slog.Logger) time.Duration {
	fail, ok := errors.AsType[*notifier.SendError](err)
	if !ok {
		fail = &notifier.SendError{Class: notifier.Ambiguous, Err: err}
	}
	if o.fails == 0 {
		o.since, o.told = time.Now(), make(map[notifier.Class]bool)
	}
	if !o.told[fail.Class] {
		o.told[fail.Class] = true
		complain := log.Warn
		if fail.Class == notifier.Dead {
			complain = log.Error
		}
		complain("slack: nothing is received", "class", string(fail.Class), "err", fail.Err)
	}
	o.fails++
	return o.length(fail)
}

// over notes that Slack greeted us.
func (o *outage) over(log *slog.Logger) {
	if o.fails > 0 {
		log.Info("slack: receiving again", "after", time.Since(o.since).Round(time.Second))
	}
	*o = outage{}
}

func (o *outage) length(fail *notifier.SendError) time.Duration {
	if fail.Class == notifier.Dead {
		return deadPause
	}
	d := min(firstPause<<min(o.fails-1, 6), longestPause)
	d -= jitter(d / 4)
	if fail.Class == notifier.Flood {
		d = max(d, fail.After+jitter(time.Second))
	}
	return d
}

func jitter(d time.Duration) time.Duration {
	return rand.N(d) //nolint:gosec // it spreads attempts and guards no secret
}
