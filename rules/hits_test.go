package rules

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// TestCountsAreThoseOfTheWindow compares windows with a count over all posts.
func TestCountsAreThoseOfTheWindow(t *testing.T) {
	db := openStore(t, filepath.Join(t.TempDir(), "siaga.db"))
	rapid.Check(t, func(rt *rapid.T) {
		length := time.Duration(rapid.IntRange(1, 24*60*60).Draw(rt, "window")) * time.Second
		var posts []source.Post
		for i := range rapid.IntRange(0, 20).Draw(rt, "posts") {
			p := post(fmt.Sprint(i), -time.Duration(rapid.IntRange(-600, 30*60*60).Draw(rt, "ago"))*time.Second)
			p.Voice = rapid.SampledFrom([]string{"x", "y", "z"}).Draw(rt, "voice")
			p.Story = rapid.SampledFrom([]string{"p", "q", "r"}).Draw(rt, "story")
			p.Site = rapid.SampledFrom([]string{"", "rembang", "rembang2"}).Draw(rt, "site")
			posts = append(posts, p)
		}
		undo(rt, db, func(tx store.Tx) error {
			counted := pages{}
			for i := range posts {
				if _, err := counted.add(tx, seriesKey("Debu", posts[i].Site), &posts[i]); err != nil {
					return err
				}
			}
			if err := counted.write(tx); err != nil {
				return err
			}
			for _, site := range []string{"", "rembang", "rembang2"} {
				got, err := count(tx, seriesKey("Debu", site), noon, length)
				if err != nil {
					return err
				}
				if want := countPlainly(posts, site, noon.Add(-length)); got != want {
					rt.Errorf("site %q: %+v, want %+v", site, got, want)
				}
			}
			return nil
		})
	})
}

func countPlainly(posts []source.Post, site string, from time.Time) Counts {
	n, stories, voices := 0, map[string]bool{}, map[string]bool{}
	for _, p := range posts {
		if p.Site == site && p.Published.After(from) && !p.Published.After(noon) {
			n++
			stories[p.Story], voices[p.Voice] = true, true
		}
	}
	return Counts{Posts: n, Stories: len(stories), Voices: len(voices)}
}

func TestAPostCountsOnceInASeries(t *testing.T) {
	x := newTrial(t)
	x.update(func(tx store.Tx) error {
		p := post("a", 0)
		for batch := range 2 {
			counted := pages{}
			for again := range 2 {
				added, err := counted.add(tx, "Debu/rembang", &p)
				if want := batch+again == 0; err != nil || added != want {
					t.Errorf("batch %d, time %d: added %t, %v", batch, again, added, err)
				}
			}
			if err := counted.write(tx); err != nil {
				return err
			}
		}
		if added, err := (pages{}).add(tx, "Debu/kupang", &p); err != nil || !added {
			t.Errorf("another series: added %t, %v", added, err)
		}
		return nil
	})
}

func TestABatchWritesEachListOnce(t *testing.T) {
	x := newTrial(t, keywordRule("Debu", "debu"))
	posts := several("a", 500, 0)
	for i := range posts {
		posts[i].Published = noon.Add(-time.Duration(i%3) * bucket)
	}
	x.update(func(tx store.Tx) error {
		c := counting{tx, map[string]int{}}
		_, err := x.set.Eval(c, noon, posts)
		if diff := cmp.Diff(map[string]int{"hit@20261124": 3, "count@20261124": 1, "pace": 2}, c.puts); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		return err
	})
}

func TestHitsAreReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var want hitList
		for range rapid.IntRange(0, 5).Draw(rt, "hits") {
			want = append(want, hit{
				at: rapid.Int64().Draw(rt, "at"), voice: rapid.Uint64().Draw(rt, "voice"),
				story: rapid.Uint64().Draw(rt, "story"), post: rapid.Uint64().Draw(rt, "post"),
			})
		}
		data, _ := want.AppendBinary(nil)
		var got hitList
		if err := got.UnmarshalBinary(data); err != nil {
			rt.Fatal(err)
		}
		if len(got) != len(want) || fmt.Sprint(got) != fmt.Sprint(want) {
			rt.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestAListThatIsCutOffIsAnErrorThatNamesTheSeries(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 1, time.Hour))
	key := hitKey("Debu/rembang", noon)
	x.update(func(tx store.Tx) error { return tx.Put("hit@20261124", key, make([]byte, hitSize-1)) })
	for _, after := range []time.Duration{0, bucket} { // the list is added to, or only counted
		err := x.db.View(t.Context(), func(tx store.Tx) error {
			p := post("a", after)
			if _, err := (pages{}).add(tx, "Debu/rembang", &p); err != nil {
				return err
			}
			_, err := count(tx, "Debu/rembang", noon.Add(after), time.Hour)
			return err
		})
		if err == nil {
			t.Fatal("no error")
		}
		if want := fmt.Sprintf("%q", key); !contains(err, want) || !contains(err, "cut off") {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}

func TestASweepDropsMatchesAndQuotesOfEarlierDays(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 2, 24*time.Hour))
	x.at(0, post("a", 0))
	x.at(20*time.Hour, changed(several("b", 1, 20*time.Hour), func(p *source.Post) { p.Site = "kupang" })...)
	x.update(func(tx store.Tx) error { return Sweep(tx, noon.Add(20*time.Hour), noon.Add(20*time.Hour)) })
	if got := x.quotesLeft(); got != "b0" {
		t.Errorf("quotes of %q are left", got)
	}
	x.want(x.at(21*time.Hour, post("c", 21*time.Hour)), "")
	x.want(x.at(21*time.Hour, changed(several("d", 1, 21*time.Hour), func(p *source.Post) { p.Site = "kupang" })...), "Debu/kupang began 2")
}
