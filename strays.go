package main

import (
	"slices"

	"github.com/siaga-id/siaga/source"
)

// maxStrays is how many unknown sites of one push the log names.
const maxStrays = 3

// tellStrays logs the sites that a push names and the configuration does not
// have. Its posts are taken in all the same, as if they named none: a slip of
// the sender must not cost an alert, nor pass in silence.
func (a *app) tellStrays(spec source.Spec, b source.Batch) {
	known := a.live.Config().Places
	var strays []string
	for _, e := range b.Events {
		site := []rune(e.Post.Site)
		name := string(site[:min(len(site), 40)]) // as much as a name can have
		if _, ok := known[e.Post.Site]; name != "" && !ok && !slices.Contains(strays, name) {
			strays = append(strays, name)
		}
	}
	if len(strays) > 0 {
		a.log.Warn("pushed posts name sites that are not configured", "source", spec.Name,
			"sites", strays[:min(len(strays), maxStrays)], "different", len(strays))
	}
}
