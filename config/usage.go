package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/query"
)

// checkUse warns of what is legal and hardly meant.
func (c *checker) checkUse() {
	if len(c.doc.Sources) == 0 {
		c.warn(c.root, "there are no sources, so nothing will be read", "name feeds, files or webhooks under sources:")
	}
	if len(c.cfg.book.Rules) == 0 {
		c.warn(c.root, "there are no rules, so nothing will alert", "write some under groups:, or name their files in rule_files")
	}
	for _, s := range c.doc.Sources {
		if strings.HasSuffix(s.Value.Path.Value, "contoh/hari-krisis.jsonl") && len(c.doc.Receivers) > 0 {
			c.warn(s.Value.Path.place, "the invented crisis day goes to your chats", "take this source out unless it is a drill")
		}
	}
	for _, s := range c.doc.Sites {
		if len(s.Value.Receivers) == 0 && len(c.doc.Receivers) > 0 {
			c.warn(s.Key.place, fmt.Sprintf("site %q has no receivers", s.Key.Value), "what concerns it goes to all")
		}
	}
	c.warnOfSites()
	c.warnOfReceivers()
	c.checkTopicUse()
	c.warnOfHazards()
	c.checkWordUse()
	c.warnOfWords()
	c.checkShadowUse()
	c.warnOfFacts()
}

// checkShadowUse looks for rules in shadow of which nobody hears.
func (c *checker) checkShadowUse() {
	if len(c.plan.AdminDests()) > 0 {
		return
	}
	for _, g := range c.doc.Groups {
		for _, r := range g.Rules {
			if s := r.Value.Status; s.Value == statusShadow {
				c.warn(s.place, fmt.Sprintf("nobody hears of %s while it is in shadow", r.Value.Alert.Value),
					"name the receiver of the admins in admin_receivers")
			}
		}
	}
}

// checkTopicUse looks for topics that no rule speaks of, and for topics whose
// cards will have no fact to show. A grievance is answered without one.
func (c *checker) checkTopicUse() {
	ruled, told := map[string]bool{}, map[string]bool{}
	for _, g := range c.doc.Groups {
		for _, r := range g.Rules {
			topic := r.Value.Labels.Topic
			ruled[topic.Value] = true
			if topic.ok && r.Value.Labels.Kind.Value == "" && !told[topic.Value] && !c.answered(topic.Value) {
				told[topic.Value] = true
				c.warn(topic.place, fmt.Sprintf("no live fact answers topic %q", topic.Value), "its cards will say so")
			}
		}
	}
	for _, t := range c.doc.Topics {
		if !ruled[t.Key.Value] {
			c.warn(t.Key.place, fmt.Sprintf("no rule has topic %q", t.Key.Value), "write one, or take the topic out")
		}
	}
}

func (c *checker) answered(topic string) bool {
	return slices.ContainsFunc(c.cfg.facts, func(f facts.Fact) bool {
		return f.Live(c.opt.Now) && slices.Contains(f.Topics, topic)
	})
}

func (c *checker) checkWordUse() {
	used := map[string]bool{}
	for _, r := range c.cfg.book.Rules {
		for _, set := range query.SetsIn(r.Query) {
			used[set] = true
		}
	}
	for _, w := range c.doc.Words {
		if !used[w.Key.Value] {
			c.warn(w.Key.place, fmt.Sprintf("no query uses $%s", w.Key.Value), "use it in one, or take the set out")
		}
	}
}
