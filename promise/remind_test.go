package promise

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// wita is the zone of the sites of these tests, eight hours ahead.
var wita = time.FixedZone("WITA", 8*3600)

// on is a moment of December 2026 there.
func on(day, hour, minute int) time.Time { return time.Date(2026, 12, day, hour, minute, 0, 0, wita) }

// course writes down the reminders of a promise that nobody keeps, for somebody
// who looks every so often until the end of the month.
func course(p Promise, from time.Time, every time.Duration) []string {
	var out []string
	for now := from; now.Before(on(31, 0, 0)); now = now.Add(every) {
		if at, due := p.Remind(now, wita); due {
			p.Told = at
			out = append(out, now.Format("2 15:04"))
		}
	}
	return out
}

func TestAnOwnerIsRemindedOnTheSeventhTheLastAndTheVeryDayAndOnceBehindIt(t *testing.T) {
	for name, c := range map[string]struct {
		made, due time.Time
		want      []string
	}{
		"two weeks before":         {on(1, 10, 0), on(15, 23, 59), []string{"8 08:00", "14 08:00", "15 08:00", "16 08:00"}},
		"a week before, after 8":   {on(8, 8, 0), on(15, 23, 59), []string{"14 08:00", "15 08:00", "16 08:00"}},
		"a week before, before 8":  {on(8, 7, 59), on(15, 23, 59), []string{"8 08:00", "14 08:00", "15 08:00", "16 08:00"}},
		"the day before":           {on(14, 10, 0), on(15, 14, 0), []string{"15 08:00", "16 08:00"}},
		"the very day":             {on(15, 9, 0), on(15, 17, 0), []string{"16 08:00"}},
		"due before it would say":  {on(1, 10, 0), on(15, 6, 30), []string{"8 08:00", "14 08:00", "15 08:00"}},
		"due when it would say so": {on(1, 10, 0), on(15, 8, 0), []string{"8 08:00", "14 08:00", "15 08:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := Promise{At: c.made, Due: c.due}
			if got := course(p, on(1, 0, 0), time.Minute); !slices.Equal(got, c.want) {
				t.Errorf("reminded on %q, want %q", got, c.want)
			}
		})
	}
}

func TestAMorningIsOneByTheClocksOfTheSite(t *testing.T) {
	p := Promise{At: on(1, 10, 0), Due: on(15, 1, 0)} // in UTC that is the 14th
	at := p.Next(on(10, 0, 0), wita)
	if want := on(14, 8, 0); !at.Equal(want) {
		t.Errorf("next on %v, want %v", at, want)
	}
	if at = p.Next(on(10, 0, 0), time.UTC); !at.Equal(time.Date(2026, 12, 13, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("next in UTC on %v", at)
	}
}

func TestOfRemindersThatWereMissedTheLatestIsGiven(t *testing.T) {
	p := Promise{At: on(1, 10, 0), Due: on(15, 23, 59)}
	if at, due := p.Remind(on(15, 11, 0), wita); !due || !at.Equal(on(15, 8, 0)) {
		t.Errorf("after a week without Siaga: %v, %v", at, due)
	}
}

func TestAPromiseThatIsMovedOrKeptIsRemindedOfAnew(t *testing.T) {
	p := Promise{At: on(1, 10, 0), Due: on(15, 23, 59), Told: on(16, 8, 0)}
	p.Moved, p.Due = on(16, 9, 0), on(24, 23, 59)
	if got, want := course(p, on(16, 9, 0), time.Minute), []string{"17 08:00", "23 08:00", "24 08:00", "25 08:00"}; !slices.Equal(got, want) {
		t.Errorf("after it was moved: %q, want %q", got, want)
	}
	p.Kept = &Kept{At: on(17, 9, 0)}
	if got := course(p, on(17, 9, 0), time.Minute); got != nil || !p.Next(on(17, 9, 0), wita).IsZero() {
		t.Errorf("after it was kept: %q", got)
	}
}

func TestAReminderOfAClockThatWasWrongCountsForNothing(t *testing.T) {
	p := Promise{At: on(1, 10, 0), Due: on(15, 23, 59), Told: on(16, 8, 0)}
	if got, want := course(p, on(2, 0, 0), time.Minute), []string{"8 08:00", "14 08:00", "15 08:00", "16 08:00"}; !slices.Equal(got, want) {
		t.Errorf("reminded on %q, want %q", got, want)
	}
}

// TestWhoeverLooksIsToldEachReminderOnce: whatever the promise, and however
// seldom somebody looks, nobody is reminded more often than there are days for
// it, before the promise was made or twice of the same; and who looks when Next
// says misses none.
func TestWhoeverLooksIsToldEachReminderOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		made := on(1, 0, 0).Add(time.Duration(rapid.IntRange(0, 3*24*60).Draw(t, "made")) * time.Minute)
		p := Promise{At: made, Due: made.Add(time.Duration(rapid.IntRange(1, 25*24*60).Draw(t, "due")) * time.Minute)}
		given := map[time.Time]bool{}
		for now, n := made, 0; n < 12; n++ {
			if at, due := p.Remind(now, wita); due {
				if given[at] || !at.After(made) || at.After(now) {
					t.Fatalf("reminded of %v at %v", at, now)
				}
				given[at], p.Told = true, at
			}
			if _, again := p.Remind(now, wita); again {
				t.Fatalf("told twice at %v", now)
			}
			next := p.Next(now, wita)
			if next.IsZero() {
				break
			}
			if !next.After(now) {
				t.Fatalf("at %v it wants to be asked at %v", now, next)
			}
			now = next
		}
		late := 0
		for at := range given {
			if !at.Before(p.Due) {
				late++
			}
		}
		if len(given) > 4 || late != 1 {
			t.Fatalf("%d reminders, %d of them behind %v", len(given), late, p.Due)
		}
	})
}
