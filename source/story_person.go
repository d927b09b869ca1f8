package source

import (
	"errors"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Errors about a person's decisions on stories.
var (
	// ErrUnknownPost is returned by Split for a post that is not kept: it was
	// never seen, was deleted at its source, or is so old that no source has
	// shown it for a week or two.
	ErrUnknownPost = errors.New("no such post is kept")

	// ErrUnknownStory is returned by Members and Join for a story of which no
	// post is kept.
	ErrUnknownStory = errors.New("no post of such a story is kept")

	// ErrAlone is returned by Split for the only post of its story.
	ErrAlone = errors.New("the post is the only one of its story")

	// ErrSameStory is returned by Join for a story and itself.
	ErrSameStory = errors.New("these are one story already")

	// ErrManyPosts is returned by Join for a story that has more posts than
	// one decision may move, 10,000.
	ErrManyPosts = errors.New("the story has more than 10000 posts")
)

const (
	// maxMembers bounds what Members returns: more than anybody reads.
	maxMembers = 1000

	// maxMoved keeps the transaction of a Join to a second or so.
	maxMoved = 10_000

	// apartMark begins the name of the story of a post that was taken out of
	// the story it names. No id of a post does: names of sources begin with a
	// letter or digit.
	apartMark = "~"
)

// Members returns the kept posts of a story in the order of their publication;
// of more than 1,000 those that were fetched first. It returns ErrUnknownStory if there
// is none.
func Members(tx store.Tx, story string) ([]Post, error) {
	all, err := membersOf(tx, story, maxMembers)
	if err != nil {
		return nil, fmt.Errorf("read story %s: %w", story, err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("story %s: %w", story, ErrUnknownStory)
	}
	return all, nil
}

// Split takes a post out of its story into one of its own and returns it as it
// is now. Later copies follow the one that they are most alike, and of equals
// the one that was moved. It returns ErrUnknownPost, or ErrAlone if there is
// nothing to do. Join undoes it.
func Split(tx store.Tx, post string, now time.Time) (moved []Post, err error) {
	p, err := split(tx, post, now)
	if err != nil {
		return nil, fmt.Errorf("split %s: %w", post, err)
	}
	return []Post{p}, nil
}

func split(tx store.Tx, post string, now time.Time) (Post, error) {
	at, found, err := sighted(tx, post, now)
	if err != nil {
		return Post{}, err
	}
	p, kept, err := posts.On(at.Fetched).Get(tx, at.Post)
	if err != nil {
		return Post{}, err
	}
	if !found || !kept {
		return Post{}, ErrUnknownPost
	}
	all, err := memberKeys(tx, p.Story, 2)
	if err != nil {
		return Post{}, err
	}
	if len(all) < 2 {
		return Post{}, ErrAlone
	}
	own := p.ID
	if own == p.Story {
		own = apartMark + p.ID
	}
	err = move(tx, &p, at, own, now)
	return p, err
}

// Join makes all posts of one story part of another and returns those that are
// kept as they are now. Later copies of them follow. It returns
// ErrUnknownStory, ErrSameStory or ErrManyPosts. Split undoes it, post by post.
func Join(tx store.Tx, story, into string, now time.Time) (moved []Post, err error) {
	if story == into {
		return nil, fmt.Errorf("join %s: %w", story, ErrSameStory)
	}
	for _, s := range []string{story, into} {
		if _, err := Members(tx, s); err != nil {
			return nil, fmt.Errorf("join: %w", err)
		}
	}
	keys, err := memberKeys(tx, story, maxMoved+1)
	if err == nil && len(keys) > maxMoved {
		err = ErrManyPosts
	}
	for _, k := range keys {
		if err != nil {
			break
		}
		moved, err = join(tx, k, into, moved, now)
	}
	if err != nil {
		return nil, fmt.Errorf("join %s: %w", story, err)
	}
	return moved, nil
}

// join moves one post, of which perhaps only the sighting is left, and adds it
// to moved if its text is kept.
func join(tx store.Tx, k store.Key, into string, moved []Post, now time.Time) ([]Post, error) {
	at, found, err := look(tx, sightingOf(k), now)
	if err != nil || !found {
		return moved, err
	}
	p, found, err := posts.On(at.Fetched).Get(tx, at.Post)
	if err != nil {
		return moved, err
	}
	if !found {
		at.Story, at.Placed = into, true
		return moved, seen.On(week(now)).Put(tx, sightingOf(k), at)
	}
	err = move(tx, &p, at, into, now)
	return append(moved, p), err
}

// move puts a post into another story for good, together with its address and
// words, by which later copies are found.
func move(tx store.Tx, p *Post, at sighting, story string, now time.Time) error {
	if err := members.On(p.Fetched).Delete(tx, memberKey(p.Story, postKey(*p))); err != nil {
		return err
	}
	if at.Voice != "" {
		p.Voice, at.Voice = at.Voice, ""
	}
	p.Story = story
	if named(story) != p.ID {
		if err := enter(tx, *p, story); err != nil {
			return err
		}
		var err error
		if at.Voice, err = speak(tx, p, now); err != nil {
			return err
		}
	}
	at.Story, at.Placed = story, true
	if err := claim(tx, storyKeys(Post{URL: p.URL, Text: p.Text, Site: p.Site}), *p, now); err != nil {
		return err
	}
	return keep(tx, *p, at, now)
}
