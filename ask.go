package main

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// What one room asks of another that it does not know.

// blind lists the sources that are not being seen.
func (a *app) blind(tx store.Tx, _ time.Time) ([]notifier.Blind, error) {
	var out []notifier.Blind
	for _, spec := range a.live.Config().Sources {
		h, err := source.ReadHealth(tx, spec.Name)
		if err != nil {
			return nil, err
		}
		if !h.Blind.IsZero() {
			out = append(out, notifier.Blind{Source: spec.Name, Since: h.Blind})
		}
	}
	return out, nil
}

// knows reports whether a chat is configured. Every topic of a configured
// Telegram group is.
func (a *app) knows(d notifier.Dest) bool {
	d = a.outbox.Now(d)
	for _, known := range a.outbox.Current().AllDests() {
		if chatOf(known) == chatOf(d) {
			return true
		}
	}
	return false
}

func (a *app) knowsGroup(chat int64) bool {
	return a.knows(notifier.Dest("telegram:" + strconv.FormatInt(chat, 10)))
}

// chatOf returns a destination without its topic.
func chatOf(d notifier.Dest) string {
	if d.Transport() != "telegram" {
		return string(d)
	}
	group, _, _ := strings.Cut(d.Address(), ":")
	return "telegram:" + group
}

// seat returns the configured chat that somebody sits in: in a Telegram group
// that may be another topic of it.
func (a *app) seat(d notifier.Dest) notifier.Dest {
	d = a.outbox.Now(d)
	all := a.outbox.Current().AllDests()
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
	plan := a.outbox.Current()
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

func (a *app) repost(ctx context.Context, d notifier.Dest, id incident.ID) error {
	return a.outbox.Repost(ctx, a.seat(d), id, time.Now())
}

// spent counts an answer in the limits of its chat.
func (a *app) spent(d notifier.Dest) { a.outbox.Spend(a.seat(d), time.Now()) }

// moved gives a chat its new address.
func (a *app) moved(tx store.Tx, from, to notifier.Dest) error {
	return a.outbox.Move(tx, from, to, time.Now())
}

// tokenShared returns what hears that another process uses a token.
func (a *app) tokenShared(transport string) func(context.Context, bool) {
	return func(ctx context.Context, yes bool) {
		if err := a.outbox.Shared(ctx, transport, yes, time.Now()); err != nil {
			a.log.Error("note who uses the token", "err", err)
		}
	}
}

// pressed notes which message a card was pressed on. A failure costs the order
// of a chat, and not the press.
func (a *app) pressed(ctx context.Context, d notifier.Dest, at notifier.Receipt, id incident.ID) {
	if err := a.outbox.Pressed(ctx, a.seat(d), at, id); err != nil {
		a.log.Error("note a press", "err", err)
	}
}

// cardOf returns the incident that a message is about; 0 also when the store
// cannot be read: the person is then asked for a number.
func (a *app) cardOf(ctx context.Context, d notifier.Dest, msgID string) incident.ID {
	for _, known := range a.outbox.Current().AllDests() {
		if chatOf(known) != chatOf(d) {
			continue
		}
		id, err := a.outbox.CardOf(ctx, known, msgID)
		if err != nil {
			a.log.Error("look up a card", "err", err)
		}
		if id != 0 {
			return id
		}
	}
	return 0
}

// sites lists the keys of all sites, by the names that people read.
func (a *app) sites() []string {
	plan := a.live.Plan.Load()
	return slices.SortedFunc(maps.Keys(plan.Sites), func(x, y string) int {
		return cmp.Or(strings.Compare(plan.Sites[x].Name, plan.Sites[y].Name), strings.Compare(x, y))
	})
}

func (a *app) name(topic, site string) (topicName, siteName string, zone *time.Location) {
	plan := a.live.Plan.Load()
	topicName, siteName, zone = topic, site, plan.Zone
	if n := plan.Topics[topic]; n != "" {
		topicName = n
	}
	if p, ok := plan.Sites[site]; ok {
		siteName = p.Name
		if p.Zone != nil {
			zone = p.Zone
		}
	}
	return topicName, siteName, zone
}

func (a *app) status(ctx context.Context) (bot.Status, error) {
	c := a.live.Config()
	s := bot.Status{
		Version: version(), Config: c.Hash, Since: a.since, Refused: a.live.Refused(),
		Sources: len(c.Sources), Failing: map[notifier.Dest]string{},
	}
	err := a.db.View(ctx, func(tx store.Tx) (err error) {
		if s.Blind, err = a.blind(tx, time.Now()); err != nil {
			return err
		}
		if s.Learning, err = a.live.Config().Rules.Learning(tx, time.Now()); err != nil {
			return err
		}
		s.Shadow, err = a.inShadow(tx)
		return err
	})
	if err != nil {
		return s, err
	}
	if err := a.showSelf(ctx, &s); err != nil {
		return s, err
	}
	backlogs, err := a.outbox.Backlogs(ctx)
	for _, b := range backlogs {
		s.Pending += b.Cards
		if s.Oldest.IsZero() || !b.Oldest.IsZero() && b.Oldest.Before(s.Oldest) {
			s.Oldest = b.Oldest
		}
		if b.LastErr != "" {
			s.Failing[b.Dest] = b.LastErr
		}
	}
	return s, err
}

// labels returns the names of topics and of sites by their keys.
func (a *app) labels() (topics, sites map[string]string) {
	plan := a.live.Plan.Load()
	sites = make(map[string]string, len(plan.Sites))
	for key, place := range plan.Sites {
		sites[key] = place.Name
	}
	return plan.Topics, sites
}
