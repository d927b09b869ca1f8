package rules

import "time"

// Unit is what a volume condition counts.
type Unit string

// The units. A voice is a distinct author or outlet, a story a cluster of
// near-identical posts.
const (
	Posts   Unit = "posts"
	Stories Unit = "stories"
	Voices  Unit = "voices"
)

// Kind is what a condition looks at.
type Kind string

// The kinds of conditions (detection.md).
const (
	EachStory Kind = ""       // none: each new story fires
	Count     Kind = "count"  // at least N units within the window
	Ratio     Kind = "ratio"  // at least N, and so many times what came before
	Spike     Kind = "spike"  // at least N, and unusual for the hour
	Silence   Kind = "silent" // nothing, where much was to be expected
	New       Kind = "new"    // a place that was not named for long
	Spread    Kind = "spread" // a site more
)

// When is the condition of a rule. The zero value is none: each new story fires.
type When struct {
	Unit   Unit          // what is counted; of Spread only Posts and Stories: the theme, or one story
	N      int           // Count: so many; Ratio and Spike: the floor below which they never fire
	Within time.Duration // the window; of Spike the longest one that it looks at

	Ratio   float64       `json:",omitempty"` // times the mean of Against
	Against time.Duration `json:",omitempty"` // before the window
	Spike   string        `json:",omitempty"` // low, balanced or high: how unusual it must be
	Silent  time.Duration `json:",omitempty"` // for so long
	New     string        `json:",omitempty"` // place
	Spread  int           `json:",omitempty"` // sites, the one that fires included
}

// Kind returns what the condition looks at.
func (w When) Kind() Kind {
	switch {
	case w.Ratio > 0:
		return Ratio
	case w.Spike != "":
		return Spike
	case w.Silent > 0:
		return Silence
	case w.New != "":
		return New
	case w.Spread > 0:
		return Spread
	case w.N > 0:
		return Count
	}
	return EachStory
}

// counts returns the unit in which the usual of a condition is counted: voices
// where it names none, and posts where only their absence matters.
func (w When) counts() Unit {
	switch {
	case w.Kind() == Silence:
		return Posts
	case w.Unit == "":
		return Voices
	}
	return w.Unit
}

// Lasts reports whether the condition holds for a while and then ends. The
// others fire for one post at a time.
func (w When) Lasts() bool { k := w.Kind(); return k != EachStory && k != New }

// Measure is what a condition weighed its count against. What a kind does not
// know is zero.
type Measure struct {
	N        int           `json:"n,omitempty"`        // units in the window that spoke, Firing.When.Within long
	End      time.Time     `json:"end,omitzero"`       // of that window; zero: the moment of the firing. Late posts make earlier windows speak
	Usual    float64       `json:"usual,omitempty"`    // Spike: units that are usual in it; Ratio: the mean of Against. Silence: posts that were to be expected
	Likes    int           `json:"likes,omitempty"`    // Spike: of the Of windows that are remembered, so many were as unusual
	Of       int           `json:"of,omitempty"`       //
	Past     time.Duration `json:"past,omitempty"`     // Spike: the time in which these were
	Score    float64       `json:"score,omitempty"`    // Spike: how unusual; it fires from 1 on
	Learnt   int           `json:"learnt,omitempty"`   // days of history that there are, of the Needed ones
	Needed   int           `json:"needed,omitempty"`   // 0: nothing is to be learnt
	Since    time.Time     `json:"since,omitzero"`     // Silence: the last post before it, to five minutes
	Place    string        `json:"place,omitempty"`    // New: the place, folded
	Sites    []string      `json:"sites,omitempty"`    // Spread: the sites that share it, the first one first
	LastCall int           `json:"lastCall,omitempty"` // N when people were last called for this, 0: never
}

// Learning reports whether the history is shorter than it should be.
func (m Measure) Learning() bool { return m.Learnt < m.Needed }
