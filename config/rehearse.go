package config

import (
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/siaga-id/siaga/notifier"
)

// rehearsal is how a configuration is read that nothing will be sent with.
type rehearsal struct {
	rehearse bool
	rules    []at[string] // in place of all rules of config.yaml; nil: those
}

// Rehearse is Load for those who only want to know what would be sent: on a
// laptop and in CI there are no tokens. No secret is asked for, and every
// receiver counts as connected; while there are none, those that sites name do.
func Rehearse(path string, opt Options) (*Config, error) {
	opt.rehearse = true
	return Load(path, opt)
}

// RehearseAgainst rehearses another configuration. A file that holds nothing
// but words and groups is a rule file: it stands for all rules of the
// configuration at path.
func RehearseAgainst(path, other string, opt Options) (*Config, error) {
	if !opt.isRuleFile(other) {
		return Rehearse(other, opt)
	}
	opt.rules = []at[string]{{Value: other, ok: true}}
	return Rehearse(path, opt)
}

// isRuleFile looks at the top of a file. What cannot be read is no rule file:
// Load says why.
func (o Options) isRuleFile(name string) bool {
	data, err := o.withDefaults().disk.ReadFile(name)
	if err != nil {
		return false
	}
	f, problem := parse(name, data)
	if problem != nil || f.root.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i < len(f.root.Content); i += 2 {
		if !slices.Contains([]string{"words", "groups"}, f.root.Content[i].Value) {
			return false
		}
	}
	return true
}

// ruleFiles returns the rule files that hold.
func (c *checker) ruleFiles() []at[string] {
	if c.opt.rules == nil {
		return c.expand(c.doc.RuleFiles)
	}
	c.doc.Words, c.doc.Groups = nil, nil
	return c.opt.rules
}

// noSecret is the secret of a rehearsal, which opens nothing.
func noSecret() (string, error) { return "rehearsal", nil }

// standIn makes receivers of the names that sites give for them.
func (c *checker) standIn() {
	for _, site := range c.doc.Sites {
		for _, r := range site.Value.Receivers {
			if r.ok {
				c.plan.Receivers[r.Value] = notifier.Receiver{Name: r.Value, Dests: []notifier.Dest{notifier.Dest("rehearsal:" + r.Value)}}
			}
		}
	}
}

// beside makes a path that stands in a file one of the working directory.
func beside(file, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(file), name)
}
