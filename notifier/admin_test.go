package notifier

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// withAdmins makes Slack the chat of the admins, and Telegram that of the rest.
func (s *stage) withAdmins() {
	plan := *s.outbox.Plan.Load()
	plan.Receivers = map[string]Receiver{
		"humas": {Name: "humas", Dests: []Dest{tgDest}}, "admin": {Name: "admin", Dests: []Dest{slDest}},
	}
	plan.Admins = []string{"admin"}
	s.outbox.Plan.Store(&plan)
}

// tries lets a rule in shadow fire.
func (s *stage) tries(rule string, level rules.Severity) {
	s.t.Helper()
	f := rules.Firing{
		Rule: rule, Shadow: true, Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: level, At: time.Now(),
	}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) note(n Note) {
	s.t.Helper()
	if err := s.outbox.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.outbox.Note(tx, n) }); err != nil {
		s.t.Fatal(err)
	}
}

func TestAShadowIncidentIsShownToTheAdminsWhateverItsLevel(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		s.tries("Baru", rules.Info)
		wait(time.Second)
		expect(t, "telegram", s.tg)
		expect(t, "slack", s.sl, "post ISU-1 open silent")
		s.fire(rules.Began, 5)
		wait(time.Second)
		expect(t, "telegram", s.tg, "post ISU-2 open")
	})
}

func TestAShadowIncidentMakesNoNoise(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		s.tries("Baru", rules.Warning)
		wait(time.Second)
		s.tries("Baru", rules.Critical)
		wait(time.Minute)
		expect(t, "slack", s.sl, "post ISU-1 open silent", "ping level-rose under m1 silent", "edit m1 ISU-1 open 0 posts")
	})
}

func TestACardThatIsAskedForIsShownToTheAdminsOnly(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		s.tries("Baru", rules.Warning)
		wait(time.Second)
		s.sl.clear()
		for _, d := range []Dest{tgDest, slDest} {
			if err := s.outbox.Repost(t.Context(), d, 1, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		wait(time.Minute)
		expect(t, "telegram", s.tg)
		expect(t, "slack", s.sl, "post ISU-1 open silent")
	})
}

func TestWhatWaitsForAChatOfTheAdminsIsForgottenWhenItIsNoneAnyMore(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		s.stop()
		s.tries("Baru", rules.Warning)
		plan := *s.outbox.Plan.Load()
		plan.Admins = []string{"humas"}
		s.outbox.Plan.Store(&plan)
		s.start()
		wait(time.Minute)
		expect(t, "slack", s.sl)
		backlogs, err := s.outbox.Backlogs(t.Context())
		if err != nil || backlogs[0].Cards != 0 {
			t.Errorf("it waits for ever: %+v, %v", backlogs, err)
		}
		if err := s.outbox.CatchUp(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open silent")
	})
}

func TestOnlyATerminalIsTakenForTheAdminsWhereNoneAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		plan Plan
		want string
	}{
		"nobody":              {Plan{Receivers: map[string]Receiver{"humas": {Dests: []Dest{tgDest}}}}, "[]"},
		"a terminal":          {Plan{Receivers: map[string]Receiver{"humas": {Dests: []Dest{tgDest, "terminal"}}}}, "[terminal]"},
		"somebody":            {Plan{Admins: []string{"a"}, Receivers: map[string]Receiver{"humas": {Dests: []Dest{"terminal"}}, "a": {Dests: []Dest{slDest}}}}, "[slack:C1]"},
		"somebody, twice":     {Plan{Admins: []string{"a", "a"}, Receivers: map[string]Receiver{"a": {Dests: []Dest{slDest}}}}, "[slack:C1]"},
		"who has no receiver": {Plan{Admins: []string{"x"}}, "[]"},
	} {
		if got := fmt.Sprint(c.plan.AdminDests()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestANoteReachesTheAdminsOnceAndNobodyElse(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		at := time.Now()
		s.note(Note{Why: ConfigRefused, At: at, Lines: []string{"a"}})
		s.note(Note{Why: ConfigRefused, At: at, Lines: []string{"a"}})
		s.note(Note{Why: ConfigRefused, At: at, Lines: []string{"b"}})
		s.note(Note{Why: RuleAsked, At: at, Said: slDest})
		wait(time.Second)
		expect(t, "telegram", s.tg)
		got := s.sl.lines()
		slices.Sort(got)
		if want := []string{"note config-refused [a]", "note config-refused [b]"}; !slices.Equal(got, want) {
			t.Errorf("slack shows %q, want %q", got, want)
		}
		if id, err := s.outbox.CardOf(t.Context(), slDest, "p"); err != nil || id != 0 {
			t.Errorf("a note is about %v, %v", id, err)
		}
	})
}

func TestANoteOutlivesAStopAndABadLine(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		s.stop()
		s.note(Note{Why: ConfigGood, At: time.Now()})
		s.sl.answers["note 1"] = &SendError{Class: NotSent, Err: errors.New("no route")}
		s.start()
		wait(10 * time.Minute)
		expect(t, "slack", s.sl, "note config-good []")
	})
}

// TestNoPathShowsAShadowIncidentToOthers does at random everything that can be done to
// incidents, chats and plans, and lets the chats check what they are sent.
func TestNoPathShowsAShadowIncidentToOthers(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.withAdmins()
		rng := rand.New(rand.NewPCG(7, 42))
		barred := func() Dest {
			return map[bool]Dest{true: tgDest, false: slDest}[s.outbox.Plan.Load().Admins[0] == "admin"]
		}
		chats := map[Dest]*chat{tgDest: s.tg, slDest: s.sl}
		shown := 0
		look := func() {
			wait(time.Minute)
			for d, c := range chats {
				for _, line := range c.lines() {
					shadow := strings.HasSuffix(line, "shadow")
					if shadow && d == barred() {
						t.Fatalf("%s was sent %q", d, line)
					}
					if shadow {
						shown++
					}
				}
				c.clear()
			}
		}
		s.tg.marks, s.sl.marks = true, true
		steps := []func() error{
			func() error { s.tries(fmt.Sprint("Baru", rng.IntN(3)), rules.Severity(1+rng.IntN(3))); return nil },
			func() error {
				s.fire([]rules.Phase{rules.Began, rules.Grew, rules.Ceased}[rng.IntN(3)], 1+rng.IntN(9))
				return nil
			},
			func() error { return s.outbox.CatchUp(t.Context(), time.Now()) },
			func() error { return s.outbox.ShowAgain(t.Context(), tgDest, time.Now()) },
			func() error { return s.outbox.ShowAgain(t.Context(), slDest, time.Now()) },
			func() error { return s.outbox.Repost(t.Context(), tgDest, 1, time.Now()) },
			func() error { return s.outbox.Repost(t.Context(), slDest, 2, time.Now()) },
			func() error {
				return s.outbox.DB.Update(t.Context(), func(tx store.Tx) error { return s.outbox.Refresh(tx, time.Now()) })
			},
			func() error { // anybody does anything to any incident
				verb := []incident.Verb{incident.Ack, incident.Resolve, incident.Reopen, incident.Note, incident.Grieve}[rng.IntN(5)]
				cmd := incident.Command{
					ID: incident.ID(1 + rng.IntN(4)), Verb: verb, At: time.Now(), Reason: incident.DiedDown, Text: "x",
					Actor: incident.Actor{Name: "Rina", Via: "x", Chat: "x", Lead: true},
				}
				_, _ = s.desk.Do(t.Context(), cmd, nil) // refusals are fine
				return nil
			},
			func() error {
				return s.desk.DB.Update(t.Context(), func(tx store.Tx) error {
					return s.desk.EndShadows(tx, func(rule string) bool { return rule != "Baru1" }, time.Now())
				})
			},
			func() error { // the admins move, with everything under way
				plan := *s.outbox.Plan.Load()
				plan.Admins = []string{[]string{"humas", "admin"}[rng.IntN(2)]}
				look()
				s.stop()
				s.tries("Baru0", rules.Critical)
				s.outbox.Plan.Store(&plan)
				s.start()
				return nil
			},
		}
		for range 400 {
			if err := steps[rng.IntN(len(steps))](); err != nil && !errors.Is(err, incident.ErrNotFound) {
				t.Fatal(err)
			}
			look()
		}
		if shown < 20 {
			t.Errorf("the admins saw %d shadow incidents: this test cannot fail", shown)
		}
	})
}
