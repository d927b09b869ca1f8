package config

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/strategy"
)

// maxSafety is the longest sentence on how to stay safe, in characters: it is
// read on a phone, and read out.
const maxSafety = 200

func (c *checker) checkTopics() {
	c.plan.Topics, c.plan.Counsel = map[string]string{}, map[string]strategy.Topic{}
	for _, t := range c.doc.Topics {
		key, e := t.Key.Value, t.Value
		c.identifier(t.Key)
		c.identifier(e.Under)
		c.oneOf("cluster", e.Cluster, clusters())
		c.checkSafety(e.Safety)
		c.topics = append(c.topics, key)
		c.plan.Topics[key] = cmp.Or(e.Name.Value, key)
		cluster, _ := strategy.ParseCluster(e.Cluster.Value)
		c.plan.Counsel[key] = strategy.Topic{Cluster: cluster, Hazard: e.Hazard, Safety: strings.TrimSpace(e.Safety.Value)}
	}
}

func (c *checker) checkSafety(a at[string]) {
	if a.ok && (strings.TrimSpace(a.Value) == "" || utf8.RuneCountInString(a.Value) > maxSafety ||
		strings.ContainsFunc(strings.TrimSpace(a.Value), unicode.IsControl)) {
		c.refuse(a.place, "safety: is no sentence",
			fmt.Sprintf("write one of at most %d characters: what people nearby can do now to stay safe", maxSafety))
	}
}

// warnOfHazards looks for topics that may harm people and do not say how to
// stay safe: whoever is on duty would have to think of it in the first minutes.
func (c *checker) warnOfHazards() {
	for _, t := range c.doc.Topics {
		if t.Value.Hazard && !t.Value.Safety.ok {
			c.warn(t.Key.place, fmt.Sprintf("topic %q is a hazard and does not say how to stay safe", t.Key.Value),
				"write one sentence in safety: what people nearby can do now")
		}
	}
}

func clusters() []string {
	var names []string
	for _, c := range strategy.Clusters() {
		names = append(names, c.String())
	}
	return names
}

// clusterWord is the cluster of a topic that names none.
func clusterWord() string { return strategy.Topic{}.Cluster.String() }
