package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// trials are the rules in shadow, for the chats: what two admins decide is one
// transaction through rules, incidents and outbox.
type trials struct{ *app }

var _ bot.Trials = trials{}

func (a trials) Told(d notifier.Dest) bool {
	return slices.Contains(a.live.Plan.Load().AdminDests(), d)
}

func (a trials) Look(ctx context.Context) (all []rules.Standing, open []incident.Incident, err error) {
	err = a.db.View(ctx, func(tx store.Tx) (err error) {
		if all, err = a.live.Rules.Load().Standings(tx, time.Now()); err != nil {
			return err
		}
		open, err = incident.Trials(tx)
		return err
	})
	return all, open, err
}

func (a trials) Activate(ctx context.Context, v bot.Vote, mark func(store.Tx) error) (rules.Standing, error) {
	return a.vote(ctx, v, mark, func(tx store.Tx, set *rules.Set) (rules.Standing, notifier.Why, error) {
		now, err := set.Activate(tx, v.Decision)
		if err != nil || now.Shadow {
			return now, notifier.RuleAsked, err
		}
		return now, notifier.RuleActivated, a.endTrials(tx, set, v.At)
	})
}

func (a trials) Suspend(ctx context.Context, v bot.Vote, mark func(store.Tx) error) (rules.Standing, error) {
	return a.vote(ctx, v, mark, func(tx store.Tx, set *rules.Set) (rules.Standing, notifier.Why, error) {
		was, err := set.Suspend(tx, v.Decision)
		if err != nil || was.Shadow {
			return was, notifier.RuleWithdrawn, err
		}
		return was, notifier.RuleSuspended, a.desk.NoteRule(tx, v.Rule, v.Actor, v.Note, v.At)
	})
}

// vote carries one out, tells the other admins and marks it as read.
func (a trials) vote(ctx context.Context, v bot.Vote, mark func(store.Tx) error,
	does func(store.Tx, *rules.Set) (rules.Standing, notifier.Why, error),
) (st rules.Standing, err error) {
	var why notifier.Why
	err = a.db.Update(ctx, func(tx store.Tx) error {
		if st, why, err = does(tx, a.live.Rules.Load()); err != nil {
			return err
		}
		note := notifier.Note{
			Why: why, At: v.At, Said: notifier.Dest(v.Actor.Chat),
			Args: map[string]string{"rule": v.Rule, "who": v.Actor.Name, "via": v.Actor.Via, "asked": st.Asked},
		}
		if err := a.outbox.Note(tx, note); err != nil || mark == nil {
			return err
		}
		return mark(tx)
	})
	if err == nil {
		a.log.Info("rule decided", "what", string(why), "rule", v.Rule, "by", v.By, "chat", v.Actor.Chat)
	}
	return st, err
}

// inShadow counts the rules that fire to admins only.
func (a *app) inShadow(tx store.Tx) (n int, err error) {
	all, err := a.live.Rules.Load().Standings(tx, time.Now())
	for _, st := range all {
		if st.Shadow {
			n++
		}
	}
	return n, err
}

// endTrials closes the cards of rules that are in shadow no more.
func (a *app) endTrials(tx store.Tx, set *rules.Set, now time.Time) error {
	all, err := set.Standings(tx, now)
	if err != nil {
		return err
	}
	shadow := map[string]bool{}
	for _, st := range all {
		shadow[st.Rule] = st.Shadow
	}
	return a.desk.EndTrials(tx, func(rule string) bool { return shadow[rule] }, now)
}

// settle brings what admins said, and the cards of trials, in line with the
// rules in force: they may have changed while nobody looked.
func (a *app) settle(ctx context.Context) error {
	return a.db.Update(ctx, func(tx store.Tx) error {
		set, now := a.live.Rules.Load(), time.Now()
		back, err := set.Review(tx, now)
		if err != nil {
			return err
		}
		for _, rule := range back {
			note := notifier.Note{Why: notifier.RuleChanged, At: now, Args: map[string]string{"rule": rule}}
			if err := a.outbox.Note(tx, note); err != nil {
				return err
			}
		}
		return a.endTrials(tx, set, now)
	})
}

// maxMistakes is how many of them a chat is told; the log has all.
const maxMistakes = 5

// tellRefused tells the admins that the files were refused, and why.
func (a *app) tellRefused(ctx context.Context, err error) error {
	lines := []string{err.Error()}
	if list, ok := errors.AsType[config.Errors](err); ok {
		lines = nil
		for _, e := range list {
			lines = append(lines, e.Error())
		}
	}
	shown := min(len(lines), maxMistakes)
	return a.note(ctx, notifier.Note{
		Why: notifier.ConfigRefused, At: time.Now(), Lines: lines[:shown], More: len(lines) - shown,
	})
}

func (a *app) note(ctx context.Context, n notifier.Note) error {
	return a.db.Update(ctx, func(tx store.Tx) error { return a.outbox.Note(tx, n) })
}
