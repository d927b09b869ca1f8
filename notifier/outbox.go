package notifier

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Plan is what the admin configured: names, chats and facts. It is immutable;
// a reload swaps it whole.
type Plan struct {
	Topics    map[string]string   // key to name
	Sites     map[string]Place    // key to place
	Receivers map[string]Receiver // by name
	Admins    []string            // receivers that are the admins' chats
	Facts     *facts.Library
	Zone      *time.Location  // where no site is known
	DigestAt  []time.Duration // times of day of the digests, since midnight; empty: none
	Sources   int             // how many are configured

	Escalation *escalation.Policy // nil: time calls nobody
	Duty       map[string]Roster  // by key of site; "": of sites that have none
	People     map[string]Contact // by name
}

// Dests returns the chats that hear of a cell, in a fixed order: those of its
// site, or all where the site is unknown or has none.
func (p *Plan) Dests(site string) []Dest {
	names := p.Sites[site].Receivers
	if len(names) == 0 {
		for name := range p.Receivers {
			names = append(names, name)
		}
	}
	var out []Dest
	for _, name := range names {
		out = append(out, p.Receivers[name].Dests...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// AllDests returns every configured chat once, in a fixed order.
func (p *Plan) AllDests() []Dest { return p.Dests("") }

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
	Log *slog.Logger

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

// stirs reports whether a change may change what is due: anything but moving
// counts, of which a busy hour has many a second.
func stirs(c incident.Change) bool {
	b, a := c.Before, c.After
	return b.ID == 0 || b.State != a.State || b.Severity != a.Severity || b.Calling != a.Calling ||
		!b.Snoozed.Equal(a.Snoozed) || !b.CalledAt.Equal(a.CalledAt)
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
	if !exists {
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
	if why == "" || why == FirstCard || !concerned || (told || knows) && !why.calls() {
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

// reason names why a change is worth a message of its own, beyond the edit of
// its card; empty: it is not.
func reason(c incident.Change) Why {
	switch {
	case c.Before.ID == 0:
		return FirstCard
	case c.Before.State == incident.Resolved && c.After.State == incident.Open:
		return WasReopened
	case c.After.Severity > c.Before.Severity:
		return LevelRose
	case c.After.Louder > c.Before.Louder && due(c.After):
		return GotLouder
	}
	if c.After.Reason == incident.ShadowOver {
		return "" // the admins hear of the rule
	}
	switch c.Entry.Verb {
	case incident.Ack:
		return WasTaken
	case incident.Release:
		return byMachine(c, LapsedOwner, WasReleased)
	case incident.Wake:
		return byMachine(c, SnoozeOver, WasWoken)
	case incident.Snooze:
		return WasSnoozed
	case incident.Escalate:
		return Escalated
	case incident.Remind:
		return Reminded
	case incident.Ask:
		return AskedOwner
	case incident.Unmuted:
		if !c.After.Calm && due(c.After) {
			return MuteEnded
		}
		return ""
	case incident.Resolve:
		return WasResolved
	case incident.Note:
		return WasNoted
	case incident.Grieve:
		return WasFlagged
	default:
		return ""
	}
}

func byMachine(c incident.Change, machine, person Why) Why {
	if c.Entry.Who == incident.Machine.Name {
		return machine
	}
	return person
}

// silent reports whether a reason makes no sound: what a colleague did is
// good to know and no cause for alarm. That it grows is for whoever has taken
// it, who is named in the reply; the others need not look up.
func silent(w Why, in incident.Incident) bool {
	switch w {
	case LevelRose, WasReopened:
		return false
	case GotLouder, MuteEnded:
		return in.State == incident.Acknowledged
	default:
		return !w.calls()
	}
}

// CatchUp has the cards of unresolved incidents posted in chats that have
// none: those that were configured since.
func (o *Outbox) CatchUp(ctx context.Context, now time.Time) error {
	return o.DB.Update(ctx, func(tx store.Tx) error {
		all, err := incident.Unresolved(tx)
		shadows, failed := incident.Shadows(tx)
		err = errors.Join(err, failed)
		for _, in := range append(all, shadows...) {
			if err == nil && due(in) {
				err = o.catchUp(tx, in, now)
			}
		}
		return errors.Join(err, o.forgetReaches(tx))
	})
}

func (o *Outbox) catchUp(tx store.Tx, in incident.Incident, now time.Time) error {
	for _, d := range o.Current().Concerned(in) {
		_, exists, err := cards.Get(tx, cardKey(d, in.ID))
		if err == nil && !exists {
			err = introduce(tx, d, in, now)
		}
		if err != nil {
			return fmt.Errorf("catch up %s with %v: %w", d, in.ID, err)
		}
	}
	return nil
}

// ShowAgain has every card of an unresolved incident posted anew in a chat
// that keeps nothing: a terminal after a restart.
func (o *Outbox) ShowAgain(ctx context.Context, d Dest, now time.Time) error {
	return o.DB.Update(ctx, func(tx store.Tx) error {
		tx.OnCommit(func() { o.ring(d) })
		var ids []incident.ID
		err := cards.Scan(tx, store.Path(string(d), ""), func(k store.Key, _ Delivery) error {
			if _, isStorm := stormOf(k); isStorm {
				return nil
			}
			id, err := idOf(k)
			ids = append(ids, id)
			return err
		})
		if err == nil {
			err = o.showStorm(tx, d, now)
		}
		for _, id := range ids {
			if err == nil {
				err = repost(tx, d, id, now, false)
			}
		}
		return err
	})
}

// Refresh has every card that is shown looked at again, for what is drawn on
// it from elsewhere than its incident: the sources that are not seen. A card
// that looks the same is not sent.
func (o *Outbox) Refresh(tx store.Tx, now time.Time) error {
	for _, d := range o.Current().AllDests() {
		if err := refresh(tx, d, now); err != nil {
			return fmt.Errorf("refresh %s: %w", d, err)
		}
		tx.OnCommit(func() { o.ring(d) })
	}
	return nil
}

func refresh(tx store.Tx, d Dest, now time.Time) error {
	var stale []store.Key
	err := cards.Scan(tx, store.Path(string(d), ""), func(k store.Key, card Delivery) error {
		if _, isStorm := stormOf(k); isStorm || card.State != Sent {
			return nil
		}
		id, err := idOf(k)
		if err != nil {
			return err
		}
		in, err := incident.Read(tx, id)
		if in.State != incident.Resolved {
			stale = append(stale, k)
		}
		return err
	})
	for _, k := range stale {
		var waiting bool
		if err == nil {
			_, waiting, err = wanted.Get(tx, k)
		}
		if err == nil && !waiting {
			err = wanted.Put(tx, k, Want{Since: now})
		}
	}
	return err
}

// Repost has one card posted anew in a chat; the new message becomes the card.
func (o *Outbox) Repost(ctx context.Context, d Dest, id incident.ID, now time.Time) error {
	return o.DB.Update(ctx, func(tx store.Tx) error {
		tx.OnCommit(func() { o.ring(d) })
		return repost(tx, d, id, now, true)
	})
}

func repost(tx store.Tx, d Dest, id incident.ID, now time.Time, resolvedToo bool) error {
	in, err := incident.Read(tx, id)
	if err != nil || in.State == incident.Resolved && !resolvedToo {
		return err
	}
	key := cardKey(d, id)
	card, _, err := cards.Get(tx, key)
	if err != nil {
		return err
	}
	if card.State == InGathering && !resolvedToo {
		return nil // its storm card is shown again
	}
	if card.Storm != 0 {
		if err := wantStorm(tx, d, card.Storm, now); err != nil {
			return err
		}
	}
	again := card.Maybe || card.State == Sending || card.State == Sent && !resolvedToo
	fresh := Delivery{Maybe: again, Resent: card.Resent, Epoch: card.Epoch + 1, Told: card.Told, Storm: card.Storm}
	return want(tx, key, fresh, in.Rev, now)
}

// CardOf returns the incident that a message in a chat is about, or 0.
func (o *Outbox) CardOf(ctx context.Context, d Dest, msgID string) (incident.ID, error) {
	var s Shown
	err := o.DB.View(ctx, func(tx store.Tx) (err error) {
		s, _, err = shown.Get(tx, shownKey(d, msgID))
		return err
	})
	return s.ID, err
}
