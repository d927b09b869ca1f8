package notifier

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones of Indonesia, on any machine

	"github.com/siaga-id/siaga/escalation"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// sleeping is staffed, with a quiet night at each site, in its own zone.
func sleeping(t *testing.T) *Plan {
	t.Helper()
	p := staffed()
	for key, name := range map[string]string{"rembang": "Asia/Jakarta", "kupang": "Asia/Makassar", "jayapura": "Asia/Jayapura"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		p.Sites[key] = Place{
			Name: key, Zone: zone, Receivers: []string{"humas"},
			Quiet: []escalation.Quiet{{From: 21 * time.Hour, To: 5*time.Hour + 30*time.Minute}},
		}
	}
	return p
}

func (s *stage) alarmAt(site string, level rules.Severity) {
	s.t.Helper()
	f := rules.Firing{Rule: "Debu", Phase: rules.Began, Topic: "debu", Site: site, Severity: level, At: time.Now()}
	if err := s.desk.DB.Update(s.t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
		s.t.Fatal(err)
	}
}

// clock lets time pass to a time of day in UTC. A bubble begins at midnight,
// which is 07:00 in Jakarta.
func clock(t *testing.T, of time.Duration) {
	t.Helper()
	now := time.Now().UTC()
	wait(now.Truncate(24 * time.Hour).Add(of).Sub(now))
}

func TestWhatIsSaidInQuietHoursLeavesAsOneMessageWhenTheyEnd(t *testing.T) {
	watch(t, sleeping(t), func(t *testing.T, s *stage) {
		clock(t, 14*time.Hour+30*time.Minute) // 21:30 in Jakarta, 22:30 in Kupang
		s.alarmAt("rembang", rules.Warning)
		wait(time.Minute)
		s.command(incident.Command{Verb: incident.Note, Text: "hujan"})
		wait(20 * time.Minute)
		s.alarmAt("kupang", rules.Warning)
		wait(20 * time.Minute)
		heard(t, s.tg, "14h30m0s telegram:-1:0 post ISU-1 open silent", "14h51m0s telegram:-1:0 post ISU-2 open silent")
		s.reopen(time.Hour) // and a restart changes nothing
		clock(t, 21*time.Hour+29*time.Minute)
		heard(t, s.tg)
		clock(t, 22*time.Hour+31*time.Minute)
		heard(t, s.tg,
			"21h30m0s telegram:-1:0 ping quiet-ended under m2 calls Sari Budi ISU-2", // 05:30 WITA
			"21h30m0s telegram:111:0 ping quiet-ended under  calls Sari ISU-2",
			"22h30m0s telegram:-1:0 ping quiet-ended under m1 calls Sari Budi ISU-1", // 05:30 WIB
			"22h30m0s telegram:111:0 ping quiet-ended under  calls Sari ISU-1",
		)
		s.told(tgDest, "first-card quiet-ended")
	})
}

func TestSeveralIncidentsOfANightAreOneMessage(t *testing.T) {
	watch(t, sleeping(t), func(t *testing.T, s *stage) {
		clock(t, 15*time.Hour)
		s.alarmAt("rembang", rules.Warning)
		wait(time.Minute)
		f := rules.Firing{Rule: "Air", Phase: rules.Began, Topic: "air", Site: "rembang", Severity: rules.Warning, At: time.Now()}
		if err := s.desk.DB.Update(t.Context(), func(tx store.Tx) error { return s.desk.Fire(tx, f) }); err != nil {
			t.Fatal(err)
		}
		wait(15 * time.Minute)
		s.tg.clear()
		s.command(incident.Command{ID: 2, Verb: incident.SetLevel, Severity: rules.Critical})
		wait(time.Minute)
		heard(t, s.tg, "15h16m0s telegram:-1:0 ping escalated under m2 calls Sari", "15h16m0s telegram:111:0 ping escalated alone calls Sari",
			"15h16m0s telegram:-1:0 ping level-rose under m2")
		s.command(incident.Command{ID: 2, Verb: incident.SetLevel, Severity: rules.Warning})
		s.command(incident.Command{ID: 2, Verb: incident.Note, Text: "?"})
		clock(t, 22*time.Hour+31*time.Minute)
		heard(t, s.tg, "22h30m0s telegram:-1:0 ping quiet-ended under  calls Sari Budi ISU-1 ISU-2",
			"22h30m0s telegram:111:0 ping quiet-ended under  calls Sari ISU-1 ISU-2")
	})
}

func TestTheEndOfAnIncidentIsNoNoiseInTheNight(t *testing.T) {
	watch(t, sleeping(t), func(t *testing.T, s *stage) {
		clock(t, 15*time.Hour)
		s.alarmAt("jayapura", rules.Warning)
		wait(12 * time.Minute)
		s.command(incident.Command{Verb: incident.Resolve, Reason: incident.DiedDown, Actor: incident.Actor{Name: "Rina", Lead: true}})
		wait(10 * time.Hour)
		heard(t, s.tg, "15h0m0s telegram:-1:0 post ISU-1 open silent", "15h12m0s telegram:-1:0 ping resolved under m1")
		if got, want := s.trail(), "escalate, resolve mereda, skip resolved Sari"; got != want {
			t.Errorf("the timeline is %s, want %s", got, want)
		}
	})
}

func TestAnOwnerWhoSleepsIsAskedInTheMorning(t *testing.T) {
	watch(t, sleeping(t), func(t *testing.T, s *stage) {
		clock(t, 13*time.Hour) // 20:00 in Jakarta
		s.alarmAt("rembang", rules.Warning)
		wait(30 * time.Minute)
		s.command(incident.Command{Verb: incident.Ack})
		clock(t, 15*time.Hour)
		s.tg.clear()
		s.reopen(time.Minute)
		clock(t, 22*time.Hour+55*time.Minute)
		heard(t, s.tg, "22h30m0s telegram:-1:0 ping asked-owner under m1 calls Sari",
			"22h50m0s telegram:-1:0 ping lapsed-owner under m1 calls Sari")
	})
}

func TestACriticalIncidentIgnoresQuietHours(t *testing.T) {
	watch(t, sleeping(t), func(t *testing.T, s *stage) {
		clock(t, 16*time.Hour)
		s.alarmAt("rembang", rules.Critical)
		wait(6 * time.Minute)
		heard(t, s.tg, "16h0m0s telegram:-1:0 post ISU-1 open calls Sari", "16h5m0s telegram:-1:0 ping escalated under m1 calls Sari",
			"16h5m0s telegram:111:0 ping escalated alone calls Sari")
	})
}

func TestTheNextMessageIsSaidForTheEndOfQuietHours(t *testing.T) {
	p := sleeping(t)
	evening := time.Date(2026, 11, 24, 13, 55, 0, 0, time.UTC) // 20:55 in Jakarta
	in := incident.Incident{ID: 1, State: incident.Open, Severity: rules.Warning, Site: "rembang", Calling: incident.Calling{Since: evening}}
	n := p.Next(in, evening)
	if n == nil || !n.Quiet || !n.At.Equal(time.Date(2026, 11, 24, 22, 30, 0, 0, time.UTC)) {
		t.Errorf("next is %+v", n)
	}
	in.Severity = rules.Critical
	if n = p.Next(in, evening); n == nil || n.Quiet || !n.At.Equal(evening.Add(5*time.Minute)) {
		t.Errorf("of a critical one it is %+v", n)
	}
}
