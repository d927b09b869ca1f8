package rules

import (
	"cmp"
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Rise returns when the rise began that a firing of a volume condition tells of:
// the publication of the first match of it, in the window that spoke and in as
// long before it as for: asks for. It is zero where nothing was counted.
//
// In a window of an hour there are posts that would have come anyway. The rise
// begins with the post from which on most came above a rate half way between
// the usual and what there was (a cumulative sum with that reference value: Page
// 1954).
func (s *Set) Rise(tx store.Tx, f Firing) (first time.Time, err error) {
	i, known := s.byName[f.Rule]
	if !known {
		return first, fmt.Errorf("rise of %s: %w", f.Rule, ErrNoRule)
	}
	var list hitList
	end, length := cmp.Or(f.Measure.End, f.At), f.When.Within+s.rules[i].For
	err = within(tx, Series{f.Rule, f.Site, f.Source}.key(), end, length, func(h hit) { list = append(list, h) })
	if err != nil || len(list) == 0 {
		return first, err
	}
	inOrder(list)
	usual := min(1, f.Measure.Usual/max(1, float64(f.Measure.N)))
	rate := float64(len(list)) / length.Seconds() * (1 + usual) / 2
	least := 0.0
	for n, h := range list {
		above := float64(n) - rate*float64(h.at-list[0].at)
		if n == 0 || above < least {
			least, first = above, time.Unix(h.at, 0).UTC()
		}
	}
	return first, nil
}
