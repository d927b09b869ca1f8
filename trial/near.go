package trial

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/siaga-id/siaga/rules"
)

// Nearest says how near a rule came to firing that matched posts and never did:
// "at most 2 of 5 voices came within 30m, at 10:12". Moment writes down where
// and when that was.
func (r Rule) Nearest(moment func(Peak) string) string {
	p := r.Peak
	switch r.When.Kind() {
	case rules.EachStory:
		return "all of it was older than what it alerts for"
	case rules.New:
		return "no post that it matched in time names a place"
	case rules.Spread:
		return r.nearSpread(moment)
	case rules.Silence:
		return r.nearSilence(moment)
	case rules.Spike:
		if r.Learnt < rules.SpikesAfter {
			return r.learning(rules.SpikesAfter)
		}
	case rules.Count, rules.Ratio:
	}
	switch {
	case met(r, p) && r.For > 0:
		return fmt.Sprintf("its condition, met %s, did not hold for %s", moment(p), Span(r.For))
	case met(r, p):
		return fmt.Sprintf("its condition was met %s by posts that came too late", moment(p))
	case p.N < r.When.N:
		return fmt.Sprintf("at most %d of %d %s came within %s, %s", p.N, r.When.N, unitOf(r.When), Span(p.Within), moment(p))
	case r.When.Kind() == rules.Ratio:
		return fmt.Sprintf("at most %s of %s times the usual came, %s: %s", decimal(float64(p.N)/p.Usual), decimal(r.When.Ratio), moment(p), r.against(p))
	}
	return fmt.Sprintf("the most unusual window reached %s of what %s asks for, %s: %s%s",
		decimal(p.Score), r.When.Spike, moment(p), r.against(p), r.young())
}

// young says of a rule that it may come to judge otherwise.
func (r Rule) young() string {
	if r.Learnt >= rules.LearntAfter {
		return ""
	}
	return fmt.Sprintf(" (learning: %s)", r.known())
}

func (r Rule) known() string {
	return fmt.Sprintf("%d of %d days", r.Learnt/(24*time.Hour), rules.LearntAfter/(24*time.Hour))
}

func met(r Rule, p Peak) bool {
	if r.When.Kind() == rules.Count {
		return p.N >= r.When.N
	}
	return p.Score >= 1
}

// against is what came beside what was usual: "7 voices in 15m, usually 2".
func (r Rule) against(p Peak) string {
	return fmt.Sprintf("%d %s in %s, usually %s", p.N, unitOf(r.When), Span(p.Within), decimal(p.Usual))
}

// learning says that a rule has not learnt enough to say anything.
func (r Rule) learning(least time.Duration) string {
	return fmt.Sprintf("learning: %s; it says nothing before %d hours", r.known(), least/time.Hour)
}

func (r Rule) nearSpread(moment func(Peak) string) string {
	shared := "posts"
	if r.When.Unit == rules.Stories {
		shared = "one story"
	}
	if r.Peak.N == 0 {
		return "no post that it matched names a site"
	}
	return fmt.Sprintf("at most %d of %d sites had %s within %s, %s", r.Peak.N, r.When.Spread, shared, Span(r.Peak.Within), moment(r.Peak))
}

func (r Rule) nearSilence(moment func(Peak) string) string {
	p := r.Peak
	switch {
	case p.Within < r.When.Silent:
		return fmt.Sprintf("the longest silence was %s of %s, and ended %s", Span(p.Within), Span(r.When.Silent), moment(p))
	case r.Learnt < rules.SilentAfter:
		return r.learning(rules.SilentAfter)
	}
	return fmt.Sprintf("the longest silence was %s and ended %s, at hours in which too little is usual to tell", Span(p.Within), moment(p))
}

// decimal is a number of a person: 2, 2.1 or 0.65. It is cut, so that what is not
// reached does not look so.
func decimal(x float64) string {
	unit := 10.0
	if x < 1 {
		unit = 100
	}
	return strconv.FormatFloat(math.Floor(x*unit)/unit, 'f', -1, 64)
}
