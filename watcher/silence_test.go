package watcher

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

func TestASilenceIsNoIncident(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		f := rules.Firing{
			Rule: "SumberDiam", Phase: rules.Began, Topic: "umum", Severity: rules.Critical, At: time.Now(),
			When: rules.When{Silent: 2 * time.Hour},
		}
		pass := func() error {
			return w.DB.Update(t.Context(), func(tx store.Tx) error { return w.pass(tx, f) })
		}
		if err := pass(); err != nil { // nobody needs to know
			t.Fatal(err)
		}
		var heard []rules.Firing
		broken := errors.New("cannot note")
		w.Silence = func(_ store.Tx, f rules.Firing) error {
			heard = append(heard, f)
			return broken
		}
		if err := pass(); !errors.Is(err, broken) || len(heard) != 1 || heard[0].Rule != f.Rule {
			t.Errorf("heard %+v, %v", heard, err)
		}
		if open := w.unresolved(); len(open) != 0 {
			t.Errorf("it opened %+v", open)
		}
		f.When = rules.When{Unit: rules.Voices, N: 1, Within: time.Hour}
		if err := pass(); err != nil || len(heard) != 1 || len(w.unresolved()) != 1 {
			t.Errorf("a count: heard %d, %+v, %v", len(heard), w.unresolved(), err)
		}
	})
}
