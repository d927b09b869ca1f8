package bot

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

// scene is where and when a reader reads about an alarm.
type scene struct {
	id    incident.ID // whose timeline is told; 0: none is
	now   time.Time
	zone  *time.Location
	site  string            // name of the alarm's; empty: none
	sites map[string]string // names of others, by key
}

// sceneOf is that of a card, at the time of its latest change.
func sceneOf(c notifier.Card) scene {
	return scene{now: latest(c), zone: c.Zone, site: c.SiteName, sites: c.Sites}
}

// against says what a count was weighed against, in the words of a card:
// "biasanya 2 pada jam ini". Empty: against nothing.
func (l *Lang) against(a incident.Alarm, s scene) string {
	switch a.When.Kind() {
	case rules.Count:
		return l.say(weighThreshold, "threshold", l.amount(a.When.Unit, a.When.N))
	case rules.Ratio:
		return l.times(a)
	case rules.Spike:
		return l.unlikely(a.Measure)
	case rules.New:
		return l.place(a.Measure)
	case rules.Spread:
		return l.spread(a, s)
	case rules.Silence:
		return l.quiet(lasted(a), a.Measure.Usual)
	case rules.EachStory:
	}
	return ""
}

// counted is the count that made a rule speak.
func counted(a incident.Alarm) int { return cmp.Or(a.Measure.N, a.Counts.Of(a.When.Unit)) }

// amount says how many of a unit.
func (l *Lang) amount(u rules.Unit, n int) string {
	key := map[rules.Unit]phrase{rules.Posts: countPosts, rules.Stories: countStories}[u]
	return l.count(cmp.Or(key, countVoices), n)
}

// window says how long the window was, and until when, if that is a while ago.
func (l *Lang) window(a incident.Alarm, s scene) string {
	within := a.When.Within
	if within == 0 {
		within = 24 * time.Hour // rules.Firing.Counts
	}
	said := l.Span(within)
	if late := a.Late(); !late.IsZero() {
		said = l.say(weighLate, "window", said, "at", l.clock(late, s.now, s.zone))
	}
	return said
}

// times says how many times the usual it was; of less than one that says nothing.
func (l *Lang) times(a incident.Alarm) string {
	u := a.Measure.Usual
	if u < 1 {
		return l.say(weighUsual, "usual", l.usual(u))
	}
	return l.say(weighTimes, "times", l.decimal(float64(counted(a))/u, 10), "usual", l.usual(u))
}

// unlikely says what is usual at this hour, and how often the like was seen.
func (l *Lang) unlikely(m rules.Measure) string {
	said := l.say(weighSpike, "usual", l.usual(m.Usual))
	span := l.Span(m.Past)
	switch {
	case m.Of == 0:
		return said
	case m.Likes == 0:
		return said + "; " + l.say(weighNever, "span", span)
	}
	return said + "; " + l.say(weighRare, "likes", l.grouped(m.Likes), "of", l.grouped(m.Of), "span", span)
}

// place says which place is named for the first time, as names are written.
func (l *Lang) place(m rules.Measure) string {
	words := strings.Fields(one(m.Place, placeRunes))
	for i, w := range words {
		words[i] = upper(w)
	}
	return l.say(weighPlace, "place", strings.Join(words, " "), "span", l.Span(rules.NewAfter))
}

// spread says at which site it is now, and where else.
func (l *Lang) spread(a incident.Alarm, s scene) string {
	names := make([]string, len(a.Measure.Sites))
	for i, key := range a.Measure.Sites {
		names[i] = cmp.Or(s.sites[key], key)
	}
	here := s.site
	if here == "" && len(names) > 0 {
		here = names[len(names)-1]
	}
	return l.say(weighSpread, "site", one(here, placeRunes), "n", strconv.Itoa(len(names)),
		"window", l.window(a, s), "sites", l.names(names))
}

// quiet says that nothing was heard for so long, and how much there usually is.
func (l *Lang) quiet(d time.Duration, usual float64) string {
	if usual < 1 {
		return l.say(weighQuiet, "span", l.Span(d))
	}
	return l.say(weighQuietUsual, "span", l.Span(d), "usual", l.usual(usual))
}

// lasted is for how long nothing was heard: as long as what is usual was added
// up, which may be longer than the rule asks for.
func lasted(a incident.Alarm) time.Duration {
	if a.Measure.Since.IsZero() {
		return a.When.Silent
	}
	return a.At.Sub(a.Measure.Since)
}

// learning adds to a line that the rule does not know yet what is usual.
func (l *Lang) learning(line string, m rules.Measure) string {
	if m.Learning() {
		line += " · " + l.say(weighLearning, "learnt", strconv.Itoa(m.Learnt), "needed", strconv.Itoa(m.Needed))
	}
	return line
}

// somewhere reports whether a rule speaks of a place, and not of how much
// there is.
func somewhere(w rules.When) bool { return w.Kind() == rules.New || w.Kind() == rules.Spread }

// grown says what people are called for again: where it is now, or how much
// there is, and was when they were called last.
func (l *Lang) grown(a incident.Alarm, s scene) string {
	if somewhere(a.When) {
		return l.against(a, s)
	}
	what := l.say(whyVolume, "count", l.amount(a.When.Unit, counted(a)), "window", l.window(a, s))
	if last := a.Measure.LastCall; last > 0 {
		what += " (" + l.say(weighLast, "n", strconv.Itoa(last)) + ")"
	}
	return what
}

// either says several things of which one is enough.
func (l *Lang) either(all []string) string {
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return l.say(nextOr, "first", strings.Join(all[:last], ", "), "last", all[last])
}

// usual says a count that is no whole number as people do: "kurang dari 1",
// "2", "2,5", "14".
func (l *Lang) usual(x float64) string {
	if !(x >= 1) {
		return l.say(numberLess)
	}
	return l.decimal(x, 2)
}

// decimal says x to the next of so many parts of one, from ten on to the next
// whole.
func (l *Lang) decimal(x float64, parts float64) string {
	if x >= 10 {
		parts = 1
	}
	said := strconv.FormatFloat(math.Round(x*parts)/parts, 'f', 1, 64)
	return strings.Replace(strings.TrimSuffix(said, ".0"), ".", l.say(numberDecimal), 1)
}

// grouped says a count with its thousands apart: "8.064".
func (l *Lang) grouped(n int) string {
	said := strconv.Itoa(n)
	for i := len(said) - 3; i > 0 && unicode.IsDigit(rune(said[i-1])); i -= 3 {
		said = said[:i] + l.say(numberGroup) + said[i:]
	}
	return said
}
