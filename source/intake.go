package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

const (
	cursors store.Shelf[cursor]   = "cursor"
	seen    store.Daily[sighting] = "seen"
	posts   store.Daily[Post]     = "post"
)

type cursor struct {
	Value string `json:"value"`
	More  bool   `json:"more,omitempty"` // the source had more to hand over
}

// sighting remembers an id for as long as it keeps turning up, and rememberFor
// beyond that. It stands on the shelf of its week, so that looking on two
// shelves is enough.
type sighting struct {
	Hash    string    `json:"hash"` // of the text; empty: deleted
	Story   string    `json:"story"`
	Placed  bool      `json:"placed,omitempty"` // in its story by a person's decision, or as a copy of such a post
	Voice   string    `json:"voice,omitempty"`  // its own, where it speaks with that of the story (speak)
	Post    store.Key `json:"post"`             // where the text is kept
	Fetched time.Time `json:"fetched"`
}

const (
	rememberFor = 7 * 24 * time.Hour // an id that no fetch showed for so long is forgotten
	freshFor    = 48 * time.Hour     // older at first sight: history (sources.md)
)

// Intake is where posts enter one store. With its Places it is ready for use;
// it must not be copied after the first Accept, as it finds copies of posts by
// an index of its own, which it reads from the store at need.
type Intake struct {
	Places *Gazetteer

	index index
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
func (in *Intake) Accept(tx store.Tx, spec Spec, b Batch, now time.Time) (Accepted, error) {
	was, polled, err := cursors.Get(tx, store.Key(spec.Name))
	if err != nil {
		return Accepted{}, fmt.Errorf("read cursor of %s: %w", spec.Name, err)
	}
	t := taking{in: in, tx: tx, spec: spec, now: now.UTC(), backlog: !polled && !b.Live}
	for _, e := range b.Events {
		if err := t.event(e); err != nil {
			return Accepted{}, fmt.Errorf("accept %s: %w", e.Post.ID, err)
		}
	}
	is := cursor{Value: b.Cursor, More: b.More}
	if polled && was == is { // always so of what is pushed
		return t.out, nil
	}
	if err := cursors.Put(tx, store.Key(spec.Name), is); err != nil {
		return Accepted{}, fmt.Errorf("keep cursor of %s: %w", spec.Name, err)
	}
	return t.out, nil
}

// taking is one batch on its way in.
type taking struct {
	in      *Intake
	tx      store.Tx
	spec    Spec
	now     time.Time
	backlog bool
	learnt  bool // the index knows what the store holds
	out     Accepted
}

func (t *taking) event(e Event) error {
	old, known, err := sighted(t.tx, e.Post.ID, t.now)
	if err != nil {
		return err
	}
	if known && old.Hash == "" { // deleted at the source, and this is late
		return nil
	}
	if e.Deleted {
		return t.purge(e.Post.ID, old, known)
	}
	hash := digest(e.Post.Text)
	if known && old.Hash == hash {
		return nil
	}
	p := t.complete(e.Post)
	if known {
		return t.edit(p, old, hash)
	}
	return t.first(p, hash)
}

// first takes in a post that was never seen.
func (t *taking) first(p Post, hash string) error {
	at := sighting{Hash: hash, Post: postKey(p), Fetched: p.Fetched}
	if err := t.fold(&p, &at); err != nil {
		return err
	}
	t.out.Posts = append(t.out.Posts, p)
	return t.keep(p, at)
}

// complete fills in what the source left open and does not believe a date
// ahead of our own, nor a site that we do not have.
func (t *taking) complete(p Post) Post {
	p.Source, p.Fetched = t.spec.Name, t.now
	if p.Published.IsZero() || p.Published.After(t.now) {
		p.Published = t.now
	}
	named, _, _ := t.in.Places.look(p.Text)
	if p.Place = named.name; named.site != "" {
		p.Site = named.site
	} else if !t.in.Places.knows(p.Site) {
		p.Site = t.spec.Site
	}
	p.Backlog = p.Backlog || t.backlog || t.now.Sub(p.Published) > freshFor
	return p
}

// edit replaces the text of a known post. It stays in its story and keeps its
// times: an edited article is not a new one.
func (t *taking) edit(p Post, old sighting, hash string) error {
	was, kept, err := posts.On(old.Fetched).Get(t.tx, old.Post)
	if err != nil {
		return err
	}
	if kept {
		p.Published, p.Backlog = was.Published, was.Backlog
	}
	if kept && old.Voice != "" {
		p.Voice = was.Voice
	}
	p.Story, p.Fetched, old.Hash = old.Story, old.Fetched, hash
	if err := t.reword(was, p); err != nil {
		return err
	}
	t.out.leaveOut(p.ID)
	t.out.Posts = append(t.out.Posts, p)
	return t.keep(p, old)
}

// purge forgets the text of a deleted post; that it existed stays counted.
// The sighting stays too, so that a late copy of the post is not taken in.
func (t *taking) purge(id string, old sighting, known bool) error {
	t.out.leaveOut(id)
	t.out.Deleted = append(t.out.Deleted, id)
	if known {
		if err := posts.On(old.Fetched).Delete(t.tx, old.Post); err != nil {
			return err
		}
		t.in.index.forgetAfter(t.tx, old.Post)
	}
	old.Hash = ""
	return seen.On(week(t.now)).Put(t.tx, seenKey(id), old)
}

func (t *taking) keep(p Post, at sighting) error {
	return keep(t.tx, p, at, t.now)
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
	s, found, err = look(tx, seenKey(id), now)
	if err == nil && found {
		err = seen.On(week(now)).Put(tx, seenKey(id), s)
	}
	return s, found, err
}

// look finds what sighted does, and changes nothing.
func look(tx store.Tx, key store.Key, now time.Time) (sighting, bool, error) {
	s, found, err := seen.On(week(now)).Get(tx, key)
	if err != nil || found {
		return s, found, err
	}
	return seen.On(week(now.Add(-rememberFor))).Get(tx, key)
}

// week is the first day of the seven by which ids are kept.
func week(t time.Time) time.Time { return t.UTC().Truncate(rememberFor) }

func postKey(p Post) store.Key    { return store.Path(store.Stamp(p.Fetched), digest(p.ID)) }
func seenKey(id string) store.Key { return store.Key(digest(id)) }

// digest is cryptographic: strangers choose ids and texts and must not be
// able to make one post pass for another.
func digest(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:digestLen/2])
}

const digestLen = 32

// Cursor returns where a source was last read, or "" before its first poll, and
// whether it had more to hand over than was taken in.
func Cursor(tx store.Tx, name string) (value string, more bool, err error) {
	c, _, err := cursors.Get(tx, store.Key(name))
	if err != nil {
		return "", false, fmt.Errorf("read cursor of %s: %w", name, err)
	}
	return c.Value, c.More, nil
}

// SeenUntil returns until when a source has been read to its end: what was not
// read says nothing. It is the zero time while the source has more to hand over,
// and now for one that is not polled, since what is pushed is there at once.
func SeenUntil(tx store.Tx, name string, now time.Time) (time.Time, error) {
	_, more, err := Cursor(tx, name)
	if err != nil || more {
		return time.Time{}, err
	}
	h, err := ReadHealth(tx, name)
	if err != nil || h.OK.IsZero() || h.OK.After(now) {
		return now, err
	}
	return h.OK, nil
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
	if _, err := members.DropBefore(tx, textBefore); err != nil {
		return fmt.Errorf("drop old stories: %w", err)
	}
	return nil
}
