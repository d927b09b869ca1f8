package notifier

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

const newDest Dest = "telegram:-1001:0"

// administer makes the Slack channel the admins' chat.
func (s *stage) administer() {
	plan := *s.outbox.Plan.Load()
	plan.Receivers = map[string]Receiver{
		"humas": {Name: "humas", Dests: []Dest{tgDest, slDest}}, "admin": {Name: "admin", Dests: []Dest{slDest}},
	}
	plan.Admins = []string{"admin"}
	s.outbox.Plan.Store(&plan)
}

func (s *stage) move(from, to Dest) {
	s.t.Helper()
	err := s.outbox.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.outbox.Move(tx, from, to, time.Now()) })
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestAGroupThatMovesGetsItsCardsAtOnceAndTheAdminsHearOfItOnce(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.administer()
		s.opens("debu", rules.Warning)
		s.opens("air", rules.Warning)
		wait(time.Second)
		s.asks(2, incident.Resolve)
		wait(time.Minute)
		s.tg.clear()
		s.sl.clear()
		s.tg.answers["edit 2"] = &SendError{Class: Migrated, To: newDest, Err: errors.New("upgraded")}
		s.asks(1, incident.Ack)
		wait(time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 acknowledged", "ping taken under m3")
		expect(t, "slack", s.sl, "edit m1 ISU-1 acknowledged 0 posts", "note chat-moved []")
		s.move(tgDest, newDest) // the poller hears of it too
		wait(time.Minute)
		expect(t, "telegram", s.tg)
		expect(t, "slack", s.sl)
		if to := s.tg.last(); to != newDest {
			t.Errorf("telegram was called at %s", to)
		}
		if id, err := s.outbox.CardOf(t.Context(), newDest, "m1"); id != 0 || err != nil {
			t.Errorf("m1 of the old group is %v, %v", id, err)
		}
		if id, err := s.outbox.CardOf(t.Context(), newDest, "m3"); id != 1 || err != nil {
			t.Errorf("m3 is %v, %v", id, err)
		}
	})
}

func TestAMoveSurvivesARestartAndTheChangeOfTheConfiguration(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.opens("debu", rules.Warning)
		wait(time.Second)
		s.move(tgDest, newDest)
		wait(time.Second)
		restart := func() {
			s.outbox.moves.Store(&moves{})
			if err := s.outbox.Recall(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
			if err := s.outbox.CatchUp(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
			s.start()
		}
		s.stop()
		restart()
		s.asks(1, incident.Ack)
		wait(time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 open", "edit m2 ISU-1 acknowledged 0 posts", "ping taken under m2")
		if got := s.outbox.Now("telegram:-1:0"); got != newDest {
			t.Errorf("the old address leads to %s", got)
		}
		s.stop()
		plan := *s.outbox.Plan.Load()
		plan.Receivers = map[string]Receiver{"humas": {Name: "humas", Dests: []Dest{newDest, slDest}}}
		s.outbox.Plan.Store(&plan)
		restart()
		s.asks(1, incident.Release)
		wait(time.Second)
		expect(t, "telegram", s.tg, "edit m2 ISU-1 open 0 posts", "ping released under m2")
	})
}

func TestAMoveTakesEverythingAlong(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.opensMany(1, 8)
		wait(time.Minute)
		s.stop()
		s.asks(1, incident.Ack) // an edit and a ping that wait
		s.move(tgDest, newDest)
		left := 0
		err := s.outbox.DB.View(t.Context(), func(tx store.Tx) error {
			shelves, err := tx.Shelves("")
			for _, shelf := range shelves {
				if shelf == string(moved) {
					continue
				}
				err = errors.Join(err, tx.Scan(shelf, store.Key(tgDest), store.Key(tgDest)+"~", func(k store.Key, _ []byte) error {
					left++
					t.Errorf("%s/%s stayed behind", shelf, k)
					return nil
				}))
			}
			return err
		})
		if err != nil || left > 0 {
			t.Fatal(left, err)
		}
		s.tg.clear()
		s.start()
		wait(time.Minute)
		got := s.tg.lines()
		slices.Sort(got)
		want := "ping taken under m12;post ISU-1 acknowledged;post ISU-2 open;post ISU-3 open;post ISU-4 open;post ISU-5 open;post ISU-6 open;storm 1 of 2: 8 7"
		for i := range got {
			if strings.HasPrefix(got[i], "ping taken under m") {
				got[i] = "ping taken under m12"
			}
		}
		if strings.Join(got, ";") != want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, ";"), want)
		}
	})
}

func TestAClosedTopicIsToldOnceUntilItIsOpenAgain(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.administer()
		s.tg.loses(true)
		s.opens("debu", rules.Warning)
		s.opens("air", rules.Warning)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-2 open")
		expect(t, "slack", s.sl, "post ISU-1 open", "post ISU-2 open", "note topic-gone []")
		s.tg.loses(false)
		s.opens("bau", rules.Warning)
		wait(time.Minute)
		s.tg.loses(true)
		s.opens("bising", rules.Warning)
		wait(time.Minute)
		expect(t, "slack", s.sl, "post ISU-3 open", "post ISU-4 open", "note topic-gone []")
	})
}

// loses lets the topic of a chat be gone, or there.
func (c *chat) loses(topic bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.astray = topic
}
