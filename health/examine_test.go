package health

import (
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return noon.Add(-d) }

// well are the signs of a Siaga that has run for a day, on a disk of 10 GB.
func well() Signs {
	return Signs{
		Started: ago(24 * time.Hour), Fetched: 3, Every: 2 * time.Minute,
		Read: ago(time.Minute), Ticked: ago(10 * time.Second),
		Disk:   Disk{Free: 63e8, Total: 10e9, Store: 50 << 20},
		Growth: Growth{At: ago(time.Hour), Store: 49 << 20, PerDay: 1 << 20},
	}
}

func names(all []Alarm) []Trouble {
	var out []Trouble
	for _, a := range all {
		out = append(out, a.Trouble)
	}
	return out
}

func TestWhatIsWrongIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Signs)
		want   []Trouble
	}{
		"nothing":                       {func(*Signs) {}, nil},
		"no fetch for 15 minutes":       {func(s *Signs) { s.Read = ago(15 * time.Minute) }, []Trouble{Unread}},
		"no fetch for a little less":    {func(s *Signs) { s.Read = ago(15*time.Minute - time.Second) }, nil},
		"no fetch since the start":      {func(s *Signs) { s.Read = time.Time{} }, []Trouble{Unread}},
		"nothing that is fetched":       {func(s *Signs) { s.Fetched, s.Every, s.Read = 0, 0, time.Time{} }, nil},
		"all are fetched once an hour":  {func(s *Signs) { s.Every, s.Read = time.Hour, ago(90*time.Minute) }, nil},
		"and have not been for two":     {func(s *Signs) { s.Every, s.Read = time.Hour, ago(2*time.Hour) }, []Trouble{Unread}},
		"no tick for 5 minutes":         {func(s *Signs) { s.Ticked = ago(5 * time.Minute) }, []Trouble{Stalled}},
		"no tick for a little less":     {func(s *Signs) { s.Ticked = ago(5*time.Minute - time.Second) }, nil},
		"no tick since the start":       {func(s *Signs) { s.Ticked = time.Time{} }, []Trouble{Stalled}},
		"posts wait for 5 minutes":      {func(s *Signs) { s.Waiting = ago(5 * time.Minute) }, []Trouble{Stalled}},
		"posts wait for a little less":  {func(s *Signs) { s.Waiting = ago(5*time.Minute - time.Second) }, nil},
		"the disk has 5 % left":         {func(s *Signs) { s.Disk.Free = 5e8 }, nil},
		"the disk has less":             {func(s *Signs) { s.Disk.Free = 5e8 - 1 }, []Trouble{Full}},
		"a small disk has 256 MiB left": {func(s *Signs) { s.Disk.Free, s.Disk.Total = 256<<20, 1<<30 }, nil},
		"a small disk has less":         {func(s *Signs) { s.Disk.Free, s.Disk.Total = 256<<20-1, 1<<30 }, []Trouble{Full}},
		"a disk that says nothing":      {func(s *Signs) { s.Disk = Disk{Store: 1} }, nil},
		"full in seven days":            {func(s *Signs) { s.Growth.PerDay = 63e8 / 7 }, nil},
		"full in less":                  {func(s *Signs) { s.Growth.PerDay = 63e8/7 + 1 }, []Trouble{Growing}},
		"growth that is not known":      {func(s *Signs) { s.Growth = Growth{PerDay: 63e8} }, nil},
		"everything at once": {func(s *Signs) {
			s.Read, s.Ticked, s.Disk.Free, s.Growth.PerDay = time.Time{}, time.Time{}, 1, 1
		}, []Trouble{Stalled, Unread, Full, Growing}},
	} {
		s := well()
		c.change(&s)
		if got := names(Examine(s, nil, noon)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestNothingIsWrongInTheFirstMinutes(t *testing.T) {
	fresh := Signs{Started: noon, Fetched: 3, Every: time.Minute, Disk: well().Disk}
	for after, want := range map[time.Duration][]Trouble{
		0:                               nil,
		5*time.Minute - time.Second:     nil,
		5 * time.Minute:                 {Stalled},
		15*time.Minute - time.Second:    {Stalled},
		15 * time.Minute:                {Stalled, Unread},
		-time.Minute /* a clock set */ : nil,
	} {
		if got := names(Examine(fresh, nil, noon.Add(after))); !slices.Equal(got, want) {
			t.Errorf("after %v: %v, want %v", after, got, want)
		}
	}
}

func TestATroubleBeganWhenThingsWereLastWell(t *testing.T) {
	s := well()
	s.Read, s.Ticked, s.Waiting, s.Disk.Free = ago(time.Hour), ago(20*time.Minute), ago(30*time.Minute), 1
	s.Growth = Growth{}
	want := map[Trouble]time.Time{Unread: ago(time.Hour), Stalled: ago(30 * time.Minute), Full: noon}
	for _, a := range Examine(s, nil, noon) {
		if !a.Since.Equal(want[a.Trouble]) {
			t.Errorf("%s since %v, want %v", a.Trouble, a.Since, want[a.Trouble])
		}
	}
	s.Waiting = ago(10 * time.Minute)
	if a := Examine(s, nil, noon)[0]; a.Trouble != Stalled || !a.Since.Equal(s.Ticked) {
		t.Errorf("%+v: the ticks stopped before the posts", a)
	}
}

// TestARestartEndsNothing looks with a process that has seen nothing yet.
func TestARestartEndsNothing(t *testing.T) {
	var before []Alarm
	for _, trouble := range Troubles() {
		before = append(before, Alarm{Trouble: trouble, Since: ago(time.Hour)})
	}
	blank := Signs{Started: noon, Fetched: 3, Every: time.Minute}
	if got := Examine(blank, before, noon); !slices.Equal(got, before) {
		t.Errorf("%+v, want %+v", got, before)
	}
	if got := Examine(well(), before, noon); got != nil {
		t.Errorf("over, and still there: %+v", got)
	}
	blank.Fetched = 0
	if got := names(Examine(blank, before, noon)); slices.Contains(got, Unread) {
		t.Errorf("nothing is fetched any more: %v", got)
	}
}

func TestADiskAtTheEdgeIsToldOnce(t *testing.T) {
	for name, c := range map[string]struct {
		free, perDay int64
		was, want    []Trouble
	}{
		"a little more than 5 %":      {6e8, 0, []Trouble{Full}, []Trouble{Full}},
		"a quarter more":              {625e6, 0, []Trouble{Full}, nil},
		"the same, but nothing was":   {6e8, 0, nil, nil},
		"eight days":                  {63e8, 63e8 / 8, []Trouble{Growing}, []Trouble{Growing}},
		"nine days":                   {63e8, 63e8 / 9, []Trouble{Growing}, nil},
		"eight days, but nothing was": {63e8, 63e8 / 8, nil, nil},
	} {
		s := well()
		s.Disk.Free, s.Growth.PerDay = c.free, c.perDay
		var before []Alarm
		for _, trouble := range c.was {
			before = append(before, Alarm{Trouble: trouble})
		}
		if got := names(Examine(s, before, noon)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestOnlyWhatMakesSiagaDeafIsDeadly(t *testing.T) {
	for trouble, want := range map[Trouble]bool{Unread: true, Stalled: true, Full: false, Growing: false} {
		if trouble.Deadly() != want {
			t.Errorf("%s: %v", trouble, !want)
		}
	}
}
