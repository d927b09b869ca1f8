package notifier

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestAChoreIsDoneWhenItIsDueAndHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &Outbox{Log: slog.New(slog.DiscardHandler), wound: make(chan struct{}, 1)}
		start := time.Now()
		var done []time.Duration
		broken := 0
		ctx, stop := context.WithCancel(t.Context())
		go o.Clock(ctx, map[string]Chore{
			"broken": func(context.Context, time.Time) (time.Time, error) { broken++; return time.Time{}, errors.New("test") },
			"due in 12 s": func(_ context.Context, now time.Time) (time.Time, error) {
				due := start.Add(12 * time.Second)
				if now.Before(due) {
					return due, nil
				}
				done = append(done, now.Sub(start))
				return time.Time{}, nil
			},
		})
		time.Sleep(13 * time.Second)
		stop()
		synctest.Wait()
		if len(done) != 1 || done[0] != 12*time.Second || broken < 3 {
			t.Errorf("done after %v, broken %d times", done, broken)
		}
	})
}

func TestAChangeWindsTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &Outbox{Log: slog.New(slog.DiscardHandler), wound: make(chan struct{}, 1)}
		var looked atomic.Int64
		ctx, stop := context.WithCancel(t.Context())
		go o.Clock(ctx, map[string]Chore{
			"look": func(context.Context, time.Time) (time.Time, error) { looked.Add(1); return time.Time{}, nil },
		})
		synctest.Wait()
		o.wind()
		synctest.Wait()
		if looked.Load() != 2 {
			t.Errorf("looked %d times", looked.Load())
		}
		time.Sleep(idle)
		synctest.Wait()
		if looked.Load() != 3 {
			t.Errorf("after %v looked %d times", idle, looked.Load())
		}
		stop()
	})
}
