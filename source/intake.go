package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
	"github.com/siaga-id/siaga/text"
)

const (
	cursors store.Shelf[cursor]     = "cursor"
	seen    store.Daily[sighting]   = "seen"
	posts   store.Daily[Post]       = "post"
	stories store.Daily[storyEntry] = "story"
)

type cursor struct {
	Value string `json:"value"`
}

// sighting remembers an id for as long as it keeps turning up, and rememberFor
// beyond that. It stands on the shelf of its week, so that looking on two
// shelves is enough.
type sighting struct {
	Hash    string    `json:"hash"` // of the text; empty: deleted
	Story   string    `json:"story"`
	Post    store.Key `json:"post"` // where the text is kept
	Fetched time.Time `json:"fetched"`
}

type storyEntry struct {
	ID string `json:"id"`
}

const (
	rememberFor = 7 * 24 * time.Hour // an id that no fetch showed for so long is forgotten
	foldWithin  = 48 * time.Hour     // copies further apart are different stories
	freshFor    = 48 * time.Hour     // older at first sight: history (sources.md)

	// minStoryWords keeps short outcries apart: two people who write "debu
	// lagi, parah" are two stories.
	minStoryWords = 8
)

// Intake is where posts enter the store. It is immutable.
type Intake struct {
	Places *Gazetteer
}

// Accepted is what a batch brought that was not known.
type Accepted struct {
	Posts   []Post   // new ones and edited ones, complete, each once
	Deleted []string // ids
}

// leaveOut takes out a post that a later event of its batch edits or deletes:
// nothing may come of a text that is gone already.
func (a *Accepted) leaveOut(id string) {
	a.Posts = slices.DeleteFunc(a.Posts, func(p Post) bool { return p.ID == id })
}

// Accept stores a batch and its cursor and returns what was new in it. It
// belongs in the transaction that also holds whatever the posts cause.
func (in Intake) Accept(tx store.Tx, spec Spec, b Batch, now time.Time) (Accepted, error) {
	was, polled, err := cursors.Get(tx, store.Key(spec.Name))
	if err != nil {
		return Accepted{}, fmt.Errorf("read cursor of %s: %w", spec.Name, err)
	}
	backlog := !polled && !b.Live
	var out Accepted
	for _, e := range b.Events {
		if err := in.accept(tx, spec, e, now.UTC(), backlog, &out); err != nil {
			return Accepted{}, fmt.Errorf("accept %s: %w", e.Post.ID, err)
		}
	}
	if polled && was.Value == b.Cursor { // always so of what is pushed
		return out, nil
	}
	if err := cursors.Put(tx, store.Key(spec.Name), cursor{Value: b.Cursor}); err != nil {
		return Accepted{}, fmt.Errorf("keep cursor of %s: %w", spec.Name, err)
	}
	return out, nil
}

func (in Intake) accept(tx store.Tx, spec Spec, e Event, now time.Time, backlog bool, out *Accepted) error {
	old, known, err := sighted(tx, e.Post.ID, now)
	if err != nil {
		return err
	}
	if known && old.Hash == "" { // deleted at the source, and this is late
		return nil
	}
	if e.Deleted {
		out.leaveOut(e.Post.ID)
		out.Deleted = append(out.Deleted, e.Post.ID)
		return purge(tx, e.Post.ID, old, known, now)
	}
	hash := digest(e.Post.Text)
	if known && old.Hash == hash {
		return nil
	}
	p := in.complete(spec, e.Post, now, backlog)
	if known {
		return edit(tx, p, old, hash, now, out)
	}
	if p.Story, err = storyOf(tx, p, now); err != nil {
		return err
	}
	at := sighting{Hash: hash, Story: p.Story, Post: postKey(p), Fetched: p.Fetched}
	if err := keep(tx, p, at, now); err != nil {
		return err
	}
	out.Posts = append(out.Posts, p)
	return nil
}

// complete fills in what the source left open and does not believe a date
// ahead of our own, nor a site that we do not have.
func (in Intake) complete(spec Spec, p Post, now time.Time, backlog bool) Post {
	p.Source, p.Fetched = spec.Name, now
	if p.Published.IsZero() || p.Published.After(now) {
		p.Published = now
	}
	if site := in.Places.Find(p.Text); site != "" {
		p.Site = site
	} else if !in.Places.knows(p.Site) {
		p.Site = spec.Site
	}
	p.Backlog = p.Backlog || backlog || now.Sub(p.Published) > freshFor
	return p
}

// edit replaces the text of a known post. It stays in its story and keeps its
// times: an edited article is not a new one.
func edit(tx store.Tx, p Post, old sighting, hash string, now time.Time, out *Accepted) error {
	was, _, err := posts.On(old.Fetched).Get(tx, old.Post)
	if err != nil {
		return err
	}
	if !was.Published.IsZero() {
		p.Published, p.Backlog = was.Published, was.Backlog
	}
	p.Story, p.Fetched, old.Hash = old.Story, old.Fetched, hash
	out.leaveOut(p.ID)
	out.Posts = append(out.Posts, p)
	return keep(tx, p, old, now)
}

// purge forgets the text of a deleted post; that it existed stays counted.
// The sighting stays too, so that a late copy of the post is not taken in.
func purge(tx store.Tx, id string, old sighting, known bool, now time.Time) error {
	if known {
		if err := posts.On(old.Fetched).Delete(tx, old.Post); err != nil {
			return err
		}
	}
	old.Hash = ""
	return seen.On(week(now)).Put(tx, seenKey(id), old)
}

func keep(tx store.Tx, p Post, at sighting, now time.Time) error {
	if err := posts.On(at.Fetched).Put(tx, at.Post, p); err != nil {
		return err
	}
	return seen.On(week(now)).Put(tx, seenKey(p.ID), at)
}

// sighted looks for an id in this week and the one before. One that is found
// in the earlier is remembered in the later from now on.
func sighted(tx store.Tx, id string, now time.Time) (sighting, bool, error) {
	s, found, err := seen.On(week(now)).Get(tx, seenKey(id))
	if err != nil || found {
		return s, found, err
	}
	s, found, err = seen.On(week(now.Add(-rememberFor))).Get(tx, seenKey(id))
	if err == nil && found {
		err = seen.On(week(now)).Put(tx, seenKey(id), s)
	}
	return s, found, err
}

// week is the first day of the seven by which ids are kept.
func week(t time.Time) time.Time { return t.UTC().Truncate(rememberFor) }

// storyOf finds the story of a new post: that of the post it repeats, of its
// address or of its very words, or else its own.
func storyOf(tx store.Tx, p Post, now time.Time) (string, error) {
	if p.Repost != "" {
		if s, found, err := sighted(tx, p.Repost, now); err != nil || found && s.Story != "" {
			return s.Story, err
		}
	}
	keys := storyKeys(p)
	for back := time.Duration(0); back <= foldWithin; back += 24 * time.Hour {
		for _, k := range keys {
			s, found, err := stories.On(now.Add(-back)).Get(tx, k)
			if err != nil {
				return "", err
			}
			if found {
				return s.ID, join(tx, keys, s.ID, now)
			}
		}
	}
	return p.ID, join(tx, keys, p.ID, now)
}

// join lets a story be found by the keys of one more of its posts, whose
// words or address may be new to it.
func join(tx store.Tx, keys []store.Key, story string, now time.Time) error {
	for _, k := range keys {
		if err := stories.On(now).Put(tx, k, storyEntry{ID: story}); err != nil {
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

func postKey(p Post) store.Key    { return store.Path(store.Stamp(p.Fetched), digest(p.ID)) }
func seenKey(id string) store.Key { return store.Key(digest(id)) }

// digest is cryptographic: strangers choose ids and texts and must not be
// able to make one post pass for another.
func digest(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:16])
}

// Cursor returns where a source was last read, or "" before its first poll.
func Cursor(tx store.Tx, name string) (string, error) {
	c, _, err := cursors.Get(tx, store.Key(name))
	if err != nil {
		return "", fmt.Errorf("read cursor of %s: %w", name, err)
	}
	return c.Value, nil
}

// Sweep drops the texts and stories of days before the given ones, and the ids
// of weeks that lie before idBefore as a whole.
func Sweep(tx store.Tx, textBefore, idBefore time.Time) error {
	if _, err := posts.DropBefore(tx, textBefore); err != nil {
		return fmt.Errorf("drop old posts: %w", err)
	}
	if _, err := seen.DropBefore(tx, idBefore.Add(-rememberFor)); err != nil {
		return fmt.Errorf("drop old sightings: %w", err)
	}
	if _, err := stories.DropBefore(tx, idBefore); err != nil {
		return fmt.Errorf("drop old stories: %w", err)
	}
	return nil
}
