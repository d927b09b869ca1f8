package notifier

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// mutes puts a silence in force for a while and has the chats told.
func (s *stage) mutes(m Matcher, length time.Duration) Silence {
	s.t.Helper()
	now := time.Now()
	var kept Silence
	err := s.outbox.DB.Update(s.t.Context(), func(tx store.Tx) (err error) {
		kept, err = s.outbox.Mute(tx, Silence{Match: m, By: "Budi", Reason: "simulasi", Start: now, End: now.Add(length)}, "")
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	wait(time.Second)
	return kept
}

func (s *stage) unmutes(id uint64) error {
	err := s.outbox.DB.Update(s.t.Context(), func(tx store.Tx) error {
		_, err := s.outbox.Unmute(tx, id, "Rina", time.Now(), "")
		return err
	})
	wait(time.Second)
	return err
}

// winds runs the clock with the chore of mutes, until the stop that it returns.
func (s *stage) winds() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.outbox.Clock(ctx, map[string]Chore{"mutes": s.outbox.Mutes}); close(done) }()
	return func() { cancel(); <-done }
}

// rises has the rule of the cell speak at a level.
func (s *stage) rises(level rules.Severity) {
	s.t.Helper()
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: "debu", Site: "rembang", Severity: level, At: time.Now()}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
	wait(time.Second)
}

var dust = Matcher{Topics: []string{"debu"}}

func TestAMutedIncidentIsShownAndNotHeard(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		defer s.winds()()
		s.mutes(dust, 4*time.Hour)
		expect(t, "slack", s.sl, "note mute-began []")
		s.fire(rules.Began, 5)
		wait(time.Minute)
		expect(t, "slack", s.sl, "post ISU-1 open muted")
		s.grows("Debu", rules.Grew, 30, true, rules.Warning)
		wait(time.Minute)
		expect(t, "slack", s.sl, "edit m1 ISU-1 open 30 posts muted")
		s.do(incident.Ack, tgDest)
		wait(time.Minute)
		expect(t, "slack", s.sl, "edit m1 ISU-1 acknowledged 30 posts muted")
		s.do(incident.Note, tgDest) // people hear each other
		wait(time.Minute)
		expect(t, "slack", s.sl, "ping noted under m1 muted")
		s.do(incident.Resolve, tgDest)
		wait(time.Minute)
		expect(t, "slack", s.sl, "edit m1 ISU-1 resolved 30 posts", "ping resolved under m1")
	})
}

func TestWhatStillGoesOnIsToldOnceWhenItsMuteEnds(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		defer s.winds()()
		s.fire(rules.Began, 5)
		wait(time.Minute)
		expect(t, "slack", s.sl, "post ISU-1 open")
		s.mutes(dust, time.Hour)
		expect(t, "slack", s.sl, "edit m1 ISU-1 open 5 posts muted", "note mute-began []")
		wait(45 * time.Minute)
		expect(t, "slack", s.sl, "note mute-ending []")
		wait(time.Hour)
		expect(t, "slack", s.sl, "edit m1 ISU-1 open 5 posts", "ping mute-ended under m1")
	})
}

func TestWhatIsOverByTheEndOfItsMuteStaysQuiet(t *testing.T) {
	for name, over := range map[string]func(s *stage){
		"resolved": func(s *stage) { s.do(incident.Resolve, tgDest) },
		"calm":     func(s *stage) { s.fire(rules.Ceased, 0) },
		"snoozed":  func(s *stage) { s.snoozes(2 * time.Hour) },
		"muted":    func(s *stage) { s.mutes(Matcher{Sites: []string{"rembang"}}, 2*time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(t *testing.T, s *stage) {
				defer s.winds()()
				s.fire(rules.Began, 5)
				wait(time.Minute)
				s.do(incident.Ack, tgDest)
				s.mutes(dust, time.Hour)
				over(s)
				wait(time.Hour + time.Minute)
				for _, line := range s.sl.lines() {
					if line == "ping mute-ended under m1" {
						t.Errorf("was told of")
					}
				}
			})
		})
	}
}

func (s *stage) snoozes(length time.Duration) {
	s.t.Helper()
	now := time.Now()
	cmd := incident.Command{ID: 1, Verb: incident.Snooze, At: now, Until: now.Add(length), Actor: incident.Actor{Name: "Sari"}}
	if _, err := s.desk.Do(s.t.Context(), cmd, nil); err != nil {
		s.t.Fatal(err)
	}
}

func TestNothingCriticalIsMutedUnlessItsLevelIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		match Matcher
		want  []string
	}{
		"not named": {dust, []string{"ping level-rose under m1", "edit m1 ISU-1 open 0 posts"}},
		"another":   {Matcher{Levels: []rules.Severity{rules.Warning}}, []string{"ping level-rose under m1", "edit m1 ISU-1 open 0 posts"}},
		"named":     {Matcher{Levels: []rules.Severity{rules.Warning, rules.Critical}}, []string{"edit m1 ISU-1 open 0 posts muted"}},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(t *testing.T, s *stage) {
				s.mutes(c.match, time.Hour)
				s.rises(rules.Warning)
				wait(time.Minute)
				s.tg.clear()
				s.rises(rules.Critical)
				wait(time.Minute)
				expect(t, "telegram", s.tg, c.want...)
			})
		})
	}
}

func TestAMuteThatIsLiftedSpeaksAtOnceAndOnlyOnce(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		defer s.winds()()
		s.fire(rules.Began, 5)
		wait(time.Minute)
		m := s.mutes(dust, 4*time.Hour)
		wait(time.Minute)
		s.sl.clear()
		if err := s.unmutes(m.ID); err != nil {
			t.Fatal(err)
		}
		wait(5 * time.Hour)
		expect(t, "slack", s.sl, "edit m1 ISU-1 open 5 posts", "ping mute-ended under m1", "note mute-lifted []")
		if err := s.unmutes(m.ID); !errors.Is(err, ErrNoSilence) {
			t.Errorf("lifted twice: %v", err)
		}
	})
}

func TestAMuteOutlivesAStopAndItsEndIsNoticedLate(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Minute)
		s.mutes(dust, time.Hour)
		s.tg.clear()
		s.sl.clear()
		s.stop()
		wait(3 * time.Hour)
		for range 3 { // the clock may be stopped at any time, and nothing is told twice
			stop := s.winds()
			wait(time.Second)
			stop()
		}
		s.start()
		wait(time.Minute)
		expect(t, "slack", s.sl, "edit m1 ISU-1 open 5 posts", "ping mute-ended under m1")
	})
}

func TestACallThatWaitsIsNotMadeOnceItIsMuted(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.fire(rules.Began, 5)
		wait(time.Minute)
		s.stop()
		s.grows("Debu", rules.Grew, 30, true, rules.Warning)
		s.mutes(dust, time.Hour)
		s.sl.clear()
		s.start()
		wait(time.Minute)
		expect(t, "slack", s.sl, "edit m1 ISU-1 open 30 posts muted", "note mute-began []")
	})
}

func TestAMuteNeedsAMatcherAReasonAndAnEnd(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		now := time.Now()
		good := Silence{Match: dust, By: "Budi", Reason: "simulasi", Start: now, End: now.Add(LongestSilence)}
		for name, spoil := range map[string]func(*Silence){
			"no matcher": func(x *Silence) { x.Match = Matcher{} },
			"no reason":  func(x *Silence) { x.Reason = "" },
			"no author":  func(x *Silence) { x.By = "" },
			"no end":     func(x *Silence) { x.End = time.Time{} },
			"no length":  func(x *Silence) { x.End = x.Start },
			"too long":   func(x *Silence) { x.End = x.End.Add(time.Nanosecond) },
			"":           func(*Silence) {},
		} {
			bad := good
			spoil(&bad)
			err := s.outbox.DB.Update(t.Context(), func(tx store.Tx) error {
				_, err := s.outbox.Mute(tx, bad, "")
				return err
			})
			if wanted := name != ""; errors.Is(err, ErrUnbounded) != wanted || !wanted && err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}

func TestAMatcherWantsOneOfEachLabelItNames(t *testing.T) {
	in := incident.Incident{Topic: "debu", Site: "rembang", Severity: rules.Warning, Rules: []string{"Debu", "DebuKata"}}
	for name, c := range map[string]struct {
		match Matcher
		want  bool
	}{
		"topic":                {Matcher{Topics: []string{"air", "debu"}}, true},
		"topic and site":       {Matcher{Topics: []string{"debu"}, Sites: []string{"rembang"}}, true},
		"topic, another site":  {Matcher{Topics: []string{"debu"}, Sites: []string{"kupang"}}, false},
		"no site":              {Matcher{Sites: []string{""}}, false},
		"level":                {Matcher{Levels: []rules.Severity{rules.Warning}}, true},
		"another level":        {Matcher{Levels: []rules.Severity{rules.Info}}, false},
		"one of its two rules": {Matcher{Rules: []string{"Debu"}}, false},
		"both of its rules":    {Matcher{Rules: []string{"Debu", "DebuKata", "Air"}}, true},
	} {
		if got := c.match.Matches(in); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	in.Shadow = true
	if dust.Matches(in) {
		t.Error("a shadow incident, which is silent anyway, is muted")
	}
}

func TestTheMutesOfAnIncidentAreThoseOfItsLife(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		before := s.mutes(dust, time.Hour)
		wait(2 * time.Hour)
		stop := s.winds()
		wait(time.Second)
		stop()
		s.fire(rules.Began, 5)
		wait(time.Second)
		now := s.mutes(dust, time.Hour)
		s.mutes(Matcher{Topics: []string{"air"}}, time.Hour)
		var of []Silence
		err := s.outbox.DB.View(t.Context(), func(tx store.Tx) error {
			in, err := incident.Read(tx, 1)
			if err != nil {
				return err
			}
			of, err = SilencesOf(tx, in)
			return err
		})
		if err != nil || len(of) != 1 || of[0].ID != now.ID || before.ID == now.ID {
			t.Errorf("%+v, %v", of, err)
		}
	})
}
