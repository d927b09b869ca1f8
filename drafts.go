package main

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/strategy"
)

// connectDrafts makes the way from the facts of an incident to what may be said
// of it.
func (a *app) connectDrafts() {
	a.drafts = &draft.Desk{DB: a.db, Act: a.desk.Act, Matter: a.matter, Book: a.live.Forms.Load}
}

// heed tells of a change: first the chats, then the drafts that it may end.
func (a *app) heed(tx store.Tx, c incident.Change) error {
	if err := a.outbox.Tell(tx, c); err != nil {
		return err
	}
	return a.drafts.Heed(tx, c)
}

// matter is how an incident stands for those who draft.
func (a *app) matter(_ store.Tx, in incident.Incident, now time.Time) (draft.Matter, error) {
	plan := a.outbox.Current()
	card := plan.Card(in, nil, now)
	m := draft.Matter{
		Incident: in, Topic: card.TopicName, Site: card.SiteName, Zone: card.Zone, Safety: card.Safety, Fitting: card.Answer.Facts,
		MayDeny: card.Advice.Allows(strategy.Deny), MayExplain: card.Advice.Allows(strategy.Diminish) || card.Advice.Allows(strategy.Deny),
	}
	m.Live = slices.Collect(func(yield func(facts.Fact) bool) {
		for f := range plan.Facts.All() {
			if f.Live(now) && f.Covers(in.Topic, in.Site) && !yield(f) {
				return
			}
		}
	})
	return m, nil
}
