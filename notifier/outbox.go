package notifier

import (
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Outbox decides who hears of a change and keeps it until it is delivered.
type Outbox struct {
	DB      store.DB
	Plan    *atomic.Pointer[Plan]
	Senders map[string]Sender // by transport
	// Blind lists the sources that are not being seen; it is read inside a
	// transaction when a card is drawn.
	Blind func(store.Tx, time.Time) ([]Blind, error)
	// Act changes an incident within a transaction: incident.Desk.Act; nil: what
	// is not said leaves no line on its timeline.
	Act func(store.Tx, incident.Command) (incident.Change, error)
	// OnDeath ends what rests on a fact, in the transaction that tells of its
	// death; nil: nothing does.
	OnDeath func(store.Tx, facts.Fact, time.Time) error
	Log     *slog.Logger

	bells   *bells
	wound   chan struct{}
	budgets *budgets
	moves   *atomic.Pointer[moves] // where chats went; nil: none did
}

// NewOutbox returns an Outbox for the chats of the plan.
func NewOutbox(o Outbox) *Outbox {
	o.bells, o.wound = newBells(), make(chan struct{}, 1)
	o.budgets, o.moves = newBudgets(), &atomic.Pointer[moves]{}
	return &o
}

// Tell writes down what the chats should show after a change. It belongs in
// the change's transaction; the workers wake when that is durable.
func (o *Outbox) Tell(tx store.Tx, c incident.Change) error {
	plan := o.Current()
	concerned, whom := append(plan.Concerned(c.After), plan.summoned(c.Before)...), plan.whom(c)
	for _, d := range plan.AllDests() {
		if err := o.tell(tx, d, c, slices.Contains(concerned, d), whom); err != nil {
			return fmt.Errorf("tell %s of %v: %w", d, c.After.ID, err)
		}
		tx.OnCommit(func() { o.ring(d) })
	}
	if stirs(c) {
		tx.OnCommit(o.wind)
	}
	tx.OnCommit(o.bells.press) // what waits for people alone may have changed too
	return o.tellDirect(tx, c, whom)
}

// tell writes down what one chat should show. A chat that the incident does
// not concern may show its card all the same, because somebody asked for it or
// the sites were dealt out anew: the card then stays true.
func (o *Outbox) tell(tx store.Tx, d Dest, c incident.Change, concerned bool, whom []string) error {
	key := cardKey(d, c.After.ID)
	card, exists, err := cards.Get(tx, key)
	if err != nil {
		return err
	}
	why := Heard(c, exists)
	if !exists && (!concerned || why == "") {
		return nil
	}
	if !exists && why != PromiseDue {
		return introduce(tx, d, c.After, c.Entry.At)
	}
	if card.Storm != 0 {
		if err := wantStorm(tx, d, card.Storm, c.Entry.At); err != nil {
			return err
		}
	}
	if card.State == InGathering {
		if own, err := stands(tx, d, c); err != nil || !own {
			return err
		}
		card.State = Unsent
	}
	if err := want(tx, key, card, c.After.Rev, c.Entry.At); err != nil {
		return err
	}
	told := card.State == Unsent && card.At.MsgID == "" // by the card itself, which is yet to be posted
	knows := c.Entry.Chat == string(d)                  // it happened there
	if why == "" || why == FirstCard || !concerned || (told || knows) && !why.calls() && why != PromiseDue {
		return nil
	}
	if muted, err := silenced(tx, c, why); err != nil || muted {
		return err
	}
	p := Ping{Dest: d, ID: c.After.ID, Why: why, Entry: c.Entry, Call: whom, Silent: c.After.Shadow || silent(why, c.After)}
	return pings.Put(tx, pingKey(c.Entry.At, p), p)
}

func want(tx store.Tx, key store.Key, card Delivery, rev uint64, at time.Time) error {
	card.WantRev = rev
	if err := cards.Put(tx, key, card); err != nil {
		return err
	}
	if _, waiting, err := wanted.Get(tx, key); err != nil || waiting {
		return err
	}
	return wanted.Put(tx, key, Want{Since: at})
}
