package trial

import (
	"time"

	"github.com/siaga-id/siaga/rules"
)

// ledger writes down what the rules say, alert by alert.
type ledger struct {
	zone  *time.Location
	rules []Rule
	kept  [][]*Alert // of each rule, at most maxAlerts
	index map[string]int
	open  map[rules.Series]*Alert // the latest of each series
}

func newLedger(s Setup) *ledger {
	l := &ledger{zone: s.Plan.Zone, index: map[string]int{}, open: map[rules.Series]*Alert{}}
	for i, r := range s.Rules.Rules() {
		l.rules = append(l.rules, Rule{Rule: r, days: map[time.Time]int{}})
		l.index[r.Name] = i
	}
	l.kept = make([][]*Alert, len(l.rules))
	return l
}

// enter takes a firing, and when the rise began that it tells of.
func (l *ledger) enter(f rules.Firing, rise time.Time) {
	k := rules.Series{Rule: f.Rule, Site: f.Site, Source: f.Source}
	if f.Louder || f.Phase == rules.Began && f.When.Kind() == rules.EachStory {
		l.rules[l.index[f.Rule]].Calls++
	}
	switch a := l.open[k]; {
	case f.Phase == rules.Began:
		l.begin(k, f, rise)
	case a == nil: // an old story, of before the trial
	case f.Phase == rules.Ceased:
		a.Ceased = f.At
	default:
		a.Grew++
		a.Last = f.At
		a.Most = most(a.Most, f.Counts)
	}
}

func (l *ledger) begin(k rules.Series, f rules.Firing, rise time.Time) {
	i := l.index[f.Rule]
	r := &l.rules[i]
	a := &Alert{
		Site: f.Site, Source: f.Source, Rise: rise, Began: f.At, Last: f.At,
		Counts: f.Counts, Most: f.Counts, Summary: f.Summary,
	}
	l.open[k] = a
	if len(l.kept[i]) < maxAlerts {
		l.kept[i] = append(l.kept[i], a)
	}
	r.Began++
	y, m, d := f.At.In(l.zone).Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, l.zone)
	if r.days[day]++; r.days[day] > r.OnBusiest {
		r.Busiest, r.OnBusiest = day, r.days[day]
	}
}

// first is the first alert of a rule, nil if it has none.
func (l *ledger) first(rule int) *Alert {
	if len(l.kept[rule]) == 0 {
		return nil
	}
	return l.kept[rule][0]
}

// report returns what every rule said.
func (l *ledger) report() []Rule {
	for i, kept := range l.kept {
		for _, a := range kept {
			l.rules[i].Alerts = append(l.rules[i].Alerts, *a)
		}
	}
	return l.rules
}

func most(a, b rules.Counts) rules.Counts {
	return rules.Counts{Posts: max(a.Posts, b.Posts), Stories: max(a.Stories, b.Stories), Voices: max(a.Voices, b.Voices)}
}
