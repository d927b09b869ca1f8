package query

import (
	"cmp"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// looker looks at one post through one query, with what an andNode hides.
// It asks the matcher what holds and never decides that by itself.
type looker struct {
	d       *Doc
	read    *reading
	src     string // the query in the admin's spelling
	excepts []node // the exceptNodes of every andNode around
	veiled  []veil
}

// veil is where a phrase is hidden, and by which exceptNode.
type veil struct {
	sight
	by *exceptNode
}

// sight is where a leaf stands: the tokens [from, to) of the text.
type sight struct {
	from, to int
	Found
}

// under returns a looker for the parts of an andNode.
func (l looker) under(and *andNode) looker {
	l.excepts, l.veiled = slices.Clone(l.excepts), slices.Clone(l.veiled)
	for _, x := range and.all {
		except, ok := x.(*exceptNode)
		if !ok {
			continue
		}
		l.excepts = append(l.excepts, except)
		for _, s := range l.sights(except.phrase) {
			l.veiled = append(l.veiled, veil{s, except})
		}
	}
	return l
}

// ask matches one part of the query alone, under what is hidden from it.
func (l looker) ask(n node) ([]Span, bool) {
	alone := Query{root: &andNode{all: append(slices.Clip(l.excepts), n)}}
	spans, ok := alone.match(l.d)
	return slices.Clone(spans), ok
}

func (l looker) spelled(n node) string {
	at := n.place()
	return strings.Join(strings.Fields(l.src[at.offset:at.end()]), " ")
}

// named is a leaf as the rule has it. The words of a set have no place of
// their own in the query.
func (l looker) named(n node) string {
	at := n.place()
	switch n := n.(type) {
	case *wordNode:
		if n.kind == exactly && l.src[at.offset] != '=' { // of a set, or quoted
			return n.text
		}
	case *phraseNode:
		if l.src[at.offset] == '$' {
			return `"` + strings.Join(n.words, " ") + `"`
		}
	}
	return n.String()
}

// leaves are the words and phrases that n asks for.
func leaves(n node) []node {
	switch n.(type) {
	case *wordNode, *phraseNode:
		return []node{n}
	case *notNode, *exceptNode:
		return nil
	}
	var out []node
	for _, child := range children(n) {
		out = append(out, leaves(child)...)
	}
	return out
}

// sights are the places of the leaves of n, in the order of the text, hidden
// ones too.
func (l looker) sights(n node) []sight {
	var out []sight
	for _, leaf := range leaves(n) {
		l.d.found = l.d.found[:0]
		lo, hi := l.d.find(leaf)
		for i := lo; i < hi; i++ {
			at := l.d.found[i]
			l.d.spans = l.d.spans[:0]
			l.d.appendSpans(i)
			for _, span := range l.d.spans {
				out = append(out, sight{at.from, at.to, Found{span, l.named(leaf)}})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b sight) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	return out
}

// open are the sights that nothing hides.
func (l looker) open(n node) []sight {
	return slices.DeleteFunc(l.sights(n), func(s sight) bool { return l.veil(s) != nil })
}

// veil is what hides a sight, or nil.
func (l looker) veil(s sight) *veil {
	for i, v := range l.veiled {
		if s.from < v.to && v.from < s.to {
			return &l.veiled[i]
		}
	}
	return nil
}

// within is what answers to n, given where the matcher found it.
func (l looker) within(n node, spans []Span) []Found {
	lit := slices.DeleteFunc(l.open(n), func(s sight) bool {
		i, exact := slices.BinarySearchFunc(spans, s.Start, func(x Span, start int) int { return cmp.Compare(x.Start, start) })
		if !exact {
			i--
		}
		return i < 0 || s.End > spans[i].End
	})
	return foundIn(lit)
}

// outside are the handles and addresses that hold a word, which are not searched.
func (l looker) outside(word string) []Found {
	var out []Found
	for _, f := range l.read.unsearched {
		if strings.Contains(f.Word, word) {
			out = append(out, Found{f.Span, word})
		}
	}
	return out
}

// spread returns where the first of each of the words is, and whether all are
// somewhere in the text.
func (l looker) spread(words []string) ([]Found, bool) {
	var out []Found
	for _, w := range words {
		if at, ok := l.read.first[w]; ok {
			out = append(out, Found{at, w})
		}
	}
	all := len(out) == len(words)
	slices.SortFunc(out, byPlace)
	return slices.Compact(out), all
}

// reading is a text as every looker of it needs it.
type reading struct {
	first      map[string]Span // of each word
	unsearched []Found         // handles and addresses, in lower case
}

func read(s string) *reading {
	r := &reading{first: map[string]Span{}}
	for _, t := range text.Tokenize(nil, s) {
		at := Span{t.Start, t.End}
		if t.Word == "" {
			r.unsearched = append(r.unsearched, Found{at, strings.ToLower(s[t.Start:t.End])})
		} else if _, known := r.first[t.Word]; !known {
			r.first[t.Word] = at
		}
	}
	return r
}
