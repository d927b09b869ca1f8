package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
// beyond that.
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
	foldWithin  = 48 * time.Hour     // posts further apart are different stories
	freshFor    = 48 * time.Hour     // older at first sight: history (sources.md)
	aheadAtMost = 10 * time.Minute   // published later than that: unknown (sources.md)

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
	Posts   []Post   // new ones and edited ones, complete
	Deleted []string // ids
}

// Accept stores a batch and its cursor and returns what was new in it. It
// belongs in the transaction that also holds whatever the posts cause.
func (in Intake) Accept(tx store.Tx, spec Spec, b Batch, now time.Time) (Accepted, error) {
	_, polled, err := cursors.Get(tx, store.Key(spec.Name))
	if err != nil {
		return Accepted{}, fmt.Errorf("read cursor of %s: %w", spec.Name, err)
	}
	backlog := !polled && !b.Live
	var out Accepted
	for _, e := range b.Events {
		if err := in.accept(tx, spec, e, now, backlog, &out); err != nil {
			return Accepted{}, fmt.Errorf("accept %s: %w", e.Post.ID, err)
		}
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
	if e.Deleted {
		out.Deleted = append(out.Deleted, e.Post.ID)
		return purge(tx, e.Post.ID, old, known, now)
	}
	p := in.complete(spec, e.Post, now, backlog)
	hash := digest(p.Text)
	if known && (old.Hash == hash || old.Hash == "") { // the same, or deleted at the source
		return nil
	}
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

// complete fills in what the source left open and does not believe dates
// that cannot be.
func (in Intake) complete(spec Spec, p Post, now time.Time, backlog bool) Post {
	p.Source, p.Fetched = spec.Name, now
	if p.Published.IsZero() || p.Published.Sub(now) > aheadAtMost || p.Published.After(now) {
		p.Published = now
	}
	if site := in.Places.Find(p.Text); site != "" {
		p.Site = site
	} else if p.Site == "" {
		p.Site = spec.Site
	}
	p.Backlog = backlog || now.Sub(p.Published) > freshFor
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
	return seen.On(now).Put(tx, seenKey(id), old)
}

func keep(tx store.Tx, p Post, at sighting, now time.Time) error {
	if err := posts.On(at.Fetched).Put(tx, at.Post, p); err != nil {
		return err
	}
	return seen.On(now).Put(tx, seenKey(p.ID), at)
}

// sighted looks for an id on the days for which ids are remembered. One that
// is found on an earlier day is remembered from today on.
func sighted(tx store.Tx, id string, now time.Time) (sighting, bool, error) {
	for back := time.Duration(0); back <= rememberFor; back += 24 * time.Hour {
		s, found, err := seen.On(now.Add(-back)).Get(tx, seenKey(id))
		if err != nil || !found {
			if err != nil {
				return s, false, err
			}
			continue
		}
		if back > 0 {
			err = seen.On(now).Put(tx, seenKey(id), s)
		}
		return s, true, err
	}
	return sighting{}, false, nil
}

// storyOf finds the story of a new post: that of the post it repeats, of its
// address or of its very words, or else its own.
func storyOf(tx store.Tx, p Post, now time.Time) (string, error) {
	if p.Repost != "" {
		if s, found, err := sighted(tx, p.Repost, now); err != nil || found {
			return s.Story, err
		}
	}
	keys := storyKeys(p)
	for back := time.Duration(0); back <= foldWithin; back += 24 * time.Hour {
		for _, k := range keys {
			if s, found, err := stories.On(now.Add(-back)).Get(tx, k); err != nil || found {
				return s.ID, err
			}
		}
	}
	for _, k := range keys {
		if err := stories.On(now).Put(tx, k, storyEntry{ID: p.ID}); err != nil {
			return "", err
		}
	}
	return p.ID, nil
}

func storyKeys(p Post) []store.Key {
	var keys []store.Key
	if p.URL != "" {
		keys = append(keys, store.Path("u", digest(p.URL)))
	}
	if folded := text.Fold(p.Text); strings.Count(folded, " ") >= minStoryWords-1 {
		keys = append(keys, store.Path("t", digest(folded), p.Site))
	}
	return keys
}

func postKey(p Post) store.Key { return store.Path(store.Stamp(p.Fetched), digest(p.ID)) }
func seenKey(id string) store.Key {
	return store.Key(digest(id))
}

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

// Sweep drops texts and ids of days before the given ones.
func Sweep(tx store.Tx, textBefore, idBefore time.Time) error {
	if _, err := posts.DropBefore(tx, textBefore); err != nil {
		return fmt.Errorf("drop old posts: %w", err)
	}
	if _, err := seen.DropBefore(tx, idBefore); err != nil {
		return fmt.Errorf("drop old sightings: %w", err)
	}
	if _, err := stories.DropBefore(tx, idBefore); err != nil {
		return fmt.Errorf("drop old stories: %w", err)
	}
	return nil
}
