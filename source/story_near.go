package source

import (
	"errors"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// postKeys is the shelf of posts, read for its keys alone.
const postKeys store.Daily[unread] = "post"

// unread stands for a value that nobody needs.
type unread struct{}

var errUnread = errors.New("a shelf that is read for its keys is not written")

// AppendBinary refuses: the values are Posts.
func (unread) AppendBinary([]byte) ([]byte, error) { return nil, errUnread }

// UnmarshalBinary takes anything.
func (*unread) UnmarshalBinary([]byte) error { return nil }

// lateBy is how much later than its stamp a post of another process may be
// committed, clocks included.
const lateBy = 10 * time.Second

// learn brings the index up to what the store holds: everything of the last
// two days at first, then what other processes added.
func (in *Intake) learn(tx store.Tx, now time.Time) error {
	from := in.index.open(now)
	var keys []store.Key
	for day := from.Truncate(24 * time.Hour); !day.After(now.Add(lateBy)); day = day.Add(24 * time.Hour) {
		err := postKeys.On(day).Range(tx, store.Key(store.Stamp(from)), "", func(k store.Key, _ unread) error {
			keys = append(keys, k)
			return nil
		})
		if err != nil {
			return fmt.Errorf("read posts: %w", err)
		}
	}
	for _, k := range in.index.missing(keys) {
		p, found, err := posts.On(fetchedAt(k)).Get(tx, k)
		if err != nil {
			return fmt.Errorf("read posts: %w", err)
		}
		if found {
			in.index.add(in.entry(p))
		}
	}
	in.index.upTo(now)
	return nil
}

// entry is what the index keeps of a post.
func (in *Intake) entry(p Post) *indexed {
	return &indexed{
		key: postKey(p), fetched: p.Fetched, published: p.Published, hash: digest(p.Text), site: p.Site,
		gist: in.index.speller().gist(p.Text),
	}
}

// nearest finds the story of the post whose words a new text repeats in most
// part, and which the text does not contradict. A story is what all of its posts
// say that are like the text, or a post without the number could bring together
// two reports that differ in it. Of equals, the post that a person has moved is
// followed.
func nearest(tx store.Tx, g *gist, found []candidate, now time.Time) (best sighting, ok bool, err error) {
	if len(found) == 0 || found[0].like.part < alike {
		return sighting{}, false, nil
	}
	at, says := make([]sighting, len(found)), map[string][]*gist{}
	for i, c := range found {
		if at[i], err = c.sighting(tx, now); err != nil {
			return sighting{}, false, err
		}
		says[at[i].Story] = append(says[at[i].Story], c.gist)
	}
	var as likeness
	for i, c := range found {
		if c.like.part < alike || ok && c.like != as || best.Placed {
			break
		}
		if s := at[i]; s.Story != "" && (!ok || s.Placed) && !clash(g, says[s.Story]) {
			best, as, ok = s, c.like, true
		}
	}
	return best, ok, nil
}

// sighting asks the store for that of the post, which is empty unless the post
// still has the text that was compared.
func (c candidate) sighting(tx store.Tx, now time.Time) (sighting, error) {
	s, found, err := look(tx, sightingOf(c.key), now)
	if err != nil || !found || s.Hash != c.hash {
		return sighting{}, err
	}
	return s, nil
}
