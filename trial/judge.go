package trial

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/rules"
)

// judge compares what happened with what was expected, in the order in which a
// person wrote it down.
func (r *Report) judge(s Setup) {
	for _, e := range r.Case.Expect {
		if want, got := r.check(e); len(got) > 0 {
			r.Failures = append(r.Failures, Failure{e.Place, want, got})
		}
	}
	for _, n := range r.Case.Never {
		if t, fired := r.first(n.Rule, n.Site); fired {
			want := fmt.Sprintf("%s never to fire%s", n.Rule, at(n.Site))
			r.Failures = append(r.Failures, Failure{n.Place, want, []string{r.told(t)}})
		}
	}
	for _, route := range r.Case.Routes {
		if got := heardBy(s, route); !slices.Equal(got, route.Receivers) {
			want := fmt.Sprintf("%s at %s to reach %s", route.Rule, site(route.Site), names(route.Receivers))
			r.Failures = append(r.Failures, Failure{route.Place, want, []string{"it reaches " + names(got)}})
		}
	}
}

// heardBy names who is shown the card of a rule at a site. Rules of level info
// have none.
func heardBy(s Setup, route Route) []string {
	for _, rule := range s.Rules.Rules() {
		if rule.Name == route.Rule && rule.Severity > rules.Info {
			return Concerned(s.Plan, incident.Incident{Site: route.Site})
		}
	}
	return nil
}

// check returns what an expectation asks for, and what is so instead, if it is.
func (r *Report) check(e Expectation) (want string, got []string) {
	latest := r.standing(e)
	on := slices.DeleteFunc(slices.Clone(latest), func(t Told) bool { return t.Phase == rules.Ceased })
	moment := fmt.Sprintf("at %s (%s) ", r.after(e.At), r.clock(e.At))
	switch e.Verb {
	case Silent:
		want = moment + e.Rule + " not to be firing" + at(e.Site)
		for _, t := range on {
			got = append(got, r.told(t))
		}
	case Ceased:
		want = moment + e.Rule + " to have ceased" + at(e.Site)
		if len(on) > 0 || len(latest) == 0 {
			got = r.instead(e, on)
		}
	case Fires:
		want = moment + e.Rule + " to be firing" + at(e.Site)
		if len(on) == 0 {
			return want, r.instead(e, nil)
		}
		got = e.best(on)
	}
	return want, got
}

// standing returns the last firing of every series that is meant, as of the
// moment of an expectation.
func (r *Report) standing(e Expectation) []Told {
	last := map[string]Told{}
	for _, t := range r.Told {
		if t.Rule == e.Rule && (e.Site == nil || *e.Site == t.Site) && !t.At.After(e.At) {
			last[t.Site] = t
		}
	}
	var out []Told
	for _, site := range slices.Sorted(maps.Keys(last)) {
		out = append(out, last[site])
	}
	return out
}

// best returns what is wrong with the series that fits best.
func (e Expectation) best(on []Told) []string {
	best := e.wrong(on[0])
	for _, t := range on[1:] {
		if wrong := e.wrong(t); len(wrong) < len(best) {
			best = wrong
		}
	}
	return best
}

// wrong says in what a firing differs from what was expected of it.
func (e Expectation) wrong(t Told) []string {
	var out []string
	differ := func(what, want, got string) { out = append(out, fmt.Sprintf("%s: want %s, got %s", what, want, got)) }
	if e.Severity != 0 && e.Severity != t.Severity {
		differ("severity", Level(e.Severity), Level(t.Severity))
	}
	for _, unit := range []rules.Unit{rules.Posts, rules.Stories, rules.Voices} {
		if n, asked := e.Counts[unit]; asked && n != t.Counts.Of(unit) {
			differ(string(unit), fmt.Sprint(n), fmt.Sprint(t.Counts.Of(unit)))
		}
	}
	if e.Summary != nil && *e.Summary != t.Summary {
		differ("summary", fmt.Sprintf("%q", *e.Summary), fmt.Sprintf("%q", t.Summary))
	}
	if e.Receivers != nil && !slices.Equal(e.Receivers, t.Receivers) {
		differ("receivers", names(e.Receivers), names(t.Receivers))
	}
	return out
}

// instead tells what the rule of an expectation did do, and what else was
// firing at that moment.
func (r *Report) instead(e Expectation, on []Told) []string {
	var out []string
	for _, t := range r.Told {
		if t.Rule == e.Rule && (t.Phase != rules.Grew) && len(out) < maxTold {
			out = append(out, r.told(t))
		}
	}
	if len(out) == 0 {
		out = append(out, r.silence(e.Rule))
	}
	if others := r.others(e); len(on) == 0 && len(others) > 0 {
		out = append(out, "firing at that moment: "+strings.Join(others, ", "))
	}
	return out
}

// maxTold is how many firings a failure tells of.
const maxTold = 6

// silence says how near a rule that never fired came to its condition.
func (r *Report) silence(name string) string {
	i := slices.IndexFunc(r.Outcome.Rules, func(o Rule) bool { return o.Name == name })
	if i < 0 {
		return name + " is no rule"
	}
	rule := r.Outcome.Rules[i]
	if rule.Matches == 0 {
		return fmt.Sprintf("%s never fired: no post of this test matches its query", name)
	}
	near := rule.Nearest(func(p Peak) string {
		place := at(&p.Site)
		if p.Source != "" {
			place = " of " + p.Source
		}
		return fmt.Sprintf("at %s%s", r.after(p.At), place)
	})
	return fmt.Sprintf("%s never fired: it matches %s; %s", name, Count(rule.Matches, "post"), near)
}

// others names the other series that are firing at the moment of an expectation.
func (r *Report) others(e Expectation) []string {
	on := map[string]bool{}
	for _, t := range r.Told {
		if !t.At.After(e.At) && t.Rule != e.Rule {
			on[t.Rule+at(&t.Site)] = t.Phase != rules.Ceased
		}
	}
	maps.DeleteFunc(on, func(_ string, firing bool) bool { return !firing })
	return slices.Sorted(maps.Keys(on))
}

func (r *Report) first(rule string, site *string) (Told, bool) {
	i := slices.IndexFunc(r.Told, func(t Told) bool {
		return t.Rule == rule && t.Phase == rules.Began && (site == nil || *site == t.Site)
	})
	if i < 0 {
		return Told{}, false
	}
	return r.Told[i], true
}

// told is one firing as a line.
func (r *Report) told(t Told) string {
	name := t.Rule
	if t.Shadow {
		name += " (in shadow)"
	}
	line := fmt.Sprintf("%s %s%s at %s (%s)", name, t.Phase, at(&t.Site), r.after(t.At), r.clock(t.At))
	if t.Phase == rules.Ceased {
		return line
	}
	return fmt.Sprintf("%s: %q", line, t.Summary)
}

// after is a moment as the test counts it.
func (r *Report) after(t time.Time) string {
	d := t.Sub(r.Case.Start)
	if d < 0 {
		return "-" + Span(-d)
	}
	return Span(d)
}

func (r *Report) clock(t time.Time) string {
	return t.In(r.Case.Start.Location()).Format("Mon 2 Jan 15:04:05")
}

func at(key *string) string {
	switch {
	case key == nil:
		return ""
	case *key == "":
		return " at no site"
	default:
		return " at " + *key
	}
}

func site(key string) string {
	if key == "" {
		return "no site"
	}
	return key
}

func names(list []string) string {
	if len(list) == 0 {
		return "nobody"
	}
	return strings.Join(list, ", ")
}

// Lines tells what the rules did: every firing but those that only grew, and
// the rules that matched posts and stayed silent.
func (r *Report) Lines() []string {
	var out []string
	for _, t := range r.Told {
		if t.Phase != rules.Grew {
			out = append(out, r.told(t))
		}
	}
	for _, rule := range r.Outcome.Rules {
		if rule.Began == 0 && rule.Matches > 0 {
			out = append(out, r.silence(rule.Name))
		}
	}
	if len(out) == 0 {
		return []string{"no rule matches anything"}
	}
	return out
}
