package notifier

import (
	"testing"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

func TestWhatAChatHearsDependsOnWhetherItShowsTheCard(t *testing.T) {
	in := func(level rules.Severity, state incident.State) incident.Incident {
		return incident.Incident{ID: 1, Severity: level, State: state}
	}
	open, quiet := in(rules.Warning, incident.Open), in(rules.Info, incident.Open)
	for name, c := range map[string]struct {
		before, after incident.Incident
		verb          incident.Verb
		hidden, shown Why // what is heard where the card is not shown yet, and where it is
	}{
		"opened":            {incident.Incident{}, open, incident.Fire, FirstCard, ""},
		"opened in silence": {incident.Incident{}, quiet, incident.Fire, "", ""},
		"grew":              {open, open, incident.Fire, FirstCard, ""},
		"rose":              {quiet, open, incident.Fire, FirstCard, LevelRose},
		"woke":              {in(rules.Warning, incident.Resolved), open, incident.Fire, FirstCard, WasReopened},
		"taken":             {open, in(rules.Warning, incident.Acknowledged), incident.Ack, FirstCard, WasTaken},
	} {
		t.Run(name, func(t *testing.T) {
			change := incident.Change{Before: c.before, After: c.after, Entry: incident.Entry{Verb: c.verb}}
			if got := Heard(change, false); got != c.hidden {
				t.Errorf("without the card: %q, want %q", got, c.hidden)
			}
			if got := Heard(change, true); got != c.shown {
				t.Errorf("with the card: %q, want %q", got, c.shown)
			}
		})
	}
}
