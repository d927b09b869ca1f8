package source

import (
	"slices"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// Gazetteer knows which place names belong to which site. A nil Gazetteer
// knows none. It is immutable.
type Gazetteer struct {
	byWord map[string][]place // first word of the name
	inTag  []place            // single words of minTagPlace letters or more
}

type place struct {
	words []string
	site  string
}

// minTagPlace is the shortest place name that is also looked for inside a
// #hashtag: shorter ones are parts of other words.
const minTagPlace = 5

// NewGazetteer takes place names by site. Case and punctuation do not matter.
func NewGazetteer(sites map[string][]string) *Gazetteer {
	g := &Gazetteer{byWord: map[string][]place{}}
	for site, names := range sites {
		for _, name := range names {
			g.add(place{words: strings.Fields(text.Fold(name)), site: site})
		}
	}
	for _, list := range g.byWord { // the longest name wins
		slices.SortFunc(list, func(a, b place) int { return len(b.words) - len(a.words) })
	}
	slices.SortFunc(g.inTag, func(a, b place) int { return strings.Compare(a.words[0], b.words[0]) })
	return g
}

func (g *Gazetteer) add(p place) {
	if len(p.words) == 0 {
		return
	}
	g.byWord[p.words[0]] = append(g.byWord[p.words[0]], p)
	if len(p.words) == 1 && len(p.words[0]) >= minTagPlace {
		g.inTag = append(g.inTag, p)
	}
}

// Find returns the site of the first place that s names, or "".
func (g *Gazetteer) Find(s string) string {
	if g == nil {
		return ""
	}
	tokens := text.Tokenize(nil, s)
	for i, t := range tokens {
		if t.Tag {
			if site := g.findInTag(t.Word); site != "" {
				return site
			}
		}
		for _, p := range g.byWord[t.Word] {
			if follows(tokens[i:], p.words) {
				return p.site
			}
		}
	}
	return ""
}

func (g *Gazetteer) findInTag(tag string) string {
	for _, p := range g.inTag {
		if strings.Contains(tag, p.words[0]) {
			return p.site
		}
	}
	return ""
}

func follows(tokens []text.Token, words []string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if tokens[i].Word != w {
			return false
		}
	}
	return true
}
