package config

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// maxMerges bounds how deep << may lead; an anchor can merge itself.
const maxMerges = 8

const mergeTag = "!!merge"

type pair struct{ key, value *yaml.Node }

// pairs returns the keys and values of a mapping, each key once: its own, and
// those that it merges and does not have.
func (d *decoder) pairs(n *yaml.Node) []pair {
	var own, merged []pair
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		p := pair{aliased(n.Content[i]), n.Content[i+1]}
		line, twice := first[p.key.Value]
		switch {
		case d.enough(p.key):
			return nil
		case p.key.Kind != yaml.ScalarNode:
			d.want(p.key, "a name before the colon")
		case p.key.ShortTag() == mergeTag:
			merged = append(merged, d.merged(aliased(p.value))...)
		case twice:
			d.refuse(p.key, fmt.Sprintf("duplicate key %q", shorten(p.key.Value)), fmt.Sprintf("the first is on line %d", line))
		default:
			first[p.key.Value] = p.key.Line
			own = append(own, p)
		}
	}
	for _, p := range merged {
		if _, has := first[p.key.Value]; !has {
			first[p.key.Value] = p.key.Line
			own = append(own, p)
		}
	}
	return own
}

// merged returns what stands behind <<: the pairs of one mapping, or of several
// of which the first wins.
func (d *decoder) merged(n *yaml.Node) []pair {
	if d.merges == maxMerges {
		d.refuse(n, "merges are nested too deep", "")
		return nil
	}
	d.merges++
	defer func() { d.merges-- }()
	switch n.Kind {
	case yaml.MappingNode:
		return d.pairs(n)
	case yaml.SequenceNode:
		var all []pair
		for _, item := range n.Content {
			all = append(all, d.merged(aliased(item))...)
		}
		return all
	default:
		d.want(n, "a mapping to merge")
		return nil
	}
}
