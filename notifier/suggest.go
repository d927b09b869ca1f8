package notifier

import (
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/evidence"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/strategy"
)

// Know gives the plan its facts, and the index in which they are looked for:
// the only place where the one becomes the other. Places names the sites; it
// may be nil.
func (p *Plan) Know(library *facts.Library, places map[string][]string) {
	p.Facts, p.Index = library, evidence.NewIndex(library.All(), places)
}

// Suggest returns the facts that answer what people write in an incident. It is
// the only way to one: while the grievance gate is closed, and in an incident
// that nobody is to answer, there is none.
func (p *Plan) Suggest(in incident.Incident, vetoes []evidence.Veto, now time.Time) evidence.Suggestion {
	if in.Gated() || in.Shadow || p.Index == nil {
		return evidence.Suggestion{}
	}
	return p.Index.Suggest(evidence.Ask{Stories: storiesOf(in), Topic: in.Topic, Site: in.Site, Now: now, Vetoes: vetoes})
}

// storiesOf returns what people wrote. What the rules say of it, the summary,
// is nobody's claim.
func storiesOf(in incident.Incident) []evidence.Story {
	var out []evidence.Story
	for _, e := range in.Excerpts {
		if strings.TrimSpace(e.Text) != "" {
			out = append(out, evidence.Story{ID: e.Story, Text: e.Text})
		}
	}
	return out
}

// Answer says on a card what Suggest returns.
func (p *Plan) Answer(in incident.Incident, vetoes []evidence.Veto, now time.Time) facts.Answer {
	switch {
	case in.Shadow:
		return facts.Answer{}
	case in.Gated():
		return facts.Answer{Acknowledge: true}
	}
	s := p.Suggest(in, vetoes, now)
	a := facts.Answer{Live: s.Live}
	for _, h := range s.Hits {
		a.Facts = append(a.Facts, h.Fact)
	}
	if a.Live == 0 {
		a.Owners = p.Facts.Owners(in.Topic, in.Site)
	}
	return a
}

func (p *Plan) answerTo(tx store.Tx, in incident.Incident, now time.Time) (facts.Answer, error) {
	vetoes, err := evidence.Vetoes(tx, in.Topic, in.Site)
	if err != nil {
		return facts.Answer{}, fmt.Errorf("answer %v: %w", in.ID, err)
	}
	return p.Answer(in, vetoes, now), nil
}

// Suggest returns what may be said to an incident now, and why, and what was
// held back.
func (o *Outbox) Suggest(tx store.Tx, in incident.Incident, now time.Time) (evidence.Suggestion, error) {
	vetoes, err := evidence.Vetoes(tx, in.Topic, in.Site)
	if err != nil {
		return evidence.Suggestion{}, fmt.Errorf("suggest facts for %v: %w", in.ID, err)
	}
	return o.Current().Suggest(in, vetoes, now), nil
}

// Advise returns which kinds of answer fit an incident, and what the admin wrote
// on how people stay safe.
func (o *Outbox) Advise(in incident.Incident, now time.Time) (strategy.Advice, string) {
	plan := o.Current()
	return plan.Advise(in, now), plan.Counsel[in.Topic].Safety
}

// FactsOf returns the facts about an incident's cell, dead ones included.
func (o *Outbox) FactsOf(in incident.Incident) []facts.Fact {
	return o.Current().Facts.Of(in.Topic, in.Site)
}

// OwnersOf returns whom to ask for a fact about an incident's cell.
func (o *Outbox) OwnersOf(in incident.Incident) []string {
	return o.Current().Facts.Owners(in.Topic, in.Site)
}
