package notifier

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// dustFact may be used for some days from now.
func dustFact(owner string, days int) facts.Fact {
	return facts.Fact{
		ID: "FAKTA-001", Text: "Debu 61 mikrogram.", Source: facts.Source{Name: "DLH", URL: "https://dlh.example"}, Tier: 1,
		ProvesNot: "udara lain", Topics: []string{"debu"}, Sites: []string{"rembang"}, Owner: owner, Approver: "Budi",
		ValidUntil: time.Now().AddDate(0, 0, days+1),
	}
}

// knows makes some facts those in force.
func (s *stage) knows(list ...facts.Fact) {
	s.t.Helper()
	library, wrong := facts.NewLibrary(list)
	if wrong != nil {
		s.t.Fatal(wrong)
	}
	plan := *s.outbox.Plan.Load()
	plan.Know(library, nil)
	plan.People = map[string]Contact{"Rina": {Name: "Rina", Telegram: 7}}
	s.outbox.Plan.Store(&plan)
	s.outbox.Wake()
}

// minds runs the clock with the chore of facts, until the stop that it returns.
func (s *stage) minds() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.outbox.Clock(ctx, map[string]Chore{"facts": s.outbox.Facts}); close(done) }()
	wait(time.Second)
	return func() { cancel(); <-done }
}

func TestTheOwnerOfAFactIsCalledWhereItHoldsAndTheAdminsForWhomNobodyKnows(t *testing.T) {
	for owner, want := range map[string][2][]string{
		"rina":     {{"note fact-ending []"}, nil},
		"Mantan":   {nil, {"note fact-ending []"}},
		"operator": {nil, {"note fact-ending []"}},
	} {
		play(t, func(t *testing.T, s *stage) {
			s.withAdmins() // Telegram hears of the site, Slack is the admins'
			s.knows(dustFact(owner, 9))
			defer s.minds()()
			wait(3 * 24 * time.Hour)
			expect(t, "telegram for "+owner, s.tg, want[0]...)
			expect(t, "slack for "+owner, s.sl, want[1]...)
			called := ""
			for _, n := range append(s.tg.notes, s.sl.notes...) {
				called += fmt.Sprint(n.Call, n.Fact.Days)
			}
			if want := map[bool]string{true: "[Rina] 7", false: "[] 7"}[owner == "rina"]; called != want {
				t.Errorf("%s: called %s", owner, called)
			}
		})
	}
}

func TestTheDeathOfAFactEndsWhatRestsOnItOnceAndRedrawsTheCards(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		var died []string
		var works atomic.Bool
		s.outbox.OnDeath = func(tx store.Tx, f facts.Fact, _ time.Time) error {
			if !works.Load() {
				return errors.New("busy")
			}
			died = append(died, f.ID)
			return facts.Used(tx, facts.Use{Fact: "seen", Incident: 1, Draft: 1})
		}
		old, better := dustFact("Rina", 300), dustFact("Rina", 300)
		better.ID, better.Tier = "FAKTA-002", 3 // by which nothing may be denied: the card says so
		s.knows(old)
		defer s.minds()()
		s.fire(rules.Began, 5)
		wait(time.Second)
		if err := s.outbox.DB.Update(t.Context(), func(tx store.Tx) error {
			return facts.Used(tx, facts.Use{Fact: old.ID, Incident: 1, Draft: 2, At: time.Now(), Where: "https://a.example"})
		}); err != nil {
			t.Fatal(err)
		}
		s.tg.clear()
		old.SupersededBy = better.ID
		s.knows(old, better)
		wait(time.Minute)
		expect(t, "telegram while it cannot be ended", s.tg)
		works.Store(true)
		wait(10 * time.Minute)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 open 5 posts", "note fact-died []")
		if n := s.tg.notes[0]; fmt.Sprint(died) != "[FAKTA-001]" || n.Fact.Cause != facts.Superseded || len(n.Fact.Uses) != 1 || n.Fact.Uses[0].Draft != 2 {
			t.Errorf("%v, %+v", died, n.Fact)
		}
		s.knows(better)
		wait(time.Minute)
		s.knows()
		wait(time.Minute)
		if fmt.Sprint(died) != "[FAKTA-001 FAKTA-002]" || s.tg.notes[1].Fact.Cause != facts.Removed {
			t.Errorf("%v", died)
		}
	})
}

func TestAProposalIsToldWhereItHoldsAndToTheAdmins(t *testing.T) {
	for why, want := range map[Why][2]int{FactProposed: {1, 1}, FactAccepted: {1, 0}, FactRejected: {1, 0}} {
		play(t, func(t *testing.T, s *stage) {
			s.withAdmins()
			n := Note{Why: why, At: time.Now(), Fact: &OfFact{Fact: dustFact("Rina", 9), Proposal: "USUL-1"}}
			if err := s.outbox.DB.Update(t.Context(), func(tx store.Tx) error { return s.outbox.TellOfFact(tx, n) }); err != nil {
				t.Fatal(err)
			}
			wait(time.Second)
			if got := [2]int{len(s.tg.notes), len(s.sl.notes)}; got != want {
				t.Errorf("%s: %v", why, got)
			}
		})
	}
}
