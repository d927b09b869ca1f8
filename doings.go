package main

import (
	"context"
	"errors"
	"slices"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
)

// What a person in a chat asks about the doings of rules.

// reloadFor looks at the files for a person. That they are refused is an
// answer, and no failure.
func (a *app) reloadFor(ctx context.Context, by string) (bot.Reloaded, error) {
	report, err := a.reload(ctx, by)
	out := bot.Reloaded{Changed: report.Changed, Restart: report.Restart, Config: a.live.Config().Hash}
	if list, ok := errors.AsType[config.Errors](err); ok {
		for _, e := range list {
			out.Wrong = append(out.Wrong, e.Error())
		}
		return out, nil
	}
	return out, err
}

// seat returns the configured chat that somebody sits in: in a Telegram group
// that may be another topic of it.
func (a *app) seat(d notifier.Dest) notifier.Dest {
	all := a.live.Plan.Load().AllDests()
	if slices.Contains(all, d) {
		return d
	}
	for _, known := range all {
		if chatOf(known) == chatOf(d) {
			return known
		}
	}
	return d
}

func (a *app) spoken(ctx context.Context, d notifier.Dest, id incident.ID) (notifier.Spoken, error) {
	return a.outbox.Spoken(ctx, a.seat(d), id)
}

// seated is what is known of a chat, without asking the messenger.
func (a *app) seated(ctx context.Context, d notifier.Dest) (bot.Seat, error) {
	plan := a.live.Plan.Load()
	s := bot.Seat{Dest: a.seat(d)}
	for key := range plan.Sites {
		if slices.Contains(plan.Dests(key), s.Dest) {
			s.Sites = append(s.Sites, key)
		}
	}
	slices.Sort(s.Sites)
	if a.lookup != nil && d.Transport() == "slack" {
		s.Lookup = a.lookup()
	}
	backlogs, err := a.outbox.Backlogs(ctx)
	for _, b := range backlogs {
		if b.Dest == s.Dest {
			s.Waiting, s.Err = b.Cards, b.LastErr
		}
	}
	return s, err
}
