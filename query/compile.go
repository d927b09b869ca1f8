package query

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// Words is one named set that a query refers to as $name.
type Words struct {
	Roots []string // words and phrases, which stand for their Indonesian forms too
	Also  []string // spelled as is
}

// Options are what a query means beyond its own text.
type Options struct {
	Words      map[string]Words // the sets, by name
	Colloquial bool             // words also take the vowels of colloquial speech (dapat, dapet)
}

// Query is a compiled query. It never changes once an Index is made of it, and
// belongs to one Index only.
type Query struct {
	src        string
	root       node // without setNodes
	colloquial bool
	hints      []Error
}

// Compile reads a query, which docs/query.md explains, and puts the words of
// its sets in. The Error is the first mistake.
func Compile(src string, o Options) (*Query, *Error) {
	parsed, err := parse(src)
	if err != nil {
		return nil, err
	}
	root, err := resolve(parsed, o.Words)
	if err != nil {
		return nil, err
	}
	return &Query{src: src, root: root, colloquial: o.Colloquial, hints: hintsFor(src, root)}, nil
}

// spelled is a part of the query as the admin wrote it.
func (q *Query) spelled(at where) string { return q.src[at.offset:at.end()] }

// SetsIn returns the names of the sets that a query asks for as $name, as often
// as it does. The query may be one that cannot be compiled.
func SetsIn(src string) []string {
	names := setName.FindAllString(src, -1)
	for i, name := range names {
		names[i] = name[1:]
	}
	return names
}

var setName = regexp.MustCompile(`\$[\pL\pN_-]+`)

// resolve returns n with every set replaced by an OR of its words.
func resolve(n node, words map[string]Words) (node, *Error) {
	var err *Error
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

func resolveAll(nodes []node, words map[string]Words) ([]node, *Error) {
	out := make([]node, len(nodes))
	for i, n := range nodes {
		var err *Error
		if out[i], err = resolve(n, words); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (n *setNode) resolve(words map[string]Words) (node, *Error) {
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

func (n *setNode) unknown(words map[string]Words) *Error {
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
