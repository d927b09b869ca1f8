package notifier

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// briefed is a plan with digests at two times, of a site whose clocks are ahead.
func briefed() *Plan {
	p := staffed()
	p.DigestAt, p.Sources = []time.Duration{7*time.Hour + 30*time.Minute, 16*time.Hour + 30*time.Minute}, 2
	wita := time.FixedZone("WITA", 8*3600)
	for key, site := range p.Sites {
		site.Zone = wita
		p.Sites[key] = site
	}
	delete(p.Receivers, "krisis")
	return p
}

// digesting plays with a clock for digests alone.
func digesting(t *testing.T, story func(*testing.T, *stage)) {
	play(t, func(t *testing.T, s *stage) {
		s.outbox.Plan.Store(briefed())
		s.tg.since = time.Now()
		s.brief()
		story(t, s)
	})
}

func (s *stage) brief() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		s.outbox.Clock(ctx, map[string]Chore{"digest": s.outbox.Digests})
		close(done)
	}()
	stop := s.stop
	s.stop = func() { cancel(); <-done; stop() }
}

func (s *stage) fireAs(topic, site string, level rules.Severity) {
	s.t.Helper()
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: topic, Site: site, Severity: level, At: time.Now()}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
}

func digestsHeard(c *chat) (out []string) {
	for _, line := range c.lines() {
		if strings.Contains(line, string(DigestDue)) {
			out = append(out, line)
		}
	}
	c.clear()
	return out
}

func TestADigestComesAtItsTimesByTheClocksOfTheSite(t *testing.T) {
	digesting(t, func(t *testing.T, s *stage) { // it begins at midnight UTC, 08:00 WITA
		wait(8*time.Hour + 29*time.Minute)
		if got := digestsHeard(s.tg); len(got) > 0 {
			t.Errorf("before 16:30: %q", got)
		}
		wait(time.Minute)
		if got := digestsHeard(s.tg); len(got) != 1 {
			t.Errorf("at 16:30: %q", got)
		}
		wait(24 * time.Hour)
		if got := digestsHeard(s.tg); len(got) != 2 {
			t.Errorf("in a day: %q", got)
		}
	})
}

func TestADigestIsSentOnceAndNotLongAfterItsTime(t *testing.T) {
	for away, want := range map[time.Duration]int{time.Minute: 1, time.Hour: 1, 3 * time.Hour: 0} {
		digesting(t, func(t *testing.T, s *stage) {
			wait(8*time.Hour + 29*time.Minute + 30*time.Second)
			again := func(away time.Duration) {
				s.stop()
				time.Sleep(away)
				s.start()
				s.brief()
				wait(10 * time.Minute)
			}
			again(away)
			again(0)
			if got := digestsHeard(s.tg); len(got) != want {
				t.Errorf("away for %v: %q", away, got)
			}
		})
	}
}

func TestADigestHoldsWhatItsChatHearsOf(t *testing.T) {
	digesting(t, func(t *testing.T, s *stage) {
		s.alarm(rules.Warning)
		wait(time.Hour)
		s.fireAs("air", "kupang", rules.Critical)
		s.fireAs("jalan", "kupang", rules.Info)
		for i := range 3 { // of which two were none
			s.fireAs(fmt.Sprint("t", i), "rembang", rules.Warning)
			reason := []incident.Reason{incident.FalseAlarm, incident.FalseAlarm, incident.DiedDown}[i]
			s.command(incident.Command{ID: incident.ID(4 + i), Verb: incident.Resolve, Reason: reason})
			wait(time.Minute)
		}
		d, err := s.outbox.DigestOf(t.Context(), tgDest, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		list := func(cards []Card) string {
			var ids []string
			for _, c := range cards {
				ids = append(ids, c.Incident.ID.String())
			}
			return strings.Join(ids, " ")
		}
		got := list(d.Open) + "; " + list(d.Watch) + "; " + list(d.Closed) + "; " + fmt.Sprint(d.Noisy, d.Sources)
		if want := "ISU-2 ISU-1; ISU-3; ISU-6 ISU-5 ISU-4; [{Debu 2 3}] 2"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if other, err := s.outbox.DigestOf(t.Context(), crisis, time.Now()); err != nil || len(other.Open)+len(other.Closed) > 0 {
			t.Errorf("a chat that hears of none: %+v, %v", other, err)
		}
	})
}
