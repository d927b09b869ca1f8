package trial

import (
	"slices"
	"time"
)

// pairWithin is how far apart two alerts of one series may begin and still be
// the same one, told earlier or later: an issue of another hour is another.
const pairWithin = time.Hour

// Difference is how the alerts of one rule differ between two trials, A and B,
// of the same posts. Alerts are the same when they are of one rule and one
// site and begin within an hour, or one begins while the other is firing.
type Difference struct {
	Rule         string
	InA, InB     bool // whether there is such a rule at all
	MatchesA     int
	MatchesB     int
	CallsA       int
	CallsB       int
	OnlyA, OnlyB []Alert
	Moved        []Pair // that begin at another time
	Same         int
}

// Pair is one alert in two trials.
type Pair struct{ A, B Alert }

// Later is by how much the alert of B is later; negative: earlier.
func (p Pair) Later() time.Duration { return p.B.Began.Sub(p.A.Began) }

// Compare returns the difference of every rule that is in A or in B, in the
// order of A.
func Compare(a, b Outcome) []Difference {
	var out []Difference
	for _, rule := range a.Rules {
		d := Difference{Rule: rule.Name, InA: true, MatchesA: rule.Matches, CallsA: rule.Calls}
		i := slices.IndexFunc(b.Rules, func(r Rule) bool { return r.Name == rule.Name })
		var other Rule
		if i >= 0 {
			other = b.Rules[i]
			d.InB, d.MatchesB, d.CallsB = true, other.Matches, other.Calls
		}
		d.pair(rule.Alerts, other.Alerts)
		out = append(out, d)
	}
	for _, rule := range b.Rules {
		if !slices.ContainsFunc(a.Rules, func(r Rule) bool { return r.Name == rule.Name }) {
			out = append(out, Difference{
				Rule: rule.Name, InB: true, MatchesB: rule.Matches, CallsB: rule.Calls, OnlyB: rule.Alerts,
			})
		}
	}
	return out
}

// pair takes the alerts of both in the order of time.
func (d *Difference) pair(as, bs []Alert) {
	rest := slices.Clone(bs)
	for _, a := range as {
		i := slices.IndexFunc(rest, func(b Alert) bool { return same(a, b) })
		switch {
		case i < 0:
			d.OnlyA = append(d.OnlyA, a)
			continue
		case rest[i].Began.Equal(a.Began):
			d.Same++
		default:
			d.Moved = append(d.Moved, Pair{a, rest[i]})
		}
		rest = slices.Delete(rest, i, i+1)
	}
	d.OnlyB = rest
}

func same(a, b Alert) bool {
	if a.Site != b.Site || a.Source != b.Source {
		return false
	}
	if apart := a.Began.Sub(b.Began).Abs(); apart <= pairWithin {
		return true
	}
	return during(a, b) || during(b, a)
}

// during reports whether b begins while a is firing, and a is known to end.
func during(a, b Alert) bool {
	return !a.Ceased.IsZero() && b.Began.After(a.Began) && b.Began.Before(a.Ceased)
}
