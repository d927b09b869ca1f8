package notifier

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
)

// breaks lets the next calls of a kind fail.
func (c *chat) breaks(kind string, n int, class Class) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range n {
		c.answers[fmt.Sprintf("%s %d", kind, c.calls[kind]+i+1)] = &SendError{Class: class, Err: errors.New("no route")}
	}
}

// way is what the first note here was about.
func (c *chat) way() Way {
	c.mu.Lock()
	defer c.mu.Unlock()
	return *c.notes[0].Way
}

// heals lets all calls succeed again.
func (c *chat) heals() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.answers)
}

func TestTheOtherMessengerHearsOfAnOutageOnceAndOfItsEnd(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.breaks("post", 1000, NotSent)
		s.opens("debu", rules.Warning)
		s.opens("air", rules.Warning)
		s.opens("bau", rules.Warning)
		began := time.Now()
		wait(lateAfter - time.Second)
		expect(t, "slack", s.sl, "post ISU-1 open", "post ISU-2 open", "post ISU-3 open")
		wait(2 * look)
		expect(t, "slack", s.sl, "note unreachable []")
		way := s.sl.way()
		if way.Transport != "telegram" || way.Cards != 3 || way.Chats != 1 || way.Of != 1 || way.Since.Sub(began).Abs() > time.Second {
			t.Errorf("said %+v", way)
		}
		s.stop() // a restart tells nothing anew
		s.start()
		wait(time.Hour)
		expect(t, "slack", s.sl)
		s.tg.heals()
		wait(2 * time.Minute)
		expect(t, "slack", s.sl, "note reached-again []")
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-2 open", "post ISU-3 open")
		wait(time.Hour)
		expect(t, "slack", s.sl)
	})
}

func TestAClosedChatIsToldAtOnceAndHoldsUpNobody(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.breaks("post", 2, Dead)
		s.opens("debu", rules.Warning)
		wait(2 * look)
		expect(t, "slack", s.sl, "post ISU-1 open", "note chat-closed []")
		if way := s.sl.way(); way.Dest != tgDest || way.Err != "no route" || way.Cards != 1 || way.Receivers[0] != "humas" {
			t.Errorf("said %+v", way)
		}
		wait(3 * deadPause)
		expect(t, "slack", s.sl, "note chat-opened []")
		expect(t, "telegram", s.tg, "post ISU-1 open")
	})
}

func TestABriefFailureIsToldToNobody(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.breaks("post", 5, NotSent) // half a minute
		s.opens("debu", rules.Warning)
		wait(time.Hour)
		expect(t, "slack", s.sl, "post ISU-1 open")
		expect(t, "telegram", s.tg, "post ISU-1 open")
	})
}

func TestWhoWasDownTooHearsNothingStale(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.administer()
		s.tg.breaks("post", 1000, NotSent)
		s.sl.breaks("post", 1000, NotSent)
		s.opens("debu", rules.Warning)
		wait(10 * time.Minute)
		s.sl.heals()
		wait(2 * time.Minute)
		expect(t, "slack", s.sl, "post ISU-1 open", "note unreachable []")
		s.tg.heals()
		wait(2 * time.Minute)
		expect(t, "slack", s.sl, "note reached-again []")
		expect(t, "telegram", s.tg, "post ISU-1 open")
	})
}

func TestANoteOfAnOutageThatIsOverIsTakenBack(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.breaks("post", 1000, NotSent)
		s.sl.answers["note 1"] = &SendError{Class: Flood, After: 10 * time.Minute, Err: errors.New("429")}
		s.opens("debu", rules.Warning)
		wait(lateAfter + 2*look)
		if n := s.sl.count("note"); n != 1 {
			t.Fatalf("%d notes were tried", n)
		}
		s.tg.heals()
		wait(time.Hour)
		expect(t, "slack", s.sl, "post ISU-1 open")
		expect(t, "telegram", s.tg, "post ISU-1 open")
	})
}

func TestATokenInTwoProcessesIsToldThroughTheOtherMessenger(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		shared := func(yes bool) {
			if err := s.outbox.Shared(t.Context(), "telegram", yes, time.Now()); err != nil {
				t.Fatal(err)
			}
			wait(2 * look)
		}
		shared(false)
		expect(t, "slack", s.sl)
		shared(true)
		shared(true)
		expect(t, "slack", s.sl, "note token-shared []")
		shared(false)
		expect(t, "slack", s.sl, "note token-alone []")
	})
}

func TestOfAChatThatIsNoLongerConfiguredNothingIsSaid(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.tg.breaks("post", 1000, Dead)
		s.opens("debu", rules.Warning)
		wait(2 * look)
		expect(t, "slack", s.sl, "post ISU-1 open", "note chat-closed []")
		s.stop()
		plan := *s.outbox.Plan.Load()
		plan.Receivers = map[string]Receiver{"humas": {Name: "humas", Dests: []Dest{slDest}}}
		s.outbox.Plan.Store(&plan)
		if err := s.outbox.CatchUp(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		s.start()
		wait(time.Hour)
		expect(t, "slack", s.sl)
	})
}
