package notifier

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

const (
	sariTG Dest = "telegram:111:0"
	budiSL Dest = "slack:U02"
	crisis Dest = "slack:C9"
)

// staffed is a plan with people on duty, and a crisis room.
func staffed() *Plan {
	policy := escalation.Default()
	library, _ := facts.NewLibrary(nil)
	policy.Ladder[rules.Warning][1].Receivers = []string{"krisis"}
	return &Plan{
		Topics: map[string]string{"debu": "Debu"},
		Sites: map[string]Place{
			"rembang": {Name: "Rembang", Zone: time.UTC, Receivers: []string{"humas"}},
			"kupang":  {Name: "Kupang", Zone: time.UTC, Receivers: []string{"humas"}},
		},
		Receivers: map[string]Receiver{
			"humas":  {Name: "humas", Dests: []Dest{tgDest}},
			"krisis": {Name: "krisis", Dests: []Dest{crisis}},
		},
		Facts: library, Zone: time.UTC, Escalation: policy,
		Duty:   map[string]Roster{"": {escalation.Duty: {"Sari"}, escalation.Lead: {"Budi"}, escalation.Head: {"Dewi"}}},
		People: map[string]Contact{"Sari": {Name: "Sari", Telegram: 111}, "Budi": {Name: "Budi", Slack: "U02"}},
	}
}

// watch plays on a stage where time calls people. What each chat shows is
// written down with its name, and when it did.
func watch(t *testing.T, plan *Plan, story func(*testing.T, *stage)) {
	play(t, func(t *testing.T, s *stage) {
		s.outbox.Plan.Store(plan)
		began := time.Now()
		s.tg.since, s.sl.since = began, began
		s.tick()
		story(t, s)
	})
}

// tick runs the clock beside the outbox.
func (s *stage) tick() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		s.outbox.Clock(ctx, map[string]Chore{"ladder": s.outbox.Ladder, "mutes": s.outbox.Mutes})
		close(done)
	}()
	stop := s.stop
	s.stop = func() { cancel(); <-done; stop() }
}

// reopen ends the process, and starts another one on the same file later.
func (s *stage) reopen(later time.Duration) {
	s.t.Helper()
	s.stop()
	if err := s.desk.DB.(*store.Bolt).Close(); err != nil {
		s.t.Fatal(err)
	}
	time.Sleep(later)
	db, err := store.Open(s.path)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.stop(); db.Close() })
	old := s.outbox
	s.outbox = NewOutbox(Outbox{DB: db, Plan: old.Plan, Senders: old.Senders, Blind: old.Blind, Log: old.Log})
	s.desk = &incident.Desk{DB: db, Notify: s.outbox.Tell}
	s.outbox.Act = s.desk.Act
	s.start()
	s.tick()
}

func (s *stage) alarm(level rules.Severity) {
	s.t.Helper()
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: level, At: time.Now()}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) command(cmd incident.Command) {
	s.t.Helper()
	cmd.ID, cmd.At = max(cmd.ID, 1), time.Now()
	if cmd.Actor.Name == "" {
		cmd.Actor = incident.Actor{Name: "Sari", Lead: true}
	}
	if _, err := s.desk.Do(s.t.Context(), cmd, nil); err != nil {
		s.t.Fatalf("%s: %v", cmd.Verb, err)
	}
}

// heard compares the messages of all chats of a transport, in any order: each
// says when it came. Edits are none.
func heard(t *testing.T, c *chat, want ...string) {
	t.Helper()
	got := slices.DeleteFunc(c.lines(), func(line string) bool { return strings.Contains(line, " edit ") })
	c.clear()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("heard\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// trail is the timeline without what firings did.
func (s *stage) trail() string {
	s.t.Helper()
	entries, err := s.desk.Timeline(s.t.Context(), 1)
	if err != nil {
		s.t.Fatal(err)
	}
	var said []string
	for _, e := range entries {
		if e.Verb != incident.Fire {
			said = append(said, strings.Join(strings.Fields(fmt.Sprint(e.Verb, " ", e.Text, " ", e.Call)), " "))
		}
	}
	return strings.Join(said, ", ")
}

func TestALadderIsClimbedUntilSomebodyTakesIt(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(95 * time.Minute)
		heard(t, s.tg,
			"0s telegram:-1:0 post ISU-1 open",
			"10m0s telegram:-1:0 ping escalated under m1 calls Sari",
			"10m0s telegram:111:0 ping escalated alone calls Sari",
			"1h30m0s telegram:-1:0 ping escalated under m1 calls Budi",
		)
		heard(t, s.sl, "1h30m0s slack:C9 post ISU-1 open calls Budi", "1h30m0s slack:U02 ping escalated alone calls Budi")
		s.told(tgDest, "first-card escalated escalated")
		said, err := s.outbox.Spoken(t.Context(), tgDest, 1)
		if err != nil || said.Next == nil || said.Next.Verb != incident.Remind {
			t.Errorf("next is %+v, %v", said.Next, err)
		}
		s.command(incident.Command{Verb: incident.Ack})
		wait(110 * time.Minute)
		heard(t, s.tg, "1h35m0s telegram:-1:0 ping taken under m1")
		heard(t, s.sl, "1h35m0s slack:C9 ping taken under m1")
	})
}

func TestRemindersDoubleWhileNothingNewHappens(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(91 * time.Minute)
		s.tg.clear()
		wait(60 * time.Hour)
		heard(t, s.tg,
			"5h30m0s telegram:-1:0 ping reminded under m1 calls Budi",
			"13h30m0s telegram:-1:0 ping reminded under m1 calls Budi",
			"29h30m0s telegram:-1:0 ping reminded under m1 calls Budi",
			"53h30m0s telegram:-1:0 ping reminded under m1 calls Budi",
		)
	})
}

func TestASilentOwnerIsAskedAndThenLosesIt(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Critical)
		s.command(incident.Command{Verb: incident.Ack})
		wait(44 * time.Minute)
		s.command(incident.Command{Verb: incident.Note, Text: "di lokasi"})
		wait(2 * time.Minute)
		s.tg.clear()
		wait(80 * time.Minute)
		heard(t, s.tg,
			"1h29m0s telegram:-1:0 ping asked-owner under m1 calls Sari",
			"1h49m0s telegram:-1:0 ping lapsed-owner under m1 calls Sari",
			"1h54m0s telegram:-1:0 ping escalated under m1 calls Sari",
			"1h54m0s telegram:111:0 ping escalated alone calls Sari",
		)
		if got, want := s.trail(), "ack, note di lokasi, ask, release Sari, escalate"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}

func TestASnoozeEndsByItself(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(0) // for the card
		s.command(incident.Command{Verb: incident.Snooze, Until: time.Now().Add(3 * time.Hour)})
		wait(3*time.Hour + 11*time.Minute)
		heard(t, s.tg,
			"0s telegram:-1:0 post ISU-1 open",
			"0s telegram:-1:0 ping snoozed under m1",
			"3h0m0s telegram:-1:0 ping snooze-over under m1",
			"3h10m0s telegram:-1:0 ping escalated under m1 calls Sari",
			"3h10m0s telegram:111:0 ping escalated alone calls Sari",
		)
	})
}

func TestACallThatIsOvertakenIsNotMade(t *testing.T) {
	for verb, why := range map[incident.Verb]string{
		incident.Ack: SkippedTaken, incident.Resolve: SkippedResolved, incident.Snooze: SkippedSnoozed,
	} {
		watch(t, staffed(), func(t *testing.T, s *stage) {
			s.tg.mu.Lock()
			for n := range 9 { // the chats are away as the people are called
				s.tg.answers[fmt.Sprint("ping ", n+1)] = &SendError{Class: NotSent, Err: errors.New("no route")}
			}
			s.tg.mu.Unlock()
			s.alarm(rules.Warning)
			wait(11 * time.Minute)
			s.command(incident.Command{Verb: verb, Until: time.Now().Add(time.Hour), Reason: incident.DiedDown})
			wait(5 * time.Minute)
			for _, line := range s.tg.lines() {
				if strings.Contains(line, "escalated") {
					t.Errorf("%s: %s", verb, line)
				}
			}
			if got, want := s.trail(), "skip "+why+" Sari"; !strings.Contains(got, want) || strings.Count(got, "skip") != 1 {
				t.Errorf("%s: the timeline is %s, want one %s", verb, got, want)
			}
		})
	}
}

func TestAPersonWhoNeverWroteToTheBotCostsNothingElse(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.tg.mu.Lock()
		s.tg.dead = sariTG
		s.tg.mu.Unlock()
		s.alarm(rules.Warning)
		wait(40 * time.Minute)
		heard(t, s.tg, "0s telegram:-1:0 post ISU-1 open", "10m0s telegram:-1:0 ping escalated under m1 calls Sari")
		if got, want := s.trail(), "escalate, skip unreachable Sari"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}

func TestARestartChangesNoStep(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(5 * time.Minute)
		s.reopen(3 * time.Minute)
		wait(3 * time.Minute)
		heard(t, s.tg, "0s telegram:-1:0 post ISU-1 open",
			"10m0s telegram:-1:0 ping escalated under m1 calls Sari", "10m0s telegram:111:0 ping escalated alone calls Sari")
		s.reopen(5 * time.Hour)
		wait(time.Minute)
		heard(t, s.tg, "5h11m0s telegram:-1:0 ping escalated under m1 calls Budi")
	})
}

func TestAReloadChangesWhatIsDue(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(time.Minute)
		s.tg.clear()
		later := *s.outbox.Plan.Load()
		later.Escalation = escalation.Default()
		later.Escalation.Ladder[rules.Warning] = []escalation.Step{{After: 30 * time.Minute, Call: []escalation.Role{escalation.Head}}}
		s.outbox.Plan.Store(&later)
		wait(32 * time.Minute)
		heard(t, s.tg, "30m0s telegram:-1:0 ping escalated under m1 calls Dewi")
	})
}

func TestAPersonCanCallFurtherAndOneByName(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(time.Minute)
		s.command(incident.Command{Verb: incident.Escalate, Actor: incident.Actor{Name: "Rina", Chat: string(tgDest)}})
		wait(time.Minute)
		s.command(incident.Command{Verb: incident.Escalate, Call: "Budi"})
		wait(time.Minute)
		heard(t, s.tg, "0s telegram:-1:0 post ISU-1 open", "1m0s telegram:-1:0 ping escalated under m1 calls Sari",
			"1m0s telegram:111:0 ping escalated alone calls Sari", "2m0s telegram:-1:0 ping escalated under m1 calls Budi")
	})
}

func TestACriticalCardMentionsWhoeverIsOnDuty(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Critical)
		wait(time.Minute)
		heard(t, s.tg, "0s telegram:-1:0 post ISU-1 open calls Sari")
	})
}

func TestTheNextStepIsOnTheCardAndCostsOneEditAStep(t *testing.T) {
	p := staffed()
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	in := incident.Incident{ID: 1, State: incident.Open, Severity: rules.Warning, Site: "rembang", Calling: incident.Calling{Since: now}}
	first := p.Card(in, nil, now.Add(time.Minute))
	if n := first.Next; n == nil || n.Verb != incident.Escalate || !n.At.Equal(now.Add(10*time.Minute)) || n.Call[0] != escalation.Duty {
		t.Fatalf("next is %+v", n)
	}
	if hash(first) != hash(p.Card(in, nil, now.Add(9*time.Minute))) {
		t.Error("the card changes while nothing happens")
	}
	in.Calling = incident.Calling{Since: now, Rung: 1, At: now.Add(10 * time.Minute)}
	if hash(first) == hash(p.Card(in, nil, now.Add(11*time.Minute))) {
		t.Error("a step does not show on the card")
	}
}
