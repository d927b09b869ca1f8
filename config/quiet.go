package config

import (
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/siaga-id/siaga/escalation"
)

// quietEntry is a stretch of the day in which people are left alone.
type quietEntry struct {
	From at[clock]    `yaml:"from,required"`
	To   at[clock]    `yaml:"to,required"`
	Days []at[string] `yaml:"days"`
}

// clock is a time of day, since midnight.
type clock time.Duration

// clockPattern takes what parseClock does.
const clockPattern = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"

func (v *clock) fit(d *decoder, n *yaml.Node) {
	t, err := time.Parse("15:04", n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		d.want(n, "a time of day such as 21:00 or 05:30")
		return
	}
	*v = clock(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute)
}

func (*clock) schema() *schema {
	return &schema{Type: []string{"string"}, Pattern: clockPattern}
}

// weekdays are the days as the configuration names them, in the order of
// time.Weekday.
func weekdays() []string { return []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} }

// checkQuiet reads the quiet hours that sites may name.
func (c *checker) checkQuiet() {
	c.quiet = map[string]escalation.Quiet{}
	for _, e := range c.doc.Quiet {
		c.identifier(e.Key)
		q := escalation.Quiet{From: time.Duration(e.Value.From.Value), To: time.Duration(e.Value.To.Value)}
		if e.Value.From.ok && e.Value.To.ok && q.From == q.To {
			c.refuse(e.Value.To.place, "quiet hours end at another time than they begin", "a day that is quiet all day is two: 00:00 to 12:00 and 12:00 to 00:00")
		}
		for _, day := range e.Value.Days {
			if c.oneOf("day", day, weekdays()) {
				q.Days = append(q.Days, time.Weekday(slices.Index(weekdays(), day.Value)))
			}
		}
		c.quiet[e.Key.Value] = q
		c.quiets = append(c.quiets, e.Key.Value)
	}
}

// quietOf returns the quiet hours that a site names.
func (c *checker) quietOf(e siteEntry) []escalation.Quiet {
	var out []escalation.Quiet
	for _, name := range e.Quiet {
		if c.oneOf("quiet hours", name, c.quiets) {
			out = append(out, c.quiet[name.Value])
		}
	}
	return out
}
