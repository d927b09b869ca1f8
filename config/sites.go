package config

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/siaga-id/siaga/notifier"
	"github.com/siaga-id/siaga/text"
)

func (c *checker) checkSites() {
	c.plan.Sites = map[string]notifier.Place{}
	c.cfg.Places = map[string][]string{}
	owner := map[string]string{} // place, as words are compared, to site
	for _, s := range c.doc.Sites {
		key, e := s.Key.Value, s.Value
		c.identifier(s.Key)
		for _, r := range e.Receivers {
			if len(c.receivers) > 0 { // while there are none at all, the terminal stands in for those to come
				c.oneOf("receiver", r, c.receivers)
			}
		}
		for _, p := range e.Places {
			c.checkPlace(p, key, owner)
		}
		c.sites = append(c.sites, key)
		c.cfg.Places[key] = values(e.Places)
		c.plan.Sites[key] = notifier.Place{
			Name:      cmp.Or(e.Name.Value, key),
			Zone:      c.zone(e.Timezone, c.cfg.Timezone),
			Receivers: values(e.Receivers),
			Quiet:     c.quietOf(e),
		}
	}
}

// checkPlace refuses a name that could not be found in a text, or would belong
// now to this site and now to that.
func (c *checker) checkPlace(p at[string], site string, owner map[string]string) {
	if !p.ok {
		return
	}
	words := strings.Join(strings.Fields(text.Fold(p.Value)), " ")
	other, taken := owner[words]
	switch {
	case words == "":
		c.refuse(p.place, fmt.Sprintf("%q has no words to look for", shorten(p.Value)), "")
	case taken:
		c.refuse(p.place, fmt.Sprintf("place %q belongs to site %q already", shorten(p.Value), other), "")
	}
	owner[words] = site
}
