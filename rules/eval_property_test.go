package rules

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// draft is what a property plays: batches of posts, and how long after the one
// before each comes. An empty batch is a tick.
type draft []struct {
	Later time.Duration
	Posts []source.Post
}

func drawDraft(t *rapid.T) draft {
	var d draft
	now, ids := noon, 0
	for range rapid.IntRange(2, 6).Draw(t, "batches") {
		later := time.Duration(rapid.IntRange(0, 20).Draw(t, "minutes")) * time.Minute
		now = now.Add(later)
		var posts []source.Post
		for range rapid.IntRange(0, 4).Draw(t, "posts") {
			ids++
			p := post(fmt.Sprint(rapid.IntRange(max(1, ids-2), ids).Draw(t, "id")), now.Sub(noon))
			p.Voice = rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "voice")
			p.Story = rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "story")
			p.Site = rapid.SampledFrom([]string{"", "rembang", "kupang"}).Draw(t, "site")
			p.Place = rapid.SampledFrom([]string{"", "kajar", "gunem"}).Draw(t, "place")
			p.Text = rapid.SampledFrom([]string{"debu", "debu dan asap", "asap", "kabut"}).Draw(t, "text")
			p.Backlog = rapid.IntRange(0, 5).Draw(t, "backlog") == 0
			posts = append(posts, p)
		}
		d = append(d, struct {
			Later time.Duration
			Posts []source.Post
		}{later, posts})
	}
	return d
}

func draftRules() []Rule {
	waiting := atLeast(Posts, 2, 20*time.Minute)
	waiting.Name, waiting.For, waiting.KeepFiring = "Menunggu", 5*time.Minute, 10*time.Minute
	out := []Rule{atLeast(Voices, 2, 15*time.Minute), waiting, keywordRule("Asap", "asap")}
	for name, w := range map[string]When{
		"Kali":    {Ratio: 2, Within: 20 * time.Minute, Against: time.Hour, N: 2},
		"Lonjak":  {Spike: "low", Within: time.Hour, N: 2},
		"Sebar":   {Spread: 2, Within: day},
		"Tempat":  {New: "place"},
		"Terdiam": {Silent: 15 * time.Minute},
	} {
		r := when(w)
		r.Name = name
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Rule) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// TestARestartBetweenAnyTwoBatchesChangesNothing plays the same batches with
// and without opening the store anew in between.
func TestARestartBetweenAnyTwoBatchesChangesNothing(t *testing.T) {
	dir := t.TempDir()
	set := mustSet(t, Book{Rules: draftRules(), Sites: threeSites})
	n := 0
	play := func(rt *rapid.T, d draft, restart bool) (out []string) {
		n++
		path := filepath.Join(dir, fmt.Sprint(n, ".db"))
		now, db := noon, openStore(t, path)
		defer func() { _ = db.Close() }()
		for _, step := range d {
			now = now.Add(step.Later)
			err := db.Update(t.Context(), func(tx store.Tx) error {
				firings, err := set.Eval(tx, now, step.Posts)
				out = append(out, fmt.Sprintf("%s %+v", told(firings), firings))
				return err
			})
			if err != nil {
				rt.Fatal(err)
			}
			if restart {
				_ = db.Close()
				db = openStore(t, path)
			}
		}
		return out
	}
	rapid.Check(t, func(rt *rapid.T) {
		d := drawDraft(rt)
		once, again := play(rt, d, false), play(rt, d, true)
		if !slices.Equal(once, again) {
			rt.Errorf("without restarts:\n%s\nwith:\n%s", strings.Join(once, "\n"), strings.Join(again, "\n"))
		}
	})
}

// TestHowPostsAreCutIntoBatchesMakesNoDifferenceToIncidents plays the same
// posts at the same moments in one batch each and one by one: the same series
// begin, and with the same counts in the end. A tick comes before every batch,
// as what has ended must not depend on the first of its posts.
func TestHowPostsAreCutIntoBatchesMakesNoDifferenceToIncidents(t *testing.T) {
	db := openStore(t, filepath.Join(t.TempDir(), "siaga.db"))
	lasting := slices.DeleteFunc(draftRules(), func(r Rule) bool {
		return r.When.Kind() == New || r.When.Kind() == Spread // it fires for each batch; of two sites at once, for both
	})
	set := mustSet(t, Book{Rules: lasting, Sites: threeSites})
	play := func(rt *rapid.T, d draft, size int) map[string]Counts {
		began := map[string]Counts{}
		now := noon
		undo(rt, db, func(tx store.Tx) error {
			for step, s := range d {
				now = now.Add(s.Later)
				for _, posts := range append([][]source.Post{nil}, slices.Collect(slices.Chunk(s.Posts, size))...) {
					firings, err := set.Eval(tx, now, posts)
					if err != nil {
						return err
					}
					for _, f := range firings {
						key := fmt.Sprint(step, " ", seriesKey(f.Rule, f.Site))
						if _, begun := began[key]; begun || f.Phase == Began {
							began[key] = f.Counts
						}
					}
				}
			}
			return nil
		})
		return began
	}
	rapid.Check(t, func(rt *rapid.T) {
		d := drawDraft(rt)
		for _, step := range d { // history completes no condition, so its order matters
			changed(step.Posts, func(p *source.Post) { p.Backlog = false })
		}
		whole, single := play(rt, d, 100), play(rt, d, 1)
		if fmt.Sprint(whole) != fmt.Sprint(single) {
			rt.Errorf("in one batch: %v\none by one: %v", whole, single)
		}
	})
}
