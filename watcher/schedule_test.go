package watcher

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/source"
)

func TestPollsAtOnceAndThenOnSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorld(t), &fake{answer: nothing}
		began := time.Now()
		w.start(Feed{Spec: source.Spec{Name: "a", Every: 2 * time.Minute}, Poller: f})
		rest(6*time.Minute + time.Second)
		var after []time.Duration
		for _, p := range f.seen() {
			after = append(after, p.at.Sub(began))
		}
		if want := []time.Duration{0, 2 * time.Minute, 4 * time.Minute, 6 * time.Minute}; !slices.Equal(after, want) {
			t.Errorf("polled after %v instead of %v", after, want)
		}
	})
}

// slow answers after d, whatever its context says.
func slow(d time.Duration) answer {
	return func(context.Context, int, string) (source.Batch, error) {
		time.Sleep(d)
		return source.Batch{}, source.ErrNotModified
	}
}

func TestNeverPollsASourceTwiceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, f := newWorld(t), &fake{answer: slow(150 * time.Second)}
		w.start(feed("lambat", f))
		rest(59 * time.Minute)
		if n := len(f.seen()); f.most != 1 || n != 20 {
			t.Errorf("%d polls, %d at once, instead of 20 one by one", n, f.most)
		}
		w.wantLog(0)
	})
}

func TestPollsAtMostEightSourcesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, shared := newWorld(t), &fake{answer: slow(10 * time.Second)}
		var feeds []Feed
		for i := range 20 {
			feeds = append(feeds, feed(fmt.Sprintf("s%d", i), shared))
		}
		w.start(feeds...)
		rest(59 * time.Second)
		if n := len(shared.seen()); shared.most != 8 || n != 20 {
			t.Errorf("%d polls, %d at once, instead of 20, 8 at once", n, shared.most)
		}
	})
}

// No lock and no transaction is held while a source is waited for.
func TestAHangingSourceHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, well := newWorld(t), &fake{answer: nothing}
		ended := make(chan struct{})
		hung := &fake{answer: func(context.Context, int, string) (source.Batch, error) {
			<-ended
			return source.Batch{}, source.ErrNotModified
		}}
		w.start(feed("macet", hung), feed("sehat", well))
		rest(10*time.Minute + time.Second)
		w.accept(batch("", post("1", "debu di gunem"), post("2", "debu lagi di gunem")))
		if n := len(well.seen()); n != 11 {
			t.Errorf("the other source was polled %d times instead of 11", n)
		}
		if late := time.Since(w.LastTick()); late > tickEvery {
			t.Errorf("the last tick was %v ago", late)
		}
		if n := len(w.unresolved()); n != 1 {
			t.Errorf("a push opened %d incidents instead of 1", n)
		}
		close(ended)
	})
}

func TestAPollThatHangsIsCutOffAndCountsAsFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(ctx context.Context, _ int, _ string) (source.Batch, error) {
			<-ctx.Done()
			return source.Batch{}, ctx.Err()
		}}
		w.start(feed("macet", f))
		rest(pollTimeout + time.Second)
		w.wantLog(1, "level=WARN", "source=macet", "deadline exceeded")
	})
}

func TestAPanicStopsNeitherItsSourceNorTheOthers(t *testing.T) {
	normal := func(context.Context, int, string) (source.Batch, error) {
		return batch("", post("1", "debu di gunem"), post("2", "debu lagi di gunem")), nil
	}
	for name, breaks := range map[string]func(*world, *fake){
		"in the source": func(_ *world, f *fake) {
			f.set(func(context.Context, int, string) (source.Batch, error) { panic("the feed is on fire") })
		},
		"in the desk": func(w *world, _ *fake) { w.desk.panics.Store(true) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, well := newWorld(t), &fake{answer: nothing}
				sick := &fake{answer: normal}
				breaks(w, sick)
				w.start(feed("sakit", sick), feed("sehat", well))
				rest(12*time.Hour + time.Second)
				if n := len(sick.seen()); n <= atOnce {
					t.Errorf("the source was polled %d times; each panic keeps its place", n)
				}
				if n := len(well.seen()); n != 12*60+1 {
					t.Errorf("the other source was polled %d times", n)
				}
				if h := w.health("sakit"); h.Blind.IsZero() || h.Error != errPanic.Error() {
					t.Errorf("a source that panics looks well: %+v", h)
				}
				w.wantLog(1, "source not seen", "sakit")
				w.wantLog(len(sick.seen()), "level=ERROR", "on fire", "watcher.(*poll).once")

				w.desk.panics.Store(false)
				sick.set(normal)
				rest(backoffUpTo + time.Minute)
				if n := len(w.unresolved()); n != 1 {
					t.Errorf("%d incidents instead of 1 after the panics", n)
				}
				w.wantLog(1, "source seen again", "sakit")
			})
		})
	}
}

func TestMoreIsPolledAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(_ context.Context, n int, _ string) (source.Batch, error) {
			b := batch(fmt.Sprintf("c%d", n), post(fmt.Sprint(n), "debu di gunem"))
			b.More = n < 4
			return b, nil
		}}
		w.start(feed("a", f))
		rest(time.Second)
		var cursors []string
		for _, p := range f.seen() {
			cursors = append(cursors, p.cursor)
		}
		if want := []string{"", "c1", "c2", "c3"}; !slices.Equal(cursors, want) {
			t.Errorf("polled from %q instead of %q", cursors, want)
		}
		if n := w.Seen.Posts.Load(); n != 4 {
			t.Errorf("%d posts instead of 4", n)
		}
	})
}

func TestASourceMayAskForAPauseButAFileMayNot(t *testing.T) {
	for _, c := range []struct {
		name  string
		live  bool
		wait  time.Duration
		polls int // in an hour and a second, from the beginning on
	}{
		{"a feed that allows a poll each ten minutes", false, 10 * time.Minute, 7},
		{"a file whose next record is due in ten years", true, 10 * 365 * 24 * time.Hour, 61},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f := &fake{answer: func(context.Context, int, string) (source.Batch, error) {
					return source.Batch{Cursor: "c", Wait: c.wait, Live: c.live}, nil
				}}
				w.start(feed("a", f))
				rest(time.Hour + time.Second)
				if n := len(f.seen()); n != c.polls {
					t.Errorf("polled %d times instead of %d", n, c.polls)
				}
			})
		})
	}
}

func TestShutdownDrainsThePollUnderWay(t *testing.T) {
	for name, before := range map[string]time.Duration{
		"the first poll":    time.Second,
		"a scheduled poll":  time.Minute + time.Second,
		"between the polls": time.Minute + 30*time.Second,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				f := &fake{answer: func(ctx context.Context, _ int, _ string) (source.Batch, error) {
					select {
					case <-time.After(20 * time.Second):
						return source.Batch{}, source.ErrNotModified
					case <-ctx.Done():
						time.Sleep(3 * time.Second) // it hangs up
						return source.Batch{}, ctx.Err()
					}
				}}
				w.start(feed("a", f))
				rest(before)
				stopped := time.Now()
				w.stop()
				f.mu.Lock()
				defer f.mu.Unlock()
				if f.running > 0 {
					t.Error("Run has returned with a poll under way")
				}
				if took := time.Since(stopped); took > 3*time.Second {
					t.Errorf("stopping took %v", took)
				}
				if n := w.Seen.Failures.Load(); n != 0 {
					t.Errorf("%d failures counted", n)
				}
				if h := w.health("a"); !h.Blind.IsZero() || strings.Contains(w.log.String(), "level") {
					t.Errorf("a shutdown looks like a failure: %+v\n%s", h, w.log.String())
				}
			})
		})
	}
}

func TestShutdownEndsASourceThatWaitsForItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began, taken := time.Now(), make(chan struct{})
		p := &poll{ctx: ctx, slots: taken}
		p.Run()
		if took := time.Since(began); took != time.Second {
			t.Errorf("it ended after %v", took)
		}
	})
}
