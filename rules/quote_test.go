package rules

import (
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// quotesLeft names the posts that wait to be quoted.
func (x *trial) quotesLeft() string {
	x.t.Helper()
	var ids []string
	x.update(func(tx store.Tx) error {
		return recents.Scan(tx, "", func(_ store.Key, q quoted) error {
			for _, e := range q.Posts {
				ids = append(ids, e.Post.ID)
			}
			return nil
		})
	})
	return strings.Join(ids, " ")
}

func TestADeletedPostIsNotQuotedAndStaysCounted(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 3, time.Hour))
	x.at(0, several("a", 2, 0)...)
	alone := post("b", 0)
	alone.Site = "kupang"
	x.at(0, alone)
	x.update(func(tx store.Tx) error {
		for _, id := range []string{"a0", "b", "never seen"} {
			if err := Forget(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if got := x.quotesLeft(); got != "a1" {
		t.Errorf("quotes of %q are left", got)
	}
	firings := x.at(time.Minute, post("c", time.Minute))
	x.want(firings, "Debu/rembang began 3")
	if got := x.quotedIn(firings); got != "a1 c" {
		t.Errorf("quotes %q", got)
	}
}

func TestForgettingWhatIsNotQuotedWritesNothing(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 9, time.Hour))
	x.at(0, post("a", 0))
	x.update(func(tx store.Tx) error {
		c := counting{tx, map[string]int{}}
		err := Forget(c, "never seen")
		if len(c.puts) > 0 {
			t.Errorf("writes to %v", c.puts)
		}
		return err
	})
}

func TestOnlyAConditionHasPostsWaitingToBeQuoted(t *testing.T) {
	x := newTrial(t, keywordRule("Kata", "debu"), atLeast(Voices, 9, time.Hour))
	x.at(0, post("a", 0))
	x.at(0, changed(several("h", 1, 0), func(p *source.Post) { p.Backlog = true })...)
	if got := x.quotesLeft(); got != "a" {
		t.Errorf("quotes of %q are kept", got)
	}
}

func TestAnErrorOfForgettingNamesThePost(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 9, time.Hour))
	x.at(0, post("a", 0))
	err := x.db.View(t.Context(), func(tx store.Tx) error { return Forget(tx, "a") })
	if err == nil || !contains(err, "forget a") {
		t.Errorf("got %v", err)
	}
}
