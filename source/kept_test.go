package source

import (
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

func TestKeptPostsAreReadInTheOrderOfTheirFetching(t *testing.T) {
	i := newInlet(t)
	for n, id := range []string{"a", "b", "c", "d"} {
		i.now = noon.Add(time.Duration(n) * 20 * time.Hour)
		i.take(written(id, otherWords+" "+id, i.now))
	}
	i.take(deleted("c"))
	read := func(since time.Time, limit int) string {
		var ids []string
		err := i.db.View(t.Context(), func(tx store.Tx) error {
			return Kept(tx, since, func(p Post) error {
				if ids = append(ids, strings.TrimPrefix(p.ID, "media:")); len(ids) == limit {
					return store.ErrStop
				}
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(ids, " ")
	}
	for _, c := range []struct {
		since time.Time
		limit int
		want  string
	}{
		{noon, 9, "a b d"},
		{noon.Add(24 * time.Hour), 9, "b d"},
		{noon, 2, "a b"},
		{noon.Add(100 * 24 * time.Hour), 9, ""},
	} {
		if got := read(c.since, c.limit); got != c.want {
			t.Errorf("since %v, at most %d: %q, want %q", c.since, c.limit, got, c.want)
		}
	}
}
