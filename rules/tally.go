package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Rules returns the rules of the set in the order of the configuration.
func (s *Set) Rules() []Rule {
	out := make([]Rule, len(s.rules))
	for i := range s.rules {
		out[i] = s.rules[i].Rule
	}
	return out
}

// Match is one post that was counted for a rule. Voice and Story are numbers
// that are the same for the same voice and story.
type Match struct {
	Series
	At           time.Time // of its publication, to the second, in UTC
	Voice, Story uint64
}

// Tally calls fn for every counted match that was published on a day (UTC)
// before the given one; the zero time stands for all. Days come in their order,
// in a day series by series, and the matches of a series in the order of time.
// An error of fn ends it. Before the Sweep of the same day, it meets every match
// once.
func Tally(tx store.Tx, before time.Time, fn func(Match) error) error {
	days, err := hits.Days(tx)
	if err != nil {
		return fmt.Errorf("tally: %w", err)
	}
	limit := before.UTC().Truncate(24 * time.Hour)
	for _, day := range days {
		if !before.IsZero() && !day.Before(limit) {
			return nil
		}
		if err := tallyDay(tx, day, fn); err != nil {
			return fmt.Errorf("tally %s: %w", day.Format(time.DateOnly), err)
		}
	}
	return nil
}

func tallyDay(tx store.Tx, day time.Time, fn func(Match) error) error {
	return hits.On(day).Scan(tx, "", func(k store.Key, list hitList) error {
		slices.SortStableFunc(list, func(a, b hit) int { return cmp.Compare(a.at, b.at) })
		m := Match{Series: seriesOf(k[:strings.LastIndexByte(string(k), '/')])}
		for _, h := range list {
			m.At, m.Voice, m.Story = time.Unix(h.at, 0).UTC(), h.voice, h.story
			if err := fn(m); err != nil {
				return err
			}
		}
		return nil
	})
}
