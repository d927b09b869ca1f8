package rules

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

var dustAtRembang = Series{Rule: "Debu", Site: "rembang"}

// history is how a series went between two moments after noon.
func (x *trial) history(k Series, from, to time.Duration) (out []Slot) {
	x.t.Helper()
	x.update(func(tx store.Tx) error {
		for slot, err := range x.set.History(tx, k, noon.Add(from), noon.Add(to)) {
			if err != nil {
				return err
			}
			out = append(out, slot)
		}
		return nil
	})
	return out
}

func TestHistorySaysWhatWasSaidLive(t *testing.T) {
	x := newTrial(t, spike())
	x.steadily(0, 4*day, 10*time.Minute)
	said := x.at(4*day+2*time.Minute, several("b", 16, 4*day+time.Minute)...)
	x.want(said, "Debu/rembang began 17")
	all := x.history(dustAtRembang, 0, 4*day)
	last := all[len(all)-1]
	live := said[0].Measure
	if diff := cmp.Diff(live, last.Measure); diff != "" {
		t.Errorf("live and history: %s", diff)
	}
	if len(all) != 4*288+1 || !last.At.Equal(noon.Add(4*day)) || last.Counts.Voices != 16 || last.Within != 15*time.Minute || last.Learnt < 4*day {
		t.Errorf("%d slots, the last is %+v", len(all), last)
	}
	if u := last.Usual; u < .3 || u > .7 {
		t.Errorf("usual is %v in five minutes, of one in ten", u)
	}
}

// TestHistoryKnowsNothingOfLater compares the history up to a moment with the
// beginning of one that goes on, though posts went on as well.
func TestHistoryKnowsNothingOfLater(t *testing.T) {
	for _, rule := range []Rule{spike(), when(When{Ratio: 3, Against: day, Within: time.Hour, N: 3}), when(When{Silent: 3 * time.Hour}), atLeast(Stories, 4, time.Hour)} {
		x := newTrial(t, rule)
		rng := rand.New(rand.NewPCG(3, 4))
		step := func(to, at time.Duration) time.Duration {
			x.update(func(tx store.Tx) (err error) {
				for ; at < to && err == nil; at += time.Duration(1+rng.IntN(50)) * time.Minute {
					_, err = x.set.Eval(tx, noon.Add(at), several(fmt.Sprint("p", at), 1+rng.IntN(4), at))
				}
				return err
			})
			return at
		}
		cut := day + 8*time.Hour
		at := step(cut-time.Hour, 0)
		before := x.history(dustAtRembang, 0, cut)
		x.at(max(cut+5*time.Minute, at), several("burst", 40, cut+5*time.Minute)...)
		step(cut+6*time.Hour, cut+10*time.Minute)
		after := x.history(dustAtRembang, 0, cut+6*time.Hour)
		if diff := cmp.Diff(before, after[:len(before)]); diff != "" || len(after) <= len(before) {
			t.Errorf("%v: %s", rule.When.Kind(), diff)
		}
		if tail := x.history(dustAtRembang, day, cut); !cmp.Equal(tail, before[len(before)-len(tail):]) {
			t.Errorf("%v: to begin later changes what is said", rule.When.Kind())
		}
	}
}

// TestAScoreOfOneIsAFiring lets posts come at random and looks at the clock
// every five minutes.
func TestAScoreOfOneIsAFiring(t *testing.T) {
	for _, rule := range []Rule{
		atLeast(Voices, 4, 30*time.Minute), atLeast(Posts, 6, 2*time.Hour),
		when(When{Ratio: 2, Against: 12 * time.Hour, Within: time.Hour, N: 3, Unit: Stories}), spike(),
	} {
		x := newTrial(t, rule)
		rng := rand.New(rand.NewPCG(5, uint64(rule.When.N)))
		firing, met := false, map[time.Time]bool{}
		hear := func(tx store.Tx, slot, at time.Duration, posts ...source.Post) {
			said, err := x.set.Eval(tx, noon.Add(at), posts)
			if err != nil {
				t.Error(err)
			}
			for _, f := range said {
				firing = f.Phase != Ceased
			}
			met[noon.Add(slot)] = met[noon.Add(slot)] || firing
		}
		x.update(func(tx store.Tx) error {
			for n := range 2 * 288 {
				start := time.Duration(n) * bucket
				hear(tx, start, start)
				for _, p := range someOf(rng, n, start) {
					hear(tx, start, p.Published.Sub(noon), p)
				}
				hear(tx, start, start+bucket-time.Second)
			}
			return nil
		})
		missed, wrong := 0, 0
		for _, slot := range x.history(dustAtRembang, 0, 2*day-time.Second) {
			if met[slot.At] && slot.Measure.Score < 1 {
				missed++
			}
			if !met[slot.At] && slot.Measure.Score >= 1 && slot.Counts.Posts > 0 { // without a post nobody looks whether the usual has changed
				wrong++
			}
		}
		if missed+wrong > 0 {
			t.Errorf("%v: %d slots fired without a score of 1, %d had one and did not fire", rule.When.Kind(), missed, wrong)
		}
	}
}

// someOf are up to two posts within a slot, in order, of few voices and stories.
func someOf(rng *rand.Rand, n int, start time.Duration) (out []source.Post) {
	for range rng.IntN(3) {
		p := post(fmt.Sprint(n, rng.Int()), start+time.Duration(rng.IntN(290))*time.Second)
		p.Voice, p.Story = fmt.Sprint("v", rng.IntN(9)), fmt.Sprint("s", rng.IntN(20))
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b source.Post) int { return a.Published.Compare(b.Published) })
	return out
}

func TestWhatIsHeldIsNotLearntFrom(t *testing.T) {
	usual := func(hold bool) Slot {
		x := newTrial(t, spike())
		x.steadily(0, day, 30*time.Minute)
		x.update(func(tx store.Tx) error {
			if !hold {
				return nil
			}
			return errors.Join(Hold(tx, "Debu", "rembang", noon.Add(day)), Release(tx, "Debu", "rembang", noon.Add(2*day)))
		})
		x.steadily(day, 3*day, 30*time.Minute)
		all := x.history(dustAtRembang, 0, 3*day)
		return all[len(all)-1]
	}
	without, with := usual(false), usual(true)
	if gone := without.Learnt - with.Learnt; gone < day-bucket || gone > day+bucket {
		t.Errorf("%v were kept out of a day", gone)
	}
}

func TestTooShortAHistorySaysNothing(t *testing.T) {
	for name, c := range map[string]struct {
		rule  Rule
		least time.Duration
	}{
		"spike":  {spike(), SpikesAfter},
		"silent": {when(When{Silent: time.Hour}), SilentAfter},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, c.rule)
			for at := time.Duration(0); at < 4*day; at += time.Hour { // an hour of many, an hour of none, so that both have much to say
				if at%(2*time.Hour) == 0 {
					x.at(at, several(fmt.Sprint("a", at), 60, at)...)
				}
			}
			for _, slot := range x.history(dustAtRembang, 0, 4*day) {
				if slot.Measure.Score > 0 && slot.At.Sub(noon) < c.least-bucket {
					t.Fatalf("%v says %v after %v", name, slot.Measure.Score, slot.At.Sub(noon))
				}
			}
		})
	}
}

func TestASilenceIsInTheHistory(t *testing.T) {
	x := newTrial(t, when(When{Silent: 2 * time.Hour}))
	x.steadily(0, 3*day, 2*time.Minute)
	silent := 0
	for _, slot := range x.history(dustAtRembang, 2*day, 3*day+4*time.Hour) {
		if slot.Measure.Score == 1 {
			if silent++; slot.At.Before(noon.Add(3*day + time.Hour)) {
				t.Errorf("silent at %v", slot.At.Sub(noon))
			}
		}
	}
	if silent < 12 {
		t.Errorf("%d slots of silence", silent)
	}
}

func TestWithoutMatchesTheHistoryAddsUpCounts(t *testing.T) {
	x := newTrial(t, atLeast(Posts, 4, 30*time.Minute))
	x.at(time.Hour, several("a", 3, 55*time.Minute)...)
	x.at(70*time.Minute, several("b", 3, 65*time.Minute)...)
	exact := x.history(dustAtRembang, 0, 2*time.Hour)
	x.update(func(tx store.Tx) error { return Sweep(tx, noon.Add(2*day), noon.Add(-day)) })
	if diff := cmp.Diff(exact, x.history(dustAtRembang, 0, 2*time.Hour)); diff != "" {
		t.Errorf("matches are gone: %s", diff)
	}
	if i := slices.IndexFunc(exact, func(s Slot) bool { return s.Measure.Score == 1.5 }); i < 0 {
		t.Error("six of four were never met")
	}
}

func TestEverySeriesThatWasCountedIsNamed(t *testing.T) {
	bySource := when(When{Silent: time.Hour})
	bySource.Name, bySource.By = "Diam", []string{"source"}
	x := newTrial(t, spike(), bySource)
	siteless := post("b", 0)
	siteless.Site, siteless.Source = "", "pantauan"
	x.at(time.Minute, post("a", 0), siteless)
	for rule, want := range map[string]string{
		"Debu": "{Debu  }; {Debu rembang }", "Diam": "{Diam  }; {Diam  pantauan}", "Hilang": "",
	} {
		x.update(func(tx store.Tx) error {
			all, err := SeriesOf(tx, rule)
			var got []string
			for _, k := range all {
				got = append(got, fmt.Sprint(k))
			}
			if line := strings.Join(got, "; "); line != want {
				t.Errorf("%s, want %s", line, want)
			}
			return err
		})
	}
	if got := x.history(Series{Rule: "Diam", Source: "pantauan"}, 0, 10*time.Minute); len(got) != 3 || got[0].Counts.Posts != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAHistoryEndsWhenItIsToldTo(t *testing.T) {
	x := newTrial(t, spike())
	x.at(0, post("a", 0))
	x.update(func(tx store.Tx) error {
		n := 0
		for range x.set.History(tx, dustAtRembang, noon, noon.Add(day)) {
			if n++; n == 2 {
				break
			}
		}
		for _, err := range x.set.History(tx, Series{Rule: "Hilang"}, noon, noon) {
			if n++; !errors.Is(err, ErrNoRule) {
				t.Errorf("got %v", err)
			}
		}
		if n != 3 {
			t.Errorf("%d slots", n)
		}
		return nil
	})
}

// BenchmarkHistory goes through 28 days of a post every ten minutes.
func BenchmarkHistory(b *testing.B) {
	db, set := openStore(b, filepath.Join(b.TempDir(), "siaga.db")), mustSet(b, Book{Rules: []Rule{spike()}})
	err := db.Update(b.Context(), func(tx store.Tx) error {
		for at := time.Duration(0); at < 28*day; at += 10 * time.Minute {
			if _, err := set.Eval(tx, noon.Add(at), []source.Post{post(at.String(), at)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	slots := 0
	for b.Loop() {
		err = db.View(b.Context(), func(tx store.Tx) error {
			for _, err := range set.History(tx, dustAtRembang, noon, noon.Add(28*day)) {
				if slots++; err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(slots), "ns/slot")
}
