package config

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/query"
	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/text"
)

// warnOfRules tells what package rules finds hardly meant in a set that works.
func (c *checker) warnOfRules(set *rules.Set, entries []at[ruleEntry]) {
	around := query.Around{Sample: c.sample(), Sources: c.cfg.Sources, Places: c.cfg.Places}
	for _, p := range slices.Concat(set.Hints(), set.Lint(around)) {
		e := entries[p.Rule].Value.Query.problemAt(p.Offset, p.Msg, p.Hint)
		c.warnings = append(c.warnings, e)
	}
}

// maxSample bounds the sample, in bytes: some thousand posts, which are read
// in some milliseconds at every load.
const maxSample = 2 << 20

// sample is what prefixes are tried on: the examples of all rules, and the
// beginnings of the files that are sources. A file that cannot be read is left
// out, as its source says so itself. None of them is watched for changes.
func (c *checker) sample() []string {
	var texts []string
	prefixed := false
	for _, r := range c.cfg.book.Rules {
		texts = append(texts, r.Examples.Match...)
		texts = append(texts, r.Examples.NoMatch...)
		prefixed = prefixed || strings.Contains(r.Query, "*")
	}
	left := maxSample
	for _, s := range c.cfg.Sources {
		if !prefixed || s.Type != "file" {
			continue
		}
		data, err := c.opt.disk.ReadFile(s.Path)
		if err != nil {
			continue
		}
		if len(data) > min(left, maxFile) { // the disk reads no further
			data = data[:min(left, maxFile)]
			data = data[:bytes.LastIndexByte(data, '\n')+1]
		}
		left -= len(data)
		texts = append(texts, source.Texts(s.Path, data)...)
	}
	return texts
}

// warnOfSites looks for sites to which no post can belong. What files and
// webhooks bring may name any site.
func (c *checker) warnOfSites() {
	gives := func(site string) bool {
		return slices.ContainsFunc(c.cfg.Sources, func(s source.Spec) bool { return s.Type != "feed" || s.Site == site })
	}
	for _, s := range c.doc.Sites {
		if key := s.Key.Value; len(s.Value.Places) == 0 && len(c.cfg.Sources) > 0 && !gives(key) {
			c.warn(s.Key.place, fmt.Sprintf("no post can belong to site %q, which has no places and no source", key), "give it places, or a source with site: "+key)
		}
	}
}

// endsSoon is how long before its end siaga check warns of a fact, as its owner
// is reminded of it for the first time.
const endsSoon = 30

// warnOfFacts looks for facts that end soon.
func (c *checker) warnOfFacts() {
	for i, f := range c.cfg.facts {
		if !f.Live(c.opt.Now) || f.Live(c.opt.Now.AddDate(0, 0, endsSoon)) {
			continue
		}
		last := c.facts[i].Value.ValidUntil
		c.warn(last.place, fmt.Sprintf("%s may be used for the last time on %s, within %d days", shorten(f.ID), last.Value, endsSoon),
			"look at its source again, then put the end off or let another fact supersede it")
	}
}

// warnOfReceivers looks for receivers that hear of no site, while each site
// has others. What has no site still goes to them. Those of the admins have a
// job of their own.
func (c *checker) warnOfReceivers() {
	named := map[string]bool{}
	for _, name := range c.doc.Admins {
		named[name.Value] = true
	}
	for _, s := range c.doc.Sites {
		if len(c.plan.Sites[s.Key.Value].Receivers) == 0 {
			return // all hear of this one
		}
		for _, r := range s.Value.Receivers {
			named[r.Value] = true
		}
	}
	for _, r := range c.doc.Receivers {
		if name := r.Value.Name; !named[name.Value] && len(c.doc.Sites) > 0 {
			c.warn(name.place, fmt.Sprintf("no site names receiver %q, so it hears only of what has no site", name.Value), "add it to the receivers: of its sites")
		}
	}
}

// warnOfWords looks for words that a set holds twice.
func (c *checker) warnOfWords() {
	for _, w := range c.doc.Words {
		seen := map[string]bool{}
		var twice []string
		for _, word := range slices.Concat(w.Value.Roots, w.Value.Also) {
			folded := strings.Join(strings.Fields(text.Fold(word)), " ")
			if seen[folded] && !slices.Contains(twice, word) {
				twice = append(twice, word)
			}
			seen[folded] = true
		}
		if len(twice) > 0 {
			c.warn(w.Key.place, fmt.Sprintf("$%s holds more than once: %s", w.Key.Value, strings.Join(twice, ", ")), "case makes no difference, so once is enough")
		}
	}
}
