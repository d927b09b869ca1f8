package trial

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

func TestTimePassesBetweenPosts(t *testing.T) {
	pending := dust()
	pending.For, pending.KeepFiring = 5*time.Minute, 0
	const later = 4 * time.Hour
	for name, c := range map[string]struct {
		rule    rules.Rule
		moments []time.Duration
		until   time.Duration // 0: a post ends the trial
		want    string
	}{
		"it fires with the last post it needed":     {dust(), nil, 0, "rembang 2m0s-1h0m0s"},
		"for: is over between two posts":            {pending, nil, 0, "rembang 7m0s-30m0s"},
		"without a post time passes if it is asked": {pending, nil, later, "rembang 7m0s-30m0s"},
		"a moment between two minutes is looked at": {pending, []time.Duration{40 * time.Minute, 7*time.Minute + 30*time.Second}, later, "rembang 7m0s-30m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			s, events := arrange(t, c.rule), voices3("a", 0)
			if c.until > 0 {
				s.Until = noon.Add(c.until)
			} else {
				events = append(events, said("z", "hujan", later))
			}
			for _, m := range c.moments {
				s.Moments = append(s.Moments, noon.Add(m))
			}
			if got := alerts(run(t, s, events...), 0); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestAMomentIsLookedAtToTheSecond(t *testing.T) {
	r := dust()
	r.For, r.KeepFiring = 90*time.Second, 0
	s := arrange(t, r)
	s.Moments, s.Until = []time.Time{noon.Add(210 * time.Second)}, noon.Add(210*time.Second)
	if got := alerts(run(t, s, voices3("a", 0)...), 0); got != "rembang 3m30s-on" {
		t.Errorf("got %s", got)
	}
}

func TestATrialEndsWithItsLastPost(t *testing.T) {
	o := run(t, arrange(t, dust()), voices3("a", 0)...)
	if got := alerts(o, 0); got != "rembang 2m0s-on" {
		t.Errorf("got %s", got)
	}
	if !o.From.Equal(noon) || !o.To.Equal(noon.Add(2*time.Minute)) || o.Read != 3 || o.New != 3 {
		t.Errorf("%+v", o)
	}
}

func TestWhatRulesDidIsCounted(t *testing.T) {
	events := slices.Concat(voices3("a", 0), voices3("b", 5*time.Minute), voices3("c", 26*time.Hour),
		[]source.Event{said("d", "debu di alak", 27*time.Hour), said("e", "satu terluka di alak", 28*time.Hour)})
	o := run(t, arrange(t, dust(), hurt()), events...)
	r := o.Rules[0]
	if r.Matches != 10 || r.Began != 2 || r.OnBusiest != 1 || r.Busiest.Format(time.DateOnly) != "2026-11-24" {
		t.Errorf("%+v", r)
	}
	first := r.Alerts[0]
	if first.Counts.Voices != 3 || first.Most.Voices != 6 || first.Grew != 3 || first.Summary != "3 suara" {
		t.Errorf("%+v", first)
	}
	if r.Peak.N != 6 || r.Peak.Site != "rembang" || !r.Peak.At.Equal(noon.Add(7*time.Minute)) {
		t.Errorf("%+v", r.Peak)
	}
	if d, ok := r.Delay(); !ok || d != 2*time.Minute {
		t.Errorf("delay %v, %v", d, ok)
	}
	if k := o.Rules[1]; k.Matches != 1 || k.Began != 1 || k.Peak.N != 0 {
		t.Errorf("%+v", k)
	}
}

func TestPeaksCountInOneWindowAndSite(t *testing.T) {
	for unit, want := range map[rules.Unit]int{rules.Posts: 4, rules.Stories: 3, rules.Voices: 2} {
		r := dust()
		r.When.Unit, r.When.N = unit, 9
		events := voices3("a", 0) // the last of them leaves no window with those that follow
		for n, words := range []string{"debu satu di gunem", "debu dua di gunem", "debu tiga di gunem", "debu tiga di gunem"} {
			e := said(fmt.Sprint("b", n), words, time.Hour+time.Duration(n)*time.Minute)
			e.Post.Voice, e.Post.URL = fmt.Sprint("v", n%2), "https://x.example/"+strings.ReplaceAll(words, " ", "-")
			events = append(events, e)
		}
		if unit == rules.Voices {
			events = events[3:]
		}
		events = append(events, said("c", "debu di alak", 61*time.Minute))
		if got := run(t, arrange(t, r), events...).Rules[0].Peak.N; got != want {
			t.Errorf("%d %s at most, want %d", got, unit, want)
		}
	}
}

func TestARuleInShadowIsHeardAsIfItWereActiveAndCountedApart(t *testing.T) {
	hidden := hurt()
	hidden.Shadow = true
	s := arrange(t, dust(), hidden)
	s.Plan.Admins, s.Cards = []string{"pusat"}, 2
	var told []Told
	s.Told = func(f Told) { told = append(told, f) }
	o := run(t, s, append(voices3("a", 0), said("b", "satu terluka di gunem", time.Hour))...)
	if got := o.Receivers[2]; heard(o) != "pusat 0+0, timur 0+0, utara 1+0" || got.Shadow != 1 || o.Receivers[0].Shadow != 0 {
		t.Errorf("%s, %+v", heard(o), o.Receivers)
	}
	if o.Cards[0].Shadow || !o.Cards[1].Shadow || o.Cards[1].Card.Incident.Shadow || !o.Incidents[1].Shadow {
		t.Errorf("%+v", o.Cards)
	}
	if last := told[len(told)-1]; last.Rule != "Celaka" || !last.Shadow || !slices.Equal(last.Receivers, []string{"utara"}) {
		t.Errorf("%+v", last)
	}
}

func TestReceiversHearAsTheOutboxWouldTellThem(t *testing.T) {
	quiet := dust()
	quiet.Name, quiet.Query, quiet.Topic, quiet.Severity = "Umum", "semen", "umum", rules.Info
	s := arrange(t, dust(), hurt(), quiet)
	s.Cards = 2
	events := slices.Concat(voices3("a", 0), voices3("b", 5*time.Minute), []source.Event{
		said("c", "satu terluka di alak", time.Hour), said("d", "satu terluka", time.Hour+time.Minute),
		said("e", "semen satu", 2*time.Hour), said("f", "semen dua", 2*time.Hour), said("g", "semen tiga", 2*time.Hour),
	})
	o := run(t, s, events...)
	if got, want := heard(o), "pusat 1+0, timur 2+0, utara 2+1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(o.Cards) != 2 || len(o.Incidents) != 4 {
		t.Fatalf("%d cards, %d incidents", len(o.Cards), len(o.Incidents))
	}
	if c := o.Cards[0]; c.Card.Incident.Counts.Voices != 3 || !slices.Equal(c.Receivers, []string{"utara"}) {
		t.Errorf("the first card is not as it was first shown: %+v", c)
	}
}

func TestWhatNobodyHeardOfForADayIsOver(t *testing.T) {
	for after, want := range map[time.Duration]struct {
		incidents int
		utara     string
	}{
		23 * time.Hour: {1, "utara 1+1"}, // the same matter, still open, and people are called again
		47 * time.Hour: {1, "utara 1+1"}, // it comes back
		60 * time.Hour: {2, "utara 2+0"}, // another one
	} {
		o := run(t, arrange(t, dust()), append(voices3("a", 0), voices3("b", after)...)...)
		if got := heard(o); len(o.Incidents) != want.incidents || !strings.Contains(got, want.utara) {
			t.Errorf("%v later: %d incidents, %s", after, len(o.Incidents), got)
		}
		if first := o.Incidents[0]; after > 50*time.Hour && (first.State != incident.Resolved || !first.ResolvedAt.Equal(first.Last.Add(24*time.Hour))) {
			t.Errorf("%+v", first)
		}
	}
}

func TestOfADeletedPostNothingIsShown(t *testing.T) {
	s := arrange(t, dust())
	gone := said("a0", "", 90*time.Second)
	gone.Deleted = true
	o := run(t, s, append(voices3("a", 0), gone)...)
	if got := o.Incidents[0].Excerpts; len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestPostsOfASourceAreTakenAsTheConfigurationSays(t *testing.T) {
	s := arrange(t, hurt())
	s.Sources = []source.Spec{{Name: "x", Site: "kupang"}}
	o := run(t, s, said("a", "satu terluka", 0))
	if got := alerts(o, 0); got != "kupang 0s-on" {
		t.Errorf("got %s", got)
	}
}

func TestEveryFiringIsTold(t *testing.T) {
	s := arrange(t, dust())
	var got []string
	s.Told = func(f Told) {
		got = append(got, fmt.Sprintf("%s %v %s", f.Phase, f.Incident, strings.Join(f.Receivers, " ")))
	}
	s.Until = noon.Add(3 * time.Hour)
	run(t, s, append(voices3("a", 0), said("b", "debu lagi di gunem", 3*time.Minute))...)
	if want := []string{"began ISU-1 utara", "grew ISU-1 utara", "ceased ISU-1 utara"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestALateEventIsPlayedLate(t *testing.T) {
	s := arrange(t, hurt())
	events := func(yield func(source.Event, error) bool) {
		_ = yield(said("a", "hujan", time.Hour), nil) && yield(said("b", "satu terluka di gunem", 0), nil)
	}
	o, err := Run(t.Context(), s, events)
	if err != nil || alerts(o, 0) != "rembang 1h0m0s-on" || !o.To.Equal(noon.Add(time.Hour)) {
		t.Errorf("%s to %v, %v", alerts(o, 0), o.To, err)
	}
}

func TestBadRecordsAreCountedAndOtherErrorsEndATrial(t *testing.T) {
	bad := &source.BadRecord{File: "x", Line: 3, Err: errors.New("bad")}
	o, err := Run(t.Context(), arrange(t, dust()), failing(bad))
	if err != nil || o.Bad != 1 || !errors.Is(o.BadOnes[0], bad) || o.Read != 1 {
		t.Errorf("%+v, %v", o, err)
	}
	broken := errors.New("broken")
	if o, err = Run(t.Context(), arrange(t, dust()), failing(broken)); !errors.Is(err, broken) || o.Read != 1 {
		t.Errorf("%d events before it were played, %v", o.Read, err)
	}
}

func TestACancelledTrialStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, arrange(t, dust()), Events(voices3("a", 0))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestOfManyAlertsAllAreCountedAndTheFirstKept(t *testing.T) {
	var events []source.Event
	for n := range maxAlerts + 50 {
		events = append(events, said(fmt.Sprint(n), fmt.Sprint("satu terluka nomor ", n), time.Duration(n)*time.Hour))
	}
	r := run(t, arrange(t, hurt()), events...).Rules[0]
	if r.Began != maxAlerts+50 || len(r.Alerts) != maxAlerts || r.Matches != maxAlerts+50 || r.OnBusiest != 24 {
		t.Errorf("%d began, %d kept, %d matches, %d on one day", r.Began, len(r.Alerts), r.Matches, r.OnBusiest)
	}
}

func TestTwoTrialsOfTheSameAreEqual(t *testing.T) {
	events := slices.Concat(voices3("a", 0), voices3("b", 50*time.Hour), []source.Event{said("c", "satu terluka di alak", time.Hour)})
	unusual := asks(rules.When{Spike: "low", N: 3, Within: time.Hour})
	unusual.Name = "Lonjakan"
	s := arrange(t, dust(), hurt(), unusual)
	s.Cards = 9
	a, b := run(t, s, events...), run(t, s, events...)
	if diff := cmp.Diff(a, b, cmp.AllowUnexported(Rule{}), cmp.Comparer(func(x, y *time.Location) bool { return x == y })); diff != "" {
		t.Error(diff)
	}
}

func TestAYearThatWasMistypedTakesNoHours(t *testing.T) {
	s := arrange(t, dust(), rules.Rule{
		Name: "Diam", Query: "hujan", Topic: "umum", Severity: rules.Warning, When: rules.When{Silent: 2 * time.Hour},
	})
	const years = 200 * 365 * 24 * time.Hour
	report := run(t, s, append(voices3("a", 0), said("z", "hujan", years))...)
	if got := alerts(report, 0); got != "rembang 2m0s-1h0m0s" {
		t.Errorf("got %s", got)
	}
}
