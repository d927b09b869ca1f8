package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/bot"
	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
)

func (c *checker) checkRules() {
	c.cfg.book = rules.Book{Words: map[string]query.Words{}, Sites: map[string]string{}}
	for key, site := range c.plan.Sites {
		c.cfg.book.Sites[key] = site.Name
	}
	if lang, err := bot.NewLang(c.cfg.Language); err == nil { // else it has been refused
		c.cfg.book.Span = lang.Span
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
	c.cfg.alerts = map[string]*Error{}
	for _, e := range entries {
		if name := e.Value.Alert; name.ok {
			c.cfg.alerts[name.Value] = name.problem("", "")
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
	c.checkBy(e)
	if k := e.Labels.Kind; k.ok && k.Value != "" {
		c.oneOf("kind", k, []string{"grievance"})
	}
	r := rules.Rule{
		Name: e.Alert.Value, Group: group, Query: e.Query.Value, By: values(e.By), Topic: e.Labels.Topic.Value,
		Severity: c.severity(e.Labels.Severity), Grievance: e.Labels.Kind.Value == "grievance", Summary: e.Annotations.Summary,
		Shadow: e.Status.Value == statusShadow, Colloquial: e.Colloquial,
		Examples: rules.Examples{Match: e.Examples.Match, NoMatch: e.Examples.NoMatch},
	}
	c.checkSilence(e.Labels, e.When.Value, r)
	if when, ok := c.when(e.When); ok {
		r.When, r.For, r.KeepFiring = when, time.Duration(e.For.Value), time.Duration(e.KeepFiringFor.Value)
	}
	return r
}

// checkBy compares the labels that split a rule with what its condition can
// split. A silence is told to the admins, of a site or of a source.
func (c *checker) checkBy(e ruleEntry) {
	silent := e.When.Value.Silent.set()
	for i, by := range e.By {
		switch {
		case !by.ok || by.Value == "site" && i == 0:
		case by.Value == "source" && silent && i == 0:
		case by.Value == "source" && !silent:
			c.refuse(by.place, "by: [source] is for silent: alone", "write by: [site], or leave it out for one series over all sites")
		case by.Value == "site" || by.Value == "source":
			c.refuse(by.place, "by: names one label, site or source", "for both, write two rules")
		default:
			c.refuse(by.place, fmt.Sprintf("by: %s is no label that splits a rule; there are site and source", shorten(by.Value)),
				"write by: [site], with silent: also by: [source], or leave it out for one series over all sites")
		}
	}
}

// checkSilence refuses labels that call people for a rule that calls none.
func (c *checker) checkSilence(said labelsEntry, w whenEntry, r rules.Rule) {
	const hint = "it is told to the admins and calls nobody: write severity: info or warning, and no kind:"
	if w.Silent.set() && r.Severity == rules.Critical {
		c.refuse(said.Severity.place, "a silence is not critical", hint)
	}
	if w.Silent.set() && r.Grievance {
		c.refuse(said.Kind.place, "a silence is no grievance", hint)
	}
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
