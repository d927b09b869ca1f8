package source

import (
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/text"
)

// Gazetteer knows which place names belong to which site. A nil Gazetteer
// knows none. It is immutable.
type Gazetteer struct {
	sites  map[string]bool
	byWord map[string][]place // first word of the name; longest name first
	inTag  []place            // names of minTagPlace letters or more, longest first
}

type place struct {
	name  string // the words with a space between them
	words []string
	tag   string // the words as a hashtag runs them together
	site  string
}

// minTagPlace is the shortest place name that is also looked for inside a
// #hashtag: shorter ones are parts of other words.
const minTagPlace = 5

// NewGazetteer takes place names by site, which may have none. Case and
// punctuation do not matter.
func NewGazetteer(sites map[string][]string) *Gazetteer {
	g := &Gazetteer{sites: map[string]bool{}, byWord: map[string][]place{}}
	for _, site := range slices.Sorted(maps.Keys(sites)) {
		g.sites[site] = true
		for _, name := range sites[site] {
			words := strings.Fields(text.Fold(name))
			g.add(place{name: strings.Join(words, " "), words: words, tag: strings.Join(words, ""), site: site})
		}
	}
	for _, list := range g.byWord {
		slices.SortStableFunc(list, func(a, b place) int { return len(b.words) - len(a.words) })
	}
	slices.SortStableFunc(g.inTag, func(a, b place) int { return len(b.tag) - len(a.tag) })
	return g
}

func (g *Gazetteer) add(p place) {
	if len(p.words) == 0 {
		return
	}
	g.byWord[p.words[0]] = append(g.byWord[p.words[0]], p)
	if len(p.tag) >= minTagPlace {
		g.inTag = append(g.inTag, p)
	}
}

// knows reports whether there is a site of that key.
func (g *Gazetteer) knows(site string) bool {
	return g != nil && g.sites[site]
}

// Find returns the site of the first place that s names, or "".
func (g *Gazetteer) Find(s string) string {
	p, _, _ := g.look(s)
	return p.site
}

// Look returns the site of the first place that s names, and where in s it
// stands: the bytes [start, end). Without one the site is empty.
func (g *Gazetteer) Look(s string) (site string, start, end int) {
	p, start, end := g.look(s)
	return p.site, start, end
}

func (g *Gazetteer) look(s string) (_ place, start, end int) {
	if g == nil {
		return place{}, 0, 0
	}
	tokens := text.Tokenize(nil, s)
	for i, t := range tokens {
		if t.Tag {
			if p := g.findInTag(t.Word); p.site != "" {
				return p, t.Start, t.End
			}
		}
		for _, p := range g.byWord[t.Word] {
			if follows(tokens[i:], p.words) {
				return p, t.Start, tokens[i+len(p.words)-1].End
			}
		}
	}
	return place{}, 0, 0
}

func (g *Gazetteer) findInTag(tag string) place {
	for _, p := range g.inTag {
		if strings.Contains(tag, p.tag) {
			return p
		}
	}
	return place{}
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
