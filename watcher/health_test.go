package watcher

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// failing answers with err until the poll called well.
func failing(err error, well int) answer {
	return func(_ context.Context, n int, _ string) (source.Batch, error) {
		if n >= well {
			return source.Batch{}, source.ErrNotModified
		}
		return source.Batch{}, err
	}
}

const never = 1 << 30

func TestAFailingSourceIsLeftAloneMoreAndMore(t *testing.T) {
	for name, err := range map[string]error{
		"temporary": &source.Temporary{Err: errTest},
		"permanent": &source.Permanent{Err: errTest, Hint: "look for its new address"},
		"unknown":   errTest,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, f := newWorld(t), &fake{answer: failing(err, never)}
				began := time.Now()
				w.start(feed("mati", f))
				rest(24*time.Hour + time.Second)

				polls := f.seen()
				if polls[1].at.Sub(began) != time.Minute {
					t.Errorf("the second poll came after %v, not with the next schedule", polls[1].at.Sub(began))
				}
				// Full jitter up to half an hour is a quarter of an hour on average.
				if n := len(polls); n < 60 || n > 160 {
					t.Errorf("%d polls in a day", n)
				}
				var longest time.Duration
				for i := range polls[1:] {
					longest = max(longest, polls[i+1].at.Sub(polls[i].at))
				}
				if longest < 15*time.Minute || longest > backoffUpTo+2*time.Minute {
					t.Errorf("the longest pause was %v", longest)
				}
				if h := w.health("mati"); !h.Blind.Equal(began) || h.Error != err.Error() {
					t.Errorf("blind since %v (%s) instead of %v", h.Blind, h.Error, began)
				}
				w.wantLog(1)
				w.wantLog(1, "level=WARN", "source=mati", "trying again by itself", "test")
				if w.Seen.Failures.Load() != int64(len(polls)) || w.Seen.Polls.Load() != int64(len(polls)) {
					t.Errorf("%d failures and %d polls counted of %d", w.Seen.Failures.Load(), w.Seen.Polls.Load(), len(polls))
				}
			})
		})
	}
}

func TestPausesGrowWithJitterUpToHalfAnHour(t *testing.T) {
	for fails, top := range map[int]time.Duration{
		1: 5 * time.Second, 2: 10 * time.Second, 5: 80 * time.Second,
		9: 1280 * time.Second, 10: backoffUpTo, 11: backoffUpTo, 1000: backoffUpTo,
	} {
		p := &poll{fails: fails}
		shortest, longest := 2*backoffUpTo, time.Duration(0)
		for range 1000 {
			d := p.pause(errTest)
			shortest, longest = min(shortest, d), max(longest, d)
		}
		if shortest < time.Second || shortest > top/4+time.Second || longest < top*3/4 || longest > top+time.Second {
			t.Errorf("after %d failures the pauses are %v to %v instead of jitter up to %v", fails, shortest, longest, top)
		}
	}
}

func TestASourceThatIsBackIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorld(t), &fake{answer: failing(&source.Temporary{Err: errTest}, 4)}
		w.start(feed("pulih", f))
		rest(2 * time.Hour)
		h := w.health("pulih")
		if !h.Blind.IsZero() || h.Error != "" || time.Since(h.OK) > 10*time.Minute {
			t.Errorf("not seen again: %+v", h)
		}
		w.wantLog(2)
		w.wantLog(1, "level=WARN", "source not seen")
		w.wantLog(1, "level=INFO", "source seen again", "blind=")
		if n := w.refreshed.Load(); n != 2+2 { // twice for the source, and with each hourly sweep
			t.Errorf("what is shown was drawn anew %d times instead of four", n)
		}
		polls := f.seen()
		if last := polls[len(polls)-1].at.Sub(polls[len(polls)-2].at); last != time.Minute {
			t.Errorf("%v between the polls of a source that is well again", last)
		}
	})
}

func TestTheNextOutageBeginsWithShortPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const back = 12 // the poll that works
		w := newWorld(t)
		f := &fake{answer: func(_ context.Context, n int, _ string) (source.Batch, error) {
			if n == back {
				return source.Batch{}, source.ErrNotModified
			}
			return source.Batch{}, errTest
		}}
		w.start(feed("goyah", f))
		rest(24 * time.Hour)
		polls := f.seen()[back:]
		if pause := polls[1].at.Sub(polls[0].at); pause != time.Minute {
			t.Errorf("the first pause of a new outage is %v", pause)
		}
		w.wantLog(2, "source not seen")
		w.wantLog(1, "source seen again")
	})
}

func TestAnOutageOverARestartHasOneBeginning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorld(t), &fake{answer: failing(errTest, never)}
		began := time.Now()
		w.start(feed("mati", f))
		rest(time.Hour)
		w.stop()
		w.start(feed("mati", f))
		rest(time.Hour)
		if h := w.health("mati"); !h.Blind.Equal(began) {
			t.Errorf("blind since %v instead of %v", h.Blind, began)
		}
		w.wantLog(1)
	})
}

func TestRetryAfterIsObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wait = 3 * time.Hour
		w, f := newWorld(t), &fake{answer: failing(&source.Temporary{Wait: wait, Err: errTest}, 2)}
		w.start(feed("sibuk", f))
		rest(4 * time.Hour)
		polls := f.seen()
		if pause := polls[1].at.Sub(polls[0].at); pause < wait || pause > wait+time.Minute {
			t.Errorf("polled again after %v, asked for %v", pause, wait)
		}
	})
}

func TestNotModifiedIsReachedAndWritesLittle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorld(t), &fake{answer: nothing}
		w.start(feed("tenang", f))
		rest(58 * time.Minute)
		if h := w.health("tenang"); !h.Blind.IsZero() || time.Since(h.OK) > 5*time.Minute {
			t.Errorf("not reached: %+v", h)
		}
		if n := w.db.updates.Load(); n > 12 {
			t.Errorf("%d writes in an hour for a source with nothing new", n)
		}
		w.wantLog(0)
	})
}

func TestABatchWithoutNewsWritesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(context.Context, int, string) (source.Batch, error) { return batch("c"), nil }}
		w.start(Feed{Spec: source.Spec{Name: "berkas", Every: time.Second}, Poller: f})
		rest(4 * time.Minute)
		if n := w.db.updates.Load(); n != 2 { // the cursor, and that the source was reached
			t.Errorf("%d writes in %d polls", n, len(f.seen()))
		}
	})
}

func TestBadPostsAreLoggedAndDoNotStopTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(_ context.Context, n int, _ string) (source.Batch, error) {
			if n > 1 {
				return source.Batch{}, source.ErrNotModified
			}
			b := batch("c", post("1", "debu di gunem"), post("3", "debu lagi di gunem"))
			b.Bad = []error{errors.New("hari.jsonl:2: neither title nor text")}
			return b, nil
		}}
		w.start(feed("berkas", f))
		rest(time.Second)
		w.wantLog(1, "level=WARN", "source=berkas", "hari.jsonl:2: neither title nor text")
		if n := len(w.unresolved()); n != 1 {
			t.Errorf("%d incidents instead of 1", n)
		}
		if h := w.health("berkas"); !h.Blind.IsZero() {
			t.Errorf("a bad post makes its source blind: %+v", h)
		}
	})
}

func TestHealthThatCannotBeKeptIsLogged(t *testing.T) {
	for name, c := range map[string]struct {
		stop  bool
		lines int
	}{
		"a fault":    {stop: false, lines: 1},
		"a shutdown": {stop: true, lines: 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, f := newWorld(t), &fake{answer: failing(errTest, never)}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				w.Refresh = func(store.Tx, time.Time) error {
					if c.stop {
						cancel()
						return nil
					}
					return errTest
				}
				go w.Run(ctx, []Feed{feed("mati", f)})
				rest(time.Second)
				cancel()
				synctest.Wait()
				w.wantLog(c.lines, "level=ERROR", "keep health")
				if h := w.health("mati"); !h.Blind.IsZero() {
					t.Errorf("half of it was kept: %+v", h)
				}
			})
		})
	}
}

func TestASourceThatWasReadToItsEndIsNotBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(_ context.Context, n int, _ string) (source.Batch, error) {
			if n == 1 {
				b := batch("c", post("a", "debu"))
				b.More = true
				return b, nil
			}
			return source.Batch{}, source.ErrNotModified
		}}
		w.start(feed("arsip", f))
		rest(time.Minute)
		err := w.db.View(t.Context(), func(tx store.Tx) error {
			cursor, more, err := source.Cursor(tx, "arsip")
			if more || cursor != "c" {
				t.Errorf("cursor %q, more %v", cursor, more)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
