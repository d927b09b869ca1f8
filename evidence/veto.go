package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

// vetoes holds what people said by *tidak cocok*, by the cell and the fact.
const vetoes store.Shelf[Veto] = "veto"

// Veto is what a person said by *tidak cocok*: this fact is no answer here. A
// fact that supersedes another has an id of its own and is not vetoed with it.
type Veto struct {
	Fact  string    `json:"fact"`  // its id
	Topic string    `json:"topic"` // with Site the cell
	Site  string    `json:"site,omitempty"`
	Story string    `json:"story,omitempty"` // its id; empty: all stories of the cell
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at,omitzero"`
}

// Covers reports whether the veto speaks of a fact as an answer to a story of a
// cell. A veto never reaches another cell; one on a story leaves the others.
func (v Veto) Covers(fact, topic, site, story string) bool {
	return v.Fact == fact && v.Topic == topic && v.Site == site && (v.Story == "" || v.Story == story)
}

func vetoed(list []Veto, fact, topic, site, story string) bool {
	return slices.ContainsFunc(list, func(v Veto) bool { return v.Covers(fact, topic, site, story) })
}

// Vetoes returns what was vetoed in a cell, by the ids of the facts.
func Vetoes(tx store.Tx, topic, site string) ([]Veto, error) {
	var out []Veto
	err := vetoes.Scan(tx, cellKey(topic, site)+"/", func(_ store.Key, v Veto) error {
		out = append(out, v)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what does not fit: %w", err)
	}
	return out, nil
}

// Keep stores a veto on all stories of a cell, and reports whether it is new:
// who said it first is remembered.
func Keep(tx store.Tx, v Veto) (bool, error) {
	key := vetoKey(v.Fact, v.Topic, v.Site)
	if _, found, err := vetoes.Get(tx, key); err != nil || found {
		return false, err
	}
	return true, vetoes.Put(tx, key, v)
}

// TakeBack removes a veto, and reports whether there was one.
func TakeBack(tx store.Tx, fact, topic, site string) (bool, error) {
	key := vetoKey(fact, topic, site)
	if _, found, err := vetoes.Get(tx, key); err != nil || !found {
		return false, err
	}
	return true, vetoes.Delete(tx, key)
}

// cellKey writes a cell as package incident does; no name of a site is "-".
func cellKey(topic, site string) store.Key { return store.Path(topic, cmp.Or(site, "-")) }

// vetoKey has the id of the fact last, which may hold a "/".
func vetoKey(fact, topic, site string) store.Key {
	return store.Path(topic, cmp.Or(site, "-"), fact)
}
