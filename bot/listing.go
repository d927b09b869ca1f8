package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

const (
	// maxStories and maxMembers bound a list in a chat; one story by itself
	// is shown with maxWhole of its posts.
	maxStories = 12
	maxMembers = 5
	maxWhole   = 40
	// storyRunes is as much of a story as tells it from others.
	storyRunes = 60
)

// list shows the stories behind an incident, or the one that was named.
func (t *turn) list(ctx context.Context, only []ref) (Answer, error) {
	var ans Answer
	err := t.DB.Update(ctx, func(tx store.Tx) error {
		b, err := t.bind(tx)
		if err != nil {
			return err
		}
		ans = t.listing(b, only)
		if err := b.book.keep(tx, t.in.ID); err != nil || t.mark == nil {
			return err
		}
		return t.mark(tx)
	})
	t.marked = err == nil
	return ans, err
}

func (t *turn) listing(b *binder, only []ref) Answer {
	if len(only) > 0 {
		return t.whole(b, only[0])
	}
	stories := b.latest()
	if len(stories) == 0 {
		return t.private(storiesNone, "id", t.in.ID.String())
	}
	lines := []string{t.Lang.say(storiesHead, "id", t.in.ID.String(), "stories", t.Lang.count(countStories, len(stories)))}
	shown := b.inOrder(stories[:min(len(stories), maxStories)])
	for _, s := range shown {
		lines = append(lines, t.storyLine(b, b.members(s), maxMembers))
	}
	if rest := len(stories) - len(shown); rest > 0 {
		lines = append(lines, t.Lang.More(rest))
	}
	return Answer{Text: strings.Join(append(lines, t.offers(b, shown)...), "\n"), Private: true}
}

// whole shows one story with as many of its posts as one answer holds.
func (t *turn) whole(b *binder, story ref) Answer {
	members := b.members(b.book.story(story))
	if len(members) == 0 {
		return t.private(refuseNoPost, "ref", story.String(), "id", t.in.ID.String(), "list", t.listExample())
	}
	lines := []string{
		t.Lang.say(storiesOne, "story", story.String(), "id", t.in.ID.String()),
		t.storyLine(b, members, maxWhole),
	}
	return Answer{Text: strings.Join(append(lines, t.offers(b, []string{members[0].Story})...), "\n"), Private: true}
}

// offers says what can be done with the stories that are shown, by the
// example of theirs.
func (t *turn) offers(b *binder, shown []string) []string {
	var lines []string
	i := slices.IndexFunc(shown, func(s string) bool { return len(b.members(s)) > 1 })
	if i >= 0 {
		post := b.book.name(b.members(shown[i])[1])
		example := t.Lang.say(commandSplit, "n", number(t.in.ID), "posts", post.String())
		lines = append(lines, t.Lang.say(storiesSplit, "example", t.slash(example)))
	}
	if len(shown) > 1 {
		into, story := b.letter(shown[0]), b.letter(shown[1])
		example := t.Lang.say(commandJoin, "n", number(t.in.ID), "into", into.String(), "story", story.String())
		lines = append(lines, t.Lang.say(storiesJoin, "example", t.slash(example)))
	}
	return lines
}

// latest returns the stories, the one with the latest post first.
func (b *binder) latest() []string {
	var out []string
	for _, x := range slices.Backward(b.posts) {
		if !slices.Contains(out, x.Story) {
			out = append(out, x.Story)
		}
	}
	return out
}

// inOrder returns stories by their letters, and then those that have none yet.
func (b *binder) inOrder(stories []string) []string {
	rank := func(story string) int {
		if i := b.book.find(story); i >= 0 {
			return i
		}
		return maxLetters
	}
	return slices.SortedStableFunc(slices.Values(stories), func(x, y string) int { return cmp.Compare(rank(x), rank(y)) })
}

// storyLine is one story with the posts in it: "A. Debu pabrik tebal… (5
// pos): A1 kabarrembang.example 10:42 WIB, A2 ...".
func (t *turn) storyLine(b *binder, members []incident.Excerpt, atMost int) string {
	zone := t.card(t.in).Zone
	var posts []string
	for _, x := range members[:min(len(members), atMost)] {
		posts = append(posts, t.Lang.say(storiesPost, "ref", b.book.name(x).String(), "where", t.Lang.where(x),
			"at", t.Lang.clock(x.Published, t.at, zone)))
	}
	list := strings.Join(posts, ", ")
	if rest := len(members) - len(posts); rest > 0 {
		list += " " + t.Lang.More(rest)
	}
	return t.Lang.say(storiesLine, "story", b.letter(members[0].Story).String(), "text", Unnamed(one(members[0].Text, storyRunes)),
		"posts", t.Lang.count(countPosts, len(members)), "list", list)
}
