package rules

import (
	"fmt"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// speaking is a rule that waits for the silence of a source, which has spoken
// every two minutes for five days.
func speaking(t *testing.T) *trial {
	t.Helper()
	rule := when(When{Silent: 2 * time.Hour})
	rule.By = []string{"source"}
	x := newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{rule}, Sources: []string{"media"}})
	x.update(func(tx store.Tx) error {
		for at := time.Duration(0); at <= 5*day; at += 2 * time.Minute {
			posts := changed([]source.Post{post(fmt.Sprint(at), at)}, ofMedia)
			if _, err := x.set.Eval(tx, noon.Add(at), posts); err != nil {
				return err
			}
		}
		return nil
	})
	return x
}

func ofMedia(p *source.Post) { p.Source = "media" }

func TestTheSilenceOfASourceThatIsGoneIsForgotten(t *testing.T) {
	x := speaking(t)
	x.want(x.at(5*day+3*time.Hour), "Debu/- began 0")
	x.set = mustSet(t, Book{Rules: x.set.Rules(), Sources: []string{"other"}})
	x.want(x.at(5*day+4*time.Hour), "")
	x.update(func(tx store.Tx) error {
		if waits, err := waiting(tx); waits || err != nil {
			t.Errorf("a source that is gone is waited for: %v", err)
		}
		return nil
	})
}

func TestASilenceSaysSinceWhenItLasts(t *testing.T) {
	x := speaking(t)
	want := noon.Add(5 * day) // the last post before it
	said := append(x.at(5*day+3*time.Hour), x.at(12*day, changed([]source.Post{post("back", 12*day)}, ofMedia)...)...)
	if len(said) != 2 || said[1].Phase != Ceased {
		t.Fatalf("told %q", told(said))
	}
	for _, f := range said {
		if !f.Measure.Since.Equal(want) {
			t.Errorf("%s: silent since %v, want %v", f.Phase, f.Measure.Since, want)
		}
	}
}

func TestAConditionThatBecomesASilenceHasNotBeenOne(t *testing.T) {
	crowd := atLeast(Voices, 5, time.Hour)
	x := newTrial(t, crowd)
	x.want(x.at(0, several("a", 5, 0)...), "Debu/rembang began 5")
	x.set = mustSet(t, Book{Rules: []Rule{when(When{Silent: 2 * time.Hour})}, Sites: threeSites})
	x.want(x.at(time.Minute), "")
	x.set = mustSet(t, Book{Rules: []Rule{crowd}})
	x.want(x.at(2*time.Minute, several("b", 1, time.Minute)...), "Debu/rembang began 6")
}

// TestWhatIsStillToBeReadIsNoSilence lets a source be read in batches, be down,
// and be read to its end.
func TestWhatIsStillToBeReadIsNoSilence(t *testing.T) {
	x := speaking(t)
	read := func(after time.Duration, more bool) {
		x.update(func(tx store.Tx) error {
			in := source.Intake{}
			_, err := in.Accept(tx, source.Spec{Name: "media"}, source.Batch{Cursor: "c", More: more}, noon.Add(after))
			return err
		})
	}
	seen := func(after time.Duration) {
		x.update(func(tx store.Tx) error {
			return source.KeepHealth(tx, source.Health{Source: "media", OK: noon.Add(after)})
		})
	}
	read(5*day, true)
	x.want(x.at(5*day+20*time.Hour), "") // a tick between two batches
	read(5*day, false)
	seen(5*day + time.Hour)
	x.want(x.at(5*day+21*time.Hour), "") // Siaga was down, and has not looked yet
	seen(5*day + 22*time.Hour)
	x.want(x.at(5*day+22*time.Hour), "Debu/- began 0")
}

func TestTheEndOfASilenceInItsFirstMinutesSaysHowLongItWas(t *testing.T) {
	x := speaking(t)
	x.want(x.at(5*day+3*time.Hour), "Debu/- began 0")
	said := x.at(5*day+3*time.Hour+time.Minute, changed([]source.Post{post("back", 5*day+3*time.Hour+30*time.Second)}, ofMedia)...)
	x.want(said, "Debu/- ceased 1")
	if want := noon.Add(5 * day); !said[0].Measure.Since.Equal(want) {
		t.Errorf("silent since %v, want %v", said[0].Measure.Since, want)
	}
}
