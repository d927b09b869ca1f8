package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Stories is what a chat may do to the stories behind an incident. The posts
// that Split and Join return are those whose story is another now. An error
// that wraps ErrUnmovable says that nothing can be moved; others are the
// store's.
type Stories interface {
	// Of returns the posts of the stories that the card of an incident counts,
	// oldest first; none where they are not kept any more.
	Of(tx store.Tx, in incident.Incident) ([]incident.Excerpt, error)
	// Split takes a post out of its story, which has others.
	Split(tx store.Tx, post string, now time.Time) ([]incident.Excerpt, error)
	// Join makes one story a part of another.
	Join(tx store.Tx, story, into string, now time.Time) ([]incident.Excerpt, error)
}

// ErrUnmovable says that a post or a story is not kept any more, or is alone or
// together already: somebody was faster, or its source deleted it.
var ErrUnmovable = errors.New("nothing to move")

// storyError is what was wrong with the stories or posts that a command
// named. Nothing was changed.
type storyError struct {
	why phrase
	ref ref
}

func (e storyError) Error() string { return string(e.why) + " " + e.ref.String() }

// split lists the stories behind an incident, or one of them with all of its
// posts, or makes posts a story of their own.
func (t *turn) split(ctx context.Context, rest string) (Answer, error) {
	refs, ok := parseRefs(rest)
	switch {
	case !ok:
		return t.once(t.private(askSplit, "example", t.example(exampleSplit, t.in.ID), "list", t.listExample())), nil
	case len(refs) == 0, len(refs) == 1 && refs[0].number == 0:
		return t.list(ctx, refs)
	}
	slices.SortFunc(refs, ref.compare)
	refs = slices.Compact(refs)
	var out, left ref
	cmd := incident.Command{Verb: incident.Split, Text: sayRefs(refs)}
	ans, err := t.regroup(ctx, cmd, func(tx store.Tx, b *binder) (err error) {
		out, left, err = b.split(tx, refs)
		return err
	})
	if err == nil && ans.Text == "" {
		undo := t.Lang.say(commandJoin, "n", number(t.in.ID), "into", left.String(), "story", out.String())
		ans = t.private(doneSplit, "id", t.in.ID.String(), "posts", sayRefs(refs), "story", out.String(), "undo", t.slash(undo))
		ans.Private = t.press
	}
	return ans, err
}

// join makes one story a part of another.
func (t *turn) join(ctx context.Context, rest string) (Answer, error) {
	refs, ok := parseRefs(rest)
	if !ok || len(refs) != 2 || refs[0] == refs[1] || refs[0].number+refs[1].number > 0 {
		return t.once(t.private(askJoin, "example", t.example(exampleJoin, t.in.ID), "list", t.listExample())), nil
	}
	into, story := refs[0], refs[1]
	var moved []ref
	cmd := incident.Command{Verb: incident.Join, Text: story.String() + " → " + into.String()}
	ans, err := t.regroup(ctx, cmd, func(tx store.Tx, b *binder) (err error) {
		moved, err = b.join(tx, story, into)
		return err
	})
	if err == nil && ans.Text == "" {
		undo := t.Lang.say(commandSplit, "n", number(t.in.ID), "posts", sayRefs(moved))
		ans = t.private(doneJoin, "id", t.in.ID.String(), "story", story.String(), "into", into.String(), "undo", t.slash(undo))
		ans.Private = t.press
	}
	return ans, err
}

// listExample is the command that shows which stories there are.
func (t *turn) listExample() string {
	return t.slash(t.Lang.pick(doing(incident.Split).names) + " " + number(t.in.ID))
}

// regroup moves posts between stories in the transaction that writes the
// timeline and the mark. The answer is empty, or says what was wrong.
func (t *turn) regroup(ctx context.Context, cmd incident.Command, move func(store.Tx, *binder) error) (Answer, error) {
	cmd.ID, cmd.At = t.in.ID, t.at
	cmd.Actor = t.actor()
	change, err := t.Desk.Do(ctx, cmd, func(tx store.Tx) error {
		b, err := t.bind(tx)
		if err != nil {
			return err
		}
		if err := move(tx, b); err != nil {
			return err
		}
		if err := incident.Restory(tx, b.regrouped()); err != nil {
			return err
		}
		if err := b.book.keep(tx, t.in.ID); err != nil || t.mark == nil {
			return err
		}
		return t.mark(tx)
	})
	if wrong, ok := errors.AsType[storyError](err); ok {
		return t.private(wrong.why, "ref", wrong.ref.String(), "id", t.in.ID.String(), "list", t.listExample(),
			"most", strconv.Itoa(maxMoved)), nil
	}
	if errors.Is(err, ErrUnmovable) {
		return t.private(refuseUnmovable, "list", t.listExample()), nil
	}
	if err != nil {
		return t.failed(err, cmd, change.After)
	}
	t.marked = true
	return Answer{}, nil
}
