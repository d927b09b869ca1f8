package main

import (
	"context"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/draft"
	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/model"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/strategy"
)

// connectDrafts makes the way from the facts of an incident to what may be said
// of it.
func (a *app) connectDrafts() {
	a.drafts = &draft.Desk{DB: a.db, Act: a.desk.Act, Matter: a.matter, Book: a.live.Forms.Load}
	a.outbox.OnDeath = func(tx store.Tx, _ facts.Fact, now time.Time) error { return a.drafts.End(tx, now) }
}

// connectModel lets a language model reword drafts, where one is configured.
func (a *app) connectModel(c *config.Config) error {
	if c.Model.URL == "" {
		return nil
	}
	client, err := model.New(a.outside.feeds(c), c.Model.URL, c.Model.Name, c.Model.Token.Reveal)
	if err != nil {
		return fmt.Errorf("connect the model: %w", err)
	}
	a.drafts.Reword = func(ctx context.Context, d draft.Draft, chosen []facts.Fact) (string, []string) {
		language := "id"
		if d.Style == draft.English {
			language = "en"
		}
		text, cited, reasons := client.Draft(ctx, model.Request{
			Kind: string(d.Kind), Style: string(d.Style), Language: language, Facts: chosen, Template: d.Text, Safe: d.Safe,
			Denies: d.Denies, Now: d.At,
		})
		if len(reasons) > 0 {
			a.log.Info("the words of the model are not taken", "incident", d.Incident, "why", reasons)
		}
		return text, cited
	}
	return nil
}

// heed tells of a change: first the chats, then the drafts that it may end.
func (a *app) heed(tx store.Tx, c incident.Change) error {
	if err := a.outbox.Tell(tx, c); err != nil {
		return err
	}
	return a.drafts.Heed(tx, c)
}

// matter is how an incident stands for those who draft.
func (a *app) matter(tx store.Tx, in incident.Incident, now time.Time) (draft.Matter, error) {
	vetoes, err := evidence.Vetoes(tx, in.Topic, in.Site)
	if err != nil {
		return draft.Matter{}, fmt.Errorf("draft for %v: %w", in.ID, err)
	}
	plan := a.outbox.Current()
	advice := plan.Advise(in, now)
	m := draft.Matter{
		Incident: in, Safety: plan.Counsel[in.Topic].Safety, Live: plan.Facts.Live(in.Topic, in.Site, now),
		MayDeny: advice.Allows(strategy.Deny), MayExplain: advice.Allows(strategy.Diminish) || advice.Allows(strategy.Deny),
	}
	m.Topic, m.Site, m.Zone = a.name(in.Topic, in.Site)
	for _, h := range plan.Suggest(in, vetoes, now).Hits {
		m.Fitting = append(m.Fitting, h.Fact)
	}
	for _, v := range vetoes {
		m.Vetoed = append(m.Vetoed, v.Fact)
	}
	return m, nil
}
