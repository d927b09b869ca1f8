package evidence

import (
	"maps"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/text"
)

// placesOf folds the names of places. A name of one letter is none.
func placesOf(places map[string][]string) []place {
	var out []place
	for _, site := range slices.Sorted(maps.Keys(places)) {
		p := place{site: site}
		for _, name := range append([]string{site}, places[site]...) {
			if folded := text.Fold(name); len(folded) > 1 {
				p.names = append(p.names, " "+folded+" ")
			}
		}
		out = append(out, p)
	}
	return out
}

// sitesIn returns the sites of which a text names a place.
func (x *Index) sitesIn(s string) []string {
	folded := " " + text.Fold(s) + " "
	var sites []string
	for _, p := range x.places {
		if slices.ContainsFunc(p.names, func(name string) bool { return strings.Contains(folded, name) }) {
			sites = append(sites, p.site)
		}
	}
	return sites
}

// elsewhere returns the sites that a story names if the fact is about others. A
// fact without sites is about those that it names.
func (x *Index) elsewhere(f facts.Fact, story string) string {
	told := x.sitesIn(story)
	about := f.Sites
	if len(about) == 0 {
		about = x.sitesIn(f.Text)
	}
	if len(told) == 0 || len(about) == 0 || slices.ContainsFunc(told, func(site string) bool { return slices.Contains(about, site) }) {
		return ""
	}
	return strings.Join(told, ", ")
}
