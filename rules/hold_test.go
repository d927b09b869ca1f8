package rules

import (
	"fmt"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

func TestAHoldLastsHoweverLongItIsWatched(t *testing.T) {
	x := newTrial(t, spike())
	x.steadily(0, 3*day, 20*time.Minute)
	x.update(func(tx store.Tx) error { return Hold(tx, "Debu", "rembang", noon.Add(3*day)) })
	x.steadily(3*day, 4*day, 2*time.Minute) // each bucket is judged: time passes in no stretches
	watched := x.verdicts(4 * day)
	x.set = x.set.Afresh()
	if anew := x.verdicts(4 * day); fmt.Sprint(watched) != fmt.Sprint(anew) {
		t.Errorf("after a day: %+v\nafter a restart: %+v", watched[len(watched)-1], anew[len(anew)-1])
	}
}
