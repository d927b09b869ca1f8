package health

import (
	"path/filepath"
	"testing"

	"github.com/siaga-id/siaga/store"
)

func TestWhatWasToldIsKnownAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siaga.db")
	open := func() *store.Bolt {
		db, err := store.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	keep := func(is []Alarm) (begun, over []Alarm) {
		db := open()
		defer db.Close()
		err := db.Update(t.Context(), func(tx store.Tx) error {
			before, _, err := Read(tx)
			if err == nil {
				begun, over, err = Keep(tx, before, is)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return begun, over
	}
	unread, full := Alarm{Unread, noon}, Alarm{Full, noon}
	for i, c := range []struct {
		is, begun, over []Alarm
	}{
		{[]Alarm{unread}, []Alarm{unread}, nil},
		{[]Alarm{unread}, nil, nil},
		{[]Alarm{full}, []Alarm{full}, []Alarm{unread}},
		{nil, nil, []Alarm{full}},
	} {
		begun, over := keep(c.is)
		if told(begun) != told(c.begun) || told(over) != told(c.over) {
			t.Errorf("%d: begun %s, over %s", i, told(begun), told(over))
		}
	}
}
