package incident

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// evidence is a post of a story, a minute after noon for each before it.
func evidence(id, story string, n int) rules.Evidence {
	at := noon.Add(time.Duration(n) * time.Minute)
	return rules.Evidence{Post: source.Post{ID: id, Story: story, Text: "debu", Published: at, Fetched: at}}
}

func (d *Desk) quoted(t *testing.T) (out string) {
	t.Helper()
	in, err := d.Get(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range in.Excerpts {
		out += x.Post + ":" + x.Story + " "
	}
	return out
}

func TestQuotesFollowAPersonsStories(t *testing.T) {
	d, told := newDesk(t)
	f := firing(rules.Began, 5, noon)
	f.New = []rules.Evidence{evidence("a", "a", 0), evidence("b", "b", 1)}
	fireNow(t, d, f)
	move := func(want string, moved ...Excerpt) {
		t.Helper()
		if err := d.DB.Update(t.Context(), func(tx store.Tx) error { return Restory(tx, moved) }); err != nil {
			t.Fatal(err)
		}
		if got := d.quoted(t); got != want {
			t.Errorf("quotes %q, want %q", got, want)
		}
	}
	move("b:b a:a ", Excerpt{Post: "elsewhere", Story: "x"})
	move("b:own a:a ", Excerpt{Post: "b", Story: "own"})
	f = firing(rules.Grew, 6, noon.Add(2*time.Minute))
	f.New = []rules.Evidence{evidence("c", "b", 2)} // of the story that b is no more
	fireNow(t, d, f)
	move("c:b b:own a:a ")
	move("c:a b:own ", Excerpt{Post: "c", Story: "a"}) // of one story the newer stays
	if len(*told) != 2 {
		t.Errorf("told of %d changes", len(*told))
	}
}
