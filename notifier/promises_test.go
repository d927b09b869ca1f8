package notifier

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// ledger is the book of promises of a stage, whose clock is asked for it.
func (s *stage) ledger() *promise.Ledger {
	l := &promise.Ledger{
		DB: s.desk.DB, Act: s.desk.Act, Refresh: s.outbox.Refresh, Zone: func(string) *time.Location { return time.UTC },
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.outbox.Clock(ctx, map[string]Chore{"promises": l.Remind}); close(done) }()
	stop := s.stop
	s.stop = func() { cancel(); <-done; stop() }
	return l
}

func by(name string, chat Dest) promise.By {
	return promise.By{Actor: incident.Actor{Name: name, Via: chat.Transport(), Chat: string(chat)}, At: time.Now()}
}

// promised begins at midnight with an incident that nobody minds any more, and
// a promise of Budi that is due at the end of the ninth day.
func promised(t *testing.T, plan *Plan, story func(*testing.T, *stage, *promise.Ledger)) {
	play(t, func(t *testing.T, s *stage) {
		s.outbox.Plan.Store(plan)
		s.tg.since = time.Now()
		l := s.ledger()
		s.alarm(rules.Warning)
		wait(time.Second)
		if _, err := l.Make(t.Context(), 1, "tirai debu", "Budi", time.Now().AddDate(0, 0, 9).Add(-time.Minute), by("Sari", tgDest)); err != nil {
			t.Fatal(err)
		}
		s.command(incident.Command{Verb: incident.Resolve, Reason: incident.ComplaintHandled})
		wait(time.Minute)
		s.tg.clear()
		story(t, s, l)
	})
}

// calmly is a plan in which time calls nobody but for promises.
func calmly() *Plan {
	p := staffed()
	p.Escalation = nil
	return p
}

func TestAPromiseIsRemindedOfInItsChatsLongAfterItsIncident(t *testing.T) {
	promised(t, calmly(), func(t *testing.T, s *stage, _ *promise.Ledger) {
		wait(12 * 24 * time.Hour)
		heard(t, s.tg,
			"32h0m0s telegram:-1:0 ping promise-due under m1 calls Budi",
			"176h0m0s telegram:-1:0 ping promise-due under m1 calls Budi",
			"200h0m0s telegram:-1:0 ping promise-due under m1 calls Budi",
			"224h0m0s telegram:-1:0 ping promise-due under m1 calls Budi",
		)
	})
}

func TestARestartRemindsOfNothingTwiceAndOfWhatWasMissedOnce(t *testing.T) {
	promised(t, calmly(), func(t *testing.T, s *stage, _ *promise.Ledger) {
		wait(33 * time.Hour)
		heard(t, s.tg, "32h0m0s telegram:-1:0 ping promise-due under m1 calls Budi")
		s.reopen(time.Minute)
		s.ledger()
		wait(24 * time.Hour)
		heard(t, s.tg)
		s.reopen(6 * 24 * time.Hour) // both last mornings went by
		s.ledger()
		wait(time.Minute)
		heard(t, s.tg, "201h2m1s telegram:-1:0 ping promise-due under m1 calls Budi")
		wait(48 * time.Hour)
		heard(t, s.tg, "224h0m0s telegram:-1:0 ping promise-due under m1 calls Budi")
	})
}

func TestAChatThatCameLaterIsRemindedToo(t *testing.T) {
	promised(t, calmly(), func(t *testing.T, s *stage, _ *promise.Ledger) {
		moved := calmly()
		moved.Receivers["humas"] = Receiver{Name: "humas", Dests: []Dest{slDest}}
		s.outbox.Plan.Store(moved)
		wait(33 * time.Hour)
		expect(t, "slack", s.sl, "post ISU-1 resolved", "ping promise-due under m1")
	})
}

func TestAReminderThatCannotBeGivenYetIsDroppedWhenThePromiseIsKept(t *testing.T) {
	promised(t, calmly(), func(t *testing.T, s *stage, l *promise.Ledger) {
		s.tg.mu.Lock()
		for _, n := range []string{"ping 2", "ping 3", "ping 4", "ping 5"} {
			s.tg.answers[n] = &SendError{Class: NotSent, Err: errors.New("no route")}
		}
		s.tg.mu.Unlock()
		wait(32*time.Hour + time.Minute)
		if _, err := l.Keep(t.Context(), 1, 1, "foto", by("Sari", tgDest)); err != nil {
			t.Fatal(err)
		}
		wait(time.Hour)
		heard(t, s.tg)
		if got, want := s.trail(), "promised tirai debu Budi, resolve keluhan-ditindaklanjuti, nudge tirai debu Budi, kept foto Budi, skip kept Budi"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}

func TestQuietHoursDelayAReminderAndKeepItsWords(t *testing.T) {
	plan := calmly()
	site := plan.Sites["rembang"]
	site.Quiet = []escalation.Quiet{{From: 6 * time.Hour, To: 10 * time.Hour}}
	plan.Sites["rembang"] = site
	promised(t, plan, func(t *testing.T, s *stage, _ *promise.Ledger) {
		wait(35 * time.Hour)
		heard(t, s.tg, "34h0m0s telegram:-1:0 ping promise-due under m1 calls Budi")
	})
}

func TestACardShowsWhatIsOwedInItsCellFromWhicheverIncident(t *testing.T) {
	promised(t, calmly(), func(t *testing.T, s *stage, l *promise.Ledger) {
		wait(48 * time.Hour)
		s.alarm(rules.Warning) // the next of the cell
		wait(time.Second)
		shows := func(id incident.ID) (out []string) {
			err := s.desk.DB.View(t.Context(), func(tx store.Tx) error {
				draw, err := s.outbox.drawer(tx, time.Now())
				if err != nil {
					return err
				}
				card, err := draw(id)
				for _, p := range card.Promises {
					out = append(out, p.Text)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := shows(2); len(got) != 1 || got[0] != "tirai debu" {
			t.Errorf("the next card shows %q", got)
		}
		wait(time.Minute)
		edits := s.tg.count("edit")
		if _, err := l.Keep(t.Context(), 1, 1, "foto", by("Sari", tgDest)); err != nil {
			t.Fatal(err)
		}
		wait(time.Minute)
		if got := shows(2); got != nil || s.tg.count("edit") != edits+1 {
			t.Errorf("when it is kept the card shows %q after %d edits", got, s.tg.count("edit")-edits)
		}
	})
}

func TestADigestCountsWhatIsOwedToItsOwnChatsOnly(t *testing.T) {
	promised(t, calmly(), func(t *testing.T, s *stage, l *promise.Ledger) {
		if _, err := l.Make(t.Context(), 1, "cek", "Sari", time.Now().Add(time.Hour), by("Sari", tgDest)); err != nil {
			t.Fatal(err)
		}
		wait(3 * 24 * time.Hour)
		for d, want := range map[Dest]Owed{tgDest: {Late: 1, Soon: 1}, crisis: {}} {
			digest, err := s.outbox.DigestOf(t.Context(), d, time.Now())
			if err != nil || digest.Owed != want {
				t.Errorf("%s is told of %+v, %v; want %+v", d, digest.Owed, err, want)
			}
		}
	})
}
