package query

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/text"
)

// Around is what a Linter knows of the world beside the queries.
type Around struct {
	Sample  []string            // texts that prefixes are tried on; none: they are not judged
	Sources []source.Spec       // none: it is not judged what they can give
	Places  map[string][]string // names of places by site, as for source.NewGazetteer
}

// Linter finds what works in queries and is hardly meant. It tells what is
// certain, or what an admin can answer with an example. See also Query.Hints
// and Query.ShortWords, which need to know nothing else.
type Linter struct {
	around Around
	told   map[string]bool // prefixes
	seen   map[string]int  // words of the sample and how often; nil: not counted yet
}

// NewLinter returns a Linter for queries that are read together.
func NewLinter(a Around) *Linter { return &Linter{around: a, told: map[string]bool{}} }

// maxCaught is how many words a warning lists.
const maxCaught = 8

// Prefixes returns what the prefixes of a query catch. It speaks of a prefix
// once, however many queries have it.
func (l *Linter) Prefixes(q *Query) []Error {
	var out []Error
	for n := range walk(q.root) {
		w, ok := n.(*wordNode)
		if !ok || w.kind != prefixed || l.told[w.text] || len(l.around.Sample) == 0 {
			continue
		}
		l.told[w.text] = true
		caught := l.caught(w.text)
		if len(caught) == 0 {
			out = append(out, *w.problem(fmt.Sprintf("%s catches none of the %d words in the sample", w, len(l.seen)), "see whether it is spelled right"))
			continue
		}
		out = append(out, *w.problem(fmt.Sprintf("%s catches %s", w, listed(caught, maxCaught)), "if some are other words, name those that you mean"))
	}
	return out
}

// caught lists the words of the sample that begin with stem, the most frequent
// first, each with its number.
func (l *Linter) caught(stem string) []string {
	l.countSample()
	var words []string
	for word := range l.seen {
		if strings.HasPrefix(word, stem) {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(l.seen[b], l.seen[a]), cmp.Compare(a, b)) })
	for i, word := range words {
		words[i] = fmt.Sprintf("%s (%d)", word, l.seen[word])
	}
	return words
}

func (l *Linter) countSample() {
	if l.seen != nil {
		return
	}
	l.seen = map[string]int{}
	var tokens []text.Token
	for _, s := range l.around.Sample {
		tokens = text.Tokenize(tokens[:0], s)
		for _, t := range tokens {
			l.seen[t.Word]++
		}
	}
}

// listed joins the first words of a list and counts the others.
func listed(words []string, most int) string {
	if more := len(words) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(words[:most], ", "), more)
	}
	return strings.Join(words, ", ")
}

// minAlone is how many letters a word needs to be looked for on its own. Most
// roots of four are parts of everyday speech too: of 11 posts with semen, 1
// was about a cement maker (matching.md, section 1).
const minAlone = 5

// ShortWords returns what is wrong with the short words that a query looks for
// anywhere, all in one, or nil. It is nothing to whoever has tried the query on
// texts that it must not match.
func (q *Query) ShortWords() *Error {
	words, _ := alone(q.root)
	words = slices.DeleteFunc(words, func(w *wordNode) bool { return meantOperator(q.spelled(w.where)) != "" }) // Hints has it
	if len(words) == 0 {
		return nil
	}
	var names []string
	for _, w := range words {
		names = append(names, strconv.Quote(w.text))
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) == 1 {
		return words[0].problem(fmt.Sprintf("%s has %d letters and is looked for anywhere", names[0], utf8.RuneCountInString(words[0].text)),
			"put NEAR beside it, or add a no_match example")
	}
	return words[0].problem(fmt.Sprintf("%s have fewer than %d letters and are looked for anywhere", listed(names, maxCaught), minAlone),
		"put NEAR beside them, or add a no_match example")
}

// alone returns the short words that a post could match n by without a NEAR or
// a phrase; held is true if every match has one of these.
func alone(n node) (words []*wordNode, held bool) {
	switch n := n.(type) {
	case *wordNode:
		plain := n.kind == anyForm || n.kind == exactly
		if plain && utf8.RuneCountInString(n.text) < minAlone {
			return []*wordNode{n}, false
		}
		return nil, n.kind == tagged
	case *phraseNode, *nearNode:
		return nil, true
	case *andNode:
		for _, x := range n.all {
			more, beside := alone(x)
			if beside {
				return nil, true
			}
			words = append(words, more...)
		}
		return words, false
	case *orNode:
		held = true
		for _, x := range n.any {
			more, beside := alone(x)
			words, held = append(words, more...), held && beside
		}
		return words, held
	}
	return nil, false
}

// Canonical writes queries that mean the same, but for order and repetition, in
// the same way. Whether words are Colloquial it does not tell.
func (q *Query) Canonical() string { return canonical(q.root) }

func canonical(n node) string {
	switch n := n.(type) {
	case *andNode:
		return "AND" + unordered(n, slices.Compact)
	case *orNode:
		return "OR" + unordered(n, slices.Compact)
	case *notNode:
		return "NOT" + canonical(n.x)
	case *nearNode:
		if n.ordered {
			return fmt.Sprintf("ONEAR/%d(%s;%s)", n.n, canonical(n.left), canonical(n.right))
		}
		return fmt.Sprintf("NEAR/%d%s", n.n, unordered(n, slices.Clone))
	default:
		return n.String()
	}
}

func unordered(n node, finish func([]string) []string) string {
	var written []string
	for _, x := range children(n) {
		written = append(written, canonical(x))
	}
	slices.Sort(written)
	return "(" + strings.Join(finish(written), ";") + ")"
}
