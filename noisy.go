package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/trial"
	"github.com/siaga-id/siaga/watcher"
)

const (
	// noisyWithin is how long somebody who checks the files waits for it.
	noisyWithin = 10 * time.Second
	// noisyFrom is how much history says something about a week.
	noisyFrom = 2 * 24 * time.Hour
)

// noisy plays the posts that are kept through all rules, and warns of each
// that would have fired more often than the configuration wants. A note says
// why it could not look, or at what it did not. It reads the store if nobody
// else has it, and never writes to it.
func noisy(ctx context.Context, c *config.Config, now time.Time, within time.Duration) (warnings []*config.Error, note string) {
	if c.MaxAlerts == 0 || c.Rules.Len() == 0 {
		return nil, ""
	}
	if _, err := os.Stat(c.Store); errors.Is(err, fs.ErrNotExist) {
		return nil, ""
	}
	until := time.Now().Add(within)
	opening, stop := context.WithDeadline(ctx, until)
	defer stop()
	db, err := store.Peek(opening, c.Store)
	switch {
	case errors.Is(err, store.ErrLocked):
		return nil, c.Store + " is in use by a running siaga, so the rules were not tried on its posts; /uji ATURAN in a chat of the admins says how often one would have fired"
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Sprintf("%s is too large to be read in %s, so the rules were not tried on its posts", c.Store, trial.Span(within))
	case err != nil:
		return nil, fmt.Sprintf("the rules were not tried on posts: %v", err)
	}
	p, err := playKept(ctx, c, db, now, until)
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, fmt.Sprintf("the rules were not tried on posts: %v", err)
	}
	if p.cut {
		note = p.skipped(c.Timezone, within)
	}
	return p.warnings(c), note
}

// played is what rules made of the posts that are kept.
type played struct {
	trial.Outcome
	cut bool // there were more
}

func playKept(ctx context.Context, c *config.Config, db store.DB, now, until time.Time) (p played, err error) {
	s := setup(c)
	s.Taken = true
	kept := trial.Kept(ctx, db, now.Add(-watcher.KeepHits))
	p.Outcome, err = trial.Run(ctx, s, bounded(kept, until, &p.cut))
	return p, err
}

// skipped says which posts were played, where some were not.
func (p played) skipped(zone *time.Location, within time.Duration) string {
	if p.Read == 0 {
		return fmt.Sprintf("no post could be read in %s, so the rules were not tried on any", trial.Span(within))
	}
	day := func(t time.Time) string { return t.In(zone).Format("2 Jan 15:04") }
	return fmt.Sprintf("the rules were tried on %s of %s to %s; later ones were skipped: it stops after %s or %d posts",
		trial.Count(p.Read, "post"), day(p.From), day(p.To), trial.Span(within), tryPosts)
}

func (p played) warnings(c *config.Config) (out []*config.Error) {
	if p.To.Sub(p.From) < noisyFrom {
		return nil
	}
	span := fmt.Sprintf("%.0f days", p.To.Sub(p.From).Hours()/24)
	if !p.cut {
		span = "the last " + span
	}
	for _, r := range p.Rules {
		if often := float64(r.Began) / p.Weeks(); often > float64(c.MaxAlerts) {
			said := fmt.Sprintf("%s would have fired %.0f times a week over %s, more than max_alerts_per_week: %d",
				r.Name, math.Ceil(often), span, c.MaxAlerts)
			out = append(out, c.AtRule(r.Name, said, quieter(r.When.Kind())))
		}
	}
	return out
}

// quieter says what makes a rule fire less often.
func quieter(k rules.Kind) string {
	switch k {
	case rules.EachStory:
		return "give it a when:, or add NOT"
	case rules.Spike:
		return "raise the floor, take spike: high, or add NOT"
	case rules.Silence:
		return "give silent: a longer time"
	case rules.New:
		return "add NOT"
	default:
		return "raise the threshold, add NOT, or write for:"
	}
}
