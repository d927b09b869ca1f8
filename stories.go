package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

const (
	// behindPosts bounds the posts of a window whose stories are listed, the
	// newest of them: a chat names a handful.
	behindPosts = 500
	// behindWithin is the window of incidents from before it was kept, which
	// is that of rules without a condition.
	behindWithin = 24 * time.Hour
)

// stories is bot.Stories over the rooms that keep the posts and count them.
type stories struct{}

var _ bot.Stories = stories{}

// Of returns whole the stories of which the card of an incident counts posts.
func (stories) Of(tx store.Tx, in incident.Incident) ([]incident.Excerpt, error) {
	prints, err := rules.Behind(tx, in.Rule, in.Site, in.Last, cmp.Or(in.When.Within, behindWithin), behindPosts)
	if err != nil {
		return nil, err
	}
	posts, err := source.Printed(tx, prints, in.Last)
	if err != nil {
		return nil, err
	}
	var out []incident.Excerpt
	known := map[string]bool{}
	for _, p := range posts {
		if known[p.Story] {
			continue
		}
		known[p.Story] = true
		members, err := source.Members(tx, p.Story)
		if errors.Is(err, source.ErrUnknownStory) { // taken in before members were listed
			members, err = []source.Post{p}, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, quotes(members)...)
	}
	slices.SortStableFunc(out, func(a, b incident.Excerpt) int { return a.Published.Compare(b.Published) })
	return out, nil
}

func (stories) Split(tx store.Tx, post string, now time.Time) ([]incident.Excerpt, error) {
	moved, err := source.Split(tx, post, now)
	return recount(tx, moved, err)
}

func (stories) Join(tx store.Tx, story, into string, now time.Time) ([]incident.Excerpt, error) {
	moved, err := source.Join(tx, story, into, now)
	return recount(tx, moved, err)
}

// recount has the rules count moved posts where they are now. That there is
// nothing to move is for the person to read, and no failure of the store.
func recount(tx store.Tx, moved []source.Post, err error) ([]incident.Excerpt, error) {
	for _, why := range []error{
		source.ErrUnknownPost, source.ErrUnknownStory, source.ErrAlone, source.ErrSameStory, source.ErrManyPosts,
	} {
		if errors.Is(err, why) {
			return nil, fmt.Errorf("%w: %w", bot.ErrUnmovable, err)
		}
	}
	if err != nil {
		return nil, err
	}
	return quotes(moved), rules.Restory(tx, moved)
}

func quotes(posts []source.Post) []incident.Excerpt {
	out := make([]incident.Excerpt, len(posts))
	for i, p := range posts {
		out[i] = incident.Quote(rules.Evidence{Post: p})
	}
	return out
}
