package notifier

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

func TestNobodyIsCalledForWhatIsMutedAndTheLadderBeginsAnewAtItsEnd(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(11 * time.Minute) // one step was taken
		s.tg.clear()
		s.mutes(dust, 4*time.Hour)
		wait(4*time.Hour + 23*time.Minute)
		heard(t, s.tg,
			"note mute-began []",
			"note mute-ending []",
			"4h11m0s telegram:-1:0 ping mute-ended under m1",
			"4h21m0s telegram:-1:0 ping escalated under m1 calls Sari",
			"4h21m0s telegram:111:0 ping escalated alone calls Sari",
		)
		if got, want := s.trail(), "escalate, unmuted, escalate"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}

func TestAnOwnerIsNotAskedWhileItIsMuted(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		s.command(incident.Command{Verb: incident.Ack})
		s.mutes(dust, 4*time.Hour)
		wait(5 * time.Hour)
		if got, want := s.trail(), "ack, unmuted"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
		wait(65 * time.Minute)
		if got, want := s.trail(), "ack, unmuted, ask"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}

func TestANewCardThatIsMutedMentionsNobody(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.mutes(Matcher{Levels: []rules.Severity{rules.Critical}}, time.Hour)
		s.tg.clear()
		s.alarm(rules.Critical)
		wait(time.Minute)
		heard(t, s.tg, "1s telegram:-1:0 post ISU-1 open muted silent")
	})
}

func TestWhoeverCallsForHelpIsHeardInSpiteOfAMute(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		s.mutes(dust, time.Hour)
		wait(time.Minute)
		s.tg.clear()
		s.command(incident.Command{Verb: incident.Escalate, Actor: incident.Actor{Name: "Rina"}})
		wait(time.Minute)
		heard(t, s.tg, "1m1s telegram:-1:0 ping escalated under m1 muted calls Sari",
			"1m1s telegram:111:0 ping escalated alone muted calls Sari")
	})
}

func TestASnoozeThatEndsInAMuteIsUnheard(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		s.command(incident.Command{Verb: incident.Snooze, Until: time.Now().Add(time.Hour)})
		s.mutes(dust, 2*time.Hour)
		s.tg.clear()
		wait(2*time.Hour + time.Minute)
		heard(t, s.tg, "note mute-ending []", "2h0m0s telegram:-1:0 ping mute-ended under m1")
		if got, want := s.trail(), "snooze, wake, unmuted"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}

func TestACallThatAMuteOvertakesIsOnTheTimeline(t *testing.T) {
	watch(t, staffed(), func(t *testing.T, s *stage) {
		s.tg.mu.Lock()
		for n := range 9 { // the chats are away as the people are called
			s.tg.answers[fmt.Sprint("ping ", n+1)] = &SendError{Class: NotSent, Err: errors.New("no route")}
		}
		s.tg.mu.Unlock()
		s.alarm(rules.Warning)
		wait(11 * time.Minute)
		s.mutes(dust, time.Hour)
		wait(5 * time.Minute)
		for _, line := range s.tg.lines() {
			if strings.Contains(line, "escalated") {
				t.Error(line)
			}
		}
		if got, want := s.trail(), "escalate, skip muted Sari"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}
