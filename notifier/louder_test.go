package notifier

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// grows lets a rule whose condition lasts speak of so many voices.
func (s *stage) grows(rule string, phase rules.Phase, n int, louder bool, level rules.Severity) {
	s.t.Helper()
	f := rules.Firing{
		Rule: rule, Phase: phase, Topic: "debu", Site: "rembang", Severity: level, At: time.Now(), Louder: louder,
		Counts: rules.Counts{Posts: n, Stories: n, Voices: n}, When: rules.When{Unit: rules.Voices, N: 5, Within: time.Hour},
		Measure: rules.Measure{N: n},
	}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
}

func TestPeopleAreCalledWhileItGrowsAndLeftAloneWhileItDecays(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		grow := func(phase rules.Phase, n int, louder bool) {
			s.grows("Debu", phase, n, louder, rules.Warning)
			wait(time.Minute)
		}
		grow(rules.Began, 5, true)
		expect(t, "telegram", s.tg, "post ISU-1 open")
		grow(rules.Grew, 6, false)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 open 6 posts")
		grow(rules.Grew, 9, true)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 open 9 posts", "ping louder under m1")
		grow(rules.Grew, 7, false)
		grow(rules.Ceased, 2, false)
		grow(rules.Began, 5, false)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 open 7 posts", "edit m1 ISU-1 open 2 posts", "edit m1 ISU-1 open 5 posts")
		grow(rules.Grew, 14, true)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 open 14 posts", "ping louder under m1")
		s.told(tgDest, "first-card louder louder")
	})
}

func TestGrowthRingsUntilSomebodyHasTakenIt(t *testing.T) {
	change := func(state incident.State) incident.Change {
		before := incident.Incident{ID: 1, Severity: rules.Warning, State: state}
		after := before
		after.Louder = 1
		return incident.Change{Before: before, After: after, Entry: incident.Entry{Verb: incident.Fire}}
	}
	for state, quiet := range map[incident.State]bool{incident.Open: false, incident.Acknowledged: true} {
		c := change(state)
		if why := Heard(c, true); why != GotLouder || silent(why, c.After) != quiet {
			t.Errorf("%s: %q, silent %v", state, why, silent(why, c.After))
		}
	}
}

func TestNobodyIsCalledForWhatIsBelowACard(t *testing.T) {
	play(t, func(t *testing.T, s *stage) {
		s.grows("Debu", rules.Began, 5, true, rules.Info)
		wait(time.Minute)
		s.grows("Debu", rules.Grew, 50, true, rules.Info)
		wait(time.Minute)
		expect(t, "telegram", s.tg)
		s.grows("Debu", rules.Grew, 51, false, rules.Warning)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "post ISU-1 open")
		lower := incident.Command{ID: 1, Verb: incident.SetLevel, Severity: rules.Info, At: time.Now(), Actor: incident.Actor{Name: "Rina"}}
		if _, err := s.desk.Do(t.Context(), lower, nil); err != nil {
			t.Fatal(err)
		}
		wait(time.Minute)
		s.grows("Debu", rules.Grew, 90, true, rules.Warning)
		wait(time.Minute)
		expect(t, "telegram", s.tg, "edit m1 ISU-1 open 51 posts", "edit m1 ISU-1 open 90 posts")
	})
}

func TestACallForWhatIsTakenOrOverByNowIsNotMade(t *testing.T) {
	for name, c := range map[string]struct {
		taken bool
		verb  incident.Verb
		want  string
	}{
		"taken since":             {false, incident.Ack, "edit m1 ISU-1 acknowledged 9 posts"},
		"over since":              {false, incident.Resolve, "edit m1 ISU-1 resolved 9 posts"},
		"taken before, and over":  {true, incident.Resolve, "edit m1 ISU-1 resolved 9 posts"},
		"taken before, and noted": {true, incident.Note, "edit m1 ISU-1 acknowledged 9 posts, ping louder under m1"},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, func(t *testing.T, s *stage) {
				s.grows("Debu", rules.Began, 5, true, rules.Warning)
				wait(time.Minute)
				if c.taken {
					s.do(incident.Ack, tgDest)
					wait(time.Minute)
				}
				s.tg.clear()
				s.tg.answers[fmt.Sprint("edit ", s.tg.count("edit")+1)] = &SendError{Class: Flood, After: time.Minute, Err: errors.New("slowly")}
				s.grows("Debu", rules.Grew, 9, true, rules.Warning)
				wait(0)
				s.do(c.verb, tgDest)
				wait(2 * time.Minute)
				expect(t, "telegram", s.tg, strings.Split(c.want, ", ")...)
			})
		})
	}
}

func TestWhatOnlyWhyTellsIsNoReasonToEditACard(t *testing.T) {
	card := func(m rules.Measure) Card {
		return Card{Zone: time.UTC, Incident: incident.Incident{
			ID: 1, Last: time.Unix(3600, 0), CalledAt: time.Unix(60, 0), Louder: m.LastCall,
			When: rules.When{Unit: rules.Voices, N: 5, Within: time.Hour, Spike: "balanced"}, Measure: m,
		}}
	}
	plain := rules.Measure{N: 9, Usual: 2, Of: 8064}
	same, other := plain, plain
	same.Score, same.LastCall, same.End = 1.4, 6, time.Unix(3300, 0)
	other.End = time.Unix(60, 0) // which the card says
	if hash(card(plain)) != hash(card(same)) {
		t.Error("a score or a bucket makes another card")
	}
	if hash(card(plain)) == hash(card(other)) {
		t.Error("posts that came late make no other card")
	}
}

func TestACardHasTheNamesOfTheSitesItSpeaksOf(t *testing.T) {
	p := &Plan{Sites: map[string]Place{"rembang": {Name: "Rembang"}, "kupang": {Name: "Kupang"}, "aceh": {Name: "Aceh"}}, Zone: time.UTC}
	in := incident.Incident{Site: "kupang", Shadow: true, Alarms: []incident.Alarm{
		{Measure: rules.Measure{Sites: []string{"rembang", "kupang"}}}, {Measure: rules.Measure{Sites: []string{"gone"}}},
	}}
	got := p.Card(in, nil, time.Unix(0, 0)).Sites
	if len(got) != 3 || got["rembang"] != "Rembang" || got["kupang"] != "Kupang" || got["gone"] != "gone" {
		t.Errorf("%v", got)
	}
	in.Alarms = nil
	if got := p.Card(in, nil, time.Unix(0, 0)).Sites; got != nil {
		t.Errorf("without any: %v", got)
	}
}
