package main

import (
	"context"
	"slices"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// shadows are the rules in shadow, for the chats: what two admins decide is one
// transaction through rules, incidents and outbox.
type shadows struct{ *app }

var _ bot.Shadows = shadows{}

func (a shadows) Told(d notifier.Dest) bool {
	return slices.Contains(a.outbox.Current().AdminDests(), d)
}

func (a shadows) Look(ctx context.Context) (all []rules.Standing, open []incident.Incident, err error) {
	err = a.db.View(ctx, func(tx store.Tx) (err error) {
		if all, err = a.live.Rules.Load().Standings(tx, time.Now()); err != nil {
			return err
		}
		open, err = incident.Shadows(tx)
		return err
	})
	return all, open, err
}

func (a shadows) Activate(ctx context.Context, v bot.Vote, mark func(store.Tx) error) (rules.Standing, error) {
	return a.vote(ctx, v, mark, func(tx store.Tx, set *rules.Set) (rules.Standing, notifier.Why, error) {
		now, err := set.Activate(tx, v.Decision)
		if err != nil || now.Shadow {
			return now, notifier.RuleAsked, err
		}
		return now, notifier.RuleActivated, a.endShadows(tx, set, v.At)
	})
}

func (a shadows) Suspend(ctx context.Context, v bot.Vote, mark func(store.Tx) error) (rules.Standing, error) {
	return a.vote(ctx, v, mark, func(tx store.Tx, set *rules.Set) (rules.Standing, notifier.Why, error) {
		was, err := set.Suspend(tx, v.Decision)
		if err != nil || was.Shadow {
			return was, notifier.RuleWithdrawn, err
		}
		return was, notifier.RuleSuspended, a.desk.NoteRule(tx, v.Rule, v.Actor, v.Note, v.At)
	})
}

// vote carries one out, tells the other admins and marks it as read.
func (a shadows) vote(ctx context.Context, v bot.Vote, mark func(store.Tx) error,
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

// endShadows closes the cards of rules that are in shadow no more.
func (a *app) endShadows(tx store.Tx, set *rules.Set, now time.Time) error {
	all, err := set.Standings(tx, now)
	if err != nil {
		return err
	}
	shadow := map[string]bool{}
	for _, st := range all {
		shadow[st.Rule] = st.Shadow
	}
	return a.desk.EndShadows(tx, func(rule string) bool { return shadow[rule] }, now)
}

// settle brings what admins said, and shadow incidents, in line with the
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
		return a.endShadows(tx, set, now)
	})
}
