package rules

import (
	"fmt"
	"maps"
	"slices"
)

// query is a compiled query. It never changes and may be matched by many at
// once, each with a doc of its own.
type query struct {
	root       node         // without setNodes
	colloquial bool         // words take the vowels of colloquial speech
	hints      []QueryError // what is allowed and hardly meant; the query works all the same
}

// compileQuery reads a query and puts the words of its sets in.
func compileQuery(src string, words map[string]Words) (*query, *QueryError) {
	parsed, err := parseQuery(src)
	if err != nil {
		return nil, err
	}
	root, err := resolve(parsed, words)
	if err != nil {
		return nil, err
	}
	return &query{root: root, hints: hintsFor(src, root)}, nil
}

// resolve returns n with every set replaced by an OR of its words.
func resolve(n node, words map[string]Words) (node, *QueryError) {
	var err *QueryError
	switch n := n.(type) {
	case *setNode:
		return n.resolve(words)
	case *andNode:
		and := &andNode{where: n.where}
		and.all, err = resolveAll(n.all, words)
		return and, err
	case *orNode:
		or := &orNode{where: n.where}
		or.any, err = resolveAll(n.any, words)
		return or, err
	case *notNode:
		not := &notNode{where: n.where}
		not.x, err = resolve(n.x, words)
		return not, err
	case *nearNode:
		near := *n
		var both []node
		if both, err = resolveAll([]node{n.left, n.right}, words); err == nil {
			near.left, near.right = both[0], both[1]
		}
		return &near, err
	}
	return n, nil
}

func resolveAll(nodes []node, words map[string]Words) ([]node, *QueryError) {
	out := make([]node, len(nodes))
	for i, n := range nodes {
		var err *QueryError
		if out[i], err = resolve(n, words); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (n *setNode) resolve(words map[string]Words) (node, *QueryError) {
	set, ok := words[n.name]
	switch {
	case !ok:
		return nil, n.unknown(words)
	case len(set.Roots)+len(set.Also) == 0:
		return nil, n.problem("the set "+n.String()+" is empty", "add words to it in words:")
	}
	or := &orNode{where: n.where}
	for i, entry := range slices.Concat(set.Roots, set.Also) {
		x, problem := quotedNode(entry, n.where)
		if problem != "" {
			return nil, n.problem(fmt.Sprintf("the set %s holds %q, which cannot be found: %s", n, entry, problem), "")
		}
		if i < len(set.Roots) {
			x = inForms(x)
		}
		or.any = append(or.any, x)
	}
	return or, nil
}

// inForms lets the words of a root take forms, which also: words may not.
func inForms(n node) node {
	switch n := n.(type) {
	case *wordNode:
		if n.kind == exactly {
			return &wordNode{where: n.where, text: n.text, kind: anyForm}
		}
	case *phraseNode:
		return &phraseNode{where: n.where, words: n.words, loose: true}
	}
	return n
}

func (n *setNode) unknown(words map[string]Words) *QueryError {
	hint := "there are no sets in words: yet"
	if len(words) > 0 {
		var names []string
		for _, name := range slices.Sorted(maps.Keys(words)) {
			names = append(names, "$"+name)
		}
		hint = didYouMean(n.String(), names, "sets")
	}
	return n.problem("there is no set "+n.String(), hint)
}
