package config

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/volume"
)

const (
	// maxWithin is as far as windows reach back: a window is counted again with
	// every post.
	maxWithin = 24 * time.Hour
	// maxAgainst is as long as the series of a rule is kept in buckets.
	maxAgainst = 28 * 24 * time.Hour
	// maxSpread is how long a matter may take from one site to another.
	maxSpread = 14 * 24 * time.Hour
	// longSpike is the longest window of the detector, which is looked at unless
	// another one is named.
	longSpike = volume.Longest
	// minSilent is how soon a source that fell silent can be told
	// (detection.md); after maxSilent there is nothing left to compare with.
	minSilent, maxSilent = 15 * time.Minute, 7 * 24 * time.Hour
	// minFloor: one post is no rise.
	minFloor = 2
	// minSpread: at one site, nothing has spread.
	minSpread = 2
	// spikeFloor is the floor of spike: when none is named (detection.md).
	spikeFloor = 5
)

// condition reads the values of a condition, and refuses those that are wrong.
func (c *checker) condition(w *whenEntry, kind condition) rules.When {
	switch kind.field {
	case "ratio":
		return c.ratio(w)
	case "spike":
		return c.spike(w)
	case "silent":
		return c.silent(w)
	case "new":
		return c.newPlace(w)
	case "spread":
		return c.spread(w)
	default:
		return c.count(w, rules.Unit(kind.field))
	}
}

func (c *checker) count(w *whenEntry, unit rules.Unit) rules.When {
	n := map[rules.Unit]at[int]{rules.Posts: w.Posts, rules.Stories: w.Stories, rules.Voices: w.Voices}[unit]
	if n.ok && n.Value < 1 {
		c.refuse(n.place, fmt.Sprintf("want at least 1, got %d", n.Value), "for a card with each new story, leave when: out")
	}
	return rules.When{Unit: unit, N: n.Value, Within: c.within(w.Within, maxWithin)}
}

// within reads a window of at most so much.
func (c *checker) within(a at[duration], most time.Duration) time.Duration {
	d := time.Duration(a.Value)
	if a.ok && (d <= 0 || d > most) {
		c.refuse(a.place, fmt.Sprintf("within: is more than 0s and at most %dd", most/(24*time.Hour)), "")
	}
	return d
}

func (c *checker) floor(a at[int]) int {
	if a.ok && a.Value < minFloor {
		c.refuse(a.place, fmt.Sprintf("floor: is at least %d, got %d", minFloor, a.Value), "one post where there was none is no rise")
	}
	return a.Value
}

// unit is what of: says, or what holds when it is left out.
func unit(of at[string], otherwise rules.Unit) rules.Unit {
	return cmp.Or(rules.Unit(of.Value), otherwise)
}

func (c *checker) ratio(w *whenEntry) rules.When {
	if r := w.Ratio; r.ok && r.Value <= 1 {
		c.refuse(r.place, fmt.Sprintf("ratio: is more than 1, got %v", r.Value), "3 is three times as many as usual; 1.5 is half as many again")
	}
	within, against := c.within(w.Within, maxWithin), time.Duration(w.Against.Value)
	switch a := w.Against; {
	case a.ok && against > maxAgainst:
		c.refuse(a.place, "against: is at most 28d", "")
	case a.ok && against <= min(within, maxWithin):
		c.refuse(a.place, "against: is longer than within:", "it is the time before the window that the window is compared with, such as 12h or 7d")
	}
	return rules.When{Unit: unit(w.Of, rules.Voices), N: c.floor(w.Floor), Within: within, Ratio: w.Ratio.Value, Against: against}
}

func (c *checker) spike(w *whenEntry) rules.When {
	if s := w.Spike; s.ok && !slices.Contains(spikeLevels(), s.Value) {
		c.refuse(s.place, fmt.Sprintf("unknown level of spike %q", shorten(s.Value)), spikeLevelsMean+"; "+nearest(s.Value, spikeLevels()))
	}
	within, floor := longSpike, spikeFloor
	if a := w.Within; a.set() {
		within = time.Duration(a.Value)
		if a.ok && !slices.Contains([]time.Duration{15 * time.Minute, time.Hour, longSpike}, within) {
			c.refuse(a.place, "within: of spike: is 15m, 1h or 3h", "3h looks at the shorter ones too, and hears of matters that grow slowly")
		}
	}
	if w.Floor.set() {
		floor = c.floor(w.Floor)
	}
	return rules.When{Unit: unit(w.Of, rules.Voices), N: floor, Within: within, Spike: w.Spike.Value}
}

func (c *checker) silent(w *whenEntry) rules.When {
	d := time.Duration(w.Silent.Value)
	if w.Silent.ok && (d < minSilent || d > maxSilent) {
		c.refuse(w.Silent.place, "silent: is between 15m and 7d", "")
	}
	return rules.When{Silent: d}
}

func (c *checker) newPlace(w *whenEntry) rules.When {
	if c.oneOf("value of new:", w.New, []string{"place"}) && !slices.ContainsFunc(c.doc.Sites, func(s entry[siteEntry]) bool { return len(s.Value.Places) > 0 }) {
		c.warn(w.New.place, "new: place can never fire, as no site has places", "name villages under places: of your sites")
	}
	return rules.When{New: w.New.Value}
}

func (c *checker) spread(w *whenEntry) rules.When {
	n, configured := int(w.Spread.Value), len(c.sites)
	switch {
	case !w.Spread.ok:
	case configured < minSpread:
		c.refuse(w.Spread.place, fmt.Sprintf("spread: needs two sites at least, and sites: names %d", configured), "name the sites that a matter can spread to, or count {stories: 2, within: 1d} instead")
	case n < minSpread:
		c.refuse(w.Spread.place, fmt.Sprintf("spread: is at least %d sites, got %d", minSpread, n), "at one site, a matter has not spread")
	case n > configured:
		c.refuse(w.Spread.place, fmt.Sprintf("spread: is at most the %d sites that there are, got %d", configured, n), "")
	}
	return rules.When{Unit: unit(w.Of, rules.Posts), Within: c.within(w.Within, maxSpread), Spread: n}
}
