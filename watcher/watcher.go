// Package watcher drives posts through the rooms on a schedule.
//
// It is the shell around source, rules and incident: it alone reads the clock
// for them. Everything that a batch of posts causes - sightings, counts,
// incidents, cards wanted, the cursor - is one transaction.
package watcher

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

const (
	tickEvery = 10 * time.Second // conditions that hold long enough, or have ended
	atOnce    = 8                // polls under way at once (sources.md)

	// Retention (design.md: text 30 days, counts 2 years). Matches carry no text,
	// and windows reach back two weeks at most.
	keepText   = 30 * 24 * time.Hour
	keepIDs    = 9 * 24 * time.Hour
	keepCounts = 2 * 366 * 24 * time.Hour
)

// KeepHits is for how long a match stays counted after its publication.
const KeepHits = 30 * 24 * time.Hour

// Desk is what the watcher needs of the incidents.
type Desk interface {
	Fire(tx store.Tx, f rules.Firing) error
	Forget(tx store.Tx, posts []string, now time.Time) error
}

var _ Desk = (*incident.Desk)(nil)

// Feed is one source with the thing that reads it.
type Feed struct {
	Spec   source.Spec
	Poller source.Poller
}

// Seen counts what the watcher did since its start, for metrics.
type Seen struct {
	Posts, Firings, Polls, Failures atomic.Int64
}

// Watcher carries posts through the rooms.
type Watcher struct {
	DB     store.DB
	Intake source.Intake
	Rules  *atomic.Pointer[rules.Set]
	Desk   Desk
	// Silence hears of what rules say about silence, which is no incident;
	// nil: nobody needs to know.
	Silence func(store.Tx, rules.Firing) error
	// Refresh hears inside a transaction that a source has turned blind or is
	// seen again; nil: nobody needs to know.
	Refresh func(store.Tx, time.Time) error
	Log     *slog.Logger
	Seen    Seen

	arrivals group

	refused atomic.Pointer[string]    // why the store did not take the last batch; nil: it did
	ticked  atomic.Pointer[time.Time] // the last tick that worked, with its monotonic reading
	read    atomic.Pointer[time.Time] // the last answer of another machine
	waiting atomic.Pointer[time.Time] // the first batch since the last that was taken in
}

// Run polls every feed at once and then on its schedule, and ticks the rules,
// until ctx ends and the jobs under way are done.
func (w *Watcher) Run(ctx context.Context, feeds []Feed) {
	slots := make(chan struct{}, atOnce)
	var polls []cron.Job
	for _, f := range feeds {
		polls = append(polls, &poll{w: w, feed: f, ctx: ctx, slots: slots})
	}
	for ctx.Err() == nil {
		w.keepTime(ctx, feeds, polls)
	}
}

// keepTime runs the schedules until ctx ends or the clock was set back: cron
// compares wall clocks, and would sleep until they have caught up.
func (w *Watcher) keepTime(ctx context.Context, feeds []Feed, polls []cron.Job) {
	c := cron.New(cron.WithLogger(cronLog{w.Log}))
	var first sync.WaitGroup // cron waits only for the jobs that it started
	for i, p := range polls {
		first.Go(w.schedule(c, cron.Every(feeds[i].Spec.Every), p).Run)
	}
	w.schedule(c, cron.Every(tickEvery), cron.FuncJob(func() { w.tick(ctx) }))
	w.schedule(c, cron.Every(time.Hour), cron.FuncJob(func() { w.sweep(ctx) }))
	c.Start()
	untilSetBack(ctx)
	<-c.Stop().Done()
	first.Wait()
}

// untilSetBack returns when the wall clock has fallen behind the monotonic
// one, or ctx ends.
func untilSetBack(ctx context.Context) {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for last := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := time.Now()
		if now.Sub(last)-now.Round(0).Sub(last.Round(0)) > tickEvery/2 {
			return
		}
		last = now
	}
}

// schedule adds a job that is never run twice at once and outlives its own
// panics. Recover must be the innermost wrapper: outside of SkipIfStillRunning
// one panic would stop the job for ever.
func (w *Watcher) schedule(c *cron.Cron, s cron.Schedule, j cron.Job) cron.Job {
	log := cronLog{w.Log}
	wrapped := cron.NewChain(cron.SkipIfStillRunning(log), cron.Recover(log)).Then(j)
	c.Schedule(s, wrapped)
	return wrapped
}

// Accept takes a batch in and lets it cause whatever it causes, in one
// transaction, which it may share with batches that come at the same time. It
// is also the door for pushed posts.
func (w *Watcher) Accept(ctx context.Context, spec source.Spec, b source.Batch) error {
	asked := w.asked()
	err := w.arrivals.join(ctx, spec, b, w.takeIn)
	w.answered(asked, err, ctx.Err() != nil)
	if err != nil {
		return fmt.Errorf("take in %s: %w", spec.Name, err)
	}
	return nil
}

// takeIn takes batches in, in their order, in one transaction.
func (w *Watcher) takeIn(ctx context.Context, all []*arrival) error {
	var posts, firings int
	err := w.DB.Update(ctx, func(tx store.Tx) error {
		posts, firings = 0, 0
		for _, a := range all {
			p, f, err := w.Take(tx, a.spec, a.batch, time.Now())
			if err != nil {
				return err
			}
			posts, firings = posts+p, firings+f
		}
		return nil
	})
	if err == nil {
		w.Seen.Posts.Add(int64(posts))
		w.Seen.Firings.Add(int64(firings))
	}
	return err
}

// Take is Accept within a transaction, at a time that may lie in the past: a
// trial plays history through it. It returns how many posts were new or edited,
// and how often rules spoke.
func (w *Watcher) Take(tx store.Tx, spec source.Spec, b source.Batch, now time.Time) (posts, firings int, err error) {
	got, err := w.Intake.Accept(tx, spec, b, now)
	if err != nil {
		return 0, 0, err
	}
	if err := w.forget(tx, got.Deleted, now); err != nil {
		return 0, 0, err
	}
	firings, err = w.Judge(tx, got.Posts, now)
	return len(got.Posts), firings, err
}

// Tick lets time alone have its effect at now, within a transaction, and
// reports whether it could: while no series is counted, there is nothing to do.
func (w *Watcher) Tick(tx store.Tx, now time.Time) (busy bool, err error) {
	if busy, err = w.Rules.Load().Running(tx); err != nil || !busy {
		return false, err
	}
	_, err = w.Judge(tx, nil, now)
	return true, err
}

// Sweep drops, within a transaction, what is past its retention at now.
func Sweep(tx store.Tx, now time.Time) error {
	return errors.Join(
		source.Sweep(tx, now.Add(-keepText), now.Add(-keepIDs)),
		rules.Sweep(tx, now.Add(-KeepHits), now.Add(-keepCounts)),
	)
}

// Judge is Take for posts that an Intake has returned before: the rules judge
// them again at now. It returns how often they spoke.
func (w *Watcher) Judge(tx store.Tx, posts []source.Post, now time.Time) (firings int, err error) {
	said, err := w.Rules.Load().Eval(tx, now, posts)
	if err != nil {
		return 0, fmt.Errorf("evaluate: %w", err)
	}
	for _, f := range said {
		if err := w.pass(tx, f); err != nil {
			return 0, err
		}
	}
	return len(said), nil
}

// pass hands a firing to whom it concerns: a silence is no incident.
func (w *Watcher) pass(tx store.Tx, f rules.Firing) error {
	switch {
	case f.When.Kind() != rules.Silence:
		return w.Desk.Fire(tx, f)
	case w.Silence != nil:
		return w.Silence(tx, f)
	}
	return nil
}

func (w *Watcher) forget(tx store.Tx, deleted []string, now time.Time) error {
	for _, id := range deleted {
		if err := rules.Forget(tx, id); err != nil {
			return err
		}
	}
	return w.Desk.Forget(tx, deleted, now)
}

// tick lets time alone have its effect. While nothing is counted, nothing is
// written.
func (w *Watcher) tick(ctx context.Context) {
	var busy bool
	err := w.DB.View(ctx, func(tx store.Tx) (err error) {
		busy, err = w.Rules.Load().Due(tx, time.Now())
		return err
	})
	if err == nil && busy {
		err = w.DB.Update(ctx, func(tx store.Tx) error {
			_, err := w.Tick(tx, time.Now())
			return err
		})
	}
	switch {
	case err == nil:
		now := time.Now()
		w.ticked.Store(&now)
	case ctx.Err() == nil:
		w.Log.Error("tick", "err", err)
	}
}

func (w *Watcher) refresh(tx store.Tx, now time.Time) error {
	if w.Refresh == nil {
		return nil
	}
	return w.Refresh(tx, now)
}

// sweep drops what is past its retention.
func (w *Watcher) sweep(ctx context.Context) {
	err := w.DB.Update(ctx, func(tx store.Tx) error {
		now := time.Now()
		return errors.Join(Sweep(tx, now), w.refresh(tx, now)) // facts end with the day
	})
	if err != nil && ctx.Err() == nil {
		w.Log.Error("sweep", "err", err)
	}
}

// cronLog gives cron's own words to slog, calmly.
type cronLog struct{ log *slog.Logger }

func (l cronLog) Info(msg string, kv ...any) { l.log.Debug("cron: "+msg, kv...) }
func (l cronLog) Error(err error, msg string, kv ...any) {
	l.log.Error("cron: "+msg, append(kv, "err", err)...)
}
