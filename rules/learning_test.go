package rules

import (
	"fmt"
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// learns is what /status says of the only rule: learnt of needed, or "known".
func (x *trial) learns(after time.Duration) (said string) {
	x.t.Helper()
	x.update(func(tx store.Tx) error {
		all, err := x.set.Learning(tx, noon.Add(after))
		if said = "known"; len(all) > 0 {
			said = fmt.Sprintf("%d/%d", all[0].Learnt, all[0].Needed)
		}
		return err
	})
	return said
}

func TestARatioHasLearntWhatItLooksAt(t *testing.T) {
	for against, want := range map[time.Duration]string{12 * time.Hour: "0/1", 36 * time.Hour: "1/2", 7 * day: "2/7"} {
		x := newTrial(t, when(When{Ratio: 3, Within: time.Hour, Against: against, N: 2}))
		learning := func(after time.Duration) string {
			said := x.at(after, several(fmt.Sprint(after), 20, after)...)
			if len(said) != 1 {
				t.Fatalf("told %q", told(said))
			}
			m := said[0].Measure
			if !m.Learning() {
				return "known"
			}
			return fmt.Sprintf("%d/%d", m.Learnt, m.Needed)
		}
		x.at(0, post("first", 0))
		last := min(against-time.Hour, 2*day+time.Hour)
		if card, status := learning(last), x.learns(last); card != want || status != want {
			t.Errorf("against %v, after %v: the card says %s, /status %s, want %s", against, last, card, status, want)
		}
		soon := against + time.Minute
		if card, status := learning(soon), x.learns(soon); card != "known" || status != "known" {
			t.Errorf("against %v, after that: the card says %s, /status %s", against, card, status)
		}
	}
}

func TestWhatABacklogBroughtIsLearnt(t *testing.T) {
	for name, w := range map[string]When{"new": {New: "place"}, "spread": {Spread: 2, Within: 30 * day}} {
		x := newTrial(t)
		x.set = mustSet(t, Book{Rules: []Rule{when(w)}, Sites: threeSites})
		var old []source.Post
		for at := -40 * day; at < 0; at += day {
			p := post(fmt.Sprint(at), at)
			p.Backlog, p.Place = true, "gunem"
			old = append(old, p)
		}
		x.at(0, old...)
		if said := x.learns(0); said != "known" {
			t.Errorf("%s: %s", name, said)
		}
	}
}
