package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/trial"
)

// curves draws, for each rule that lasts and fired, what it counted around its
// first alert.
func (r *replayed) curves() {
	w := r.columns()
	fired := slices.DeleteFunc(slices.Clone(r.outcome.Rules), func(rule trial.Rule) bool { return len(rule.Curve.Counts) == 0 })
	if len(fired) > 0 {
		fmt.Fprintln(r.out, "\nHalf hours around the first alert, which came after the bar (· is none)")
	}
	for _, rule := range fired {
		c := rule.Curve
		fmt.Fprintf(w, "%s\t%s\t%s\n", rule.Name, place(cmp.Or(c.Site, c.Source)), sparkline(c))
	}
	flush(w)
}

// sparkline draws counts as blocks, a dot for none, with a bar before the one
// in which the alert came, and in a second column says how much a full block is.
func sparkline(c trial.Curve) string {
	steps := []rune("▁▂▃▄▅▆▇█")
	top := max(1, slices.Max(c.Counts))
	var b strings.Builder
	for i, n := range c.Counts {
		if i == c.Mark {
			b.WriteByte('|')
		}
		if n == 0 {
			b.WriteRune('·')
			continue
		}
		b.WriteRune(steps[(n*len(steps)-1)/top])
	}
	unit := string(c.Unit)
	if top == 1 {
		unit = map[rules.Unit]string{rules.Posts: "post", rules.Stories: "story", rules.Voices: "voice"}[c.Unit]
	}
	return fmt.Sprintf("%s\t█=%d %s", b.String(), top, unit)
}
