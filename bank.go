package main

import (
	"context"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/store"
)

// What connects the facts of the files with those of the chats.

// connectBank puts the facts that were accepted in the chats beside those of the
// files, now, at every reload and whenever one is accepted.
func (a *app) connectBank(ctx context.Context, _ *config.Config) error {
	a.bank = facts.NewBank(func() *facts.Library { return a.live.Config().Plan.Facts }, func() {
		a.live.Join(a.joinFacts)
		a.outbox.Wake()
	})
	if err := a.bank.Load(ctx, a.db); err != nil {
		return err
	}
	a.live.Join(a.joinFacts)
	return nil
}

func (a *app) joinFacts(files *facts.Library) *facts.Library {
	all, left := a.bank.Library(files)
	for _, p := range left {
		a.log.Warn("a fact of the chats is left out", "why", p.Msg)
	}
	return all
}

// banked is what the chats may ask and do about facts.
type banked struct {
	*facts.Bank
	*app
}

var _ bot.Bank = banked{}

func (a *app) banked() banked { return banked{a.bank, a} }

// InForce returns the facts in force.
func (b banked) InForce() *facts.Library { return b.live.Plan.Load().Facts }

// Having returns the facts in force that have every word of a line.
func (b banked) Having(line string) []facts.Fact { return b.live.Plan.Load().Index.Having(line) }

// Accept makes a proposal a fact, and has the cards drawn with it.
func (b banked) Accept(tx store.Tx, v facts.Verdict) (facts.Fact, error) {
	f, err := b.Bank.Accept(tx, v)
	if err == nil {
		err = b.outbox.Refresh(tx, v.At)
	}
	return f, err
}

// Announce tells the chats that a fact concerns.
func (b banked) Announce(tx store.Tx, n notifier.Note) error { return b.outbox.TellOfFact(tx, n) }
