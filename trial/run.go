package trial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync/atomic"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/watcher"
)

const (
	grain    = time.Second // what came within it is one batch
	tick     = time.Minute
	maxBatch = 500 // as files bring them
	// perCommit keeps what a transaction holds in memory small. Larger ones
	// gain little: 1,000 posts share the cost of a commit already.
	perCommit = 1000
)

// Setup is what a trial is about. Rules, Plan and Places are those of a
// configuration.
type Setup struct {
	Rules   *rules.Set
	Plan    *notifier.Plan
	Places  *source.Gazetteer
	Sources []source.Spec // for posts of a source that is among them by its name
	// Taken says that the posts have been through an Intake, as those of Kept
	// have: their site, voice and story are what it found, and persons corrected.
	// Places and Sources are then of no use.
	Taken bool
	// Complains is that of incident.Desk; it may be nil.
	Complains func(text string) bool
	Cards     int         // how many cards to keep
	Moments   []time.Time // times at which time has its effect too, in any order
	// Until lets time pass after the last post; by default a trial ends with it.
	Until time.Time
	// Told hears of every firing, in order; it may be nil.
	Told func(Told)
	// Charts names rules, and Chart is told how they went, at the end: rule by
	// rule, series by series, in order of time. An error of Chart ends the trial.
	Charts []string
	Chart  func(Point) error
}

// Run plays events, which are read in a goroutine of their own that ends with
// it. They come in the order of their times: Fetched of their posts, or
// Published where that is not set. One that comes earlier counts as late. Records
// that cannot be read (*source.BadRecord) are counted; any other
// error ends the trial, and is returned with the outcome so far.
func Run(ctx context.Context, s Setup, events iter.Seq2[source.Event, error]) (Outcome, error) {
	db, err := store.Scratch()
	if err != nil {
		return Outcome{}, err
	}
	p := newPlayer(s, db)
	err = p.play(ctx, events)
	if err == nil {
		err = db.Update(ctx, func(tx store.Tx) error { return p.finish(ctx, tx) })
	}
	return p.outcome(), errors.Join(err, db.Close())
}

// player carries a trial from one event to the next.
type player struct {
	Setup
	db     *store.Bolt
	river  watcher.Watcher
	desk   incident.Desk
	specs  map[string]source.Spec
	now    time.Time
	swept  time.Time // the day for which old things were dropped last
	ledger *ledger
	tally  *tally
	ears   *ears
	marks  marks
	out    Outcome
}

func newPlayer(s Setup, db *store.Bolt) *player {
	p := &player{Setup: s, db: db, specs: map[string]source.Spec{}}
	for _, spec := range s.Sources {
		p.specs[spec.Name] = spec
	}
	p.Moments = slices.SortedFunc(slices.Values(s.Moments), time.Time.Compare)
	p.ledger, p.tally, p.ears, p.marks = newLedger(s), newTally(s.Rules), newEars(s), marks{}
	p.desk = incident.Desk{Notify: p.ears.hear, Complains: s.Complains}
	var set atomic.Pointer[rules.Set]
	set.Store(s.Rules.Afresh())
	p.river = watcher.Watcher{Intake: source.Intake{Places: s.Places}, Rules: &set, Desk: p, Silence: p.silence}
	return p
}

// play carries events in as they are read, perCommit at a time.
func (p *player) play(ctx context.Context, events iter.Seq2[source.Event, error]) error {
	reading, stop := context.WithCancel(ctx)
	chunks := ahead(reading, events)
	defer func() {
		stop()
		for range chunks { // who reads has ended when we do
		}
	}()
	for c := range chunks {
		p.out.Bad += c.bad
		p.out.BadOnes = append(p.out.BadOnes, c.badOnes[:min(len(c.badOnes), maxBad-len(p.out.BadOnes))]...)
		err := p.db.Update(ctx, func(tx store.Tx) error { return p.carry(tx, c.events) })
		if err = cmp.Or(err, c.err); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// carry plays events batch by batch.
func (p *player) carry(tx store.Tx, events []source.Event) error {
	for len(events) > 0 {
		n := batchOf(events)
		if err := p.batch(tx, events[:n]); err != nil {
			return err
		}
		events = events[n:]
	}
	return nil
}

// batchOf returns how many of the first events come together.
func batchOf(events []source.Event) int {
	end := when(events[0]).Add(grain)
	n := 1
	for n < min(len(events), maxBatch) && when(events[n]).Before(end) && events[n].Post.Source == events[0].Post.Source {
		n++
	}
	return n
}

// when is the time at which an event came.
func when(e source.Event) time.Time {
	if !e.Post.Fetched.IsZero() {
		return e.Post.Fetched
	}
	return e.Post.Published
}

func (p *player) batch(tx store.Tx, events []source.Event) error {
	at := when(events[len(events)-1])
	if p.out.Read == 0 {
		p.out.From, p.now = when(events[0]), when(events[0])
	}
	if err := p.pass(tx, at); err != nil {
		return err
	}
	posts, err := p.take(tx, events)
	p.out.Read += len(events)
	p.out.New += posts
	p.out.To = p.now
	return err
}

// take lets events have their effect, and returns how many posts were new.
func (p *player) take(tx store.Tx, events []source.Event) (posts int, err error) {
	if p.Taken {
		var list []source.Post
		for _, e := range events {
			list = append(list, e.Post)
		}
		_, err = p.river.Judge(tx, list, p.now)
		return len(list), err
	}
	name := cmp.Or(events[0].Post.Source, "trial") // a deletion may have none
	spec, known := p.specs[name]
	if !known {
		spec = source.Spec{Name: name}
	}
	posts, _, err = p.river.Take(tx, spec, source.Batch{Events: events, Live: true}, p.now)
	return posts, err
}

// longestPass is how long without a post time goes by minute by minute: every
// baseline has forgotten by then what was before, and a year that was mistyped
// in the posts takes no hours.
const longestPass = 35 * 24 * time.Hour

// pass lets time go by until just before a moment, which is now afterwards.
func (p *player) pass(tx store.Tx, to time.Time) error {
	end := slices.MinFunc([]time.Time{to, p.now.Add(longestPass)}, time.Time.Compare)
	for busy := true; busy; {
		next := p.next()
		if !next.Before(end) {
			break
		}
		if err := p.settle(tx, next); err != nil {
			return err
		}
		var err error
		if busy, err = p.river.Tick(tx, next); err != nil {
			return err
		}
		p.now = next
	}
	if to.After(p.now) {
		p.now = to
	}
	return p.settle(tx, p.now)
}

// next is when time has its effect next: at a whole minute, or at a moment.
func (p *player) next() time.Time {
	next := p.now.Truncate(tick).Add(tick)
	for len(p.Moments) > 0 && !p.Moments[0].After(p.now) {
		p.Moments = p.Moments[1:]
	}
	if len(p.Moments) > 0 && p.Moments[0].Before(next) {
		next = p.Moments[0]
	}
	return next
}

// settle does what is due before now: it closes quiet incidents, and once a
// day drops what is past its retention.
func (p *player) settle(tx store.Tx, now time.Time) error {
	for _, cmd := range p.ears.quiet(now) {
		if _, err := p.desk.Act(tx, cmd); err != nil {
			return fmt.Errorf("close %v: %w", cmd.ID, err)
		}
	}
	day := now.UTC().Truncate(24 * time.Hour)
	if !day.After(p.swept) {
		return nil
	}
	p.swept = day
	if err := rules.Tally(tx, day.Add(-watcher.KeepHits), p.tally.count); err != nil {
		return err
	}
	return watcher.Sweep(tx, day)
}

// finish lets the rest of the time pass, counts what was matched and looks back
// at how it went.
func (p *player) finish(ctx context.Context, tx store.Tx) error {
	if p.Until.After(p.now) && p.out.Read > 0 {
		if err := p.pass(tx, p.Until); err != nil {
			return err
		}
		if _, err := p.river.Tick(tx, p.Until); err != nil {
			return err
		}
	}
	if err := rules.Tally(tx, time.Time{}, p.tally.count); err != nil {
		return err
	}
	p.tally.end()
	for i := range p.ledger.rules {
		if err := p.lookBack(ctx, tx, &p.ledger.rules[i], p.ledger.first(i)); err != nil {
			return err
		}
	}
	return nil
}

// Fire is what the river does with a firing: it goes to the incidents as
// always, and is written down.
func (p *player) Fire(tx store.Tx, f rules.Firing) error {
	p.ears.last = 0
	if err := p.desk.Fire(tx, f); err != nil {
		return err
	}
	var rise time.Time
	if f.Phase == rules.Began && rises(f.When.Kind()) {
		var err error
		if rise, err = p.Rules.Rise(tx, f); err != nil {
			return err
		}
	}
	p.enter(Told{Firing: f, Incident: p.ears.last, Receivers: p.ears.showing(p.ears.last)}, rise)
	return nil
}

// enter writes a firing down.
func (p *player) enter(t Told, rise time.Time) {
	p.ledger.enter(t.Firing, rise)
	if slices.Contains(p.Charts, t.Rule) {
		p.marks.note(t.Firing)
	}
	if p.Told != nil {
		p.Told(t)
	}
}

// silence is what the river does with a silence, which is no incident: it is
// written down.
func (p *player) silence(_ store.Tx, f rules.Firing) error {
	p.enter(Told{Firing: f}, time.Time{})
	return nil
}

// Forget removes what incidents quote of deleted posts.
func (p *player) Forget(tx store.Tx, posts []string, now time.Time) error {
	return p.desk.Forget(tx, posts, now)
}

func (p *player) outcome() Outcome {
	p.out.Rules = p.ledger.report()
	for i := range p.out.Rules {
		p.tally.report(&p.out.Rules[i])
	}
	p.out.Incidents, p.out.Receivers, p.out.Cards = p.ears.report()
	return p.out
}
