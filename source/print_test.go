package source

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

func printOf(id string) Print {
	h := sha256.Sum256([]byte(id))
	return Print(binary.BigEndian.Uint64(h[:]))
}

func TestAPostIsFoundByItsPrintWhileItsTextIsKept(t *testing.T) {
	i := newInlet(t)
	for n, id := range []string{"a", "b", "c"} {
		i.now = noon.Add(time.Duration(n) * 60 * time.Hour)
		i.take(written(id, otherWords+" "+id, i.now))
	}
	i.take(deleted("b"))
	for _, c := range []struct {
		after time.Duration
		ask   string
		want  string
	}{
		{120 * time.Hour, "a b c x", "a c"},
		{120 * time.Hour, "c a", "c a"},
		{30 * 24 * time.Hour, "a c", ""},
	} {
		var prints []Print
		for id := range strings.FieldsSeq(c.ask) {
			prints = append(prints, printOf("media:"+id))
		}
		var got []string
		err := i.db.View(t.Context(), func(tx store.Tx) error {
			found, err := Printed(tx, prints, noon.Add(c.after))
			for _, p := range found {
				got = append(got, strings.TrimPrefix(p.ID, "media:"))
			}
			return err
		})
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%s after %v: %q, %v; want %q", c.ask, c.after, got, err, c.want)
		}
	}
}
