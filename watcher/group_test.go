package watcher

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// meeting is a group whose transactions take a second each, and what became of
// every sender.
type meeting struct {
	group
	mu    sync.Mutex
	took  []string         // each transaction that began: its sources
	ended map[string]error // by source
}

// take fails, or panics, where a source is called so.
func (m *meeting) take(ctx context.Context, all []*arrival) error {
	var names []string
	for _, a := range all {
		names = append(names, a.spec.Name)
	}
	m.mu.Lock()
	m.took = append(m.took, strings.Join(names, " "))
	m.mu.Unlock()
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return ctx.Err()
	}
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "panics"):
			panic(name)
		case strings.HasPrefix(name, "fails"):
			return errTest
		}
	}
	return nil
}

// send joins as one sender, who has patience until ctx ends.
func (m *meeting) send(ctx context.Context, name string, events int) {
	go func() {
		var err error
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v", p)
			}
			m.mu.Lock()
			defer m.mu.Unlock()
			m.ended[name] = err
		}()
		err = m.join(ctx, source.Spec{Name: name}, source.Batch{Events: make([]source.Event, events)}, m.take)
	}()
	synctest.Wait()
}

func (m *meeting) want(t *testing.T, took []string, ended map[string]string) {
	t.Helper()
	got := map[string]string{}
	for name, err := range m.ended {
		got[name] = fmt.Sprint(err)
	}
	if diff := cmp.Diff(ended, got); diff != "" {
		t.Errorf("what became of the senders (-want +got):\n%s", diff)
	}
	slices.Sort(m.took[min(2, len(m.took)):]) // those who go alone are in no order
	if diff := cmp.Diff(took, m.took); diff != "" {
		t.Errorf("transactions (-want +got):\n%s", diff)
	}
}

func TestNobodyFailsOrPanicsForAnother(t *testing.T) {
	const ok = "<nil>"
	for name, c := range map[string]struct {
		senders []string
		took    []string
		ended   map[string]string
	}{
		"one":         {[]string{"a"}, []string{"a"}, map[string]string{"a": ok}},
		"one fails":   {[]string{"fails"}, []string{"fails"}, map[string]string{"fails": "test"}},
		"one panics":  {[]string{"panics", "b"}, []string{"panics", "b"}, map[string]string{"panics": "panic: panics", "b": ok}},
		"all go well": {[]string{"a", "b", "c", "d"}, []string{"a", "b c d"}, map[string]string{"a": ok, "b": ok, "c": ok, "d": ok}},
		"one of a group fails": {
			[]string{"a", "b", "fails", "d"},
			[]string{"a", "b fails d", "b", "d", "fails"},
			map[string]string{"a": ok, "b": ok, "fails": "test", "d": ok},
		},
		"one of a group panics": {
			[]string{"a", "b", "panics"},
			[]string{"a", "b panics", "b", "panics"},
			map[string]string{"a": ok, "b": ok, "panics": "panic: panics"},
		},
		"the leader of a group panics": {
			[]string{"a", "panics", "c"},
			[]string{"a", "panics c", "c", "panics"},
			map[string]string{"a": ok, "panics": "panic: panics", "c": ok},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := &meeting{ended: map[string]error{}}
				for _, s := range c.senders {
					m.send(t.Context(), s, 1)
				}
				rest(10 * time.Second)
				m.want(t, c.took, c.ended)
				if m.led || len(m.waiting) > 0 {
					t.Errorf("led %v, %d still wait", m.led, len(m.waiting))
				}
			})
		})
	}
}

func TestWhoGivesUpIsNotTakenInAndHoldsUpNobody(t *testing.T) {
	const ok, gone = "<nil>", "context deadline exceeded"
	for name, c := range map[string]struct {
		hurried string
		after   time.Duration
		took    []string
		ended   map[string]string
	}{
		"while it waits":             {"b", time.Second / 2, []string{"a", "c d"}, map[string]string{"a": ok, "b": gone, "c": ok, "d": ok}},
		"while it is taken in":       {"c", time.Second * 3 / 2, []string{"a", "b c d"}, map[string]string{"a": ok, "b": ok, "c": ok, "d": ok}},
		"while it takes others in":   {"b", time.Second * 3 / 2, []string{"a", "b c d", "b", "c", "d"}, map[string]string{"a": ok, "b": gone, "c": ok, "d": ok}},
		"while it takes itself in":   {"a", time.Second / 2, []string{"a", "b c d"}, map[string]string{"a": gone, "b": ok, "c": ok, "d": ok}},
		"when it has been taken in":  {"a", time.Second * 3 / 2, []string{"a", "b c d"}, map[string]string{"a": ok, "b": ok, "c": ok, "d": ok}},
		"before anything else began": {"a", 0, []string{"a", "b c d"}, map[string]string{"a": gone, "b": ok, "c": ok, "d": ok}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := &meeting{ended: map[string]error{}}
				for _, s := range []string{"a", "b", "c", "d"} {
					ctx := t.Context()
					if s == c.hurried {
						var cancel context.CancelFunc
						ctx, cancel = context.WithTimeout(ctx, max(c.after, time.Nanosecond))
						defer cancel()
					}
					m.send(ctx, s, 1)
				}
				rest(10 * time.Second)
				m.want(t, c.took, c.ended)
			})
		})
	}
}

// TestALeadThatIsGivenUpGoesOn ends the patience of a sender who has the lead
// and has not noticed: both are ready, and either may be seen first.
func TestALeadThatIsGivenUpGoesOn(t *testing.T) {
	var g group
	a := &arrival{lead: make(chan struct{}, 1)}
	b := &arrival{lead: make(chan struct{}, 1)}
	g.enter(a)
	g.enter(b)
	if !g.leave(a) || len(b.lead) != 1 {
		t.Error("nobody leads any more")
	}
	if !g.leave(b) || g.led {
		t.Error("led by nobody")
	}
	if g.leave(b) {
		t.Error("left twice")
	}
}

func TestAGroupIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &meeting{ended: map[string]error{}}
		for _, s := range []struct {
			name   string
			events int
		}{{"a", 1}, {"b", 600}, {"c", 400}, {"d", 1}, {"e", 5000}, {"f", 1}} {
			m.send(t.Context(), s.name, s.events)
		}
		rest(10 * time.Second)
		if want := []string{"a", "b c", "d", "e", "f"}; !slices.Equal(m.took, want) {
			t.Errorf("%q, want %q", m.took, want)
		}
	})
}

// TestBatchesThatShareACommitHaveTheEffectOfEachAlone compares the whole store.
func TestBatchesThatShareACommitHaveTheEffectOfEachAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		together, apart := newWorld(t), newWorld(t)
		held, let := make(chan struct{}), make(chan struct{})
		go func() {
			_ = together.db.DB.Update(context.Background(), func(store.Tx) error { close(held); <-let; return nil })
		}()
		<-held
		var crowd crowd
		var senders sync.WaitGroup
		for i := range 60 {
			b := crowd.batch(10)
			b.Events = append(b.Events, source.Event{Post: post(fmt.Sprint("debu-", i/2), fmt.Sprint("debu tebal di Gunem hari ke-", i))})
			apart.accept(b)
			senders.Go(func() { together.accept(b) })
			synctest.Wait()
		}
		together.db.updates.Store(0)
		close(let)
		senders.Wait()
		if n := together.db.updates.Load(); n != 1 {
			t.Errorf("59 batches took %d transactions after that of the first", n)
		}
		if diff := cmp.Diff(apart.dump(), together.dump()); diff != "" {
			t.Errorf("the store is another (-apart +together):\n%s", diff)
		}
		if len(together.unresolved()) == 0 || together.Seen.Posts.Load() != apart.Seen.Posts.Load() || together.Seen.Firings.Load() != apart.Seen.Firings.Load() {
			t.Errorf("%d posts and %d firings, apart %d and %d", together.Seen.Posts.Load(), together.Seen.Firings.Load(), apart.Seen.Posts.Load(), apart.Seen.Firings.Load())
		}
	})
}

func TestAStoreThatTakesNothingFailsEveryBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.desk.broken.Store(true)
		errs := make(chan error, 3)
		held, let := make(chan struct{}), make(chan struct{})
		go func() {
			_ = w.db.DB.Update(context.Background(), func(store.Tx) error { close(held); <-let; return nil })
		}()
		<-held
		for i := range 3 {
			b := batch("", post(fmt.Sprint("a", i), "debu di Gunem"), post(fmt.Sprint("b", i), "Gunem penuh debu"))
			go func() { errs <- w.Accept(t.Context(), source.Spec{Name: "dorong"}, b) }()
			synctest.Wait()
		}
		close(let)
		for range 3 {
			if err := <-errs; !errors.Is(err, errTest) {
				t.Errorf("%v", err)
			}
		}
		if w.Seen.Posts.Load() != 0 || w.Refused() == "" {
			t.Errorf("%d posts taken in, refused %q", w.Seen.Posts.Load(), w.Refused())
		}
	})
}
