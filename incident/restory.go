package incident

import (
	"fmt"
	"maps"
	"slices"

	"github.com/siaga-id/siaga/store"
)

// Restory lets quotes be of the stories that their posts have now that a person
// has moved them; of two quotes of one story the newer stays. The posts are as
// Quote makes them. Cards show it when they are drawn next; it is no change that
// anybody is told of.
func Restory(tx store.Tx, moved []Excerpt) error {
	stories := map[string]string{}
	for _, x := range moved {
		stories[x.Post] = x.Story
	}
	changed := map[store.Key]Incident{}
	err := incidents.Scan(tx, "", func(k store.Key, in Incident) error {
		if after, differs := restory(in.Excerpts, stories); differs {
			in.Excerpts = after
			changed[k] = in
		}
		return nil
	})
	for _, k := range slices.Sorted(maps.Keys(changed)) {
		if err == nil {
			err = incidents.Put(tx, k, changed[k])
		}
	}
	if err != nil {
		return fmt.Errorf("quote for another story: %w", err)
	}
	return nil
}

func restory(quotes []Excerpt, stories map[string]string) (out []Excerpt, differs bool) {
	for _, x := range quotes {
		if story, moved := stories[x.Post]; moved && story != x.Story {
			x.Story, differs = story, true
		}
		if !slices.ContainsFunc(out, func(o Excerpt) bool { return o.Story == x.Story }) {
			out = append(out, x)
		}
	}
	return out, differs
}
