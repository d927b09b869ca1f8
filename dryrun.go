package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/trial"
)

const (
	// tryBack is how far a dry run looks back: a week is what its answer counts in.
	tryBack = 7 * 24 * time.Hour
	// tryPosts and tryWithin bound it, and so for how long the person waits.
	tryPosts  = 200_000
	tryWithin = 20 * time.Second
	// trySample is as many posts and alarms as an answer shows at most.
	trySample = 5
)

// matching is the name of the second rule of a dry run: the same query without
// a condition, whose firings bring the posts that match.
const matching = "\x00matching"

// tryRule is a trial of one rule over the posts that are kept. The live store
// is only read.
func (a *app) tryRule(ctx context.Context, name string) (bot.Tried, error) {
	if !a.trying.TryLock() {
		return bot.Tried{}, bot.ErrTrying
	}
	defer a.trying.Unlock()
	c, now := a.live.Config(), time.Now()
	set, err := only(c.Book(), name)
	if err != nil {
		return bot.Tried{}, fmt.Errorf("try %s: %w", name, err)
	}
	s := setup(c)
	s.Rules, s.Taken = set, true
	tried, err := dryRun(ctx, s, trial.Kept(ctx, a.db, now.Add(-tryBack)), now.Add(tryWithin))
	if err != nil {
		return bot.Tried{}, fmt.Errorf("try %s: %w", name, err)
	}
	return tried, nil
}

// only compiles one rule of a book, beside itself without its condition.
func only(book rules.Book, name string) (*rules.Set, error) {
	i := slices.IndexFunc(book.Rules, func(r rules.Rule) bool { return r.Name == name })
	if i < 0 {
		return nil, rules.ErrNoRule
	}
	every := book.Rules[i]
	every.Name, every.When, every.For, every.KeepFiring = matching, rules.When{}, 0, 0
	book.Rules = []rules.Rule{book.Rules[i], every}
	set, problems := rules.Compile(book)
	if len(problems) > 0 {
		return nil, errors.New(problems[0].Msg)
	}
	return set, nil
}

// dryRun plays posts to a set that only made, and takes none after until.
func dryRun(ctx context.Context, s trial.Setup, posts iter.Seq2[source.Event, error], until time.Time) (bot.Tried, error) {
	var out bot.Tried
	s.Told = func(t trial.Told) {
		switch {
		case t.Rule == matching:
			for _, e := range t.New[:min(len(t.New), trySample-len(out.Samples))] {
				out.Samples = append(out.Samples, incident.Quote(e))
			}
		case t.Phase == rules.Began && len(out.First) < trySample:
			t.New = nil
			out.First = append(out.First, t.Firing)
		}
	}
	all, err := trial.Run(ctx, s, bounded(posts, until, &out.Cut))
	if err != nil {
		return bot.Tried{}, err
	}
	out.Posts, out.From, out.To = all.Read, all.From, all.To
	out.Matched, out.Alarms = all.Rules[0].Matches, all.Rules[0].Began
	return out, nil
}

// bounded yields at most tryPosts, and none after until; cut says that there
// were more.
func bounded(posts iter.Seq2[source.Event, error], until time.Time, cut *bool) iter.Seq2[source.Event, error] {
	return func(yield func(source.Event, error) bool) {
		n := 0
		for e, err := range posts {
			if *cut = n == tryPosts || !time.Now().Before(until); *cut || !yield(e, err) {
				return
			}
			n++
		}
	}
}
