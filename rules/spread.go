package rules

import (
	"maps"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

// share is what one site has of a theme, or of a story, within a window.
type share struct {
	site  string
	story uint64 // 0: any
	first time.Time
	posts int
}

// old reports whether some of a share was there before the posts that have just
// come to its site.
func (s share) old(fresh []Evidence, f *Firing) bool {
	left := s.posts
	for i := range fresh {
		p := &fresh[i].Post
		if p.Published.After(f.At.Add(-f.When.Within)) && (s.story == 0 || s.story == sum(p.Story)) {
			left--
		}
	}
	return left > 0
}

// weighSpread asks whether the site of a series is one more that shares the
// theme of its rule or, counting stories, one story. Who was there before the
// others hears nothing: it is they who are reached; of several whose first posts
// come together that is the one which had it first.
func (s *Set) weighSpread(tx store.Tx, c *compiled, k store.Key, was state, f *Firing, all batch) (weighing, error) {
	begun, err := s.begun(tx, c.Name, c.When, f.At)
	if err != nil {
		return weighing{}, err
	}
	shares, err := s.shares(tx, c, f)
	if err != nil {
		return weighing{}, err
	}
	if f.Counts, err = count(tx, k, f.At, c.When.Within); err != nil {
		return weighing{}, err
	}
	f.Measure = Measure{N: len(shares), Learnt: c.When.learnt(begun, f.At), Needed: c.When.needed()}
	var here, first, elsewhere bool
	for i, sh := range shares {
		f.Measure.Sites = append(f.Measure.Sites, sh.site)
		old := sh.old(all[seriesKey(c.Name, sh.site)], f)
		if sh.site == f.Site {
			here, first = old, i == 0
		} else {
			elsewhere = elsewhere || old
		}
	}
	reached := !here && (elsewhere || !first)
	return weighing{met: len(shares) >= c.When.Spread && (was.waits() || reached), size: float64(len(shares))}, nil
}

// shares returns the sites that share something with f.Site, in the order in
// which they had it first, f.Site among them; none where that has nothing.
func (s *Set) shares(tx store.Tx, c *compiled, f *Firing) ([]share, error) {
	if f.Site == "" { // a post that names no site has not reached one
		return nil, nil
	}
	if c.When.Unit == Stories {
		return s.sharesOfStory(tx, c, f)
	}
	return s.sharesOfTheme(tx, c, f)
}

func (s *Set) sharesOfTheme(tx store.Tx, c *compiled, f *Firing) (out []share, err error) {
	from := f.At.Add(-c.When.Within)
	for _, site := range s.siteKeys() {
		sh := share{site: site}
		err := slots(tx, seriesKey(c.Name, site), from, f.At, func(at time.Time, n Counts) {
			if sh.posts == 0 {
				sh.first = at
			}
			sh.posts += n.Posts
		})
		if err != nil {
			return nil, err
		}
		if sh.posts > 0 {
			out = append(out, sh)
		}
	}
	if !isAmong(out, f.Site) {
		return nil, nil
	}
	slices.SortStableFunc(out, func(a, b share) int { return a.first.Compare(b.first) })
	return out, nil
}

// sharesOfStory returns the sites of the story that most share with f.Site.
func (s *Set) sharesOfStory(tx store.Tx, c *compiled, f *Firing) (best []share, err error) {
	stories := map[uint64][]share{}
	for _, site := range s.siteKeys() {
		had := map[uint64]share{}
		err := within(tx, seriesKey(c.Name, site), f.At, c.When.Within, func(h hit) {
			sh, ok := had[h.story]
			if at := time.Unix(h.at, 0).UTC(); !ok || at.Before(sh.first) {
				sh.first = at
			}
			sh.site, sh.story, sh.posts = site, h.story, sh.posts+1
			had[h.story] = sh
		})
		if err != nil {
			return nil, err
		}
		for story, sh := range had {
			stories[story] = append(stories[story], sh)
		}
	}
	for _, story := range slices.Sorted(maps.Keys(stories)) {
		list := stories[story]
		if len(list) > len(best) && isAmong(list, f.Site) {
			best = list
		}
	}
	slices.SortStableFunc(best, func(a, b share) int { return a.first.Compare(b.first) })
	return best, nil
}

func isAmong(list []share, site string) bool {
	return slices.ContainsFunc(list, func(sh share) bool { return sh.site == site })
}

// siteKeys returns the keys of the sites, ascending.
func (s *Set) siteKeys() []string { return slices.Sorted(maps.Keys(s.sites)) }
