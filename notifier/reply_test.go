package notifier

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

func TestAPingThatMayHaveBeenToldIsLookedForBeforeItIsToldAgain(t *testing.T) {
	for name, c := range map[string]struct {
		lost bool
		want string
	}{
		"it arrived":     {true, "edit m1 ISU-1 acknowledged 5 posts;ping taken under m1;find"},
		"it did not":     {false, "edit m1 ISU-1 acknowledged 5 posts;find;ping taken under m1"},
		"look-up failed": {true, "edit m1 ISU-1 acknowledged 5 posts;ping taken under m1;find"},
	} {
		play(t, func(t *testing.T, s *stage) {
			s.fire(rules.Began, 5)
			wait(0)
			s.sl.clear()
			s.sl.answers["ping 1"], s.sl.lost["ping 1"] = &SendError{Class: Ambiguous, Err: errors.New("EOF")}, c.lost
			if name == "look-up failed" {
				s.sl.answers["find 1"] = &SendError{Class: Ambiguous, Err: errors.New("502")}
			}
			s.do(incident.Ack, tgDest)
			wait(10 * time.Minute)
			if got := strings.Join(s.sl.lines(), ";"); got != c.want {
				t.Errorf("%s: slack shows\n%s\nwant\n%s", name, got, c.want)
			}
		})
	}
}

func TestFormattingFallsBackTwiceAndThenKeepsTrying(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		refused := &SendError{Class: BadFormat, Err: errors.New("can't parse entities")}
		s.tg.answers["post 1"], s.tg.answers["post 2"], s.tg.answers["post 3"] = refused, refused, refused
		s.fire(rules.Began, 5)
		wait(10 * time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open bare")
		if n := s.tg.count("post"); n != 4 {
			t.Errorf("%d attempts, want 4", n)
		}
		for _, n := range []string{"ping 1", "ping 2"} {
			s.sl.answers[n] = refused
		}
		s.sl.clear()
		s.do(incident.Ack, tgDest)
		wait(10 * time.Second)
		expect(t, "slack", s.sl, "edit m1 ISU-1 acknowledged 5 posts", "ping taken under m1 bare")
	})
}

func TestAPingWhoseThreadIsGoneStandsAlone(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		s.sl.clear()
		s.sl.answers["ping 1"] = &SendError{Class: ThreadGone, Err: errors.New("thread_not_found")}
		s.do(incident.Ack, tgDest)
		wait(5 * time.Second)
		expect(t, "slack", s.sl, "edit m1 ISU-1 acknowledged 5 posts", "ping taken under ")
	})
}

func TestAnEditInAThreadThatIsGoneIsANewCard(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(0)
		s.tg.answers["edit 1"] = &SendError{Class: ThreadGone, Err: errors.New("TOPIC_CLOSED")}
		s.do(incident.Ack, tgDest)
		wait(5 * time.Second)
		expect(t, "telegram", s.tg, "post ISU-1 open", "post ISU-1 acknowledged")
	})
}

func TestACallThatCameTooLateLeavesALine(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.outbox.Act = s.desk.Act
		s.fire(rules.Began, 5)
		wait(0)
		s.stop()
		s.grows("Korban", rules.Began, 9, true, rules.Critical)
		s.do(incident.Ack, slDest)
		s.tg.clear()
		s.start()
		wait(time.Minute)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 acknowledged 9 posts", "ping taken under m1")
		entries, err := s.desk.Timeline(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		var chats []string
		for _, e := range entries {
			if e.Verb == incident.Unsaid && e.Text == string(LevelRose) && e.Who == incident.Machine.Name {
				chats = append(chats, e.Chat)
			}
		}
		if got := strings.Join(chats, " "); got != string(slDest)+" "+string(tgDest) && got != string(tgDest)+" "+string(slDest) {
			t.Errorf("lines of %q in %+v", got, entries)
		}
	})
}
