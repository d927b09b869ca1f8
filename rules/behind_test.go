package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// TestThePostsBehindACountAreFound goes the whole way from intake to counts
// and back to the posts: both rooms must hash ids alike.
func TestThePostsBehindACountAreFound(t *testing.T) {
	x := newTrial(t, Rule{Name: "Debu", Query: "debu", When: When{Unit: Posts, N: 2, Within: time.Hour}})
	in := source.Intake{Places: source.NewGazetteer(nil)}
	for i, word := range []string{"debu", "debu", "hujan", "debu", "debu"} {
		at := noon.Add(time.Duration(i) * 20 * time.Minute)
		e := source.Event{Post: source.Post{ID: fmt.Sprint("x:", i), Kind: source.Social, Voice: "v", Text: word + fmt.Sprint(" ", i), Published: at}}
		x.update(func(tx store.Tx) error {
			got, err := in.Accept(tx, source.Spec{Name: "x"}, source.Batch{Events: []source.Event{e}, Live: true}, at)
			if err == nil {
				_, err = x.set.Eval(tx, at, got.Posts)
			}
			return err
		})
	}
	for _, c := range []struct {
		after  time.Duration
		length time.Duration
		limit  int
		want   string
	}{
		{80 * time.Minute, time.Hour, 9, "x:4 x:3"},
		{80 * time.Minute, 61 * time.Minute, 9, "x:4 x:3 x:1"},
		{80 * time.Minute, 24 * time.Hour, 3, "x:4 x:3 x:1"},
		{60 * time.Minute, time.Hour, 9, "x:3 x:1"},
		{90 * time.Hour, time.Hour, 9, ""},
	} {
		var ids []string
		x.update(func(tx store.Tx) error {
			prints, err := Behind(tx, "Debu", "", noon.Add(c.after), c.length, c.limit)
			if err != nil {
				return err
			}
			posts, err := source.Printed(tx, prints, noon.Add(c.after))
			for _, p := range posts {
				ids = append(ids, p.ID)
			}
			return err
		})
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%v before %v, at most %d: %q, want %q", c.length, c.after, c.limit, got, c.want)
		}
	}
}
