package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/trial"
)

// firstMonday is when a test begins that says nothing: a Monday, at eight.
const firstMonday = "2026-01-05 08:00"

func (t *tester) result(c *Config) (*Tests, error) {
	for _, r := range c.book.Rules {
		t.alerts = append(t.alerts, r.Name)
	}
	for _, s := range c.Sources {
		t.known = append(t.known, s.Name)
	}
	for name := range c.Plan.Receivers {
		t.heard = append(t.heard, name)
	}
	slices.Sort(t.heard)
	for _, e := range t.doc.Tests {
		t.once("test", e.Value.Name)
		t.cases = append(t.cases, t.test(e))
	}
	if len(t.errs) > 0 {
		t.errs.sort()
		return nil, t.errs
	}
	return &Tests{Config: c, Cases: t.cases}, nil
}

func (t *tester) test(e at[testEntry]) trial.Case {
	start := e.Value.Start
	if !start.set() {
		start = at[moment]{Value: moment{date: firstMonday}}
	} else if start.ok && start.Value.date == "" {
		t.refuse(start.place, "a test starts at a date and a time of day", "such as "+firstMonday)
	}
	c := trial.Case{Place: spot(e.Value.Name.place), Name: e.Value.Name.Value, Start: t.moment(start, time.Time{})}
	if len(e.Value.Expect)+len(e.Value.Never)+len(e.Value.Routes) == 0 && e.ok {
		t.refuse(e.place, "this test expects nothing", "add expect:, never: or routes:")
	}
	for _, b := range e.Value.Background {
		c.Lots = append(c.Lots, t.background(b, c.Start))
	}
	for _, lot := range e.Value.Posts {
		c.Lots = append(c.Lots, t.lot(lot, c.Start))
	}
	for _, x := range e.Value.Expect {
		c.Expect = append(c.Expect, t.expect(x, c.Start))
	}
	for _, n := range e.Value.Never {
		t.oneOf("alert", n.Value.Alert, t.alerts)
		c.Never = append(c.Never, trial.Never{Place: spot(n.place), Rule: n.Value.Alert.Value, Site: t.site(n.Value.Site)})
	}
	for _, r := range e.Value.Routes {
		c.Routes = append(c.Routes, t.route(r))
	}
	return c
}

// spot is a place as failures name it.
func spot(p place) string {
	if !p.set() {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", p.file.name, p.node.Line, p.node.Column)
}

// moment returns the time that is meant; dates are those of the configuration.
func (t *tester) moment(m at[moment], start time.Time) time.Time {
	if m.Value.date == "" {
		return start.Add(m.Value.after)
	}
	zone := t.about.cfg.Timezone
	for _, form := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if when, err := time.ParseInLocation(form, m.Value.date, zone); err == nil {
			return when.In(zone)
		}
	}
	t.refuse(m.place, fmt.Sprintf("want %s, got %q", momentForm, shorten(m.Value.date)), "")
	return start
}

// maxPosts bounds what one entry may invent.
const maxPosts = 10_000

func (t *tester) lot(e at[lotEntry], start time.Time) trial.Lot {
	v := e.Value
	t.checkLot(v)
	l := trial.Lot{
		Place: spot(e.place), At: t.moment(v.At, start), Count: max(1, v.Count.Value), Every: time.Duration(v.Every.Value),
		Source: cmp.Or(v.Source.Value, "test"), Fields: map[string]string{},
	}
	fields := v.fields()
	switch {
	case v.File.ok:
		l.File = beside(v.File.file.name, v.File.Value)
		t.only(fields)
	case e.ok && !v.Text.set() && !v.Title.set() && !v.Repost.set() && !v.Deleted.set():
		t.refuse(e.place, "the post has no text", "give it text: or title:, or name a file: of posts")
	case v.Deleted.Value && !v.ID.set():
		t.refuse(v.Deleted.place, "deleted: without id: deletes nothing", "give the same id: to the post that is to go")
	}
	for _, f := range fields {
		if f.value.ok {
			l.Fields[f.name] = f.value.Value
		}
	}
	return l
}

// checkLot checks the values of an entry one by one.
func (t *tester) checkLot(v lotEntry) {
	if n := v.Count; n.ok && (n.Value < 1 || n.Value > maxPosts) {
		t.refuse(n.place, fmt.Sprintf("count: is 1 to %d", maxPosts), "")
	}
	if v.Every.ok && !v.Count.set() {
		t.refuse(v.Every.place, "every: has no effect without count:", "")
	}
	t.oneOf("source", v.Source, t.known)
	t.oneOf("site", v.Site, t.about.sites)
	t.oneOf("kind", v.Kind, []string{string(source.News), string(source.Social), string(source.Video), string(source.Forum), string(source.Handed)})
}

// only refuses what a file of posts brings by itself.
func (t *tester) only(fields []lotField) {
	for _, f := range fields {
		if f.value.set() {
			t.refuse(f.value.place, fmt.Sprintf("%s: has no effect beside file:", f.name), "the posts of the file have it")
		}
	}
}

type lotField struct {
	name  string
	value at[string]
}

// fields are those of a post, by the names that files of posts have for them.
func (e lotEntry) fields() []lotField {
	return []lotField{
		{"text", e.Text},
		{"title", e.Title},
		{"author", e.Author},
		{"kind", e.Kind},
		{"site", e.Site},
		{"outlet", e.Outlet},
		{"tier", e.Tier},
		{"url", e.URL},
		{"lang", e.Lang},
		{"reach", e.Reach},
		{"id", e.ID},
		{"repost", e.Repost},
		{"deleted", at[string]{strconv.FormatBool(e.Deleted.Value), e.Deleted.place, e.Deleted.ok}},
	}
}

func (t *tester) expect(e at[expectEntry], start time.Time) trial.Expectation {
	v := e.Value
	x := trial.Expectation{Place: spot(e.place), At: t.moment(v.At, start), Site: t.site(v.Site), Counts: map[rules.Unit]int{}}
	for _, verb := range []struct {
		verb  trial.Verb
		alert at[string]
	}{{trial.Fires, v.Alert}, {trial.Ceased, v.Ceased}, {trial.Silent, v.Silent}} {
		switch {
		case !verb.alert.set():
		case x.Verb != "":
			t.refuse(verb.alert.place, fmt.Sprintf("an expectation is about %s: or %s:, not both", x.Verb, verb.verb), "write two")
		default:
			t.oneOf("alert", verb.alert, t.alerts)
			x.Verb, x.Rule = verb.verb, verb.alert.Value
		}
	}
	if x.Verb == "" && e.ok {
		t.refuse(e.place, "this expects nothing", "name an alert: that fires, that has ceased:, or that is silent:")
	}
	t.details(v, &x)
	return x
}

// details are what only an alert that is firing has.
func (t *tester) details(v expectEntry, x *trial.Expectation) {
	for _, p := range []struct {
		name  string
		given place
	}{
		{"severity", v.Severity.place},
		{"posts", v.Posts.place},
		{"stories", v.Stories.place},
		{"voices", v.Voices.place},
		{"summary", v.Summary.place},
		{"receivers", v.Receivers.place},
	} {
		if p.given.set() && x.Verb != trial.Fires && x.Verb != "" {
			t.refuse(p.given, fmt.Sprintf("%s: has no effect with %s:", p.name, x.Verb), "")
		}
	}
	if v.Severity.set() {
		x.Severity = t.severity(v.Severity)
	}
	for unit, n := range map[rules.Unit]at[int]{rules.Posts: v.Posts, rules.Stories: v.Stories, rules.Voices: v.Voices} {
		if n.set() {
			x.Counts[unit] = n.Value
		}
	}
	if v.Summary.set() {
		x.Summary = &v.Summary.Value
	}
	if v.Receivers.set() {
		x.Receivers = t.receivers(v.Receivers.Value)
	}
}

// noSite is how tests name posts that belong to no site.
const noSite = "-"

func (t *tester) site(a at[string]) *string {
	if !a.set() {
		return nil
	}
	if a.Value == noSite {
		return new(string)
	}
	t.oneOf("site", a, t.about.sites)
	return &a.Value
}

// receivers returns names in order; an empty list is nobody.
func (t *tester) receivers(list []at[string]) []string {
	for _, r := range list {
		t.oneOf("receiver", r, t.heard)
	}
	out := append([]string{}, values(list)...)
	slices.Sort(out)
	return out
}

// route reads "Debu/rembang: [humas-rembang]"; without a site it is about
// posts that belong to none.
func (t *tester) route(r entry[[]at[string]]) trial.Route {
	alert, site, _ := strings.Cut(r.Key.Value, "/")
	t.oneOf("alert", at[string]{alert, r.Key.place, true}, t.alerts)
	if site == noSite {
		site = ""
	}
	if site != "" {
		t.oneOf("site", at[string]{site, r.Key.place, true}, t.about.sites)
	}
	return trial.Route{Place: spot(r.Key.place), Rule: alert, Site: site, Receivers: t.receivers(r.Value)}
}
