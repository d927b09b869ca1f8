package notifier

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

func (s *stage) presses(msgID string, id incident.ID) {
	s.t.Helper()
	if err := s.outbox.Pressed(s.t.Context(), tgDest, Receipt{MsgID: msgID}, id); err != nil {
		s.t.Fatal(err)
	}
}

func TestAPressSettlesACardThatMayHaveArrived(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.answers["post 1"], s.tg.lost["post 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}, true
		s.fire(rules.Began, 5)
		wait(time.Second)
		s.presses("m1", 1)
		wait(time.Second) // or one edit would do for both
		s.do(incident.Ack, tgDest)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open", "edit m1 ISU-1 open 5 posts", "edit m1 ISU-1 acknowledged 5 posts")
	})
}

func TestACopyThatIsPressedLosesItsButtons(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Second)
		if err := s.outbox.Repost(t.Context(), tgDest, 1, time.Now()); err != nil {
			t.Fatal(err)
		}
		wait(time.Second)
		s.tg.clear()
		s.presses("m2", 1) // the card itself
		wait(time.Minute)
		expect(t, "telegram", s.tg)
		s.tg.answers["edit 1"] = &SendError{Class: NotSent, Err: errors.New("no route")}
		s.presses("m1", 1)
		s.do(incident.Ack, tgDest)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "edit m2 ISU-1 acknowledged 5 posts", "m1 is no card of ISU-1")
		s.presses("copy", 1) // one that we never knew of
		wait(time.Minute)
		expect(t, "telegram", s.tg, "copy is no card of ISU-1")
		if id, err := s.outbox.CardOf(t.Context(), tgDest, "copy"); id != 1 || err != nil {
			t.Errorf("a reply to the copy is about %v, %v", id, err)
		}
	})
}

func TestAPressThatIsMadeUpChangesNoMessage(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		s.opens("air", rules.Warning)
		wait(time.Second)
		s.tg.clear()
		s.presses("m2", 1) // the card of ISU-2
		s.presses("m1", 99)
		s.presses("", 1)
		wait(time.Minute)
		expect(t, "telegram", s.tg)
	})
}

func TestAPressOnTheOldCardKeepsTheOneThatWasAskedFor(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Second)
		s.stop()
		if err := s.outbox.Repost(t.Context(), tgDest, 1, time.Now()); err != nil {
			t.Fatal(err)
		}
		s.presses("m1", 1)
		s.start()
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 open")
	})
}

func TestAStrayThatCannotBeEditedIsLetGo(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Second)
		for _, n := range []string{"edit 1", "edit 2", "edit 3"} {
			s.tg.answers[n] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}
		}
		s.presses("copy", 1)
		wait(time.Hour)
		err := s.outbox.DB.View(t.Context(), func(tx store.Tx) error {
			return strays.Scan(tx, "", func(k store.Key, v Stray) error {
				t.Errorf("%s is left: %+v", k, v)
				return nil
			})
		})
		if n := s.tg.count("edit"); err != nil || n != maxStrayTries {
			t.Errorf("%d edits, %v", n, err)
		}
	})
}

func TestAPressUnderAReplyLeavesItAsItIs(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Minute)
		s.command(incident.Command{Verb: incident.Escalate})
		wait(time.Minute)
		if err := s.outbox.Pressed(t.Context(), tgDest, Receipt{MsgID: "p"}, 1); err != nil {
			t.Fatal(err)
		}
		wait(time.Minute)
		for _, line := range s.tg.lines() {
			if strings.Contains(line, "is no card") {
				t.Errorf("told %q", s.tg.lines())
			}
		}
	})
}
