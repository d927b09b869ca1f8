package rules

import (
	"testing"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// sites plays a rule that waits for a second site.
func sites(t *testing.T, change func(*Rule)) (x *trial, at func(after time.Duration, id, site string) []Firing) {
	t.Helper()
	r := when(When{Spread: 2, Within: day})
	change(&r)
	x = newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{r}, Sites: threeSites})
	return x, func(after time.Duration, id, site string) []Firing {
		p := post(id, after)
		p.Site = site
		return x.at(after, p)
	}
}

func TestASpreadThatMustHoldIsTold(t *testing.T) {
	x, at := sites(t, func(r *Rule) { r.For = 10 * time.Minute })
	x.want(at(0, "a", "rembang"), "")
	x.want(at(time.Hour, "b", "kupang"), "")
	x.want(x.at(time.Hour+10*time.Minute), "Debu/kupang began 1")
}

func TestASpreadIsToldAnewToWhomARuleIsActivatedFor(t *testing.T) {
	x, at := sites(t, func(r *Rule) { r.Shadow = true })
	x.want(at(0, "a", "rembang"), "")
	x.want(at(time.Hour, "b", "kupang"), "Debu/kupang began 1")
	x.update(func(tx store.Tx) error {
		for _, admin := range []string{"Rina", "Tono"} {
			d := Decision{Rule: "Debu", By: admin, At: noon, Admin: func(string) bool { return true }}
			if _, err := x.set.Activate(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if said := x.at(2 * time.Hour); told(said) != "Debu/kupang began 1" || said[0].Shadow {
		t.Errorf("told %q, %+v", told(said), said)
	}
}

func TestASpreadEndsAtASiteThatHasNothingLeft(t *testing.T) {
	x, at := sites(t, func(*Rule) {})
	x.want(at(0, "a", "rembang"), "")
	x.want(at(time.Hour, "b", "kupang"), "Debu/kupang began 1")
	x.want(at(20*time.Hour, "c", "tuban"), "Debu/tuban began 1")
	x.want(at(21*time.Hour, "d", "rembang"), "")
	x.want(x.at(30*time.Hour), "Debu/kupang ceased 0")
}

func TestALatePostMakesNoSiteNewThatWasThere(t *testing.T) {
	x, at := sites(t, func(*Rule) {})
	old := post("a", 0)
	old.Site, old.Backlog = "kupang", true
	x.want(x.at(0, old), "")
	x.want(at(time.Hour, "b", "rembang"), "Debu/rembang began 1")
	late := post("c", -day+time.Hour)
	late.Site = "kupang"
	x.want(x.at(2*time.Hour, late), "")
}

func TestOfSitesThatComeTogetherTheFirstHearsNothing(t *testing.T) {
	for name, rule := range map[string]func(*Rule){"a theme": func(*Rule) {}, "one story": func(r *Rule) { r.When.Unit = Stories }} {
		x, _ := sites(t, rule)
		of := func(id, site string, after time.Duration) source.Post {
			p := post(id, after)
			p.Site, p.Story = site, "s"
			return p
		}
		at := time.Hour
		said := x.at(at, of("b", "kupang", at-time.Minute), of("a", "rembang", 0))
		if x.want(said, "Debu/kupang began 1"); t.Failed() {
			t.Fatal(name)
		}
		x.want(x.at(at+time.Minute, of("c", "rembang", at+time.Minute), of("d", "tuban", at+time.Minute)), "Debu/tuban began 1")
	}
}
