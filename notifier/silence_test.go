package notifier

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// falls has a rule say something about a silence, twice.
func (s *stage) falls(phase rules.Phase) {
	s.t.Helper()
	f := rules.Firing{
		Rule: "SumberDiam", Phase: phase, Topic: "umum", Site: "rembang", Source: "antara", Severity: rules.Critical, At: time.Now(),
		When: rules.When{Silent: 2 * time.Hour}, Measure: rules.Measure{Since: time.Now().Add(-3 * time.Hour), Usual: 45},
	}
	err := s.outbox.DB.Update(s.t.Context(), func(tx store.Tx) error {
		if err := s.outbox.Silence(tx, f); err != nil {
			return err
		}
		return s.outbox.Silence(tx, f)
	})
	if err != nil {
		s.t.Fatal(err)
	}
	wait(time.Minute)
}

func TestASilenceIsToldToTheAdminsOnceWhenItBeginsAndWhenItEnds(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		s.falls(rules.Began)
		s.falls(rules.Grew)
		s.falls(rules.Grew)
		s.falls(rules.Ceased)
		expect(t, "slack", s.sl, "note went-silent []", "note speaks-again []")
		expect(t, "telegram", s.tg)
		if open, err := s.desk.Unresolved(t.Context()); err != nil || len(open) != 0 {
			t.Errorf("incidents: %+v, %v", open, err)
		}
	})
}

func TestANoteOfASilenceHasTheNameAndTheTimeOfItsSite(t *testing.T) {
	wita := time.FixedZone("WITA", 8*3600)
	p := &Plan{Sites: map[string]Place{"kupang": {Name: "Kupang", Zone: wita}, "rembang": {Name: "Rembang"}}, Zone: time.UTC}
	for site, want := range map[string]Card{
		"kupang":  {SiteName: "Kupang", Zone: wita},
		"rembang": {SiteName: "Rembang", Zone: time.UTC},
		"gone":    {SiteName: "gone", Zone: time.UTC},
		"":        {Zone: time.UTC},
	} {
		got := p.note(slDest, Note{Why: WentSilent, Quiet: &Quiet{Rule: "R", Site: site}}).Card
		if got.SiteName != want.SiteName || got.Zone != want.Zone {
			t.Errorf("%q: %q in %s", site, got.SiteName, got.Zone)
		}
	}
	if got := p.note(slDest, Note{Why: ConfigGood}).Card; got.Zone != time.UTC || got.Incident.ID != incident.ID(0) {
		t.Errorf("%+v", got)
	}
}

func TestASilenceWithoutALastPostBeganAsLongAgoAsItsRuleWaits(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		s.stop()
		f := rules.Firing{Rule: "SumberDiam", Phase: rules.Began, At: time.Now(), When: rules.When{Silent: 2 * time.Hour}}
		var since time.Time
		err := s.outbox.DB.Update(t.Context(), func(tx store.Tx) error {
			if err := s.outbox.Silence(tx, f); err != nil {
				return err
			}
			return pings.Scan(tx, "", func(_ store.Key, p Ping) error {
				since = p.Note.Quiet.Since
				return nil
			})
		})
		if err != nil || !since.Equal(f.At.Add(-2*time.Hour)) {
			t.Errorf("since %s, want two hours before %s; %v", since, f.At, err)
		}
		s.start()
	})
}
