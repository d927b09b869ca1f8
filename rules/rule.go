package rules

import (
	"time"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/source"
)

// Severity is how loudly a rule speaks. The order is the order of loudness.
type Severity int

// The severities, and the levels under which people know them.
const (
	Info     Severity = iota + 1 // pantau: digest only
	Warning                      // waspada: a card
	Critical                     // siaga: a card with sound, and the ladder
)

// Examples are texts that a rule must or must not match; they are checked
// whenever the rule is compiled.
type Examples struct {
	Match   []string
	NoMatch []string
}

// Rule is one alerting rule as an admin wrote it.
type Rule struct {
	Name       string        // alert: unique over all groups
	Group      string        //
	Query      string        // see query.Compile
	By         []string      // the label that splits the rule into series: site, or of a silence source; none: one series
	When       When          //
	For        time.Duration // how long the condition must hold before it fires
	KeepFiring time.Duration // how long it goes on after the condition ended
	Topic      string        // label topic
	Severity   Severity      // label severity
	Grievance  bool          // label kind: grievance
	Summary    string        // annotation: text/template over Summary values
	Shadow     bool          // status: shadow: fires to admins only
	Colloquial bool          // its words also take the vowels of colloquial speech (dapat, dapet)
	Examples   Examples      //
}

// Evidence is one post that made a rule fire.
type Evidence struct {
	Post  source.Post
	Spans []query.Span
}

// Counts are the sizes of one window of one series.
type Counts struct {
	Posts   int `json:"posts"`
	Stories int `json:"stories"`
	Voices  int `json:"voices"`
}

// Of returns the count of the unit.
func (c Counts) Of(u Unit) int {
	switch u {
	case Posts:
		return c.Posts
	case Stories:
		return c.Stories
	default:
		return c.Voices
	}
}

// Phase is where a firing stands in the life of its condition.
type Phase string

// The phases.
const (
	Began  Phase = "began"  // the condition has just been met
	Grew   Phase = "grew"   // it is still met and there are new posts
	Ceased Phase = "ceased" // it is no longer met
)

// Firing is what a rule says about one series at one time.
type Firing struct {
	Rule      string
	Phase     Phase
	Topic     string
	Site      string // empty: none
	Severity  Severity
	Grievance bool
	Shadow    bool // for admins only: the rule is in shadow
	At        time.Time
	Counts    Counts     // within When.Within
	When      When       // the condition, and in Within the window that was counted; without a condition a day, or the hours since the oldest of New
	Measure   Measure    // what the condition weighed the counts against
	Louder    bool       // nobody was called for this yet, or it has grown much since (call.hear)
	Size      float64    // what grows while the condition is met: its count, or the score of a spike; 0: nothing does
	Source    string     // the source that fell silent, of a rule by: [source]
	New       []Evidence // the posts of this batch, oldest first; at Began the newest of the condition's window
	Wide      bool       // the rule looks at all sites together
	Summary   string     // the admin's annotation, filled in
}

// Outgrows reports whether a firing is so much larger than one of its rule was
// that people are to hear of it again.
func (f *Firing) Outgrows(size float64) bool {
	if f.When.Kind() == Spike {
		return f.Size >= sharper*size
	}
	return f.Size >= doubled*size
}
