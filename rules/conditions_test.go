package rules

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/volume"
)

const day = 24 * time.Hour

func when(w When) Rule {
	return Rule{Name: "Debu", Query: "debu", By: []string{"site"}, Topic: "debu", Severity: Warning, When: w}
}

func spike() Rule { return when(When{Spike: "balanced", Within: time.Hour, N: 5}) }

// steadily lets a post come every so often, each read at once, and returns what
// was said meanwhile.
func (x *trial) steadily(from, to, every time.Duration) (said []Firing) {
	x.t.Helper()
	x.update(func(tx store.Tx) error {
		for at := from; at < to; at += every {
			out, err := x.set.Eval(tx, noon.Add(at), []source.Post{post(fmt.Sprint("steady", at), at)})
			if err != nil {
				return err
			}
			said = append(said, out...)
		}
		return nil
	})
	return said
}

func TestASpikeIsWhatIsUnusualForTheSeries(t *testing.T) {
	x := newTrial(t, spike())
	if said := x.steadily(0, 4*day, 10*time.Minute); len(said) > 0 {
		t.Fatalf("the usual: %s", told(said))
	}
	x.want(x.at(4*day, several("a", 3, 4*day)...), "")
	said := x.at(4*day+2*time.Minute, several("b", 12, 4*day+time.Minute)...)
	x.want(said, "Debu/rembang began 16")
	m := said[0].Measure
	if m.N < 12 || m.Usual < 1 || m.Usual > 8 || m.Score < 1 || m.Likes != 0 || m.Of < 400 || m.Learnt != 4 || !m.Learning() || !said[0].Louder {
		t.Errorf("measured %+v", m)
	}
	if said[0].When.Within != 15*time.Minute {
		t.Errorf("the window is %v", said[0].When.Within)
	}
}

func TestASeriesThatIsYoungDoesNotSpike(t *testing.T) {
	x := newTrial(t, spike())
	x.at(0, post("first", 0))
	for at := time.Hour; at < 11*time.Hour; at += time.Hour {
		x.want(x.at(at, several(fmt.Sprint("a", at), 30, at)...), "")
	}
}

func TestABaselineSurvivesAnything(t *testing.T) {
	play := func(change func(x *trial, step int)) string {
		x := newTrial(t, spike())
		x.steadily(0, 3*day, 15*time.Minute)
		var said []Firing
		for step := range 12 {
			at := 3*day + time.Duration(step)*7*time.Minute
			change(x, step)
			said = append(said, x.at(at, several(fmt.Sprint("s", step), 3*step, at-time.Minute)...)...)
		}
		var out []string
		for _, f := range said {
			out = append(out, fmt.Sprintf("%s %v %+v", told([]Firing{f}), f.Louder, f.Measure))
		}
		return strings.Join(out, "\n")
	}
	want := play(func(*trial, int) {})
	if !strings.Contains(want, "began") {
		t.Fatalf("nothing is said: %s", want)
	}
	for name, change := range map[string]func(*trial, int){
		"a restart": func(x *trial, _ int) { x.set = mustSet(t, Book{Rules: x.set.Rules()}) },
		"a batch that was not committed": func(x *trial, step int) {
			at := 3*day + time.Duration(step)*7*time.Minute
			undo(t, x.db, func(tx store.Tx) error {
				_, err := x.set.Eval(tx, noon.Add(at), several("lost", 40, at-2*time.Minute))
				return err
			})
		},
		"another store": func(x *trial, _ int) {
			other := newTrial(t)
			other.set = x.set.Afresh()
			other.steadily(0, 3*day, time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := play(change); got != want {
				t.Errorf("with it:\n%s\nwithout:\n%s", got, want)
			}
		})
	}
}

func TestLatePostsMakeEarlierWindowsSpeak(t *testing.T) {
	rule := atLeast(Voices, 5, 30*time.Minute)
	for name, c := range map[string]struct {
		ago    time.Duration
		spread time.Duration // between two posts
		hold   time.Duration // For
		want   string
	}{
		"just now":             {0, 0, 0, "Debu/rembang began 5"},
		"two hours late":       {2 * time.Hour, time.Minute, 0, "Debu/rembang began 5"},
		"too far apart":        {2 * time.Hour, 8 * time.Minute, 0, ""},
		"held for long enough": {2 * time.Hour, time.Minute, 20 * time.Minute, "Debu/rembang began 5"},
		"not held":             {2 * time.Hour, 6 * time.Minute, 20 * time.Minute, ""},
		"more than six hours":  {7 * time.Hour, time.Minute, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := rule
			r.For = c.hold
			x := newTrial(t, r)
			posts := several("a", 5, -c.ago)
			for i := range posts {
				posts[i].Published = posts[i].Published.Add(-time.Duration(4-i) * c.spread)
			}
			said := x.at(0, posts...)
			x.want(said, c.want)
			if len(said) == 1 && c.ago > 0 && !said[0].Measure.End.Equal(noon.Add(-c.ago)) {
				t.Errorf("the window ends at %v", said[0].Measure.End)
			}
			if len(said) == 1 && len(said[0].New) != maxQuoted {
				t.Errorf("quoted are %d", len(said[0].New))
			}
		})
	}
}

func TestHistoryNeverFires(t *testing.T) {
	five := atLeast(Voices, 5, time.Hour)
	five.Name = "Lima"
	x := newTrial(t, spike(), five)
	backlog := func(p *source.Post) { p.Backlog = true }
	for ago := 5 * day; ago > 0; ago -= 30 * time.Minute {
		x.want(x.at(0, changed([]source.Post{post(fmt.Sprint("old", ago), -ago)}, backlog)...), "")
	}
	x.want(x.at(time.Minute, changed(several("gap", 40, 0), backlog)...), "")
	said := x.at(4*time.Hour, several("new", 90, 4*time.Hour)...)
	x.want(said, "Debu/rembang began 90; Lima/rembang began 90")
	if m := said[0].Measure; m.Learnt != 5 {
		t.Errorf("history is not learnt from: %+v", m)
	}
	x.update(func(tx store.Tx) error {
		all, err := x.set.Learning(tx, noon.Add(4*time.Hour))
		if fmt.Sprint(all) != "[{Debu 5 14}]" {
			t.Errorf("learning: %v", all)
		}
		return err
	})
}

func TestOneOldPostIsNoYearOfSilence(t *testing.T) {
	x := newTrial(t, spike())
	old := post("pinned", -20*day)
	old.Backlog = true
	x.at(0, old)
	for hour := time.Duration(1); hour < 6; hour++ {
		x.want(x.at(hour*time.Hour, several(fmt.Sprint("a", int(hour)), 8, hour*time.Hour)...), "")
	}
}

func TestARatioNeedsItsFloorAndItsPast(t *testing.T) {
	rule := when(When{Ratio: 3, Within: time.Hour, Against: day, N: 5})
	x := newTrial(t, rule)
	x.want(x.at(0, several("first", 4, 0)...), "")
	if said := x.steadily(2*time.Hour, 2*day, 20*time.Minute); len(said) > 0 {
		t.Fatalf("the usual: %s", told(said))
	}
	x.want(x.at(2*day, several("a", 5, 2*day)...), "") // with what came in the hour: 8 of 3 x 3
	said := x.at(2*day+time.Minute, several("b", 3, 2*day)...)
	x.want(said, "Debu/rembang began 10")
	if m := said[0].Measure; m.Usual < 2 || m.Usual > 3.2 || m.N != 10 || m.Learning() {
		t.Errorf("measured %+v", m)
	}
}

func TestAPlaceIsNewOnceInThirtyDays(t *testing.T) {
	x := newTrial(t, when(When{New: "place"}))
	at := func(after time.Duration, id, place string, backlog bool) string {
		p := post(id, after)
		p.Place, p.Backlog = place, backlog
		said := x.at(after, p)
		if len(said) == 1 && said[0].Measure.Place != place {
			t.Errorf("the place is %q", said[0].Measure.Place)
		}
		return told(said)
	}
	for _, c := range []struct {
		after   time.Duration
		place   string
		backlog bool
		fires   bool
	}{
		{0, "kajar", false, true},
		{time.Hour, "kajar", false, false},
		{time.Hour, "", false, false},
		{2 * time.Hour, "gunem", true, false},
		{3 * time.Hour, "gunem", false, false},
		{4 * time.Hour, "timbrangan", false, true},
		{29 * day, "kajar", false, false},
		{58 * day, "kajar", false, false},
		{89 * day, "kajar", false, true},
	} {
		if got := at(c.after, fmt.Sprint(c.after, c.place), c.place, c.backlog); (got != "") != c.fires {
			t.Errorf("%s after %v: %q", c.place, c.after, got)
		}
	}
	p, q := post("p", 90*day), post("q", 90*day)
	p.Place, q.Place = "sulang", "bulu"
	if said := x.at(90*day, p, q); len(said) != 1 || said[0].Measure.Place != "sulang, bulu" || len(said[0].New) != 2 {
		t.Errorf("two places at once: %+v", said)
	}
}

var threeSites = map[string]string{"rembang": "Rembang", "kupang": "Kupang", "tuban": "Tuban"}

func TestASpreadIsToldWhereItArrives(t *testing.T) {
	x := newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{when(When{Spread: 2, Within: 7 * day})}, Sites: threeSites})
	at := func(after time.Duration, id, site string) []Firing {
		p := post(id, after)
		p.Site = site
		return x.at(after, p)
	}
	x.want(at(0, "a", "rembang"), "")
	x.want(at(time.Hour, "b", "rembang"), "")
	x.want(at(time.Hour, "c", ""), "")
	said := at(day, "d", "kupang")
	x.want(said, "Debu/kupang began 1")
	if got := said[0].Measure.Sites; !slices.Equal(got, []string{"rembang", "kupang"}) {
		t.Errorf("sites are %v", got)
	}
	x.want(at(day+time.Hour, "e", "rembang"), "") // it was there before
	x.want(at(day+time.Hour, "f", "kupang"), "Debu/kupang grew 2")
	x.want(at(2*day, "g", "tuban"), "Debu/tuban began 1")
	x.want(x.at(20*day), "Debu/kupang ceased 0; Debu/tuban ceased 0")
}

func TestASpreadOfOneStoryIsNoThemeInTwoPlaces(t *testing.T) {
	x := newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{when(When{Unit: Stories, Spread: 2, Within: 7 * day})}, Sites: threeSites})
	at := func(after time.Duration, id, site, story string) string {
		p := post(id, after)
		p.Site, p.Story = site, story
		return told(x.at(after, p))
	}
	for i, c := range []struct{ site, story, want string }{
		{"rembang", "s1", ""},
		{"kupang", "s2", ""},
		{"kupang", "s1", "Debu/kupang began 2"},
		{"rembang", "s3", ""},
		{"tuban", "s3", "Debu/tuban began 1"},
	} {
		if got := at(time.Duration(i)*time.Hour, fmt.Sprint("p", i), c.site, c.story); got != c.want {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
}

func TestASilenceIsToldOnceAndSoIsItsEnd(t *testing.T) {
	rule := when(When{Silent: 2 * time.Hour})
	rule.By = []string{"source"}
	x := newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{rule}, Sources: []string{"media", "mati"}})
	bySource := func(p *source.Post) { p.Source = "media" }
	x.update(func(tx store.Tx) error {
		for at := time.Duration(0); at < 5*day; at += 2 * time.Minute {
			posts := changed([]source.Post{post(fmt.Sprint(at), at)}, bySource)
			if said, err := x.set.Eval(tx, noon.Add(at), posts); err != nil || len(said) > 0 {
				t.Fatalf("after %v: %s, %v", at, told(said), err)
			}
		}
		return nil
	})
	if !x.running() {
		t.Error("time does not pass")
	}
	x.update(func(tx store.Tx) error {
		at := 5 * day
		_, err := x.set.Eval(tx, noon.Add(at), nil)
		if again, _ := x.set.Due(tx, noon.Add(at+bucket/2)); again {
			t.Error("silence is looked for twice in a bucket")
		}
		if later, _ := x.set.Due(tx, noon.Add(at+bucket)); !later {
			t.Error("silence is not looked for in the next bucket")
		}
		return err
	})
	var said []string
	for at := 5 * day; at < 12*day; at += 10 * time.Minute {
		for _, f := range x.at(at) {
			said = append(said, fmt.Sprintf("%s %s after %v", f.Source, f.Phase, at-5*day))
			if f.Measure.Usual < 40 || f.Phase != Began {
				t.Errorf("%+v", f)
			}
		}
	}
	said = append(said, told(x.at(12*day, changed(several("back", 3, 12*day), bySource)...)))
	if want := []string{"media began after 2h0m0s", "Debu/- ceased 3"}; !slices.Equal(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
}

func TestPeopleAreCalledAgainWhileItGrowsAndNeverWhileItDecays(t *testing.T) {
	rule := atLeast(Voices, 5, 30*time.Minute)
	x := newTrial(t, rule)
	n := 0
	come := func(after time.Duration, posts int) string {
		n++
		var out []string
		for _, f := range x.at(after, several(fmt.Sprint("w", n, "-"), posts, after)...) {
			word := string(f.Phase)
			if f.Louder {
				word += fmt.Sprintf(" louder than %d", f.Measure.LastCall)
			}
			out = append(out, word)
		}
		return strings.Join(out, "; ")
	}
	for i, c := range []struct {
		minute, posts int
		want          string
	}{
		{0, 5, "began louder than 0"},
		{1, 1, "grew"},
		{2, 4, "grew louder than 5"},
		{3, 9, "grew"},
		{4, 1, "grew louder than 10"},
		{33, 5, "grew"}, // 6 in the window
		{70, 0, "ceased"},
		{80, 6, "began"}, // a wave that is smaller, soon after
		{120, 0, "ceased"},
		{130, 40, "began louder than 20"},
		{200, 0, "ceased"},
		{200 + 361, 5, "began louder than 0"},
	} {
		if got := come(time.Duration(c.minute)*time.Minute, c.posts); got != c.want {
			t.Errorf("%d, minute %d: %q, want %q", i, c.minute, got, c.want)
		}
	}
}

func TestWhatIsHeldStaysOutOfTheBaseline(t *testing.T) {
	usual := func(hold bool) float64 {
		x := newTrial(t, spike())
		x.steadily(0, 3*day, 20*time.Minute)
		if hold {
			x.update(func(tx store.Tx) error { return Hold(tx, "Debu", "rembang", noon.Add(3*day)) })
		}
		x.steadily(3*day, 6*day, 2*time.Minute)
		x.update(func(tx store.Tx) error { return Release(tx, "Debu", "rembang", noon.Add(6*day)) })
		return x.at(6*day+time.Hour, several("a", 60, 6*day+time.Hour)...)[0].Measure.Usual
	}
	if held, learnt := usual(true), usual(false); held > 3 || learnt < 5 {
		t.Errorf("usual are %v held and %v learnt", held, learnt)
	}
}

func TestHoursInWhichASourceWasBlindAreNoPartOfTheUsual(t *testing.T) {
	for name, want := range map[string]int{"media": 3, "other": 4} {
		x := newTrial(t, spike())
		x.update(func(tx store.Tx) error {
			for at := time.Duration(0); at < 4*day; at += 20 * time.Minute {
				p := post(fmt.Sprint(at), at)
				p.Source = "media"
				if at == time.Hour {
					p.Source = "other"
				}
				if _, err := x.set.Eval(tx, noon.Add(at), []source.Post{p}); err != nil {
					return err
				}
			}
			return Blind(tx, name, noon.Add(2*day), noon.Add(3*day))
		})
		said := x.at(4*day, several("a", 60, 4*day)...)
		if len(said) != 1 || said[0].Measure.Learnt != want {
			t.Errorf("%s was blind: %+v", name, said)
		}
	}
}

func TestACopyIsNeverAVoiceNorAStory(t *testing.T) {
	for _, unit := range []Unit{Voices, Stories} {
		r := spike()
		r.When.Unit = unit
		many := atLeast(unit, 2, time.Hour)
		many.Name = "Dua"
		x := newTrial(t, r, many)
		x.update(func(tx store.Tx) error {
			for at := time.Duration(0); at < 3*day; at += 2 * time.Hour {
				if _, err := x.set.Eval(tx, noon.Add(at), []source.Post{post(fmt.Sprint(at), at)}); err != nil {
					return err
				}
			}
			return nil
		})
		copies := changed(several("copy", 20, 3*day+time.Hour), func(p *source.Post) { p.Voice, p.Story = "outlet", "copy0" })
		x.want(x.at(3*day+time.Hour, copies...), "")
	}
}

// TestHowPostsComeChangesNoVerdictAfterCatchUp plays a stream as it was
// published, and again with posts up to 6 h late, out of order, twice, with gaps
// in which nothing is judged and a clock that is set back.
func TestHowPostsComeChangesNoVerdictAfterCatchUp(t *testing.T) {
	const length = 3 * day
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 4))
		var posts []source.Post
		for at := time.Duration(0); at < length; at += time.Duration(1+rng.IntN(30)) * time.Minute {
			posts = append(posts, post(fmt.Sprint("p", at), at))
		}
		posts = append(posts, several("burst", 25, length-90*time.Minute)...)
		slices.SortStableFunc(posts, func(a, b source.Post) int { return a.Published.Compare(b.Published) })
		due := make([]time.Duration, len(posts))
		for i, p := range posts {
			due[i] = min(length, p.Published.Sub(noon)+time.Duration(rng.IntN(350))*time.Minute)
		}
		inOrder, late := newTrial(t, spike()), newTrial(t, spike())
		inOrder.update(func(tx store.Tx) error {
			for _, p := range posts {
				if _, err := inOrder.set.Eval(tx, p.Published, []source.Post{p}); err != nil {
					return err
				}
			}
			return nil
		})
		late.update(func(tx store.Tx) error {
			if _, err := late.set.Eval(tx, noon, nil); err != nil {
				return err
			}
			for now := time.Duration(0); now < length+2*time.Hour; now += time.Duration(1+rng.IntN(60)) * time.Minute {
				var batch []source.Post
				for i, p := range posts {
					if due[i] <= now && due[i] > now-2*time.Hour {
						batch = append(batch, p)
					}
				}
				rng.Shuffle(len(batch), func(i, j int) { batch[i], batch[j] = batch[j], batch[i] })
				clock := min(now, length) - time.Duration(rng.IntN(2)*rng.IntN(60))*time.Minute
				if _, err := late.set.Eval(tx, noon.Add(clock), batch); err != nil {
					return err
				}
			}
			return nil
		})
		if want, got := inOrder.verdicts(length), late.verdicts(length); !slices.Equal(want, got) {
			t.Errorf("seed %d: verdicts differ:\n%v\n%v", seed, want, got)
		}
	}
}

// verdicts are those on the last six hours.
func (x *trial) verdicts(now time.Duration) (out []volume.Verdict) {
	x.t.Helper()
	x.update(func(tx store.Tx) error {
		out = nil
		usual, err := x.set.baseline(tx, &x.set.rules[0], "Debu/rembang", noon.Add(now))
		for v := range usual.Verdicts(volume.At(noon.Add(now-6*time.Hour)), volume.At(noon.Add(now))) {
			out = append(out, v)
		}
		return err
	})
	return out
}

func TestARuleThatLearnsSaysHowFarItIs(t *testing.T) {
	place := when(When{New: "place"})
	place.Name = "Tempat"
	x := newTrial(t, spike(), place)
	at := func(after time.Duration) (out string) {
		x.at(after)
		x.update(func(tx store.Tx) error {
			all, err := x.set.Learning(tx, noon.Add(after))
			out = fmt.Sprint(all)
			return err
		})
		return out
	}
	for _, c := range []struct {
		after time.Duration
		want  string
	}{{0, "[{Debu 0 14} {Tempat 0 30}]"}, {3*day + time.Hour, "[{Debu 3 14} {Tempat 3 30}]"}, {14 * day, "[{Tempat 14 30}]"}, {30 * day, "[]"}} {
		if got := at(c.after); got != c.want {
			t.Errorf("after %v: %s", c.after, got)
		}
	}
}

func TestALateSpikeCountsWhatMadeIt(t *testing.T) {
	for _, after := range []time.Duration{0, time.Second, bucket - time.Second} {
		x := newTrial(t, spike())
		x.steadily(0, 3*day, 30*time.Minute)
		x.want(x.at(3*day+2*time.Hour, several("a", 20, 3*day+after)...), "Debu/rembang began 20")
	}
}
