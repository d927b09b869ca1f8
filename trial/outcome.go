package trial

import (
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
)

const (
	week = 7 * 24 * time.Hour

	// maxAlerts is how many alerts of one rule are kept; all are counted. A rule
	// without a condition can have as many as there are posts.
	maxAlerts = 1000
	// maxBad is how many records that cannot be read are kept as errors.
	maxBad = 10
)

// Outcome is what a trial came to. Two trials of the same posts are equal.
type Outcome struct {
	From, To  time.Time // the first and the last post; zero: there were none
	Read      int       // events that were played
	New       int       // of these, posts that were not known, or edited
	Bad       int       // records that could not be read
	BadOnes   []error   // the first of them
	Rules     []Rule    // in the order of the configuration
	Incidents []incident.Incident
	Receivers []Receiver // by name
	Cards     []Card     // the first ones, at most Setup.Cards
}

// Weeks is the span of the posts in weeks.
func (o Outcome) Weeks() float64 { return float64(o.To.Sub(o.From)) / float64(week) }

// Rule is what one rule did.
type Rule struct {
	rules.Rule
	Matches   int
	Peak      Peak
	Began     int           // alerts
	Calls     int           // how often people were called: by an alert, and again when it had grown as rules.Firing.Louder says
	Alerts    []Alert       // the first of them, by time
	Busiest   time.Time     // the day, at its beginning in the zone of the plan, with most alerts
	OnBusiest int           // alerts on that day
	Learnt    time.Duration // the longest history of any of its series; only of conditions that learn
	Curve     Curve         // around the first alert, if the condition lasts
	days      map[time.Time]int
}

// Delay is how long after the beginning of its rise an alert came, the median
// over the alerts that are kept; false: none tells of a rise.
func (r Rule) Delay() (time.Duration, bool) {
	var all []time.Duration
	for _, a := range r.Alerts {
		if !a.Rise.IsZero() {
			all = append(all, a.Began.Sub(a.Rise))
		}
	}
	if len(all) == 0 {
		return 0, false
	}
	slices.Sort(all)
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2, true
}

// Peak is the window in which a rule came nearest to its condition, as of
// publication. It is zero where there is no condition, and of new.
type Peak struct {
	rules.Series
	At     time.Time     // the end of that window
	Within time.Duration // its length; of Silence, for how long nothing came
	N      int           // units in it; of Spread, the sites that shared something
	Usual  float64       // units that were usual in it; of Count and Spread it is not asked for
	Score  float64       // the part of what Spike, Ratio and Silence ask for; met from 1 on
}

// Curve is how many units a series counted in every half hour.
type Curve struct {
	rules.Series
	Unit   rules.Unit
	From   time.Time // when the first half hour begins
	Counts []int     // a voice or a story counts once an hour
	Mark   int       // the half hour in which the alert began
}

// Alert is one firing of one series, from its beginning to its end.
type Alert struct {
	Site    string
	Source  string    // of a rule by: [source]
	Rise    time.Time // when the rise began that it tells of; zero: it tells of none
	Began   time.Time
	Last    time.Time    // when it last grew, or began
	Ceased  time.Time    // zero: not before the trial ended. Rules without a condition never cease.
	Grew    int          // how often
	Counts  rules.Counts // as it began
	Most    rules.Counts // the largest counts of all
	Summary string       // as it began
}

// Receiver is what one receiver would have got.
type Receiver struct {
	Name  string
	Cards int
	Pings int // replies under a card that make a message of their own
	// Shadow is how many cards more there would have been if the rules in shadow
	// were active. It may be fewer: each has cells of its own as long as it is in
	// shadow, and joins others once it is not.
	Shadow int
}

func (r *Receiver) count(why notifier.Why, shadow bool) {
	switch {
	case why == "", shadow && why != notifier.FirstCard:
	case shadow:
		r.Shadow++
	case why == notifier.FirstCard:
		r.Cards++
	default:
		r.Pings++
	}
}

// Card is a card as it would have been shown first, and to whom.
type Card struct {
	Receivers []string
	Shadow    bool // its rule is in shadow: only if it were active
	Card      notifier.Card
}

// Told is one firing with what became of it; of a rule in shadow, with what
// would have become of it if the rule were active.
type Told struct {
	rules.Firing
	Incident  incident.ID // 0: it opened none, and there is none
	Receivers []string    // by name; those that show the incident's card afterwards
}
