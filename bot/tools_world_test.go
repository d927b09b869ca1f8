package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/promise"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

// tools are the answers of the other rooms to questions about rules.
type tools struct {
	reloaded Reloaded
	by       string // who asked for the reload
	spoken   notifier.Spoken
	seat     Seat
	rules    []rules.Standing
	tried    Tried
	trying   error
	asked    func() // hears of every question
	library  shelf
	vault    *vault
}

// join gives a Talk these answers.
func (x *tools) join(t *Talk) *Talk {
	asked := func() {
		if x.asked != nil {
			x.asked()
		}
	}
	t.Reload = func(_ context.Context, by string) (Reloaded, error) { asked(); x.by = by; return x.reloaded, nil }
	t.Spoken = func(context.Context, notifier.Dest, incident.ID) (notifier.Spoken, error) {
		asked()
		return x.spoken, nil
	}
	t.Seat = func(context.Context, notifier.Dest) (Seat, error) { asked(); return x.seat, nil }
	t.Shadows = standings{x, asked}
	t.TryRule = func(context.Context, string) (Tried, error) { asked(); return x.tried, x.trying }
	t.Stories, t.Mutes, t.Labels, t.Evidence = archive{}, quietly(), labelled, knowledge()
	t.Signs = func(text string) []string { return strings.Fields(text)[:1] }
	x.library.join(t)
	x.vault = newVault()
	t.Bank = x.vault
	if desk, ok := t.Desk.(*incident.Desk); ok {
		t.Promises = &promise.Ledger{DB: t.DB, Act: desk.Act}
	}
	return t
}

// standings are Shadows of which nothing is decided.
type standings struct {
	*tools
	asked func()
}

func (standings) Told(notifier.Dest) bool { return false }

func (s standings) Look(context.Context) ([]rules.Standing, []incident.Incident, error) {
	return s.rules, nil, nil
}

func (s standings) Activate(context.Context, Vote, func(store.Tx) error) (rules.Standing, error) {
	s.asked()
	return rules.Standing{}, rules.ErrNoRule
}

func (s standings) Suspend(context.Context, Vote, func(store.Tx) error) (rules.Standing, error) {
	s.asked()
	return rules.Standing{}, rules.ErrNoRule
}

// archived are the posts of archive, in a store so that a transaction that
// fails takes back what it did to them.
const archived store.Shelf[incident.Excerpt] = "archived"

// archive is Stories over archived, in the way of package source: a story is
// called by its first post, and where that is taken out the others move.
type archive struct{}

func (archive) Of(tx store.Tx, _ incident.Incident) ([]incident.Excerpt, error) {
	var out []incident.Excerpt
	err := archived.Scan(tx, "", func(_ store.Key, x incident.Excerpt) error {
		out = append(out, x)
		return nil
	})
	slices.SortStableFunc(out, func(a, b incident.Excerpt) int { return a.Published.Compare(b.Published) })
	return out, err
}

func (a archive) Split(tx store.Tx, post string, _ time.Time) ([]incident.Excerpt, error) {
	all, err := a.Of(tx, incident.Incident{})
	story := ""
	for _, x := range all {
		if x.Post == post {
			story = x.Story
		}
	}
	move := func(x incident.Excerpt) bool { return x.Post == post }
	name := post
	if story == post {
		move = func(x incident.Excerpt) bool { return x.Story == story && x.Post != post }
		name = all[slices.IndexFunc(all, move)].Post
	}
	return a.rename(tx, all, move, name, err)
}

func (a archive) Join(tx store.Tx, story, into string, _ time.Time) ([]incident.Excerpt, error) {
	all, err := a.Of(tx, incident.Incident{})
	return a.rename(tx, all, func(x incident.Excerpt) bool { return x.Story == story }, into, err)
}

func (archive) rename(tx store.Tx, all []incident.Excerpt, which func(incident.Excerpt) bool, story string, err error) ([]incident.Excerpt, error) {
	var moved []incident.Excerpt
	for _, x := range all {
		if err == nil && which(x) {
			x.Story = story
			moved = append(moved, x)
			err = archived.Put(tx, store.Key(x.Post), x)
		}
	}
	return moved, err
}

// archives puts posts of one story behind ISU-1, one a minute from the last
// on; the first names it.
func (w *world) archives(text string, posts ...string) {
	w.Helper()
	err := w.db.Update(w.Context(), func(tx store.Tx) error {
		all, err := archive{}.Of(tx, incident.Incident{})
		for i, id := range posts {
			x := incident.Excerpt{
				Post: id, Story: posts[0], Text: text, Kind: "social",
				Published: tenForty.Add(time.Duration(len(all)+i) * time.Minute),
			}
			if i == 0 {
				x.Kind, x.Outlet = "news", id+".example"
			}
			if err == nil {
				err = archived.Put(tx, store.Key(id), x)
			}
		}
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
}

// stories returns which posts are together now: "a b|c".
func (w *world) stories() string {
	w.Helper()
	var said string
	err := w.db.View(w.Context(), func(tx store.Tx) error {
		all, err := archive{}.Of(tx, incident.Incident{})
		var names []string
		groups := map[string]string{}
		for _, x := range all {
			if groups[x.Story] == "" {
				names = append(names, x.Story)
			} else {
				groups[x.Story] += " "
			}
			groups[x.Story] += x.Post
		}
		said = ""
		for i, n := range names {
			if i > 0 {
				said += "|"
			}
			said += groups[n]
		}
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return said
}
