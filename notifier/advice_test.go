package notifier

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/strategy"
)

// counselled is a plan whose only fact, an expert's, dies at end.
func counselled(t *testing.T, end time.Time) *Plan {
	t.Helper()
	lib, problems := facts.NewLibrary([]facts.Fact{{
		ID: "FAKTA-001", Text: "Air sumur memenuhi baku mutu.", Source: facts.Source{Name: "DLH", URL: "https://dlh.example"},
		Tier: 2, ProvesNot: "rasa", Topics: []string{"air"}, ValidUntil: end, Owner: "Sari", Approver: "Budi",
	}})
	if problems != nil {
		t.Fatal(problems)
	}
	p := &Plan{Zone: time.UTC, Counsel: map[string]strategy.Topic{
		"air": {Hazard: true, Cluster: strategy.Victim, Safety: "Jangan minum air sumur sampai ada hasil uji."},
	}}
	p.Know(lib, nil)
	return p
}

func TestACardAdvisesByTheFactsThatLiveAndByNothingElseThatMoves(t *testing.T) {
	last := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	p := counselled(t, last.Add(3*time.Hour))
	in := incident.Incident{
		ID: 1, Topic: "air", State: incident.Open, Severity: rules.Warning, Counts: rules.Counts{Posts: 2, Stories: 2, Voices: 2},
		First: last, Last: last, Finding: incident.False, Trend: incident.Steady,
	}
	card := p.Card(in, nil, last)
	if !card.Advice.Allows(strategy.Deny) || card.Advice.Wait == nil || card.Safety == "" {
		t.Errorf("%+v", card)
	}
	if hash(card) != hash(p.Card(in, nil, last.Add(2*time.Hour))) {
		t.Error("the same card looks different two hours later")
	}
	if after := p.Card(in, nil, last.Add(3*time.Hour)); after.Advice.Allows(strategy.Deny) || hash(after) == hash(card) {
		t.Error("the fact is dead, and the card still denies")
	}
}

func TestTheGateOpensWhenTheFieldFindsAComplaintToBeFalse(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	p := counselled(t, now.Add(time.Hour))
	for found, want := range map[incident.Finding]struct{ facts, denial bool }{
		incident.Unchecked: {}, incident.True: {}, incident.Partly: {facts: true}, incident.False: {true, true},
	} {
		in := incident.Incident{ID: 1, Topic: "air", State: incident.Open, Grievance: true, Finding: found, Last: now}
		in.Excerpts = []incident.Excerpt{{Text: "katanya air sumur tidak memenuhi baku mutu"}}
		card, answer := p.Card(in, nil, now), p.Answer(in, nil, now)
		if answer.Acknowledge == want.facts || len(answer.Facts) > 0 != want.facts || card.Advice.Allows(strategy.Deny) != want.denial {
			t.Errorf("found %q: %+v, %+v", found, answer, card.Advice)
		}
	}
}

func TestNobodyIsAdvisedOnWhatNobodyAnswers(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	p := counselled(t, now.Add(time.Hour))
	for name, in := range map[string]incident.Incident{
		"of a rule in shadow": {ID: 1, Topic: "air", State: incident.Open, Shadow: true},
		"resolved":            {ID: 1, Topic: "air", State: incident.Resolved},
	} {
		if card := p.Card(in, nil, now); card.Advice.First != nil || card.Safety != "" {
			t.Errorf("%s: %+v", name, card.Advice)
		}
	}
}
