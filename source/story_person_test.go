package source

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/store"
)

// idsOf names posts, without their source.
func idsOf(posts []Post) string {
	var out []string
	for _, p := range posts {
		out = append(out, strings.TrimPrefix(p.ID, "media:"))
	}
	return strings.Join(out, " ")
}

func (i *inlet) members(story string) string {
	i.t.Helper()
	var out []Post
	i.update(func(tx store.Tx) (err error) {
		out, err = Members(tx, "media:"+story)
		if errors.Is(err, ErrUnknownStory) {
			err = nil
		}
		return err
	})
	return idsOf(out)
}

func (i *inlet) split(post string) (moved []Post) {
	i.t.Helper()
	i.update(func(tx store.Tx) (err error) {
		moved, err = Split(tx, "media:"+post, i.now)
		return err
	})
	return moved
}

func (i *inlet) join(story, into string) (moved []Post) {
	i.t.Helper()
	i.update(func(tx store.Tx) (err error) {
		moved, err = Join(tx, story, into, i.now)
		return err
	})
	return moved
}

func TestMembersAreTheKeptPostsOfAStoryOldestFirst(t *testing.T) {
	i := newInlet(t)
	for n, id := range []string{"a", "b", "c", "d"} {
		i.now = noon.Add(time.Duration(n) * 18 * time.Hour)
		i.wantStory(id, strings.Repeat("Kabar lagi: ", n)+manyWords, "a")
	}
	i.wantStory("x", otherWords, "x")
	i.take(deleted("c"))
	i.take(written("b", otherWords, i.now))
	if got := i.members("a"); got != "a b d" {
		t.Errorf("members %q", got)
	}
	if got := i.members("x"); got != "x" {
		t.Errorf("members of a story with one post: %q", got)
	}
	i.take(deleted("a"))
	if got := i.members("a"); got != "b d" {
		t.Errorf("members %q of a story whose first post was deleted", got)
	}
}

func TestAStoryOfThousandsIsShownInPart(t *testing.T) {
	i := newInlet(t)
	var events []Event
	for n := range maxMembers + 10 {
		events = append(events, written(fmt.Sprintf("%05d", n), eightWords, i.now))
	}
	i.take(events...)
	if n := len(strings.Fields(i.members("00000"))); n != maxMembers {
		t.Errorf("%d members", n)
	}
}

func TestAPostThatWasSplitOffIsNeverFoldedBack(t *testing.T) {
	for _, who := range []string{"first", "second"} {
		t.Run(who, func(t *testing.T) {
			i := newInlet(t)
			text := map[string]string{"first": manyWords, "second": nearWords}
			i.storyOf("first", text["first"])
			i.wantStory("second", text["second"], "first")
			i.storyOf("third", "Menurut kabar, "+manyWords)
			moved := i.split(who)
			if idsOf(moved) != who || moved[0].Story == "media:first" {
				t.Fatalf("moved %+v", moved)
			}
			own := strings.TrimPrefix(moved[0].Story, "media:")
			i.reopen()
			i.wantStory("copy", text[who], own)
			i.wantStory("nearly", text[who]+" https://x.id/a", own)
			i.wantStory("edited", text[who]+" Astaga", own)
			e := written("repost", "parah", i.now)
			e.Post.Repost = "media:" + who
			if p := i.take(e).Posts[0]; p.Story != moved[0].Story {
				t.Errorf("a repost is of story %s", p.Story)
			}
			i.wantStory("other number", strings.ReplaceAll(text[who], "tiga", "sembilan"), "other number")
			if p := i.take(written(who, text[who]+", diedit", i.now)).Posts[0]; p.Story != moved[0].Story {
				t.Errorf("edited it is of story %s", p.Story)
			}
			i.wantStory("fourth", "Menurut kabar, "+manyWords+" lagi", "first")
			if got := i.members("first"); strings.Contains(" "+got+" ", " "+who+" ") {
				t.Errorf("%q are left", got)
			}
		})
	}
}

// TestOfPostsWithTheVeryWordsTheMovedOneIsFollowed has texts that are too short
// to be compared otherwise, and one address.
func TestOfPostsWithTheVeryWordsTheMovedOneIsFollowed(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", eightWords, "a")
	i.wantStory("b", eightWords, "a")
	i.wantStory("c", eightWords, "a")
	i.split("b")
	i.wantStory("d", eightWords, "b")
	at := func(id string) Event {
		e := written(id, "debu "+id, i.now)
		e.Post.URL = "https://x.id/1"
		return e
	}
	i.take(at("k"), at("l"), at("m"))
	i.split("l")
	if p := i.take(at("n")).Posts[0]; p.Story != "media:l" {
		t.Errorf("another post of the address is of story %s", p.Story)
	}
}

// TestOfPostsThatAreEquallyAlikeTheMovedOneIsFollowed: and when it is past the
// index, those that followed it.
func TestOfPostsThatAreEquallyAlikeTheMovedOneIsFollowed(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	i.now = i.now.Add(time.Minute)
	i.wantStory("b", manyWords, "a")
	i.wantStory("c", "Halo dunia kini, "+manyWords, "a")
	i.split("b")
	i.now = i.now.Add(40 * time.Hour)
	i.wantStory("d", "Halo dunia kini, "+manyWords+" begitu", "a")
	i.now = i.now.Add(time.Minute)
	i.wantStory("e", "Kabar: "+manyWords, "b")
	i.now = i.now.Add(40 * time.Hour)
	i.wantStory("f", "Pagi: "+manyWords, "b")
}

// TestRepostsFollowTheirOriginalWhereItWasMoved has one that was never seen.
func TestRepostsFollowTheirOriginalWhereItWasMoved(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	repost := func(id string) Event {
		e := written(id, "parah "+id, i.now)
		e.Post.Repost = "media:unseen"
		return e
	}
	i.take(repost("b"))
	i.join("media:b", "media:a")
	if p := i.take(repost("c")).Posts[0]; p.Story != "media:a" {
		t.Errorf("story %s", p.Story)
	}
}

// TestStoriesThatWereJoinedStayOne joins two reports that differ in a number.
func TestStoriesThatWereJoinedStayOne(t *testing.T) {
	five := strings.ReplaceAll(manyWords, "tiga", "lima")
	i := newInlet(t)
	i.wantStory("a", manyWords, "a")
	i.wantStory("b", nearWords, "a")
	i.wantStory("x", five, "x")
	i.take(written("gone", five, i.now), deleted("gone"))
	if moved := i.join("media:x", "media:a"); idsOf(moved) != "x" || moved[0].Story != "media:a" {
		t.Fatalf("moved %+v", moved)
	}
	i.reopen()
	i.wantStory("y", five, "a")
	i.wantStory("z", "Dari grup warga: "+five, "a")
	i.wantStory("c", "Dari grup warga: "+manyWords, "a")
	i.wantStory("zz", "Dari grup ibu-ibu: "+five, "a")
	e := written("r", "parah", i.now)
	e.Post.Repost = "media:gone"
	if p := i.take(e).Posts[0]; p.Story != "media:a" {
		t.Errorf("a repost of a deleted post of the story is of %s", p.Story)
	}
	if got := i.members("a"); len(strings.Fields(got)) != 8 || i.members("x") != "" {
		t.Errorf("members %q and %q", got, i.members("x"))
	}
}

// TestSplitAndJoinUndoEachOther takes any decisions and compares the store with
// what a table of stories says.
func TestSplitAndJoinUndoEachOther(t *testing.T) {
	i := newInlet(t)
	all := []string{"a", "b", "c", "d", "e"}
	rapid.Check(t, func(rt *rapid.T) {
		err := i.db.Update(t.Context(), func(tx store.Tx) error {
			var events []Event
			story := map[string]string{}
			for n, id := range all {
				events = append(events, written(id, []string{eightWords, otherWords}[n%2], noon))
				story["media:"+id] = "media:" + all[n%2]
			}
			if _, err := i.in.Accept(tx, i.spec, Batch{Events: events}, noon); err != nil {
				return err
			}
			for range rapid.IntRange(1, 12).Draw(rt, "decisions") {
				id := "media:" + rapid.SampledFrom(all).Draw(rt, "post")
				other := "media:" + rapid.SampledFrom(all).Draw(rt, "other")
				decide(rt, tx, story, id, other)
				checkMembers(rt, tx, story)
			}
			return errUndo
		})
		if !errors.Is(err, errUndo) {
			rt.Fatal(err)
		}
	})
}

// decide splits a post off if it is the other, and else joins their stories.
func decide(rt *rapid.T, tx store.Tx, story map[string]string, id, other string) {
	n := 0
	for _, s := range story {
		if s == story[id] {
			n++
		}
	}
	was := story[id]
	if id == other {
		moved, err := Split(tx, id, noon)
		if n == 1 {
			if !errors.Is(err, ErrAlone) {
				rt.Fatalf("split off the only one: %v", err)
			}
			return
		}
		if err != nil || len(moved) != 1 || moved[0].Story == was {
			rt.Fatalf("split: %+v, %v", moved, err)
		}
		story[id] = moved[0].Story
		return
	}
	moved, err := Join(tx, story[id], story[other], noon)
	switch {
	case was == story[other]:
		if !errors.Is(err, ErrSameStory) {
			rt.Fatalf("join with itself: %v", err)
		}
	case err != nil || len(moved) != n:
		rt.Fatalf("join: %d of %d moved, %v", len(moved), n, err)
	}
	for _, p := range moved {
		story[p.ID] = story[other]
	}
}

func checkMembers(rt *rapid.T, tx store.Tx, story map[string]string) {
	got := 0
	seen := map[string]bool{}
	for id, s := range story {
		if seen[s] {
			continue
		}
		seen[s] = true
		posts, err := Members(tx, s)
		if err != nil {
			rt.Fatalf("members of %s (%s): %v", s, id, err)
		}
		for _, p := range posts {
			if got++; story[p.ID] != s || p.Story != s {
				rt.Errorf("%s is in %s, want %s", p.ID, s, story[p.ID])
			}
		}
	}
	if got != len(story) {
		rt.Errorf("%d posts in all stories, want %d", got, len(story))
	}
}

func TestDecisionsOnWhatIsNotThereAreRefused(t *testing.T) {
	i := newInlet(t)
	i.wantStory("a", eightWords, "a")
	i.wantStory("b", eightWords, "a")
	i.take(written("gone", otherWords, i.now), deleted("gone"))
	for name, c := range map[string]struct {
		try  func(store.Tx) error
		want error
	}{
		"members of none":    {func(tx store.Tx) error { _, err := Members(tx, "media:x"); return err }, ErrUnknownStory},
		"split of none":      {func(tx store.Tx) error { _, err := Split(tx, "media:x", i.now); return err }, ErrUnknownPost},
		"split of a deleted": {func(tx store.Tx) error { _, err := Split(tx, "media:gone", i.now); return err }, ErrUnknownPost},
		"join of none":       {func(tx store.Tx) error { _, err := Join(tx, "media:x", "media:a", i.now); return err }, ErrUnknownStory},
		"join into none":     {func(tx store.Tx) error { _, err := Join(tx, "media:a", "media:x", i.now); return err }, ErrUnknownStory},
		"join with itself":   {func(tx store.Tx) error { _, err := Join(tx, "media:a", "media:a", i.now); return err }, ErrSameStory},
		"a member's name":    {func(tx store.Tx) error { _, err := Members(tx, "media:b"); return err }, ErrUnknownStory},
	} {
		t.Run(name, func(t *testing.T) {
			if err := i.db.Update(t.Context(), c.try); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}
