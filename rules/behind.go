package rules

import (
	"cmp"
	"slices"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// Behind returns the posts that the counts of a series stand for, those that
// were published in (at-length, at], newest first and at most limit. It is
// what count counts.
func Behind(tx store.Tx, rule, site string, at time.Time, length time.Duration, limit int) ([]source.Print, error) {
	var found []hit
	if err := within(tx, seriesKey(rule, site), at, length, func(h hit) { found = append(found, h) }); err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b hit) int { return cmp.Compare(b.at, a.at) })
	prints := make([]source.Print, 0, min(len(found), limit))
	for _, h := range found[:min(len(found), limit)] {
		prints = append(prints, source.Print(h.post))
	}
	return prints, nil
}
