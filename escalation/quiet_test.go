package escalation

import (
	"testing"
	"time"
	_ "time/tzdata" // tests need no zones of the machine
)

func TestQuietHoursEndAsTheClocksOfTheSiteShow(t *testing.T) {
	night := Quiet{From: 21 * time.Hour, To: 5*time.Hour + 30*time.Minute}
	friday := Quiet{From: 11*time.Hour + 30*time.Minute, To: 13 * time.Hour, Days: []time.Weekday{time.Friday}}
	weekend := Quiet{From: 22 * time.Hour, To: 8 * time.Hour, Days: []time.Weekday{time.Saturday}}
	dawn := Quiet{From: 5*time.Hour + 30*time.Minute, To: 7 * time.Hour}
	all := Quiet{From: 0, To: 12 * time.Hour}
	more := Quiet{From: 12 * time.Hour, To: 0}
	for name, c := range map[string]struct {
		quiet    []Quiet
		zone     string
		at, want string // local
	}{
		"in the evening":                {[]Quiet{night}, "Asia/Jakarta", "2026-11-24 22:10", "2026-11-25 05:30"},
		"after midnight":                {[]Quiet{night}, "Asia/Jakarta", "2026-11-25 04:00", "2026-11-25 05:30"},
		"as it begins":                  {[]Quiet{night}, "Asia/Jakarta", "2026-11-24 21:00", "2026-11-25 05:30"},
		"as it ends":                    {[]Quiet{night}, "Asia/Jakarta", "2026-11-25 05:30", "2026-11-25 05:30"},
		"by day":                        {[]Quiet{night}, "Asia/Jakarta", "2026-11-24 14:00", "2026-11-24 14:00"},
		"in Kupang":                     {[]Quiet{night}, "Asia/Makassar", "2026-11-24 21:30", "2026-11-25 05:30"},
		"in Jayapura":                   {[]Quiet{night}, "Asia/Jayapura", "2026-11-25 05:29", "2026-11-25 05:30"},
		"at New Year":                   {[]Quiet{night}, "Asia/Jakarta", "2026-12-31 23:59", "2027-01-01 05:30"},
		"the prayer on Friday":          {[]Quiet{friday}, "Asia/Jakarta", "2026-11-27 12:00", "2026-11-27 13:00"},
		"the same hour on Thursday":     {[]Quiet{friday}, "Asia/Jakarta", "2026-11-26 12:00", "2026-11-26 12:00"},
		"begun on Saturday":             {[]Quiet{weekend}, "Asia/Jakarta", "2026-11-29 07:00", "2026-11-29 08:00"},
		"not begun on Sunday":           {[]Quiet{weekend}, "Asia/Jakarta", "2026-11-29 23:00", "2026-11-29 23:00"},
		"one after the other":           {[]Quiet{dawn, night}, "Asia/Jakarta", "2026-11-24 23:00", "2026-11-25 07:00"},
		"always":                        {[]Quiet{all, more}, "Asia/Jakarta", "2026-11-24 23:00", "2026-11-25 23:00"},
		"none":                          {nil, "Asia/Jakarta", "2026-11-24 23:00", "2026-11-24 23:00"},
		"in the night clocks go back":   {[]Quiet{night}, "Europe/Berlin", "2026-10-24 22:00", "2026-10-25 05:30"},
		"in the night clocks go on":     {[]Quiet{night}, "Europe/Berlin", "2026-03-28 22:00", "2026-03-29 05:30"},
		"in an hour that there was not": {[]Quiet{{From: 2*time.Hour + 10*time.Minute, To: 2*time.Hour + 50*time.Minute}}, "Europe/Berlin", "2026-03-29 12:00", "2026-03-29 12:00"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		local := func(s string) time.Time {
			at, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
		if got := QuietUntil(c.quiet, local(c.at).UTC(), zone); !got.Equal(local(c.want)) {
			t.Errorf("%s: until %v, want %s", name, got.In(zone), c.want)
		}
	}
}
