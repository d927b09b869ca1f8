package rules

import (
	"strings"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/text"
)

// doc is a post made ready for matching, with room to work in that is used
// again for the next post. It serves one query at a time.
type doc struct {
	post   *source.Post
	tokens []text.Token
	hidden []int     // per token, how many exceptNodes hide it at this point of the query
	found  []stretch // everywhere that find looked, until the next match
	shown  []int     // the indices in found that the query owes its match to
}

// stretch is the tokens [from, to), where a node was found. What a NEAR makes
// of others knows them by their indices in found.
type stretch struct {
	from, to    int
	made        making
	left, right int
	lit         bool // its words are among the spans already
}

// making says of what a stretch consists.
type making int

const (
	ofTokens making = iota // all of them
	ofPair                 // of left and right, and not of what is between
	ofSame                 // of [left, right), which are the same tokens
)

func newDoc() *doc { return &doc{} }

// reset makes d stand for p, which has to stay as it is until the next reset.
func (d *doc) reset(p *source.Post) {
	d.post = p
	d.tokens = text.Tokenize(d.tokens[:0], p.Text)
	d.hidden = append(d.hidden[:0], make([]int, len(d.tokens))...)
}

// find looks for a node that isPlaced, or a nearNode. The answer is
// d.found[lo:hi], in no order. Only here are words compared with words.
func (d *doc) find(n node) (lo, hi int) {
	lo = len(d.found)
	switch n := n.(type) {
	case *wordNode:
		for i, t := range d.tokens {
			if n.matches(t) {
				d.add(i, i+1)
			}
		}
	case *phraseNode:
		for i := range d.tokens {
			if n.standsAt(d.tokens[i:]) {
				d.add(i, i+len(n.words))
			}
		}
	case *orNode:
		for _, x := range n.any {
			d.find(x)
		}
	case *nearNode:
		lo = d.findNear(n)
	}
	return lo, len(d.found)
}

func (d *doc) add(from, to int) {
	for _, h := range d.hidden[from:to] {
		if h > 0 {
			return
		}
	}
	d.found = append(d.found, stretch{from: from, to: to})
}

func (n *wordNode) matches(t text.Token) bool {
	switch n.kind {
	case prefixed:
		return strings.HasPrefix(t.Word, n.text)
	case tagged:
		return t.Tag && t.Word == n.text
	default:
		return t.Word == n.text
	}
}

// standsAt reports whether tokens begin with the words of the phrase.
func (n *phraseNode) standsAt(tokens []text.Token) bool {
	if len(tokens) < len(n.words) {
		return false
	}
	for i, w := range n.words {
		if tokens[i].Word != w {
			return false
		}
	}
	return true
}
