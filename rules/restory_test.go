package rules

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// moved are posts as a person's decision has left them.
func moved(story string, posts ...source.Post) []source.Post {
	return changed(posts, func(p *source.Post) { p.Story = story })
}

func (x *trial) restory(posts ...source.Post) {
	x.t.Helper()
	x.update(func(tx store.Tx) error { return Restory(tx, posts) })
}

func (x *trial) stories(series store.Key, at time.Duration) (n int) {
	x.t.Helper()
	x.update(func(tx store.Tx) error {
		c, err := count(tx, series, noon.Add(at), 48*time.Hour)
		n = c.Stories
		return err
	})
	return n
}

// TestMovedPostsCountForTheirNewStory has two rules, and posts on both sides of
// midnight.
func TestMovedPostsCountForTheirNewStory(t *testing.T) {
	x := newTrial(t, atLeast(Stories, 9, 48*time.Hour), keywordRule("Kata", "pabrik"))
	before, after := several("a", 2, 0), several("b", 2, 20*time.Hour)
	x.at(0, before...)
	x.at(20*time.Hour, after...)
	for _, series := range []store.Key{"Debu/rembang", "Kata/rembang"} {
		if n := x.stories(series, 20*time.Hour); n != 4 {
			t.Fatalf("%s: %d stories", series, n)
		}
	}
	x.restory(moved("a0", before[1], after[0])...)
	for _, series := range []store.Key{"Debu/rembang", "Kata/rembang"} {
		if n := x.stories(series, 20*time.Hour); n != 2 {
			t.Errorf("%s: %d stories after a join, want 2", series, n)
		}
	}
	x.restory(moved("b0", after[0])...)
	if n := x.stories("Debu/rembang", 20*time.Hour); n != 3 {
		t.Errorf("%d stories after a split, want 3", n)
	}
}

func TestAConditionIsJudgedByTheNewStories(t *testing.T) {
	x := newTrial(t, atLeast(Stories, 3, time.Hour))
	posts := several("a", 2, 0)
	x.at(0, posts...)
	x.restory(moved("a0", posts[1])...)
	x.want(x.at(time.Minute, post("b", time.Minute)), "")
	x.restory(moved("a1", posts[1])...)
	x.want(x.at(2*time.Minute), "")
	x.want(x.at(2*time.Minute, moved("b", post("c", 2*time.Minute))...), "Debu/rembang began 3")
}

func TestALaterCopyOfAMovedPostIsNoNewStory(t *testing.T) {
	x := newTrial(t, keywordRule("Kata", "debu"))
	x.want(x.at(0, post("a", 0)), "Kata/rembang began 1")
	x.restory(moved("old", post("a", 0))...)
	x.want(x.at(time.Minute, moved("old", post("b", time.Minute))...), "Kata/rembang grew 2")
}

// TestAVoiceThatIsGivenBackIsCounted is an outlet whose article is split off
// those of the outlet it was taken to print.
func TestAVoiceThatIsGivenBackIsCounted(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 9, time.Hour))
	posts := changed(several("a", 2, 0), func(p *source.Post) { p.Voice, p.Story = "satu.example", "a0" })
	x.at(0, posts...)
	own := posts[1]
	own.Voice, own.Story = "dua.example", "a1"
	x.restory(own)
	x.update(func(tx store.Tx) error {
		n, err := count(tx, "Debu/rembang", noon, time.Hour)
		if diff := cmp.Diff(Counts{Posts: 2, Stories: 2, Voices: 2}, n); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		return err
	})
}

func TestWhatWaitsToBeQuotedIsOfTheNewStory(t *testing.T) {
	x := newTrial(t, atLeast(Posts, 3, time.Hour))
	posts := []source.Post{post("a", 0), post("b", time.Minute)}
	x.at(time.Minute, posts...)
	x.restory(moved("a", posts[1])...)
	if got := x.quotesLeft(); got != "b" { // the newest post of the one story
		t.Errorf("quotes %q", got)
	}
	firings := x.at(2*time.Minute, post("c", 2*time.Minute))
	if got := x.quotedIn(firings); got != "b c" {
		t.Errorf("quoted %q", got)
	}
}

func TestMovingWhatWasNeverCountedWritesNothing(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 9, time.Hour))
	x.at(0, post("a", 0))
	x.update(func(tx store.Tx) error {
		c := counting{tx, map[string]int{}}
		err := Restory(c, []source.Post{post("never seen", 0), post("a", 0)})
		if len(c.puts) > 0 {
			t.Errorf("writes to %v", c.puts)
		}
		return err
	})
}

func TestAnErrorOfRestoryNamesWhatItDid(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 9, time.Hour))
	x.at(0, post("a", 0))
	err := x.db.View(t.Context(), func(tx store.Tx) error { return Restory(tx, moved("z", post("a", 0))) })
	if err == nil || !contains(err, "another story") {
		t.Errorf("got %v", err)
	}
}
