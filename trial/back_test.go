package trial

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

const day = 24 * time.Hour

// asks is the dust rule with another condition.
func asks(w rules.When) rules.Rule {
	r := dust()
	r.When, r.KeepFiring = w, 0
	return r
}

// steady is one voice every so often, from so long before noon until noon.
func steady(length, every time.Duration) (out []source.Event) {
	for at := -length; at < 0; at += every {
		out = append(out, said(fmt.Sprint("s", at), fmt.Sprint("debu di gunem ", at), at))
	}
	return out
}

// burst is so many voices, a minute apart.
func burst(n int, words string, from time.Duration) (out []source.Event) {
	for i := range n {
		at := from + time.Duration(i)*time.Minute
		out = append(out, said(fmt.Sprint("b", at, i), fmt.Sprint(words, " ", i, at), at))
	}
	return out
}

func TestARuleThatNeverFiredSaysHowNearItCame(t *testing.T) {
	for name, c := range map[string]struct {
		when   rules.When
		hold   time.Duration
		events []source.Event
		want   string
	}{
		"count": {
			rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute},
			0, burst(3, "debu di gunem", 0),
			"at most 3 of 5 voices came within 30m, at 2m rembang",
		},
		"count that did not hold": {
			rules.When{Unit: rules.Voices, N: 3, Within: 3 * time.Minute},
			time.Hour, burst(3, "debu di gunem", 0),
			"its condition, met at 2m rembang, did not hold for 1h",
		},
		"spike of a young series": {
			rules.When{Spike: "balanced", N: 5, Within: time.Hour},
			0, slices.Concat(steady(6*time.Hour, time.Hour), burst(9, "debu di gunem", 0)),
			"learning: 0 of 14 days; it says nothing before 12 hours",
		},
		"spike below its floor": {
			rules.When{Spike: "balanced", N: 5, Within: time.Hour},
			0, slices.Concat(steady(2*day, time.Hour), burst(3, "debu di gunem", 0)),
			"at most 3 of 5 voices came within 1h, at 5m rembang",
		},
		"spike that was none": {
			rules.When{Spike: "high", N: 3, Within: time.Hour},
			0, slices.Concat(steady(15*day, 7*time.Minute), burst(5, "debu di gunem", 0)),
			"the most unusual window reached 0.72 of what high asks for, at 5m rembang: 6 voices in 15m, usually 2",
		},
		"spike while it learns": {
			rules.When{Spike: "high", N: 5, Within: time.Hour},
			0, slices.Concat(steady(3*day, 30*time.Minute), burst(6, "debu di gunem", 0)),
			"the most unusual window reached 0.55 of what high asks for, at 10m rembang: 6 voices in 15m, usually 1 (learning: 3 of 14 days)",
		},
		"ratio": {
			rules.When{Ratio: 6, Unit: rules.Posts, N: 5, Within: time.Hour, Against: day},
			0, slices.Concat(steady(2*day, 30*time.Minute), burst(6, "debu di gunem", 0)),
			"at most 3.5 of 6 times the usual came, at 10m rembang: 7 posts in 1h, usually 2",
		},
		"ratio below its floor": {
			rules.When{Ratio: 2, Unit: rules.Posts, N: 20, Within: time.Hour, Against: day},
			0, slices.Concat(steady(2*day, 2*time.Hour), burst(6, "debu di gunem", 0)),
			"at most 6 of 20 posts came within 1h, at 10m rembang",
		},
		"spread of a theme": {
			rules.When{Spread: 3, Unit: rules.Posts, Within: time.Hour},
			0, slices.Concat(burst(2, "debu di gunem", 0), burst(2, "debu di alak", 40*time.Minute), burst(1, "debu di gunem", 3*time.Hour)),
			"at most 2 of 3 sites had posts within 1h, at 40m kupang",
		},
		"spread of a story": {
			rules.When{Spread: 2, Unit: rules.Stories, Within: time.Hour},
			0, slices.Concat(burst(2, "debu di gunem tadi malam parah sekali", 0), burst(2, "di alak sejak pagi debu", time.Minute)),
			"at most 1 of 2 sites had one story within 1h, at 0m rembang",
		},
		"spread without a site": {
			rules.When{Spread: 2, Unit: rules.Posts, Within: time.Hour}, 0, burst(2, "debu", 0), "no post that it matched names a site",
		},
		"new": {rules.When{New: "place"}, 0, burst(2, "debu", 0), "no post that it matched in time names a place"},
		"silent": {
			rules.When{Silent: 2 * time.Hour},
			0, slices.Concat(steady(3*day, 5*time.Minute), burst(1, "debu di gunem", 90*time.Minute)),
			"the longest silence was 1h30m of 2h, and ended at 1h30m rembang",
		},
		"silent while it learns": {
			rules.When{Silent: 2 * time.Hour},
			0, slices.Concat(steady(day, 5*time.Minute), burst(1, "debu di gunem", 3*time.Hour)),
			"learning: 1 of 14 days; it says nothing before 48 hours",
		},
		"silent where little comes": {
			rules.When{Silent: 2 * time.Hour},
			0, slices.Concat(steady(4*day, 30*time.Minute), burst(1, "debu di gunem", 3*time.Hour)),
			"the longest silence was 3h25m and ended at 3h rembang, at hours in which too little is usual to tell",
		},
	} {
		t.Run(name, func(t *testing.T) {
			rule := asks(c.when)
			rule.For = c.hold
			r := run(t, arrange(t, rule), c.events...).Rules[0]
			got := r.Nearest(func(p Peak) string { return fmt.Sprintf("at %s %s", Span(p.At.Sub(noon)), p.Site) })
			if r.Began > 0 || got != c.want {
				t.Errorf("%d alerts, %s", r.Began, got)
			}
		})
	}
}

func TestWhatWasTooOldIsSaidToBe(t *testing.T) {
	old := said("a", "terluka", 0)
	old.Post.Fetched = noon.Add(9 * day)
	r := run(t, arrange(t, hurt()), old).Rules[0]
	if got := r.Nearest(nil); r.Began > 0 || got != "all of it was older than what it alerts for" {
		t.Errorf("%d alerts, %s", r.Began, got)
	}
}

func TestCallsAndDelaysAreCounted(t *testing.T) {
	events := slices.Concat(burst(6, "debu di gunem", 0), // three, and six are twice as many
		burst(2, "debu di gunem", 8*time.Hour), burst(1, "debu di gunem", 8*time.Hour+20*time.Minute),
		burst(3, "debu di gunem", 20*time.Hour))
	r := run(t, arrange(t, dust()), events...).Rules[0]
	if delay, rose := r.Delay(); r.Began != 3 || r.Calls != 4 || !rose || delay != 2*time.Minute {
		t.Errorf("%d alerts, %d calls, delay %v", r.Began, r.Calls, delay)
	}
	if a := r.Alerts[1]; !a.Rise.Equal(noon.Add(8*time.Hour)) || a.Began.Sub(a.Rise) != 20*time.Minute {
		t.Errorf("%+v", a)
	}
	if k := run(t, arrange(t, hurt()), said("a", "terluka di gunem", 0)).Rules[0]; k.Calls != 1 || !k.Alerts[0].Rise.IsZero() {
		t.Errorf("%+v", k)
	}
}

func TestACurveSurroundsTheFirstAlert(t *testing.T) {
	r := run(t, arrange(t, dust()), slices.Concat(steady(30*time.Hour, time.Hour), burst(4, "debu di gunem", 0), burst(1, "debu di gunem", 2*time.Hour))...).Rules[0]
	c := r.Curve
	if c.Site != "rembang" || c.Unit != rules.Voices || !c.From.Equal(noon.Add(-10*time.Hour)) || c.Mark != 20 {
		t.Errorf("%+v", c)
	}
	if got := fmt.Sprint(c.Counts[16:]); got != "[1 0 1 0 4 0 0 0 1]" {
		t.Errorf("%s", got)
	}
}

// points writes down what a chart is told.
func points(t *testing.T, s Setup, events ...source.Event) (out []string) {
	t.Helper()
	s.Chart = func(p Point) error {
		out = append(out, fmt.Sprintf("%s/%s%s %s %d %.2f %s", p.Rule, p.Site, p.Source, Span(p.At.Sub(noon)), p.Counts.Posts, p.Measure.Score, p.Alert))
		return nil
	}
	run(t, s, events...)
	return out
}

func TestAChartIsToldWhatThereWasToSee(t *testing.T) {
	s := arrange(t, dust(), hurt())
	s.Charts = []string{"Celaka", "Debu"}
	got := points(t, s, slices.Concat(burst(7, "debu di gunem", time.Minute), []source.Event{
		said("x", "debu di alak", 20*time.Minute), said("y", "debu terluka di alak", 3*time.Hour),
	})...)
	want := []string{
		"Debu/kupang 20m 1 0.33 ", "Debu/kupang 25m 0 0.33 ", "Debu/kupang 30m 0 0.33 ", "Debu/kupang 35m 0 0.33 ", "Debu/kupang 40m 0 0.33 ",
		"Debu/kupang 45m 0 0.33 ", "Debu/kupang 3h 1 0.33 ",
		"Debu/rembang 0m 4 1.33 began", "Debu/rembang 5m 3 2.33 grew-louder", "Debu/rembang 10m 0 2.33 ", "Debu/rembang 15m 0 2.33 ",
		"Debu/rembang 20m 0 2.33 ", "Debu/rembang 25m 0 2.33 ", "Debu/rembang 30m 0 2.33 ", "Debu/rembang 35m 0 0.67 ",
		"Debu/rembang 1h5m 0 0.00 ceased", "Celaka/kupang 3h 1 0.00 began",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestAChartOfASourceNamesIt(t *testing.T) {
	r := asks(rules.When{Silent: time.Hour})
	r.By = []string{"source"}
	s := arrange(t, r)
	s.Rules, _ = rules.Compile(rules.Book{Rules: []rules.Rule{r}, Sources: []string{"x"}})
	s.Charts = []string{"Debu"}
	got := points(t, s, slices.Concat(steady(3*day, 5*time.Minute), []source.Event{said("z", "hujan", 8*time.Hour)})...)
	if at := slices.IndexFunc(got, func(line string) bool { return strings.HasSuffix(line, "1.00 began") }); at < 0 || !strings.HasPrefix(got[at], "Debu/x ") {
		t.Errorf("no silence in %d points, the last is %s", len(got), got[len(got)-1])
	}
}

func TestAnErrorOfAChartEndsATrial(t *testing.T) {
	s := arrange(t, dust())
	full := errors.New("the disk is full")
	s.Charts, s.Chart = []string{"Debu"}, func(Point) error { return full }
	if _, err := Run(t.Context(), s, Events(voices3("a", 0))); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

func TestAMistypedYearDoesNotMakeALookBackEndless(t *testing.T) {
	s := arrange(t, asks(rules.When{Spike: "low", N: 3, Within: time.Hour}))
	s.Charts = []string{"Debu"}
	late := said("z", "debu di gunem", 0)
	late.Post.Published = time.Date(9026, 11, 24, 12, 0, 0, 0, time.UTC)
	late.Post.Fetched = late.Post.Published
	if got := points(t, s, append(voices3("a", 0), late)...); len(got) != 1 {
		t.Errorf("%d points, of the last two years there is one: %q", len(got), got)
	}
}
