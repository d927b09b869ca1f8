package notifier

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const moved store.Shelf[Moved] = "moved"

// Moved is the new address of a chat whose old one still stands in the
// configuration.
type Moved struct {
	To Dest      `json:"to"`
	At time.Time `json:"at"`
}

// moves leads from addresses of the configuration to those of today. Everything
// that is stored and said uses the latter: what a chat shows is then found
// again also when the configuration is brought up to date.
type moves map[Dest]Dest

// now returns the address that a chat has today.
func (m moves) now(d Dest) Dest {
	for range len(m) { // a chat may have moved twice
		to, ok := m[d]
		if !ok {
			break
		}
		d = to
	}
	return d
}

// at returns the plan with the addresses of today.
func (p *Plan) at(m moves) *Plan {
	if len(m) == 0 {
		return p
	}
	out := *p
	out.Receivers = make(map[string]Receiver, len(p.Receivers))
	for name, r := range p.Receivers {
		dests := slices.Clone(r.Dests)
		for i := range dests {
			dests[i] = m.now(dests[i])
		}
		r.Dests = dests
		out.Receivers[name] = r
	}
	return &out
}

// Current returns the plan with the addresses that its chats have today.
func (o *Outbox) Current() *Plan { return o.Plan.Load().at(o.moved()) }

func (o *Outbox) moved() moves {
	if m := o.moves.Load(); m != nil {
		return *m
	}
	return nil
}

// Now returns the address that the chat of a destination has today.
func (o *Outbox) Now(d Dest) Dest {
	for from := range o.moved() {
		if o.room(from) == o.room(d) {
			return o.moved().now(from)
		}
	}
	return d
}

// room names the chat of a destination, whatever the topic.
func (o *Outbox) room(d Dest) string {
	if limited, ok := o.Senders[d.Transport()].(Limited); ok {
		return limited.Room(d)
	}
	return string(d)
}

// keeper returns the chat, as it is configured, whose worker
// serves a destination. Two that have become one have one worker.
func (o *Outbox) keeper(d Dest) Dest {
	m := o.moved()
	if len(m) == 0 {
		return d
	}
	for _, c := range o.Plan.Load().AllDests() {
		if m.now(c) == d {
			return c
		}
	}
	return d
}

// Move gives a chat its new address, with everything that is stored about it:
// a group of Telegram that becomes a supergroup has a new id, and new numbers
// for its messages. Its old messages are out of our reach, so the cards of
// what is not resolved are posted anew. The admins are told what to change in
// the configuration. It belongs in the transaction that learns of it; doing
// it twice changes nothing.
func (o *Outbox) Move(tx store.Tx, from, to Dest, at time.Time) error {
	m, err := readMoves(tx)
	if err != nil {
		return err
	}
	plan := o.Plan.Load()
	for _, d := range plan.at(m).AllDests() {
		if d == to || o.room(d) != o.room(from) {
			continue
		}
		if err := moved.Put(tx, store.Key(d), Moved{To: to, At: at}); err != nil {
			return err
		}
		if err := rekey(tx, d, to, at); err != nil {
			return fmt.Errorf("move %s to %s: %w", d, to, err)
		}
		way := &Way{Dest: d, To: to, Receivers: plan.at(m).named(d)}
		m[d] = to
		if err := o.note(tx, plan.at(m).AdminDests(), Note{Why: ChatMoved, At: at, Way: way}); err != nil {
			return err
		}
	}
	tx.OnCommit(func() {
		o.moves.Store(&m)
		o.ring(to)
	})
	return nil
}

// named returns the receivers that have a chat, in order.
func (p *Plan) named(d Dest) []string {
	var out []string
	for name, r := range p.Receivers {
		if slices.Contains(r.Dests, d) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func readMoves(tx store.Tx) (moves, error) {
	m := moves{}
	err := moved.Scan(tx, "", func(k store.Key, to Moved) error {
		m[Dest(k)] = to.To
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read moved chats: %w", err)
	}
	return m, nil
}

// rekey moves everything that is stored about a chat.
func rekey(tx store.Tx, from, to Dest, at time.Time) error {
	err := errors.Join(
		carry(tx, cards, from, to, func(c Delivery) (Delivery, bool) { return c.afresh(), true }),
		carry(tx, wanted, from, to, func(w Want) (Want, bool) { return w, true }),
		carry(tx, shown, from, to, func(s Shown) (Shown, bool) { return s, false }), // numbers of messages that are out of reach
		carry(tx, pings, from, to, func(p Ping) (Ping, bool) { p.Dest = to; return p, true }),
		carry(tx, strays, from, to, func(s Stray) (Stray, bool) { return s, false }),
		carry(tx, gathered, from, to, func(g Gathered) (Gathered, bool) { return g, true }),
	)
	s, found, failed := storms.Get(tx, store.Key(from))
	if err = errors.Join(err, failed); err == nil && found {
		err = errors.Join(storms.Put(tx, store.Key(to), s), storms.Delete(tx, store.Key(from)))
	}
	told, found, failed := digests.Get(tx, store.Key(from))
	if err = errors.Join(err, failed); err == nil && found {
		err = errors.Join(digests.Put(tx, store.Key(to), told), digests.Delete(tx, store.Key(from)))
	}
	if err != nil {
		return err
	}
	return showOpen(tx, to, at)
}

// carry moves the entries of a shelf whose keys begin with a chat; keep is
// false for those to be forgotten.
func carry[V any](tx store.Tx, shelf store.Shelf[V], from, to Dest, change func(V) (v V, keep bool)) error {
	all := map[store.Key]V{}
	prefix := store.Path(string(from), "")
	err := shelf.Scan(tx, prefix, func(k store.Key, v V) error {
		all[k] = v
		return nil
	})
	for _, k := range slices.Sorted(maps.Keys(all)) {
		v, keep := change(all[k])
		if err == nil && keep {
			err = shelf.Put(tx, store.Path(string(to), strings.TrimPrefix(string(k), string(prefix))), v)
		}
		if err == nil {
			err = shelf.Delete(tx, k)
		}
	}
	return err
}

// afresh is a card whose message cannot be reached any more. What is under way
// for the old one is not to be stored.
func (c Delivery) afresh() Delivery {
	if c.State == InGathering {
		return c
	}
	return Delivery{
		WantRev: c.WantRev, State: Unsent, Maybe: c.Maybe || c.State == Sending, Resent: c.Resent,
		Plain: c.Plain, Epoch: c.Epoch + 1, Storm: c.Storm, Told: c.Told,
	}
}

// showOpen wants every card of a chat that is about something unresolved.
func showOpen(tx store.Tx, d Dest, at time.Time) error {
	var open []store.Key
	err := cards.Scan(tx, store.Path(string(d), ""), func(k store.Key, c Delivery) error {
		if _, isStorm := stormOf(k); isStorm || c.State == InGathering {
			return nil
		}
		id, err := idOf(k)
		if err != nil {
			return err
		}
		in, err := incident.Read(tx, id)
		if err == nil && in.State != incident.Resolved {
			open = append(open, k)
		}
		return err
	})
	s, _, failed := storms.Get(tx, store.Key(d))
	if err = errors.Join(err, failed); err == nil && s.N > 0 {
		open = append(open, stormKey(d, s.N))
	}
	for _, k := range open {
		if err == nil {
			err = wanted.Put(tx, k, Want{Since: at})
		}
	}
	return err
}

// follow moves a chat that turned out to have a new address; ok is false
// where the failure does not say so.
func (o *Outbox) follow(ctx context.Context, d Dest, failed *SendError) (ok bool, err error) {
	if failed.Class != Migrated || failed.To == "" {
		return false, nil
	}
	o.Log.Warn("a chat has a new address, change config.yaml", "from", string(d), "to", string(failed.To))
	return true, o.DB.Update(context.WithoutCancel(ctx), func(tx store.Tx) error {
		return o.Move(tx, d, failed.To, time.Now())
	})
}
