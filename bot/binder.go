package bot

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// binder works on the stories of one incident within a transaction.
type binder struct {
	Stories
	book  letters
	posts []incident.Excerpt // oldest first, each with its story as it is now
	moved map[string]bool    // posts whose story is another now
	now   time.Time
}

func (t *turn) bind(tx store.Tx) (*binder, error) {
	posts, err := t.Stories.Of(tx, t.in)
	if err != nil {
		return nil, err
	}
	book, err := readLetters(tx, t.in.ID)
	return &binder{Stories: t.Stories, book: book, posts: posts, moved: map[string]bool{}, now: t.at}, err
}

// members returns the posts of a story, oldest first.
func (b *binder) members(story string) []incident.Excerpt {
	var out []incident.Excerpt
	for _, x := range b.posts {
		if x.Story == story {
			out = append(out, x)
		}
	}
	return out
}

// storyOf returns the story in which a post is now, or "".
func (b *binder) storyOf(post string) string {
	i := slices.IndexFunc(b.posts, func(x incident.Excerpt) bool { return x.Post == post })
	if i < 0 {
		return ""
	}
	return b.posts[i].Story
}

// follow takes over where posts were moved to.
func (b *binder) follow(moved []incident.Excerpt) {
	for _, m := range moved {
		b.moved[m.Post] = true
		i := slices.IndexFunc(b.posts, func(x incident.Excerpt) bool { return x.Post == m.Post })
		if i < 0 {
			b.posts = append(b.posts, m)
			continue
		}
		b.posts[i].Story = m.Story
	}
}

// regrouped returns the posts that were moved, as they are now.
func (b *binder) regrouped() []incident.Excerpt {
	return slices.DeleteFunc(slices.Clone(b.posts), func(x incident.Excerpt) bool { return !b.moved[x.Post] })
}

// nameMoved gives the posts that were moved their names where they are now.
func (b *binder) nameMoved() []ref {
	var refs []ref
	for _, x := range b.regrouped() {
		refs = append(refs, b.book.name(x))
	}
	return refs
}

// split takes the named posts, all of one story, out into a story of their
// own. It returns the letters of that and of what is left.
func (b *binder) split(tx store.Tx, refs []ref) (out, left ref, err error) {
	members := b.members(b.book.story(refs[0]))
	if err := b.check(refs, members); err != nil {
		return out, left, err
	}
	target := ""
	for _, r := range refs {
		if target, err = b.takeOut(tx, b.book.post(r), target); err != nil {
			return out, left, err
		}
	}
	b.nameMoved()
	for _, x := range members {
		if s := b.storyOf(x.Post); s != target {
			left = b.letter(s)
		}
	}
	return b.letter(target), left, nil
}

// letter returns how a story that has posts here is called, also if the book
// was full and has begun anew since it was named.
func (b *binder) letter(story string) ref {
	return ref{story: b.book.name(b.members(story)[0]).story}
}

// check refuses names that are not of posts in the story, and all of them.
func (b *binder) check(refs []ref, members []incident.Excerpt) error {
	if len(refs) > maxMoved {
		return storyError{refuseMany, refs[0]}
	}
	named := map[string]bool{}
	for _, r := range refs {
		post := b.book.post(r)
		switch {
		case r.number == 0, r.story != refs[0].story:
			return storyError{refuseMixed, r}
		case !slices.ContainsFunc(members, func(x incident.Excerpt) bool { return x.Post == post }):
			return storyError{refuseNoPost, r}
		}
		named[post] = true
	}
	if len(named) == len(members) {
		return storyError{refuseWhole, ref{story: refs[0].story}}
	}
	return nil
}

// takeOut splits a post off and makes it a part of the target, which is then
// the story of all that were taken out.
func (b *binder) takeOut(tx store.Tx, post, target string) (string, error) {
	moved, err := b.Split(tx, post, b.now)
	if err != nil {
		return "", err
	}
	b.follow(moved)
	own := b.storyOf(post)
	if target == "" || own == target {
		return own, nil
	}
	moved, err = b.Join(tx, own, target, b.now)
	b.follow(moved)
	return target, err
}

// maxMoved bounds the posts that become part of another story, or are taken out
// of one: the answer names all of them, and the store waits.
const maxMoved = 200

// join makes one story a part of another, and returns the names that its
// posts have there.
func (b *binder) join(tx store.Tx, story, into ref) ([]ref, error) {
	for _, r := range []ref{story, into} {
		if len(b.members(b.book.story(r))) == 0 {
			return nil, storyError{refuseNoPost, r}
		}
	}
	if len(b.members(b.book.story(story))) > maxMoved {
		return nil, storyError{refuseLarge, story}
	}
	moved, err := b.Join(tx, b.book.story(story), b.book.story(into), b.now)
	b.follow(moved)
	return b.nameMoved(), err
}
