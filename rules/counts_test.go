package rules

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// TestSlotsAreThoseOfTheStreamInOrder puts the same posts in any order, in any
// batches and some of them twice, and compares what was counted with a plain
// count over the stream.
func TestSlotsAreThoseOfTheStreamInOrder(t *testing.T) {
	db := openStore(t, filepath.Join(t.TempDir(), "siaga.db"))
	set := mustSet(t, Book{Rules: []Rule{keywordRule("Debu", "debu")}})
	rapid.Check(t, func(rt *rapid.T) {
		var posts []source.Post
		for i := range rapid.IntRange(0, 30).Draw(rt, "posts") {
			p := post(fmt.Sprint(i), -time.Duration(rapid.IntRange(0, 6*60).Draw(rt, "minutes"))*time.Minute)
			p.Voice = rapid.SampledFrom([]string{"x", "y", "z"}).Draw(rt, "voice")
			p.Story = rapid.SampledFrom([]string{"p", "q", "r"}).Draw(rt, "story")
			posts = append(posts, p)
		}
		shuffled := slices.Concat(posts, posts[:len(posts)/3])
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		undo(rt, db, func(tx store.Tx) error {
			for batch := range slices.Chunk(shuffled, rapid.IntRange(1, 10).Draw(rt, "batch")) {
				if _, err := set.Eval(tx, noon, batch); err != nil {
					return err
				}
			}
			got := map[time.Time]Counts{}
			err := slots(tx, "Debu/rembang", noon.Add(-day), noon, func(at time.Time, c Counts) { got[at] = c })
			if diff := cmp.Diff(slotsPlainly(posts), got); diff != "" {
				rt.Errorf("-want +got:\n%s", diff)
			}
			return err
		})
	})
}

// slotsPlainly looks back an hour from every post.
func slotsPlainly(posts []source.Post) map[time.Time]Counts {
	out := map[time.Time]Counts{}
	for i, p := range posts {
		newStory, newVoice := 1, 1
		for j, q := range posts {
			gap := p.Published.Sub(q.Published)
			if i == j || gap < 0 || gap >= time.Hour || gap == 0 && sum(q.ID) > sum(p.ID) {
				continue
			}
			if q.Story == p.Story {
				newStory = 0
			}
			if q.Voice == p.Voice {
				newVoice = 0
			}
		}
		at := p.Published.Truncate(bucket)
		c := out[at]
		c.Posts++
		c.Stories += newStory
		c.Voices += newVoice
		out[at] = c
	}
	return out
}

func TestCountsOfADayComeBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var day dayCounts
		for range rapid.IntRange(0, 20).Draw(rt, "puts") {
			n := rapid.IntRange(0, 1<<20).Draw(rt, "count")
			day = day.put(slot{uint16(rapid.IntRange(0, 287).Draw(rt, "slot")), Counts{n, n / 2, n / 3}})
		}
		if !slices.IsSortedFunc(day, func(a, b slot) int { return int(a.n) - int(b.n) }) {
			rt.Fatalf("not in order: %v", day)
		}
		data, err := day.AppendBinary(nil)
		if err != nil {
			rt.Fatal(err)
		}
		var got dayCounts
		if err := got.UnmarshalBinary(data); err != nil || !slices.Equal(got, day) {
			rt.Errorf("got %v, %v, want %v", got, err, day)
		}
	})
}

func FuzzDayCounts(f *testing.F) {
	f.Add([]byte{1, 2, 2, 2, 0, 0, 0, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, data []byte) {
		var d dayCounts
		if d.UnmarshalBinary(data) != nil {
			return
		}
		for _, s := range d {
			if s.n >= slotsInDay || s.Posts < 0 || s.Stories < 0 || s.Voices < 0 {
				t.Fatalf("%v from %x", d, data)
			}
		}
	})
}

// TestTwoYearsOfCountsAreSmall writes what a busy series has in a day.
func TestTwoYearsOfCountsAreSmall(t *testing.T) {
	var d dayCounts
	for n := range slotsInDay {
		d = append(d, slot{n, Counts{100, 60, 80}})
	}
	if data, _ := d.AppendBinary(nil); len(data) > 1200 {
		t.Errorf("a busy day takes %d bytes", len(data))
	}
}

func TestAPostOfLongAgoLeavesTheCountsOfItsHour(t *testing.T) {
	x := newTrial(t, spike())
	x.at(0, several("a", 20, 0)...)
	x.update(func(tx store.Tx) error { return Sweep(tx, noon.Add(30*day), noon.Add(-day)) })
	x.at(40*day, changed(several("b", 1, time.Minute), func(p *source.Post) { p.Backlog = true })...)
	x.update(func(tx store.Tx) error {
		return slots(tx, "Debu/rembang", noon.Add(-day), noon.Add(day), func(at time.Time, c Counts) {
			if c.Posts < 20 {
				t.Errorf("of 20 posts at %v, %d are left", at, c.Posts)
			}
		})
	})
}
