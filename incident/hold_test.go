package incident

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/store"
)

type span struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until,omitzero"`
}

// held is the shelf of rules on which they keep what they are not to learn from.
const held store.Shelf[span] = "held"

// expectHeld expects series to be, or to have been, held, in the order of their
// names: "Debu/rembang -30m0s to 1h0m0s", in time since noon.
func expectHeld(t *testing.T, d *Desk, what string, want ...string) {
	t.Helper()
	var got []string
	err := d.DB.View(t.Context(), func(tx store.Tx) error {
		return held.Scan(tx, "", func(k store.Key, s span) error {
			series := string(k)[:strings.LastIndexByte(string(k), '/')]
			line := fmt.Sprint(series, " ", s.From.Sub(noon))
			if !s.Until.IsZero() {
				line += fmt.Sprint(" to ", s.Until.Sub(noon))
			}
			got = append(got, line)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func do(t *testing.T, d *Desk, cmd Command) {
	t.Helper()
	if _, err := d.Do(t.Context(), cmd, nil); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsCountedWhilePeopleDealWithAnIncidentIsNotTheUsual(t *testing.T) {
	d, _ := newDesk(t)
	hours := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }
	fireNow(t, d, louder("Debu", rules.Began, 5, noon))
	expectHeld(t, d, "opened", "Debu/rembang -30m0s")
	fireNow(t, d, louder("Debu", rules.Grew, 9, hours(1)))
	fireNow(t, d, louder("Pabrik", rules.Began, 9, hours(2)))
	fireNow(t, d, firing(rules.Ceased, 0, hours(3)))
	do(t, d, Command{ID: 1, Verb: Ack, Actor: person("Sari"), At: hours(3)})
	do(t, d, Command{ID: 1, Verb: SetLevel, Severity: rules.Critical, Actor: lead(), At: hours(3)})
	expectHeld(t, d, "another rule joined", "Debu/rembang -30m0s", "Pabrik/rembang 1h30m0s")
	do(t, d, Command{ID: 1, Verb: Resolve, Actor: lead(), At: hours(4), Reason: DiedDown})
	over := []string{"Debu/rembang -30m0s to 4h0m0s", "Pabrik/rembang 1h30m0s to 4h0m0s"}
	expectHeld(t, d, "resolved", over...)
	do(t, d, Command{ID: 1, Verb: Note, Actor: lead(), At: hours(5), Text: "laporan selesai"})
	expectHeld(t, d, "a note", over...)
	fireNow(t, d, louder("Debu", rules.Began, 5, hours(6)))
	expectHeld(t, d, "it woke", over[0], "Debu/rembang 5h30m0s", over[1], "Pabrik/rembang 5h30m0s")
	do(t, d, Command{ID: 1, Verb: Resolve, Actor: lead(), At: hours(7), Reason: DiedDown})
	do(t, d, Command{ID: 1, Verb: Reopen, Actor: lead(), At: hours(40)})
	expectHeld(t, d, "a person opened it again",
		over[0], "Debu/rembang 5h30m0s to 7h0m0s", "Debu/rembang 39h30m0s",
		over[1], "Pabrik/rembang 5h30m0s to 7h0m0s", "Pabrik/rembang 39h30m0s")
}

func TestPostsThatCameLateAreKeptOutFromTheirOwnWindowOn(t *testing.T) {
	d, _ := newDesk(t)
	f := louder("Debu", rules.Began, 5, noon)
	f.Measure.End = noon.Add(-2 * time.Hour)
	fireNow(t, d, f)
	expectHeld(t, d, "opened", "Debu/rembang -2h30m0s")
	do(t, d, Command{ID: 1, Verb: Resolve, Actor: lead(), At: noon.Add(time.Hour), Reason: DiedDown})
	do(t, d, Command{ID: 1, Verb: Reopen, Actor: lead(), At: noon.Add(2 * time.Hour)})
	expectHeld(t, d, "opened again", "Debu/rembang -2h30m0s to 1h0m0s", "Debu/rembang 1h30m0s")
}

func TestAShadowIncidentHoldsOnlyWhileItsRuleFires(t *testing.T) {
	d, _ := newDesk(t)
	f := shadowFiring(rules.Began, noon)
	f.When = rules.When{Unit: rules.Voices, N: 5, Within: time.Hour}
	fireNow(t, d, f)
	expectHeld(t, d, "it began", "DebuBaru/rembang -1h0m0s")
	f.Phase, f.At = rules.Ceased, noon.Add(time.Hour)
	fireNow(t, d, f)
	expectHeld(t, d, "it ceased", "DebuBaru/rembang -1h0m0s to 1h0m0s")
	f.Phase, f.At = rules.Began, noon.Add(3*time.Hour)
	fireNow(t, d, f)
	endShadows(t, d, false, noon.Add(4*time.Hour))
	expectHeld(t, d, "its rule became active", "DebuBaru/rembang -1h0m0s to 1h0m0s", "DebuBaru/rembang 2h0m0s to 4h0m0s")
}

func TestTheEndOfATrialReleasesNothingThatIsSerious(t *testing.T) {
	d, _ := newDesk(t)
	shadow := shadowFiring(rules.Began, noon)
	fireNow(t, d, shadow)
	active := shadow
	active.Shadow, active.At = false, noon.Add(time.Hour)
	fireNow(t, d, active)
	endShadows(t, d, false, noon.Add(2*time.Hour))
	expectHeld(t, d, "the incident goes on", "DebuBaru/rembang 0s")
	do(t, d, Command{ID: 2, Verb: Resolve, Actor: lead(), At: noon.Add(3 * time.Hour), Reason: DiedDown})
	expectHeld(t, d, "it is resolved", "DebuBaru/rembang 0s to 3h0m0s")
}
