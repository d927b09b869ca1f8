package facts

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

// look tells what is new, and keeps it.
func (v *vault) look(at time.Time) string {
	v.Helper()
	var r Review
	v.must(v.update(func(tx store.Tx) (err error) {
		l, _ := v.bank.Library(v.files)
		if r, err = Look(tx, l, at); err != nil {
			return err
		}
		return r.Keep(tx)
	}))
	var said []string
	for _, n := range r.News {
		what := n.Fact.ID + " " + string(n.Cause)
		if n.Cause == Ending {
			what += fmt.Sprint(" ", n.Days)
		}
		said = append(said, what)
	}
	return strings.Join(said, ", ")
}

// jakarta is where the days of the facts begin.
var jakarta = time.FixedZone("WIB", 7*60*60)

// until is a fact that may be used up to and on a day.
func until(id string, y int, m time.Month, d int) Fact {
	f := fact(id)
	f.ValidUntil = time.Date(y, m, d+1, 0, 0, 0, 0, jakarta)
	return f
}

func TestAnOwnerIsRemindedAMonthAWeekAndADayAheadAndAtTheEnd(t *testing.T) {
	v := newVault(t)
	v.files = library(t, until("F-1", 2027, 3, 31))
	told := map[string]string{}
	for at := now; at.Before(time.Date(2027, 4, 3, 0, 0, 0, 0, jakarta)); at = at.Add(30 * time.Minute) {
		if said := v.look(at); said != "" {
			told[at.In(jakarta).Format("2006-01-02 15:04")] = said
		}
		if at.Day() == 7 { // a restart changes nothing
			v.restart()
		}
	}
	want := map[string]string{
		"2027-03-01 09:00": "F-1 ending 30", "2027-03-24 09:00": "F-1 ending 7", "2027-03-30 09:00": "F-1 ending 1", "2027-04-01 00:00": "F-1 expired",
	}
	if fmt.Sprint(told) != fmt.Sprint(want) {
		t.Errorf("%v", told)
	}
}

func TestWhatIsNewOfAFact(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2027, 3, d, 12, 0, 0, 0, jakarta) }
	f := until("F-1", 2027, 3, 31)
	longer, shorter, dead, replaced := until("F-1", 2027, 4, 5), until("F-1", 2027, 3, 20), until("F-1", 2027, 2, 28), until("F-1", 2027, 3, 31)
	replaced.SupersededBy = "F-2"
	for name, steps := range map[string][]struct {
		at   time.Time
		now  []Fact
		want string
	}{
		"reminders that nobody was there for are one": {{now, []Fact{f}, ""}, {day(28), []Fact{f}, "F-1 ending 3"}, {day(28), []Fact{f}, ""}, {day(30), []Fact{f}, "F-1 ending 1"}},
		"an end that is near when it is first seen":   {{day(28), []Fact{f}, ""}, {day(30), []Fact{f}, "F-1 ending 1"}},
		"dead when it is first seen":                  {{day(1), []Fact{dead}, ""}, {day(2), nil, ""}},
		"an end that is put off":                      {{now, []Fact{f}, ""}, {day(24), []Fact{f}, "F-1 ending 7"}, {day(24), []Fact{longer}, ""}, {day(29), []Fact{longer}, "F-1 ending 7"}},
		"an end that is brought forward":              {{now, []Fact{f}, ""}, {day(21), []Fact{shorter}, "F-1 expired"}, {day(22), []Fact{shorter}, ""}},
		"superseded":                                  {{now, []Fact{f}, ""}, {day(2), []Fact{replaced, until("F-2", 2027, 12, 31)}, "F-1 superseded"}, {day(31), []Fact{replaced, until("F-2", 2027, 12, 31)}, ""}},
		"taken out of the files, and back":            {{now, []Fact{f}, ""}, {day(2), nil, "F-1 removed"}, {day(3), nil, ""}, {day(4), []Fact{f}, ""}, {day(24), []Fact{f}, "F-1 ending 7"}, {day(25), nil, "F-1 removed"}},
		"a clock that was set back":                   {{now, []Fact{f}, ""}, {day(24), []Fact{f}, "F-1 ending 7"}, {day(20), []Fact{f}, ""}, {day(24), []Fact{f}, ""}},
		"the last day, and the moment after it":       {{now, []Fact{f}, ""}, {f.ValidUntil.Add(-1), []Fact{f}, "F-1 ending 0"}, {f.ValidUntil, []Fact{f}, "F-1 expired"}},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVault(t)
			for i, s := range steps {
				v.files = library(t, s.now...)
				if got := v.look(s.at); got != s.want {
					t.Errorf("step %d, %v: %q, want %q", i, s.at, got, s.want)
				}
			}
		})
	}
}

func TestAFactThatIsReplacedRightAfterItWasAcceptedIsKnownToHaveDied(t *testing.T) {
	v := newVault(t)
	for _, replaces := range []string{"", "FAKTA-013"} {
		p := proposal("Sari")
		p.Replaces = replaces
		p, err := v.propose(p)
		v.must(err)
		_, err = v.accept(p.N, "Budi", now)
		v.must(err)
	}
	if got := v.look(now); got != "FAKTA-013 superseded" {
		t.Error(got)
	}
}

func TestTheNextLookIsWhenSomethingIsDue(t *testing.T) {
	v := newVault(t)
	l := library(t, until("F-1", 2027, 3, 31), until("F-2", 2027, 1, 31), until("F-3", 2026, 10, 1))
	for at, want := range map[time.Time]time.Time{
		now: time.Date(2027, 1, 1, 9, 0, 0, 0, jakarta),
		time.Date(2027, 1, 30, 9, 0, 0, 0, jakarta): time.Date(2027, 2, 1, 0, 0, 0, 0, jakarta),
		time.Date(2028, 1, 1, 9, 0, 0, 0, jakarta):  {},
	} {
		v.must(v.db.View(t.Context(), func(tx store.Tx) error {
			r, err := Look(tx, l, at)
			if !r.Next.Equal(want) {
				t.Errorf("at %v: %v", at, r.Next)
			}
			return err
		}))
	}
}
