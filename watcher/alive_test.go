package watcher

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// remote is a feed of another machine; feed is a file of this one.
func remote(name string, f *fake) Feed {
	r := feed(name, f)
	r.Spec.URL = "https://media.example/rss"
	return r
}

func TestOnlyAnswersOfOtherMachinesCountAsRead(t *testing.T) {
	for name, c := range map[string]struct {
		feed func(string, *fake) Feed
		err  error // of each poll
		want bool
	}{
		"nothing new":            {remote, source.ErrNotModified, true},
		"no answer":              {remote, errTest, false},
		"a file of this machine": {feed, source.ErrNotModified, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.start(c.feed("umpan", &fake{answer: failing(c.err, never)}))
				rest(10*time.Minute + time.Second)
				if got := time.Since(w.LastRead()) <= time.Minute+time.Second; got != c.want {
					t.Errorf("last read %v", w.LastRead())
				}
			})
		})
	}
}

// TestASourceThatWasReadCountsThoughTheStoreTookNothing keeps the two troubles
// apart: the network is well.
func TestASourceThatWasReadCountsThoughTheStoreTookNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.desk.broken.Store(true)
		w.start(remote("umpan", &fake{answer: func(context.Context, int, string) (source.Batch, error) {
			return batch("c", post("a", "debu di Gunem"), post("b", "Gunem penuh debu")), nil
		}}))
		began := time.Now()
		rest(10*time.Minute + time.Second)
		if time.Since(w.LastRead()) > 2*time.Minute || !w.Waiting().Equal(began) || w.Refused() == "" {
			t.Errorf("read %v, waiting since %v instead of %v: %q", w.LastRead(), w.Waiting(), began, w.Refused())
		}
		w.desk.broken.Store(false)
		rest(2 * time.Minute)
		if !w.Waiting().IsZero() || w.Refused() != "" {
			t.Errorf("taken in, and waiting since %v: %q", w.Waiting(), w.Refused())
		}
	})
}

func TestABatchThatNobodyTakesInWaitsUntilItIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		held, let := make(chan struct{}), make(chan struct{})
		go func() { // somebody holds the store
			_ = w.db.DB.Update(context.Background(), func(store.Tx) error { close(held); <-let; return nil })
		}()
		<-held
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		done := make(chan error)
		go func() { done <- w.Accept(ctx, source.Spec{Name: "dorong"}, batch("c", post("a", "debu"))) }()
		rest(30 * time.Second)
		if !w.Waiting().Equal(began) {
			t.Errorf("waiting since %v instead of %v", w.Waiting(), began)
		}
		if err := <-done; err == nil {
			t.Error("taken in, though the store is held")
		}
		if !w.Waiting().IsZero() || w.Refused() != "" {
			t.Errorf("given up, and waiting since %v: %q", w.Waiting(), w.Refused())
		}
		close(let)
	})
}
