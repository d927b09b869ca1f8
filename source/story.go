package source

import (
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/text"
)

const (
	stories store.Daily[storyEntry] = "story"
	members store.Daily[member]     = "member"
)

// storyEntry says whose a key is. The story is where that post is now, as a
// person may have moved it.
type storyEntry struct {
	ID    string `json:"id"`              // of the story, when it was written
	Post  string `json:"post,omitempty"`  // seenKey of the post; files of the first release have none
	Voice string `json:"voice,omitempty"` // v/ only
}

// member is written for every post of a story but the one that names it. Its
// key says all.
type member struct{}

const (
	foldWithin = 48 * time.Hour // copies further apart are different stories

	// minStoryWords keeps short outcries apart: two people who write "debu
	// lagi, parah" are two stories.
	minStoryWords = 8
)

// fold finds the story of a new post: that of the post it repeats, of its
// address, of its very words, of nearly its words, or else its own.
func (t *taking) fold(p *Post, at *sighting) error {
	if err := t.learn(); err != nil {
		return err
	}
	keys, e := storyKeys(*p), t.in.entry(*p)
	s, found, err := t.known(*p, keys)
	if err == nil && !found {
		s, found, err = nearest(t.tx, e.gist, t.in.index.compare(e), t.now)
	}
	if err != nil {
		return err
	}
	t.in.index.add(e)
	p.Story = p.ID
	if found {
		p.Story, at.Placed = s.Story, s.Placed
		if err := enter(t.tx, *p, p.Story); err != nil {
			return err
		}
		if at.Voice, err = speak(t.tx, p, t.now); err != nil {
			return err
		}
	}
	at.Story = p.Story
	return claim(t.tx, keys, *p, t.now)
}

// known finds the story that a post names or whose very words it has.
func (t *taking) known(p Post, keys []store.Key) (sighting, bool, error) {
	if p.Repost != "" {
		if s, found, err := sighted(t.tx, p.Repost, t.now); err != nil || found && s.Story != "" {
			return s, err == nil, err
		}
	}
	for back := time.Duration(0); back <= foldWithin; back += 24 * time.Hour {
		for _, k := range keys {
			if s, found, err := owner(t.tx, k, t.now.Add(-back), t.now); err != nil || found {
				return s, found, err
			}
		}
	}
	return sighting{}, false, nil
}

// owner returns the sighting of the post that has a key on a day.
func owner(tx store.Tx, k store.Key, day, now time.Time) (sighting, bool, error) {
	entry, found, err := stories.On(day).Get(tx, k)
	if err != nil || !found {
		return sighting{}, false, err
	}
	s, found, err := look(tx, store.Key(entry.Post), now)
	if err != nil || !found || s.Story == "" {
		s = sighting{Story: entry.ID}
	}
	return s, err == nil, err
}

// learn readies the index once for all posts of the batch.
func (t *taking) learn() error {
	if t.learnt {
		return nil
	}
	t.learnt = true
	return t.in.learn(t.tx, t.now)
}

// claim lets a story be found by the keys of one more of its posts, whose
// words or address may be new to it.
func claim(tx store.Tx, keys []store.Key, p Post, now time.Time) error {
	for _, k := range keys {
		if err := stories.On(now).Put(tx, k, storyEntry{ID: p.Story, Post: string(seenKey(p.ID))}); err != nil {
			return err
		}
	}
	return nil
}

// reword lets a story be found by the new words of an edited post, and no
// longer by the old ones unless others of its posts have them too.
func (t *taking) reword(was, p Post) error {
	if err := t.learn(); err != nil {
		return err
	}
	t.in.index.forgetAfter(t.tx, postKey(p))
	t.in.index.add(t.in.entry(p))
	for _, k := range storyKeys(Post{Text: was.Text, Site: was.Site}) {
		if err := disclaim(t.tx, k, p, t.now); err != nil {
			return err
		}
	}
	var free []store.Key
	for _, k := range storyKeys(Post{Text: p.Text, Site: p.Site}) {
		if _, taken, err := t.known(Post{}, []store.Key{k}); err != nil {
			return err
		} else if !taken {
			free = append(free, k)
		}
	}
	return claim(t.tx, free, p, t.now)
}

func disclaim(tx store.Tx, k store.Key, p Post, now time.Time) error {
	for back := time.Duration(0); back <= foldWithin; back += 24 * time.Hour {
		day := stories.On(now.Add(-back))
		entry, found, err := day.Get(tx, k)
		if err == nil && found && entry.Post == string(seenKey(p.ID)) {
			err = day.Delete(tx, k)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// storyKeys are what copies of a post have in common: the original, even if it
// was never seen here, the address, or the words.
func storyKeys(p Post) []store.Key {
	var keys []store.Key
	if p.Repost != "" {
		keys = append(keys, store.Path("r", digest(p.Repost)))
	}
	if p.URL != "" {
		keys = append(keys, store.Path("u", digest(p.URL)))
	}
	if folded := text.Fold(p.Text); strings.Count(folded, " ") >= minStoryWords-1 {
		keys = append(keys, store.Path("t", digest(folded), p.Site))
	}
	return keys
}
