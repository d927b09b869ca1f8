package rules

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

var noon = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)

func openStore(t testing.TB, path string) *store.Bolt {
	t.Helper()
	db, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func mustSet(t testing.TB, b Book) *Set {
	t.Helper()
	set, problems := Compile(b)
	if len(problems) > 0 {
		t.Fatalf("compile: %+v", problems)
	}
	return set
}

// trial plays posts and ticks to rules that have a store of their own.
type trial struct {
	t   *testing.T
	db  *store.Bolt
	set *Set
}

func newTrial(t *testing.T, rules ...Rule) *trial {
	t.Helper()
	return &trial{t: t, db: openStore(t, filepath.Join(t.TempDir(), "siaga.db")), set: mustSet(t, Book{Rules: rules})}
}

// at is what the rules say to posts that are read so long after noon.
func (x *trial) at(after time.Duration, posts ...source.Post) (out []Firing) {
	x.t.Helper()
	x.update(func(tx store.Tx) (err error) {
		out, err = x.set.Eval(tx, noon.Add(after), posts)
		return err
	})
	return out
}

func (x *trial) update(fn func(store.Tx) error) {
	x.t.Helper()
	if err := x.db.Update(x.t.Context(), fn); err != nil {
		x.t.Fatal(err)
	}
}

func (x *trial) running() (any bool) {
	x.t.Helper()
	x.update(func(tx store.Tx) (err error) {
		any, err = x.set.Running(tx)
		return err
	})
	return any
}

// told writes firings as "Debu/rembang began 3; ...".
func told(firings []Firing) string {
	var out []string
	for _, f := range firings {
		out = append(out, fmt.Sprintf("%s %s %d", seriesKey(f.Rule, f.Site), f.Phase, f.Counts.Of(f.When.Unit)))
	}
	return strings.Join(out, "; ")
}

func (x *trial) want(firings []Firing, want string) {
	x.t.Helper()
	if got := told(firings); got != want {
		x.t.Errorf("told %q, want %q", got, want)
	}
}

// quotedIn names the posts of the only firing.
func (x *trial) quotedIn(firings []Firing) string {
	x.t.Helper()
	if len(firings) != 1 {
		x.t.Fatalf("told %q", told(firings))
	}
	var ids []string
	for _, e := range firings[0].New {
		ids = append(ids, e.Post.ID)
	}
	return strings.Join(ids, " ")
}

// post has a voice and a story of its own, and is published so long after noon.
func post(id string, after time.Duration) source.Post {
	return source.Post{
		ID: id, Voice: "v-" + id, Story: id, Text: "debu pabrik " + id, Site: "rembang",
		Published: noon.Add(after), Fetched: noon.Add(after),
	}
}

// several are posts with names that begin alike.
func several(name string, n int, after time.Duration) []source.Post {
	var out []source.Post
	for i := range n {
		out = append(out, post(fmt.Sprint(name, i), after))
	}
	return out
}

// changed lets a test say what is different about posts.
func changed(posts []source.Post, change func(*source.Post)) []source.Post {
	for i := range posts {
		change(&posts[i])
	}
	return posts
}

func atLeast(unit Unit, n int, within time.Duration) Rule {
	return Rule{Name: "Debu", Query: "debu", By: []string{"site"}, Topic: "debu", Severity: Warning, When: When{Unit: unit, N: n, Within: within}}
}

func keywordRule(name, query string) Rule {
	return Rule{Name: name, Query: query, By: []string{"site"}, Topic: "keselamatan", Severity: Critical}
}

// counting counts what a transaction writes to each shelf.
type counting struct {
	store.Tx
	puts map[string]int
}

func (c counting) Put(shelf string, key store.Key, value []byte) error {
	c.puts[shelf]++
	return c.Tx.Put(shelf, key, value)
}

var errUndo = errors.New("undo")

// undo runs fn in a transaction that is not committed: the next trial finds an
// empty store.
func undo(t interface{ Fatal(...any) }, db *store.Bolt, fn func(store.Tx) error) {
	err := db.Update(context.Background(), func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		t.Fatal(err)
	}
}

func contains(err error, s string) bool { return strings.Contains(err.Error(), s) }
