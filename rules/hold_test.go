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

func TestAnIncidentThatIsOpenForMonthsIsReleasedAllTheSame(t *testing.T) {
	x := newTrial(t, atLeast(Voices, 5, time.Hour))
	louder := func(after time.Duration, name string, posts int) bool {
		said := x.at(after, several(name, posts, after)...)
		return len(said) == 1 && said[0].Louder
	}
	if !louder(0, "a", 20) {
		t.Fatal("it does not begin")
	}
	x.update(func(tx store.Tx) error {
		if err := Hold(tx, "Debu", "rembang", noon); err != nil {
			return err
		}
		return Sweep(tx, noon.Add(40*day), noon)
	})
	if louder(40*day, "b", 20) {
		t.Fatal("it is as large as before")
	}
	x.update(func(tx store.Tx) error { return Release(tx, "Debu", "rembang", noon.Add(40*day)) })
	if !louder(40*day+time.Minute, "c", 1) {
		t.Error("what comes after the incident is no news")
	}
}

func TestASourceThatFailsNowAndThenLeavesNoSpans(t *testing.T) {
	x := newTrial(t, spike())
	x.at(0, changed(several("a", 1, 0), ofMedia)...)
	x.update(func(tx store.Tx) error {
		for at := time.Duration(0); at < day; at += bucket {
			if err := Blind(tx, "media", noon.Add(at), noon.Add(at+bucket-time.Second)); err != nil {
				return err
			}
		}
		spans, err := holds(tx, "Debu/rembang")
		if len(spans) > 0 {
			t.Errorf("%d spans are left", len(spans))
		}
		return err
	})
}

func TestABlindSourceHasNoLongestTime(t *testing.T) {
	from := noon.Add(-20 * day)
	for _, c := range []struct {
		span span
		want time.Time
	}{
		{span{From: from, Until: noon, Blind: true}, noon},
		{span{From: from, Until: noon}, from.Add(7 * day)},
		{span{From: from}, from.Add(7 * day)},
		{span{From: from, Until: from.Add(day)}, from.Add(day)},
	} {
		if got := c.span.end(); !got.Equal(c.want) {
			t.Errorf("%+v ends at %v", c.span, got)
		}
	}
}
