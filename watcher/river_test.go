package watcher

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

func TestPostsBecomeAnIncident(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.accept(batch("", post("1", "debu di gunem"), post("2", "debu lagi di gunem")))
		list := w.unresolved()
		if len(list) != 1 || list[0].Label() != "debu/rembang" || list[0].Counts.Voices != 2 {
			t.Errorf("%+v", list)
		}
		if posts, firings := w.Seen.Posts.Load(), w.Seen.Firings.Load(); posts != 2 || firings != 1 {
			t.Errorf("%d posts and %d firings counted", posts, firings)
		}
	})
}

func TestWhatAFeedShowsAtFirstRaisesNoAlarm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(_ context.Context, n int, _ string) (source.Batch, error) {
			b := batch(fmt.Sprint(n), post(fmt.Sprintf("a%d", n), "debu di gunem"), post(fmt.Sprintf("b%d", n), "debu di gunem"))
			b.Live = false
			return b, nil
		}}
		w.start(feed("a", f))
		rest(time.Second)
		if list := w.unresolved(); len(list) != 0 {
			t.Errorf("backlog opened %+v", list)
		}
		rest(time.Minute)
		if n := len(w.unresolved()); n != 1 {
			t.Errorf("news opened %d incidents instead of 1", n)
		}
	})
}

func TestAnEmptyFirstPollIsABaselineToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(_ context.Context, n int, _ string) (source.Batch, error) {
			if n == 1 {
				return source.Batch{}, nil
			}
			b := batch("", post("1", "debu di gunem"), post("2", "debu lagi di gunem"))
			b.Live = false
			return b, nil
		}}
		w.start(feed("a", f))
		rest(time.Minute + time.Second)
		if n := len(w.unresolved()); n != 1 {
			t.Errorf("the first posts of a feed that was empty opened %d incidents instead of 1", n)
		}
	})
}

func TestABatchIsTakenInWholeOrNotAtAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := &fake{answer: func(_ context.Context, _ int, cursor string) (source.Batch, error) {
			if cursor == "c2" {
				return source.Batch{}, source.ErrNotModified
			}
			return map[string]source.Batch{
				"":   batch("c1", post("1", "debu di gunem")),
				"c1": batch("c2", post("2", "debu lagi di gunem"), post("3", "gunem hujan")),
			}[cursor], nil
		}}
		w.start(feed("a", f))
		rest(time.Second)
		before := content(w)
		w.desk.broken.Store(true)
		rest(10 * time.Minute)
		if diff := cmp.Diff(before, content(w)); diff != "" {
			t.Errorf("a batch that failed left traces:\n%s", diff)
		}
		if n := w.Seen.Posts.Load(); n != 1 {
			t.Errorf("%d posts counted instead of 1", n)
		}
		if h := w.health("a"); h.Blind.IsZero() {
			t.Error("a source whose posts are not taken in looks well")
		}
		if w.Refused() == "" {
			t.Error("nobody is told that posts are not taken in")
		}

		w.desk.broken.Store(false)
		rest(backoffUpTo + 2*time.Minute)
		for _, p := range f.seen()[1:4] {
			if p.cursor != "c1" {
				t.Errorf("polled from %q instead of c1 while the desk was broken", p.cursor)
			}
		}
		if why := w.Refused(); why != "" {
			t.Errorf("still told when it is over: %s", why)
		}
		if list := w.unresolved(); len(list) != 1 || list[0].Counts.Posts != 2 || list[0].ID != 1 {
			t.Errorf("afterwards: %+v", list)
		}
		if n := w.Seen.Posts.Load(); n != 3 {
			t.Errorf("%d posts counted instead of 3", n)
		}
	})
}

// content is what the store holds of posts and what they caused.
func content(w *world) map[string]string {
	all := w.dump()
	maps.DeleteFunc(all, func(k, _ string) bool { return strings.HasPrefix(k, "health ") })
	return all
}

func TestTimeAloneLetsARuleFireAndEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.rule(rules.Rule{When: rules.When{Unit: rules.Voices, N: 2, Within: 30 * time.Minute}, For: 5 * time.Minute})
		w.start()
		rest(time.Second)
		w.accept(batch("", post("1", "debu di gunem"), post("2", "debu lagi di gunem")))
		rest(5*time.Minute - 2*time.Second)
		if list := w.unresolved(); len(list) != 0 {
			t.Fatalf("fired too early: %+v", list)
		}
		rest(tickEvery + 2*time.Second)
		if list := w.unresolved(); len(list) != 1 || list[0].Calm {
			t.Fatalf("for: is over and nothing burns: %+v", list)
		}
		rest(30 * time.Minute)
		if list := w.unresolved(); !list[0].Calm {
			t.Errorf("the window is empty and it still burns: %+v", list)
		}
	})
}

func TestTicksWriteNothingWhileNothingRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.accept(batch("", post("1", "gunem hujan")))
		written := w.db.updates.Load()
		if !w.LastTick().IsZero() {
			t.Error("a tick before the start")
		}
		w.start()
		rest(59 * time.Minute)
		if n := w.db.updates.Load() - written; n != 0 {
			t.Errorf("%d writes in a quiet hour", n)
		}
		if late := time.Since(w.LastTick()); late > tickEvery {
			t.Errorf("the last tick was %v ago", late)
		}
	})
}

func TestAStalledEvaluatorIsSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.start()
		rest(time.Minute + time.Second)
		w.db.broken.Store(true)
		last := w.LastTick()
		rest(time.Minute)
		if got := w.LastTick(); !got.Equal(last) || time.Since(got) < time.Minute {
			t.Errorf("a tick at %v that did nothing", got)
		}
		w.wantLog(6, "level=ERROR", "msg=tick")
	})
}

func TestOldDaysAreDroppedWithinAnHour(t *testing.T) {
	for _, c := range []struct {
		days int
		left []string
	}{
		{8, []string{"count", "hit", "post", "seen", "story"}},
		{25, []string{"count", "hit", "post"}},
		{32, []string{"count"}},
		{800, nil},
	} {
		t.Run(fmt.Sprintf("%d days", c.days), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.accept(batch("", post("1", "debu di gunem menutup genteng rumah warga sejak pagi tadi")))
				rest(time.Duration(c.days) * 24 * time.Hour)
				w.start()
				rest(time.Hour + time.Second)
				left := map[string]bool{}
				for k := range w.dump() {
					if name, _, daily := strings.Cut(k, "@"); daily {
						left[name] = true
					}
				}
				want := map[string]bool{}
				for _, name := range c.left {
					want[name] = true
				}
				if diff := cmp.Diff(want, left); diff != "" {
					t.Error(diff)
				}
				w.wantLog(0)
			})
		})
	}
}

func TestOfADeletedPostNoWordRemains(t *testing.T) {
	words := "debu dahsyat di gunem"
	posts := batch("", post("1", words), post("2", "debu lagi di gunem"), post("3", "gunem penuh debu"))
	gone := source.Event{Post: source.Post{ID: "1"}, Deleted: true}
	for name, batches := range map[string][]source.Batch{
		"deleted later":             {posts, {Live: true, Events: []source.Event{gone}}},
		"deleted in the same batch": {{Live: true, Events: append(posts.Events[:3:3], gone)}},
		"deleted before it came":    {{Live: true, Events: []source.Event{gone}}, posts},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				for _, b := range batches {
					w.accept(b)
				}
				for k, v := range w.dump() {
					if strings.Contains(v, "dahsyat") {
						t.Errorf("%s: %s", k, v)
					}
				}
				if list := w.unresolved(); len(list) != 1 || list[0].Counts.Voices < 2 {
					t.Errorf("a deletion takes back the alarm: %+v", list)
				}
			})
		})
	}
}

func TestManySourcesAndPushesAtOnceLoseAndDoubleNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const sources, batches, size = 6, 15, 4
		w := newWorld(t)
		var feeds []Feed
		for s := range sources {
			f := &fake{answer: func(_ context.Context, n int, _ string) (source.Batch, error) {
				if n > batches {
					return source.Batch{}, source.ErrNotModified
				}
				b := numbered(fmt.Sprintf("s%d", s), n, size)
				b.More = n%3 > 0
				return b, nil
			}}
			feeds = append(feeds, Feed{Spec: source.Spec{Name: fmt.Sprintf("s%d", s), Every: time.Second}, Poller: f})
		}
		w.start(feeds...)
		var pushers sync.WaitGroup
		for p := range sources {
			pushers.Go(func() {
				for n := range batches {
					b := numbered(fmt.Sprintf("p%d", p), n, size)
					for range 2 { // senders repeat themselves
						if err := w.Accept(t.Context(), source.Spec{Name: "dorong"}, b); err != nil {
							t.Error(err)
						}
					}
					w.rule(rules.Rule{When: rules.When{Unit: rules.Voices, N: 2, Within: time.Hour}}) // a reload
				}
			})
		}
		pushers.Wait()
		rest(time.Minute)
		const all = 2 * sources * batches * size
		if n := w.Seen.Posts.Load(); n != all {
			t.Errorf("%d posts instead of %d", n, all)
		}
		if list := w.unresolved(); len(list) != 1 || list[0].ID != 1 || list[0].Counts.Posts != all {
			t.Errorf("%+v", list)
		}
		w.wantLog(0)
	})
}

func numbered(who string, n, size int) source.Batch {
	b := source.Batch{Cursor: fmt.Sprint(n), Live: true}
	for i := range size {
		id := fmt.Sprintf("%s-%d-%d", who, n, i)
		b.Events = append(b.Events, source.Event{Post: post(id, "debu di gunem")})
	}
	return b
}
