package evidence

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/store"
)

func TestAVetoIsKeptForItsCellUntilItIsTakenBack(t *testing.T) {
	db, err := store.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	at := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	veto := Veto{Fact: "FAKTA/012", Topic: "debu", Site: "rembang", By: "Sari", At: at}
	again := veto
	again.By = "Dewi"
	nowhere := Veto{Fact: "FAKTA/012", Topic: "debu", By: "Sari", At: at}
	err = db.Update(t.Context(), func(tx store.Tx) error {
		is := func(what string, got bool, err error, want bool) {
			t.Helper()
			if err != nil || got != want {
				t.Errorf("%s: %v, %v", what, got, err)
			}
		}
		holds := func(topic, site string, want ...Veto) {
			t.Helper()
			got, err := Vetoes(tx, topic, site)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s/%s: %v %s", topic, site, err, diff)
			}
		}
		fresh, err := Keep(tx, veto)
		is("the first veto", fresh, err, true)
		fresh, err = Keep(tx, again)
		is("the same by another", fresh, err, false)
		fresh, err = Keep(tx, nowhere)
		is("one where no site is known", fresh, err, true)
		holds("debu", "rembang", veto)
		holds("debu", "", nowhere)
		holds("debu", "remb")
		holds("debu", "kupang")
		holds("air", "rembang")
		was, err := TakeBack(tx, "FAKTA/012", "debu", "kupang")
		is("what was never said", was, err, false)
		was, err = TakeBack(tx, "FAKTA/012", "debu", "rembang")
		is("what was said", was, err, true)
		holds("debu", "rembang")
		holds("debu", "", nowhere)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
