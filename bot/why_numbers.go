package bot

import (
	"strconv"
	"strings"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

// condition says what a rule waited for, and what it found: "7 suara dalam 30
// mnt, batas 5 suara".
func (l *Lang) condition(a incident.Alarm, s scene) string {
	counted := l.say(whyVolume, "count", l.amount(a.When.Unit, counted(a)), "window", l.window(a, s))
	against := l.against(a, s)
	switch a.When.Kind() {
	case rules.EachStory:
		return l.say(whyStory)
	case rules.Count:
		return counted + ", " + l.say(whyLimit, "threshold", l.amount(a.When.Unit, a.When.N))
	case rules.Ratio:
		return counted + ", " + against + "; " + l.say(whyRatio, "times", l.decimal(a.When.Ratio, 10),
			"threshold", l.amount(a.When.Unit, a.When.N))
	case rules.Spread:
		return against + "; " + l.say(whySpread, "n", strconv.Itoa(a.When.Spread))
	case rules.Spike:
		return counted + ", " + against
	case rules.New, rules.Silence:
	}
	return against
}

// numbers says what else a rule that learns what is usual went by. Empty: the
// rule does not.
func (l *Lang) numbers(a incident.Alarm) string {
	var parts []string
	m := a.Measure
	if m.Score > 0 {
		parts = append(parts, l.say(weighScore, "score", l.decimal(m.Score, 10)))
	}
	if a.When.Kind() == rules.Spike {
		parts = append(parts, l.say(weighLevel, "level", l.rise(a.When.Spike)),
			l.say(weighFloor, "threshold", l.amount(a.When.Unit, a.When.N)))
	}
	switch {
	case m.Learning():
		parts = append(parts, l.say(weighLearning, "learnt", strconv.Itoa(m.Learnt), "needed", strconv.Itoa(m.Needed)))
	case m.Needed > 0:
		parts = append(parts, l.say(weighLearnt, "learnt", strconv.Itoa(m.Learnt)))
	}
	if m.LastCall > 0 {
		parts = append(parts, l.say(weighLast, "n", strconv.Itoa(m.LastCall)))
	}
	if len(parts) == 0 {
		return ""
	}
	return l.say(whyNumbers, "numbers", strings.Join(parts, " · "))
}

// rise names how large a rise a level of spike calls for: at low a small one is
// enough.
func (l *Lang) rise(level string) string {
	key, known := map[string]phrase{"low": spikeLow, "balanced": spikeBalanced, "high": spikeHigh}[level]
	if !known {
		return one(level, placeRunes)
	}
	return l.say(key)
}
