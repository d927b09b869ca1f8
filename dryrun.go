package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

const (
	// tryBack is how far a dry run looks back: a week is what its answer counts in.
	tryBack = 7 * 24 * time.Hour
	// tryPosts and tryWithin bound it, and so for how long the person waits.
	tryPosts  = 200_000
	tryWithin = 20 * time.Second
	// tryTick is how often the rule is judged between posts. A running one
	// is judged every ten seconds; a minute is exact enough for a count a week.
	tryTick = time.Minute
	// trySample is as many posts and alarms as an answer shows at most.
	trySample = 5
)

// matching is the name of the second rule of a dry run: the same query without
// a condition, whose firings tell of every post that matches.
const matching = "\x00matching"

// errTried ends the transaction of a dry run: nothing of it is to be written.
var errTried = errors.New("tried")

// tryRule runs one rule over the posts that are kept, in a store of its own.
// The live store is only read.
func (a *app) tryRule(ctx context.Context, name string) (bot.Tried, error) {
	if !a.trying.TryLock() {
		return bot.Tried{}, bot.ErrTrying
	}
	defer a.trying.Unlock()
	set, err := only(a.live.Config().Book(), name)
	if err != nil {
		return bot.Tried{}, err
	}
	dir, err := os.MkdirTemp("", "siaga-")
	if err != nil {
		return bot.Tried{}, fmt.Errorf("try %s: %w", name, err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is a small file among the temporary ones
	scratch, err := store.Open(filepath.Join(dir, "try.db"))
	if err != nil {
		return bot.Tried{}, fmt.Errorf("try %s: %w", name, err)
	}
	run := dryRun{set: set, until: time.Now().Add(tryWithin)}
	err = a.db.View(ctx, func(live store.Tx) error {
		return scratch.Update(ctx, func(tx store.Tx) error {
			return cmp.Or(run.all(live, tx, time.Now().Add(-tryBack)), errTried)
		})
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return run.out, errors.Join(err, scratch.Close())
}

// only compiles one rule of a book, beside itself without its condition.
func only(book rules.Book, name string) (*rules.Set, error) {
	i := slices.IndexFunc(book.Rules, func(r rules.Rule) bool { return r.Name == name })
	if i < 0 {
		return nil, fmt.Errorf("try %s: the rule is gone", name)
	}
	every := book.Rules[i]
	every.Name, every.When, every.For, every.KeepFiring = matching, rules.When{}, 0, 0
	book.Rules = []rules.Rule{book.Rules[i], every}
	set, problems := rules.Compile(book)
	if len(problems) > 0 {
		return nil, fmt.Errorf("try %s: %s", name, problems[0].Msg)
	}
	return set, nil
}

// dryRun plays posts to rules at the times at which they were fetched.
type dryRun struct {
	set   *rules.Set
	until time.Time
	out   bot.Tried

	batch []source.Post
	now   time.Time // of the batch; the last look before it
}

func (r *dryRun) all(live, tx store.Tx, since time.Time) error {
	err := source.Kept(live, since, func(p source.Post) error {
		switch {
		case p.Fetched.Before(since):
			return nil
		case r.out.Posts == tryPosts, !time.Now().Before(r.until):
			r.out.Cut = true
			return store.ErrStop
		}
		if r.out.Posts++; r.out.From.IsZero() {
			r.out.From = p.Fetched
		}
		r.out.To = p.Fetched
		if p.Fetched.Sub(r.now) < tryTick {
			r.batch = append(r.batch, p)
			return nil
		}
		err := r.look(tx, p.Fetched)
		r.batch = append(r.batch, p)
		return err
	})
	if err != nil {
		return err
	}
	return r.look(tx, r.out.To.Add(tryTick))
}

// look judges the batch, and then time as it passes until next.
func (r *dryRun) look(tx store.Tx, next time.Time) error {
	for now := r.at(); now.Before(next) && !now.IsZero(); now = now.Add(tryTick) {
		firings, err := r.set.Eval(tx, now, r.batch)
		if err != nil {
			return err
		}
		r.batch = nil
		r.note(firings)
		running, err := rules.Running(tx)
		if err != nil {
			return err
		}
		if !running || !time.Now().Before(r.until) {
			break
		}
	}
	r.now = next
	return nil
}

// at is when the batch was complete.
func (r *dryRun) at() time.Time {
	if len(r.batch) == 0 {
		return r.now
	}
	return r.batch[len(r.batch)-1].Fetched
}

func (r *dryRun) note(firings []rules.Firing) {
	for _, f := range firings {
		switch {
		case f.Rule == matching:
			r.out.Matched += len(f.New)
			for _, e := range f.New[:min(len(f.New), trySample-len(r.out.Samples))] {
				r.out.Samples = append(r.out.Samples, incident.Quote(e))
			}
		case f.Phase == rules.Began:
			if r.out.Alarms++; len(r.out.First) < trySample {
				f.New = nil
				r.out.First = append(r.out.First, f)
			}
		}
	}
}
