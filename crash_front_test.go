package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"sync"
	"time"
)

// mishap is what happens to a request on its way.
type mishap int

const (
	refused mishap = iota // it gets a page with status 503 and has no effect
	lost                  // it has its effect, and the connection ends without a byte of the answer
	late                  // it has its effect after lateBy, whether or not its sender lives
)

// lateBy is longer than a killed program takes to come back, and shorter than
// the notifier's grace.
const lateBy = 5 * time.Second

// front stands before a fake: it notes that somebody lives, has mishaps, and now
// and then delivers the latest updates a second time, confirmed or not.
type front struct {
	next http.Handler
	seen chan struct{}

	mu    sync.Mutex
	armed map[string][]mishap // by method, the next first
	had   map[mishap]int
	lost  map[int64]int // by Telegram chat: messages of which nobody was told
	last  []byte        // the latest answer of getUpdates with something in it
	polls int
	again int // how often that was delivered twice
}

func newFront(next http.Handler) *front {
	return &front{
		next: next, seen: make(chan struct{}, 1),
		armed: map[string][]mishap{}, had: map[mishap]int{}, lost: map[int64]int{},
	}
}

// arm replaces the mishaps to come.
func (f *front) arm(all map[string][]mishap) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.armed = maps.Clone(all)
}

func (f *front) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	select {
	case f.seen <- struct{}{}:
	default:
	}
	method := path.Base(r.URL.Path)
	if method == "getUpdates" {
		f.serveUpdates(rw, r)
		return
	}
	switch m, ok := f.take(method); {
	case !ok:
		f.next.ServeHTTP(rw, r)
	case m == refused:
		rw.Header().Set("Content-Type", "text/html")
		http.Error(rw, "<html>503</html>", http.StatusServiceUnavailable)
	case m == late:
		f.delay(rw, r)
	default:
		rec := httptest.NewRecorder()
		f.next.ServeHTTP(rec, r)
		f.forget(method, rec.Body.Bytes())
		panic(http.ErrAbortHandler)
	}
}

func (f *front) take(method string) (mishap, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.armed[method]) == 0 {
		return 0, false
	}
	m := f.armed[method][0]
	f.armed[method] = f.armed[method][1:]
	f.had[m]++
	return m, true
}

// delay reads a request now, while there is a sender, and passes it on later.
func (f *front) delay(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil { // it was not sent whole
		return
	}
	r = r.WithContext(context.WithoutCancel(r.Context()))
	r.Body = io.NopCloser(bytes.NewReader(body))
	time.Sleep(lateBy)
	f.next.ServeHTTP(rw, r)
}

// forget notes which chat shows a message whose sender does not know.
func (f *front) forget(method string, answer []byte) {
	var a struct {
		OK     bool
		Result struct{ Chat struct{ ID int64 } }
	}
	if method == "sendMessage" && json.Unmarshal(answer, &a) == nil && a.OK {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.lost[a.Result.Chat.ID]++
	}
}

func (f *front) serveUpdates(rw http.ResponseWriter, r *http.Request) {
	if old := f.repeat(); old != nil {
		_, _ = rw.Write(old)
		return
	}
	rec := httptest.NewRecorder()
	f.next.ServeHTTP(rec, r)
	f.keep(rec.Body.Bytes())
	rw.WriteHeader(rec.Code)
	_, _ = rw.Write(rec.Body.Bytes())
}

// repeat returns the latest updates at every third poll.
func (f *front) repeat() []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.polls++
	if f.last == nil || f.polls%3 != 0 {
		return nil
	}
	f.again++
	return slices.Clone(f.last)
}

func (f *front) keep(answer []byte) {
	if !bytes.Contains(answer, []byte(`"update_id"`)) {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = slices.Clone(answer)
}
