package incident

import (
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/text"
)

// Alarm is one rule of an incident as it spoke: for a rule whose condition
// lasts the last time that this was met or people were called again, for another the first time.
type Alarm struct {
	Rule    string        `json:"rule"`
	At      time.Time     `json:"at"`
	Counts  rules.Counts  `json:"counts"` // at that time
	When    rules.When    `json:"when"`
	Measure rules.Measure `json:"measure,omitzero"`
	Version string        `json:"version,omitempty"` // of the rules, as Desk.Version named them
	Size    float64       `json:"size,omitempty"`    // rules.Firing.Size of its latest firing, and
	Base    float64       `json:"base,omitempty"`    // what that was when people were last called, by whichever rule
}

// Found is what one rule read in a post.
type Found struct {
	Rule  string   `json:"rule"`
	Words []string `json:"words,omitempty"` // as they stand in the post, each once; none where a rule asks by fields only
}

const (
	// maxFound bounds the rules that are named for one quote, the latest of them.
	maxFound = 3
	// maxWords and wordRunes bound what is kept of a match: a query may match
	// every word of a long post.
	maxWords  = 5
	wordRunes = 40
)

// lateBy is how long before a firing its window may end and still be the one
// that people take for now: three buckets of five minutes.
const lateBy = 15 * time.Minute

// Late returns the end of the window that was counted where posts that came
// late made it speak: well before the firing. Else the zero time.
func (a Alarm) Late() time.Time {
	if end := a.Measure.End; !end.IsZero() && a.At.Sub(end) > lateBy {
		return end
	}
	return time.Time{}
}

// Latest returns the latest firing.
func (in Incident) Latest() Alarm {
	return Alarm{Rule: in.Rule, At: in.Last, Counts: in.Counts, When: in.When, Measure: in.Measure}
}

func alarmOf(f *rules.Firing, version string) Alarm {
	return Alarm{Rule: f.Rule, At: f.At, Counts: f.Counts, When: f.When, Measure: f.Measure, Version: version}
}

// sounded notes that a rule spoke. What it grows from is forgotten with its end.
func sounded(old []Alarm, f *rules.Firing, version string) []Alarm {
	i := slices.IndexFunc(old, func(a Alarm) bool { return a.Rule == f.Rule })
	now := alarmOf(f, version)
	switch {
	case i < 0:
		i, old = len(old), append(old, now)
	case f.When.Lasts() && (f.Phase == rules.Began || f.Louder):
		now.Base = old[i].Base
		old[i] = now
	}
	if old[i].Size = f.Size; f.Phase == rules.Ceased {
		old[i].Size, old[i].Base = 0, 0
	}
	return old
}

// called notes how large everything is of which people hear with a call.
func called(alarms []Alarm) []Alarm {
	for i := range alarms {
		alarms[i].Base = alarms[i].Size
	}
	return alarms
}

// callsAgain reports whether a firing calls people for an incident that goes
// on. A rule without a condition is loud with every story and so does not; nor
// does what comes with the very posts for which they have just been called, or
// what has not grown since another rule called them.
func callsAgain(in Incident, f *rules.Firing) bool {
	i := slices.IndexFunc(in.Alarms, func(a Alarm) bool { return a.Rule == f.Rule })
	if i >= 0 && in.Alarms[i].Base > 0 && !f.Outgrows(in.Alarms[i].Base) {
		return false
	}
	return f.Louder && f.Phase != rules.Ceased && f.When.Kind() != rules.EachStory && !f.At.Equal(in.CalledAt)
}

// found is what a rule read in a post, by the spans that it returned.
func found(rule string, e rules.Evidence) Found {
	out := Found{Rule: rule}
	for _, s := range e.Spans {
		if s.Start < 0 || s.Start >= s.End || s.End > len(e.Post.Text) {
			continue
		}
		word := text.Excerpt(e.Post.Text[s.Start:s.End], 0, 0, wordRunes)
		known := slices.ContainsFunc(out.Words, func(w string) bool { return strings.EqualFold(w, word) })
		if word != "" && !known && len(out.Words) < maxWords {
			out.Words = append(out.Words, word)
		}
	}
	return out
}

// alsoFound adds what another rule read in the same post.
func alsoFound(old []Found, f Found) []Found {
	out := slices.DeleteFunc(slices.Clone(old), func(o Found) bool { return o.Rule == f.Rule })
	out = append(out, f)
	return out[max(len(out)-maxFound, 0):]
}
