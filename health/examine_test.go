package health

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)

// well is Siaga an hour after its start, when nothing is wrong.
func well() Signs {
	return Signs{
		Started: noon.Add(-time.Hour), Fetched: 2, Every: 2 * time.Minute, Read: noon.Add(-time.Minute), Ticked: noon.Add(-10 * time.Second),
		Disk: Disk{Free: 50 << 30, Total: 100 << 30, Store: 1 << 30}, Growth: Growth{At: noon.Add(-time.Hour), Store: 1 << 30, PerDay: 10 << 20},
	}
}

func told(all []Alarm) string {
	var said []string
	for _, a := range all {
		said = append(said, fmt.Sprintf("%s %v", a.Trouble, noon.Sub(a.Since)))
	}
	return strings.Join(said, ", ")
}

func TestWhatIsWrongWithSiagaItself(t *testing.T) {
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	for name, c := range map[string]struct {
		change func(*Signs)
		want   string
	}{
		"nothing":                              {func(*Signs) {}, ""},
		"no source was read for long":          {func(s *Signs) { s.Read = ago(15 * time.Minute) }, "unread 15m0s"},
		"not for so long":                      {func(s *Signs) { s.Read = ago(14 * time.Minute) }, ""},
		"none since the start":                 {func(s *Signs) { s.Read = time.Time{} }, "unread 1h0m0s"},
		"it has just started":                  {func(s *Signs) { s.Started, s.Read, s.Ticked = ago(time.Minute), time.Time{}, time.Time{} }, ""},
		"all are read once an hour":            {func(s *Signs) { s.Every, s.Read = time.Hour, ago(80*time.Minute) }, ""},
		"there is none to be read":             {func(s *Signs) { s.Fetched, s.Read = 0, time.Time{} }, ""},
		"the rules stand still":                {func(s *Signs) { s.Ticked = ago(6 * time.Minute) }, "stalled 6m0s"},
		"posts wait":                           {func(s *Signs) { s.Waiting = ago(5 * time.Minute) }, "stalled 5m0s"},
		"posts wait for a moment":              {func(s *Signs) { s.Waiting = ago(time.Minute) }, ""},
		"the disk is nearly full":              {func(s *Signs) { s.Disk.Free = 4 << 30 }, "full 0s"},
		"a small disk is nearly full":          {func(s *Signs) { s.Disk.Total, s.Disk.Free = 1<<30, 200<<20 }, "full 0s"},
		"it will be full in days":              {func(s *Signs) { s.Growth.PerDay = 8 << 30 }, "growing 0s"},
		"what this system does not say":        {func(s *Signs) { s.Disk = Disk{} }, ""},
		"nothing works":                        {func(s *Signs) { s.Read, s.Ticked = ago(time.Hour), ago(time.Hour) }, "stalled 1h0m0s, unread 1h0m0s"},
		"the store grows by nothing any more":  {func(s *Signs) { s.Growth.PerDay = 0 }, ""},
		"the store was replaced by an old one": {func(s *Signs) { s.Growth.PerDay = -5 }, ""},
	} {
		s := well()
		c.change(&s)
		if got := told(Examine(s, nil, noon)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAnAlarmKeepsItsBeginningAndEndsOnlyWhenSomethingIsSeen(t *testing.T) {
	before := []Alarm{{Unread, noon.Add(-3 * time.Hour)}, {Full, noon.Add(-3 * time.Hour)}}
	fresh := Signs{Started: noon.Add(-time.Minute), Fetched: 1, Every: time.Minute} // a restart knows nothing yet
	if got := told(Examine(fresh, before, noon)); got != "unread 3h0m0s, full 3h0m0s" {
		t.Errorf("after a restart: %q", got)
	}
	edge := well()
	edge.Disk.Free = 5<<30 + 1<<20 // just above where it began
	if got := told(Examine(edge, before, noon)); got != "full 3h0m0s" {
		t.Errorf("at the edge: %q", got)
	}
	if got := told(Examine(well(), before, noon)); got != "" {
		t.Errorf("when all is well: %q", got)
	}
}

func TestTheDataFileIsMeasuredByDays(t *testing.T) {
	g, kept := Growth{}.Next(100, noon)
	if !kept || g.PerDay != 0 {
		t.Fatalf("at first: %+v, %v", g, kept)
	}
	if _, kept := g.Next(900, noon.Add(23*time.Hour)); kept {
		t.Error("kept before a day was over")
	}
	for name, c := range map[string]struct {
		size  int64
		after time.Duration
		want  int64
	}{
		"a day":                  {340, 24 * time.Hour, 240},
		"two days":               {580, 48 * time.Hour, 240},
		"a smaller file":         {50, 24 * time.Hour, 0},
		"a clock that went back": {500, -time.Hour, 0},
	} {
		if next, kept := g.Next(c.size, noon.Add(c.after)); !kept || next.PerDay != c.want || next.Store != c.size {
			t.Errorf("%s: %+v, %v", name, next, kept)
		}
	}
}

func TestTheDiskIsMeasured(t *testing.T) {
	if d, err := Measure("examine_test.go"); err != nil || d.Store == 0 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := Measure("there/is/none"); err == nil {
		t.Error("a file that is not there was measured")
	}
}
