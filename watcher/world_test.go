package watcher

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

var errTest = errors.New("test")

// world is a Watcher between fake sources and a real store, with real rules
// and a real desk.
type world struct {
	*Watcher
	t         testing.TB
	db        *faultyDB
	desk      *faultyDesk
	log       safeBuffer
	refreshed atomic.Int64
	stop      func() // ends Run and waits for it
}

// newWorld has one rule: two voices about dust at one site within an hour.
func newWorld(t testing.TB) *world {
	t.Helper()
	bolt, err := store.Open(filepath.Join(t.TempDir(), "siaga.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bolt.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, db: &faultyDB{DB: bolt}}
	w.desk = &faultyDesk{Desk: incident.Desk{DB: w.db, Notify: func(store.Tx, incident.Change) error { return nil }}}
	w.Watcher = &Watcher{
		DB: w.db, Desk: w.desk, Rules: &atomic.Pointer[rules.Set]{},
		Intake:  source.Intake{Places: source.NewGazetteer(map[string][]string{"rembang": {"gunem"}})},
		Refresh: func(store.Tx, time.Time) error { w.refreshed.Add(1); return nil },
		Log:     slog.New(slog.NewTextHandler(&w.log, nil)),
	}
	w.rule(rules.Rule{When: rules.When{Unit: rules.Voices, N: 2, Within: time.Hour}})
	return w
}

// rule puts one rule about dust in force, as a reload would.
func (w *world) rule(r rules.Rule) {
	w.t.Helper()
	r.Name, r.Query, r.By, r.Topic, r.Severity = "Debu", "debu", []string{"site"}, "debu", rules.Warning
	set, problems := rules.Compile(rules.Book{Rules: []rules.Rule{r}})
	if len(problems) > 0 {
		w.t.Fatal(problems)
	}
	w.Rules.Store(set)
}

// start runs the watcher until stop is called or the test ends.
func (w *world) start(feeds ...Feed) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx, feeds)
	}()
	w.stop = func() { cancel(); <-done }
	w.t.Cleanup(w.stop)
}

func (w *world) accept(b source.Batch) {
	w.t.Helper()
	if err := w.Accept(w.t.Context(), source.Spec{Name: "dorong"}, b); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) unresolved() []incident.Incident {
	w.t.Helper()
	list, err := w.desk.Unresolved(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) health(name string) (h source.Health) {
	w.t.Helper()
	err := w.db.View(w.t.Context(), func(tx store.Tx) (err error) {
		h, err = source.ReadHealth(tx, name)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

// dump is everything that the store holds, by shelf and key.
func (w *world) dump() map[string]string {
	w.t.Helper()
	all := map[string]string{}
	err := w.db.View(w.t.Context(), func(tx store.Tx) error {
		shelves, err := tx.Shelves("")
		for _, shelf := range shelves {
			err = errors.Join(err, tx.Scan(shelf, "", "", func(k store.Key, v []byte) error {
				all[shelf+" "+string(k)] = string(v)
				return nil
			}))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// wantLog checks how many lines of the log hold all the words.
func (w *world) wantLog(n int, words ...string) {
	w.t.Helper()
	got := 0
	for line := range strings.Lines(w.log.String()) {
		all := true
		for _, word := range words {
			all = all && strings.Contains(line, word)
		}
		if all {
			got++
		}
	}
	if got != n {
		w.t.Errorf("%d lines with %q instead of %d in\n%s", got, words, n, w.log.String())
	}
}

// answer is what a source says when it is polled for the n-th time, from 1.
type answer func(ctx context.Context, n int, cursor string) (source.Batch, error)

// fake is a source whose answers the test decides.
type fake struct {
	answer answer

	mu            sync.Mutex // for answer too, once the watcher runs
	polls         []polled
	running, most int
}

type polled struct {
	at     time.Time
	cursor string
}

func (f *fake) Poll(ctx context.Context, cursor string) (source.Batch, error) {
	f.mu.Lock()
	f.polls = append(f.polls, polled{time.Now(), cursor})
	n := len(f.polls)
	f.running++
	f.most = max(f.most, f.running)
	say := f.answer
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		f.running--
		f.mu.Unlock()
	}()
	return say(ctx, n, cursor)
}

func (f *fake) set(a answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = a
}

func (f *fake) seen() []polled {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]polled(nil), f.polls...)
}

// feed is a source that is polled every minute.
func feed(name string, f *fake) Feed {
	return Feed{Spec: source.Spec{Name: name, Every: time.Minute}, Poller: f}
}

// nothing is the answer of a source that is well and has nothing new.
func nothing(context.Context, int, string) (source.Batch, error) {
	return source.Batch{}, source.ErrNotModified
}

// batch is a live one of posts that each have a voice of their own.
func batch(cursor string, posts ...source.Post) source.Batch {
	b := source.Batch{Cursor: cursor, Live: true}
	for _, p := range posts {
		b.Events = append(b.Events, source.Event{Post: p})
	}
	return b
}

func post(id, text string) source.Post {
	return source.Post{ID: id, Kind: source.Social, Voice: "suara-" + id, Text: text}
}

// faultyDesk is the real desk until it is told to fail.
type faultyDesk struct {
	incident.Desk
	broken atomic.Bool
	panics atomic.Bool
}

func (d *faultyDesk) Fire(tx store.Tx, f rules.Firing) error {
	if d.panics.Load() {
		panic("the desk is on fire")
	}
	err := d.Desk.Fire(tx, f)
	if d.broken.Load() { // as late as can be: everything was written
		err = errTest
	}
	return err
}

// faultyDB is a store that counts what is written, and can fail.
type faultyDB struct {
	store.DB
	updates atomic.Int64
	broken  atomic.Bool
}

func (d *faultyDB) View(ctx context.Context, fn func(store.Tx) error) error {
	if d.broken.Load() {
		return errTest
	}
	return d.DB.View(ctx, fn)
}

func (d *faultyDB) Update(ctx context.Context, fn func(store.Tx) error) error {
	d.updates.Add(1)
	return d.DB.Update(ctx, fn)
}

// safeBuffer may be written and read at once.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// rest lets time pass and everything settle.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}
