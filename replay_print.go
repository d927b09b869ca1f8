package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/bot/terminal"
	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/trial"
)

// alertLines is how many alerts are listed: a screenful with the rest.
const alertLines = 15

func (r *replayed) print() error {
	o := r.outcome
	r.head()
	if o.Read == 0 {
		return nil
	}
	r.alerts()
	r.rules()
	r.silent()
	r.curves()
	r.receivers()
	return r.drawCards()
}

func (r *replayed) head() {
	o := r.outcome
	for _, bad := range o.BadOnes {
		fmt.Fprintln(r.out, "left out:", bad)
	}
	if more := o.Bad - len(o.BadOnes); more > 0 {
		fmt.Fprintf(r.out, "left out: %d more\n", more)
	}
	if o.Read == 0 {
		fmt.Fprintln(r.out, "There are no posts.")
		return
	}
	fmt.Fprintf(r.out, "%s, %s to %s (%s), with %s\n", trial.Count(o.Read, "post"),
		r.long(o.From), r.long(o.To), trial.Span(o.To.Sub(o.From).Round(time.Minute)), trial.Count(len(o.Rules), "rule"))
	if known := o.Read - o.New; known > 0 {
		fmt.Fprintf(r.out, "Known already, or deletions: %d.\n", known)
	}
}

// alerts lists what happened, in the order of time.
func (r *replayed) alerts() {
	type line struct {
		rule  trial.Rule
		alert trial.Alert
	}
	var all []line
	total, shadow := 0, 0
	for _, rule := range r.outcome.Rules {
		if total += rule.Began; rule.Shadow {
			shadow += rule.Began
		}
		for _, a := range rule.Alerts {
			all = append(all, line{rule, a})
		}
	}
	slices.SortStableFunc(all, func(a, b line) int { return a.alert.Began.Compare(b.alert.Began) })
	fmt.Fprintf(r.out, "\nAlerts: %d", total)
	if shadow > 0 {
		fmt.Fprintf(r.out, ", of which %d in shadow", shadow)
	}
	fmt.Fprintln(r.out)
	w := r.columns()
	for _, l := range all[:min(len(all), alertLines)] {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", r.short(l.alert.Began), trial.Level(l.rule.Severity), named(l.rule), place(cmp.Or(l.alert.Site, l.alert.Source)), grown(l.rule, l.alert))
	}
	flush(w)
	if more := total - min(len(all), alertLines); more > 0 {
		fmt.Fprintf(r.out, "  and %d more\n", more)
	}
}

func grown(rule trial.Rule, a trial.Alert) string {
	unit := cmp.Or(rule.When.Unit, rules.Posts)
	if kind := rule.When.Kind(); rule.When.Unit == "" && (kind == rules.Spike || kind == rules.Ratio) {
		unit = rules.Voices
	}
	if most := a.Most.Of(unit); most > a.Counts.Of(unit) {
		return fmt.Sprintf("%s, later %d", a.Summary, most)
	}
	return a.Summary
}

// named is the name of a rule, which says whether it is in shadow.
func named(r trial.Rule) string {
	if r.Shadow {
		return r.Name + " (shadow)"
	}
	return r.Name
}

func inShadow(r trial.Rule) bool { return r.Shadow }

func place(site string) string { return cmp.Or(site, "-") }

// rules is the table of those that matched anything.
func (r *replayed) rules() {
	long := r.outcome.Weeks() >= 1
	w := r.columns()
	head := "\nRule\tmatches\talerts\tcalls\tfirst alert\tdelay"
	if long {
		head = "\nRule\tmatches\talerts\ta week\tcalls a week\tfirst alert\tdelay\tbusiest day"
	}
	fmt.Fprintln(w, head)
	for _, rule := range r.outcome.Rules {
		fmt.Fprintln(w, strings.Join(r.row(rule, long), "\t"))
	}
	flush(w)
	if slices.ContainsFunc(r.outcome.Rules, func(rule trial.Rule) bool { _, rose := rule.Delay(); return rose }) {
		fmt.Fprintln(r.out, legend)
	}
}

// legend explains the words of the table that are not plain.
const legend = `calls: how often people are called: by an alert, and again when it has grown
delay: from the first post of a rise to its alert; the median over the alerts`

// row is the line of a rule in the table.
func (r *replayed) row(rule trial.Rule, long bool) []string {
	often := func(n int) string { return fmt.Sprint(n) }
	cells := []string{named(rule), fmt.Sprint(rule.Matches), fmt.Sprint(rule.Began)}
	if long {
		often = r.weekly
		cells = append(cells, often(rule.Began))
	}
	first, delay, busiest := "-", "-", "-"
	if rule.Began > 0 {
		first = r.short(rule.Alerts[0].Began)
		busiest = fmt.Sprintf("%s: %d", rule.Busiest.Format("Mon 2 Jan"), rule.OnBusiest)
	}
	if after, rose := rule.Delay(); rose {
		delay = trial.Span(after)
	}
	if cells = append(cells, often(rule.Calls), first, delay); long {
		cells = append(cells, busiest)
	}
	return cells
}

func (r *replayed) weekly(n int) string { return fmt.Sprintf("%.1f", float64(n)/r.outcome.Weeks()) }

// silent says of the rules that never fired how near they came.
func (r *replayed) silent() {
	for _, rule := range r.outcome.Rules {
		switch {
		case rule.Began > 0:
		case rule.Matches == 0:
			fmt.Fprintf(r.out, "%s matched no post at all: is its query right?\n", rule.Name)
		default:
			near := rule.Nearest(func(p trial.Peak) string {
				return fmt.Sprintf("at %s (%s)", r.short(p.At), place(cmp.Or(p.Site, p.Source)))
			})
			fmt.Fprintf(r.out, "%s never fired: %s.\n", rule.Name, near)
		}
	}
}

// receivers is who gets how much. What rules in shadow would add is apart.
func (r *replayed) receivers() {
	long, shadow := r.outcome.Weeks() >= 1, slices.ContainsFunc(r.outcome.Rules, inShadow)
	w := r.columns()
	head := "\nReceiver\tcards\tpings"
	if long {
		head += "\tcards a week"
	}
	if shadow {
		head += "\tshadow"
	}
	fmt.Fprintln(w, head)
	for _, who := range r.outcome.Receivers {
		fmt.Fprintf(w, "%s\t%d\t%d", who.Name, who.Cards, who.Pings)
		if long {
			fmt.Fprintf(w, "\t%s", r.weekly(who.Cards))
		}
		if shadow {
			fmt.Fprintf(w, "\t+%d", who.Shadow)
		}
		fmt.Fprintln(w)
	}
	flush(w)
	if shadow {
		fmt.Fprintln(r.out, "Only admins hear of a rule in shadow. The cards under “shadow” would come on top, at most, if these rules were active.")
	}
}

// drawCards shows the first cards as a terminal would have.
func (r *replayed) drawCards() error {
	lang, err := bot.NewLang(r.config.Language)
	if err != nil {
		return err
	}
	t := terminal.New(r.out, nil, nil, lang, r.look)
	for _, c := range r.outcome.Cards {
		on := ""
		if c.Shadow {
			on = ", if the rule were active"
		}
		fmt.Fprintf(r.out, "\nCard for %s%s:\n", strings.Join(c.Receivers, ", "), on)
		m := notifier.Message{Dest: terminal.Dest, Kind: notifier.KindCard, Why: notifier.FirstCard, Card: c.Card}
		if _, err := t.Send(context.Background(), m); err != nil {
			return err
		}
	}
	return nil
}

func (r *replayed) columns() *tabwriter.Writer { return tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0) }

func flush(w *tabwriter.Writer) {
	_ = w.Flush() // as with Fprintf: the terminal of a person who left
}

// short is a time as short as it can be told apart within the archive.
func (r *replayed) short(t time.Time) string {
	from, to, t := r.outcome.From.In(r.config.Timezone), r.outcome.To.In(r.config.Timezone), t.In(r.config.Timezone)
	switch {
	case from.Format(time.DateOnly) == to.Format(time.DateOnly):
		return t.Format("15:04")
	case from.Year() == to.Year():
		return t.Format("2 Jan 15:04")
	default:
		return t.Format("2 Jan 2006 15:04")
	}
}

func (r *replayed) long(t time.Time) string {
	return t.In(r.config.Timezone).Format("Mon 2 Jan 2006 15:04")
}
