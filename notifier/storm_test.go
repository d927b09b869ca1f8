package notifier

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// stormLine is what a chat of a test shows of a storm card: "own" has a card
// of its own, "over" is resolved.
func stormLine(m Message) string {
	var b strings.Builder
	fmt.Fprintf(&b, "storm %d of %d:", m.Storm.N, m.Storm.All)
	for _, i := range m.Storm.Items {
		fmt.Fprintf(&b, " %d", i.ID)
		switch {
		case i.State == incident.Resolved:
			b.WriteString("(over)")
		case i.Own:
			b.WriteString("(own)")
		}
	}
	if m.Again {
		b.WriteString(" again")
	}
	return b.String()
}

func (s *stage) opensMany(from, to int) {
	for n := from; n <= to; n++ {
		s.opens(fmt.Sprintf("t%d", n), rules.Warning)
		wait(time.Second)
	}
}

// asks has somebody in the Slack channel do something to an incident.
func (s *stage) asks(id incident.ID, verb incident.Verb) {
	s.t.Helper()
	cmd := incident.Command{
		ID: id, Verb: verb, At: time.Now(), Reason: incident.DiedDown,
		Actor: incident.Actor{Name: "Sari", Via: "slack", Chat: string(slDest), Lead: true},
	}
	if _, err := s.desk.Do(s.t.Context(), cmd, nil); err != nil {
		s.t.Fatal(err)
	}
}

func TestAStormIsOneCardAndWhatIsCriticalHasItsOwn(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.opensMany(1, 6)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-2 open", "post ISU-3 open", "post ISU-4 open", "post ISU-5 open", "post ISU-6 open")
		s.opensMany(7, 9)
		s.opens("api", rules.Critical)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "storm 1 of 1: 7", "post ISU-10 open", "m7 storm 1 of 3: 9 8 7")
	})
}

func TestWhoeverTouchesALineGetsItsCard(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.opensMany(1, 12)
		wait(time.Minute)
		s.tg.clear()
		s.asks(8, incident.Ack)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-8 acknowledged", "m7 storm 1 of 6: 12 11 10 9 7 8(own)")
		if err := s.outbox.Repost(t.Context(), tgDest, 9, time.Now()); err != nil {
			t.Fatal(err)
		}
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-9 open", "m7 storm 1 of 6: 12 11 10 7 9(own) 8(own)")
		s.opens("t10", rules.Critical)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-10 open", "m7 storm 1 of 6: 12 11 7 10(own) 9(own) 8(own)")
		s.asks(7, incident.Resolve)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "m7 storm 1 of 6: 12 11 10(own) 9(own) 8(own) 7(over)")
		s.asks(7, incident.Reopen)
		s.asks(8, incident.Resolve)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-7 open", "m7 storm 1 of 6: 12 11 10(own) 9(own) 7(own) 8(over)", "edit m8 ISU-8 resolved 0 posts", "ping resolved under m8")
	})
}

func TestALaterStormHasACardOfItsOwnFurtherDown(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.opensMany(1, 8)
		wait(stormTime)
		s.tg.clear()
		s.opensMany(9, 9)
		expect(t, "telegram", s.tg, "post ISU-9 open")
		s.opensMany(10, 15)
		wait(time.Minute)
		lines := s.tg.lines()
		if last := lines[len(lines)-1]; last != "storm 2 of 1: 15" {
			t.Errorf("telegram shows %q", lines)
		}
	})
}

func TestWhatWasGatheredCallsPeopleAfterTheStorm(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.opensMany(1, 6)
		grow := func(phase rules.Phase, n int) { s.grows("Debu", phase, n, true, rules.Warning); wait(20 * time.Second) }
		grow(rules.Began, 5)
		s.tg.clear()
		grow(rules.Grew, 10)
		expect(t, "telegram", s.tg)
		wait(stormTime)
		grow(rules.Grew, 20)
		expect(t, "telegram", s.tg, "post ISU-7 open", "m7 storm 1 of 1: 7(own)")
	})
}

func TestAStormSurvivesACrashAndARestart(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.answers["storm 1"] = &SendError{Class: Ambiguous}
		s.opensMany(1, 7)
		s.stop()
		s.opensMany(8, 8)
		if err := s.outbox.CatchUp(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		s.start()
		wait(time.Minute)
		got := s.tg.lines()[6:]
		if want := []string{"storm 1 of 2: 8 7 again"}; !slices.Equal(got, want) {
			t.Errorf("telegram shows %q, want %q", got, want)
		}
		s.tg.clear()
		if err := s.outbox.ShowAgain(t.Context(), tgDest, time.Now()); err != nil {
			t.Fatal(err)
		}
		wait(time.Minute)
		if got := s.tg.lines(); len(got) != 7 || !slices.Contains(got, "storm 1 of 2: 8 7 again") {
			t.Errorf("a terminal shows again %q", got)
		}
	})
}

func TestWhatStandsOnAStormCardIsKnownToBeShown(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.opensMany(1, 7)
		got, err := s.outbox.Spoken(t.Context(), tgDest, 7)
		if err != nil || !got.Shown || got.Waiting || len(got.Told) != 1 || got.Told[0].Why != InStorm {
			t.Errorf("%+v, %v", got, err)
		}
		if id, err := s.outbox.CardOf(t.Context(), tgDest, "m7"); id != 0 || err != nil {
			t.Errorf("the storm card is about %v, %v", id, err)
		}
	})
}

func TestShadowsMakeNoStorm(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		err := s.desk.DB.Update(t.Context(), func(tx store.Tx) error {
			for n := range 9 {
				in := incident.Incident{ID: incident.ID(n + 1), Shadow: true, Severity: rules.Warning}
				if err := introduce(tx, tgDest, in, time.Now()); err != nil {
					return err
				}
			}
			got, found, err := storms.Get(tx, store.Key(tgDest))
			if found || err != nil {
				t.Errorf("%+v, %v", got, err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
