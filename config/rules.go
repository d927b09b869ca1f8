package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
)

// maxWithin is as far as windows reach back: a window is counted again with
// every post, and the watcher keeps matches no longer than it must.
const maxWithin = 24 * time.Hour

func (c *checker) checkRules() {
	c.cfg.book = rules.Book{Words: map[string]query.Words{}, Sites: map[string]string{}}
	for key, site := range c.plan.Sites {
		c.cfg.book.Sites[key] = site.Name
	}
	c.cfg.book.Sources = []string{}
	for _, s := range c.doc.Sources {
		c.cfg.book.Sources = append(c.cfg.book.Sources, s.Value.Name.Value)
	}
	for _, w := range c.doc.Words {
		c.name(w.Key, "_-")
		c.once("set of words", w.Key)
		c.cfg.book.Words[w.Key.Value] = query.Words{Roots: w.Value.Roots, Also: w.Value.Also}
	}
	var entries []at[ruleEntry]
	for _, g := range c.doc.Groups {
		for _, r := range g.Rules {
			entries = append(entries, r)
			c.cfg.book.Rules = append(c.cfg.book.Rules, c.rule(g.Name.Value, r.Value))
		}
	}
	set, problems := rules.Compile(c.cfg.book)
	c.cfg.Rules = set
	for _, p := range problems {
		c.refuseRule(entries[p.Rule], p)
	}
	if set != nil {
		c.warnOfRules(set, entries)
	}
}

// statusShadow is the status of a rule that fires to admins only; every other
// rule is active.
const statusShadow = "shadow"

// maxAlert is the longest name of an alert, in characters.
const maxAlert = 63

func (c *checker) rule(group string, e ruleEntry) rules.Rule {
	c.checkAlert(e.Alert)
	c.checkQuoting(e)
	c.oneOf("topic", e.Labels.Topic, c.topics)
	c.oneOf("status", e.Status, []string{"active", statusShadow})
	for _, by := range e.By {
		if by.ok && by.Value != "site" {
			c.refuse(by.place, fmt.Sprintf("by: %s is not available in this version", shorten(by.Value)), "write by: [site], or leave it out for one series over all sites")
		}
	}
	if k := e.Labels.Kind; k.ok && k.Value != "" {
		c.oneOf("kind", k, []string{"grievance"})
	}
	r := rules.Rule{
		Name: e.Alert.Value, Group: group, Query: e.Query.Value, By: values(e.By), Topic: e.Labels.Topic.Value,
		Severity: c.severity(e.Labels.Severity), Grievance: e.Labels.Kind.Value == "grievance", Summary: e.Annotations.Summary,
		Shadow: e.Status.Value == statusShadow, Colloquial: e.Colloquial,
		Examples: rules.Examples{Match: e.Examples.Match, NoMatch: e.Examples.NoMatch},
	}
	if when, ok := c.when(e.When); ok {
		r.When, r.For, r.KeepFiring = when, time.Duration(e.For.Value), time.Duration(e.KeepFiringFor.Value)
	}
	return r
}

func (c *checker) checkAlert(a at[string]) {
	letter := func(r rune) bool { return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' }
	stray := func(r rune) bool { return !letter(r) && (r < '0' || r > '9') && r != '_' }
	if a.ok && (a.Value == "" || len(a.Value) > maxAlert || !letter(rune(a.Value[0])) || strings.ContainsFunc(a.Value, stray)) {
		c.refuse(a.place, fmt.Sprintf("%q is no name of an alert", shorten(a.Value)),
			fmt.Sprintf("it is 1 to %d letters, digits and _, and begins with a letter", maxAlert))
	}
}

// severity returns what a word of Severities stands for.
func (c *checker) severity(a at[string]) rules.Severity {
	switch names := Severities(); {
	case !c.oneOf("severity", a, names):
		return rules.Info
	default:
		return rules.Severity(slices.Index(names, a.Value)%3) + rules.Info
	}
}

// when returns the condition of a rule, the zero value for none; ok is false
// if it is wrong.
func (c *checker) when(e at[whenEntry]) (w rules.When, ok bool) {
	if !e.set() {
		return rules.When{}, true
	}
	before := len(c.errs)
	for _, count := range []struct {
		unit rules.Unit
		n    at[int]
	}{{rules.Posts, e.Value.Posts}, {rules.Stories, e.Value.Stories}, {rules.Voices, e.Value.Voices}} {
		switch n := count.n; {
		case !n.set():
		case w.Unit != "":
			c.refuse(n.place, fmt.Sprintf("a condition counts %s or %s, not both", w.Unit, count.unit), "")
		case n.ok && n.Value < 1:
			c.refuse(n.place, fmt.Sprintf("want at least 1, got %d", n.Value), "for a card with each new story, leave when: out")
			fallthrough
		default:
			w.Unit, w.N = count.unit, n.Value
		}
	}
	const example = "such as {voices: 5, within: 30m}"
	within := e.Value.Within
	w.Within = time.Duration(within.Value)
	switch {
	case e.ok && w.Unit == "":
		c.refuse(e.place, "when: counts neither posts nor stories nor voices", example)
	case e.ok && !within.set():
		c.refuse(e.place, `missing field "within"`, example)
	case within.ok && (w.Within <= 0 || w.Within > maxWithin):
		c.refuse(within.place, "within: is more than 0s and at most 1d", "")
	}
	return w, e.ok && len(c.errs) == before
}

// refuseRule says at the right place what package rules has against a rule.
func (c *checker) refuseRule(r at[ruleEntry], p rules.Problem) {
	where, _ := r.field(p.Field)
	e := where.item(p.Item).problem(p.Msg, p.Hint)
	if p.Field == "query" && r.Value.Query.ok {
		e = r.Value.Query.problemAt(p.Offset, p.Msg, p.Hint)
	}
	if !c.errs.says(e) {
		c.errs = append(c.errs, e)
	}
}
