package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// named holds the places that posts of a rule name.
const placesNamed store.Shelf[placed] = "place"

// placed is when a post that names a place was published last.
type placed struct {
	Last time.Time `json:"last"`
}

// NewAfter is for how long no post of the rule may have named a place that is
// new (detection.md).
const NewAfter = 30 * 24 * time.Hour

// newPlace notes the place that a post names and reports whether none that the
// rule matched in the 30 days before did.
func newPlace(tx store.Tx, c *compiled, p *source.Post) (bool, error) {
	if p.Place == "" {
		return false, nil
	}
	k := placeKey(c.Name, p.Place)
	was, known, err := placesNamed.Get(tx, k)
	if err == nil && (!known || p.Published.After(was.Last)) {
		err = placesNamed.Put(tx, k, placed{p.Published.UTC()})
	}
	if err != nil {
		return false, fmt.Errorf("note %s: %w", k, err)
	}
	return !known || p.Published.Sub(was.Last) > NewAfter, nil
}

// named gives f the phase of a rule that waits for new places, of which every
// post of f.New names one.
func (s *Set) named(tx store.Tx, c *compiled, f *Firing) error {
	begun, err := s.begun(tx, c.Name, c.When, f.At)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range f.New {
		if !slices.Contains(names, e.Post.Place) {
			names = append(names, e.Post.Place)
		}
	}
	f.Phase, f.Louder = Began, true
	f.Measure = Measure{
		N: len(names), Place: strings.Join(names, ", "),
		Learnt: c.When.learnt(begun, f.At), Needed: c.When.needed(),
	}
	return nil
}

// sweepPlaces drops the places that would be new again.
func sweepPlaces(tx store.Tx, before time.Time) error {
	_, err := placesNamed.Sweep(tx, "", func(_ store.Key, p placed) bool { return p.Last.Before(before) })
	return err
}

func placeKey(rule, place string) store.Key { return store.Path(rule, place) }
