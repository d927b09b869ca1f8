package config

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/trial"
)

// longestBackground is as far as a baseline looks back (detection.md: 28 days);
// what was before is forgotten.
const longestBackground = 28 * 24 * time.Hour

// background returns the posts that make the usual of a test: one every so
// often, until it begins, each with a voice of its own.
func (t *tester) background(e at[backgroundEntry], start time.Time) trial.Lot {
	v := e.Value
	length, every := time.Duration(v.For.Value), time.Duration(v.Every.Value)
	whole := v.For.ok && v.Every.ok
	switch {
	case v.For.ok && (length <= 0 || length > longestBackground):
		t.refuse(v.For.place, "for: of a background is more than 0 and at most 28d", "older posts are forgotten when it is asked what is usual")
	case v.Every.ok && every <= 0:
		t.refuse(v.Every.place, "every: of a background is more than 0", "")
	case whole && every > length:
		t.refuse(v.Every.place, "every: is longer than for:, so that there is no post", "")
	case whole && length/every > maxPosts:
		t.refuse(v.Every.place, fmt.Sprintf("these are %d posts; a background has at most %d", length/every, maxPosts), "make every: longer or for: shorter")
	}
	worded := v.Text.set() || v.Title.set()
	if e.ok && !worded {
		t.refuse(e.place, "the background has no text", "give it text: or title:")
	}
	post := lotEntry{Text: v.Text, Title: v.Title, Kind: v.Kind, Site: v.Site, Source: v.Source}
	l := t.lot(at[lotEntry]{post, e.place, e.ok && worded}, start)
	l.At = start.Add(-length)
	if l.Every = every; every > 0 {
		l.Count = max(1, int(min(length/every, maxPosts)))
	}
	return l
}
