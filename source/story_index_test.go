package source

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

const nearWords = "Kabar dari tetangga: " + manyWords

// storyOf takes a text in and names its story.
func (i *inlet) storyOf(id, text string) string {
	i.t.Helper()
	got := i.take(written(id, text, i.now)).Posts
	if len(got) != 1 {
		i.t.Fatalf("%s: %+v", id, got)
	}
	return strings.TrimPrefix(got[0].Story, "media:")
}

func (i *inlet) wantStory(id, text, want string) {
	i.t.Helper()
	if got := i.storyOf(id, text); got != want {
		i.t.Errorf("%s is of story %s, want %s", id, got, want)
	}
}

func TestARestartForgetsNoText(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	i.now = i.now.Add(30 * time.Hour)
	i.reopen()
	i.wantStory("b", nearWords, "a")
}

func TestWhatWasRolledBackIsNoStory(t *testing.T) {
	i := newInlet(t)
	err := i.db.Update(t.Context(), func(tx store.Tx) error {
		if _, err := i.in.Accept(tx, i.spec, Batch{Events: []Event{written("a", manyWords, i.now)}}, i.now); err != nil {
			return err
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatal(err)
	}
	i.wantStory("b", nearWords, "b")
	i.wantStory("a", manyWords, "b")
}

// TestAnEditOrDeletionThatIsRolledBackChangesNothing looks for the old words.
func TestAnEditOrDeletionThatIsRolledBackChangesNothing(t *testing.T) {
	for name, e := range map[string]Event{"edit": written("a", otherWords, noon), "deletion": deleted("a")} {
		t.Run(name, func(t *testing.T) {
			i := newInlet(t)
			i.wantStory("a", manyWords, "a")
			err := i.db.Update(t.Context(), func(tx store.Tx) error {
				if _, err := i.in.Accept(tx, i.spec, Batch{Events: []Event{e}}, i.now); err != nil {
					return err
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
			i.wantStory("b", nearWords, "a")
		})
	}
}

// TestATransactionThatRunsTwiceIsTakenInOnce is what a second engine does on a
// conflict.
func TestATransactionThatRunsTwiceIsTakenInOnce(t *testing.T) {
	i := newInlet(t)
	events := []Event{written("a", manyWords, i.now), written("b", nearWords, i.now)}
	var got [2]Accepted
	for n := range got {
		_ = i.db.Update(t.Context(), func(tx store.Tx) (err error) {
			if got[n], err = i.in.Accept(tx, i.spec, Batch{Events: events}, i.now); err == nil && n == 0 {
				err = errUndo
			}
			return err
		})
		if len(got[n].Posts) != 2 || got[n].Posts[1].Story != "media:a" {
			t.Errorf("run %d: %+v", n, got[n].Posts)
		}
	}
}

func TestAnEditReplacesTheWordsOfAPost(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	i.wantStory("a", "Sungai meluap di dua kelurahan sehingga ratusan keluarga mengungsi ke balai desa sejak semalam", "a")
	i.wantStory("b", nearWords, "b")
	i.wantStory("c", "Innalillahi. Sungai meluap di dua kelurahan sehingga ratusan keluarga mengungsi ke balai desa sejak semalam", "a")
	i.wantStory("d", manyWords, "b")
	for _, e := range i.in.index.posts {
		if e.older != nil {
			t.Errorf("the index keeps an old text of %s", e.key)
		}
	}
}

func TestAnEditLeavesItsOldWordsToTheirOtherPosts(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", eightWords, "a")
	i.wantStory("b", eightWords, "a")
	i.wantStory("a", otherWords, "a")
	i.wantStory("c", eightWords, "a")
	i.wantStory("d", otherWords, "a")
}

func TestAnEditDoesNotTakeWordsFromAnotherStory(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", eightWords, "a")
	i.wantStory("b", otherWords, "b")
	i.wantStory("b", eightWords, "b")
	i.wantStory("c", eightWords, "a")
}

func TestTheTextOfADeletedPostLeavesTheIndexAndItsStoryGoesOn(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	i.wantStory("b", nearWords, "a")
	i.take(deleted("a"))
	if n := len(i.in.index.posts); n != 1 {
		t.Errorf("%d texts in the index, want 1", n)
	}
	for _, part := range i.in.index.parts {
		for _, e := range part.members {
			if (e.gist == nil) != strings.HasSuffix(string(e.key), digest("media:a")) {
				t.Errorf("%s: words %v", e.key, e.gist)
			}
		}
	}
	i.wantStory("c", "Menurut kabar, "+manyWords, "a")
}

// TestSeveralProcessesMayShareAStore has two intakes at one store, each of
// which has read it before.
func TestSeveralProcessesMayShareAStore(t *testing.T) {
	i := newInlet(t)
	other := i.restarted()
	i.wantStory("x", otherWords, "x")
	i.in, other = other, i.in
	i.now = i.now.Add(time.Minute)
	i.wantStory("a", manyWords, "a")
	i.in = other
	i.now = i.now.Add(-time.Second) // its clock is behind
	i.wantStory("b", nearWords, "a")
}

func TestAClockThatIsSetBackFindsWhatIsThere(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	i.now = i.now.Add(10 * day)
	i.wantStory("x", otherWords, "x") // all else has left the index
	i.now = i.now.Add(-10 * day)
	i.wantStory("b", nearWords, "a")
}

// TestTheIndexIsBounded floods it with posts of an hour.
func TestTheIndexIsBounded(t *testing.T) {
	var x index
	x.open(noon)
	long := &gist{shingles: make([]uint32, 1<<14)}
	for n := range 2 * maxIndexed / len(long.shingles) {
		x.add(&indexed{key: store.Key(fmt.Sprint(n)), fetched: noon, gist: long})
		if size := x.size(); size > maxIndexed {
			t.Fatalf("%d shingles after %d posts", size, n)
		}
	}
	if len(x.posts) < maxIndexed/len(long.shingles)*3/4 {
		t.Errorf("only %d posts are left", len(x.posts))
	}
	x.upTo(noon.Add(foldWithin + time.Second))
	if len(x.posts)+len(x.parts) > 0 {
		t.Errorf("%d posts are left after two days", len(x.posts))
	}
}

// TestAKnownBatchReadsNoPosts keeps polls without news cheap.
func TestAKnownBatchReadsNoPosts(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	i.reopen()
	i.take(written("a", manyWords, i.now))
	if i.in.index.posts != nil {
		t.Error("the index was read for a post that is known")
	}
}
