package facts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/store"
)

// uses holds where facts were used, and is only ever added to.
const uses store.Shelf[Use] = "used"

// Use is one draft that rests on a fact, or one place where a person published
// it.
type Use struct {
	Fact     string    `json:"fact"`
	Incident uint64    `json:"incident"`
	Draft    int       `json:"draft"` // its number within the incident
	At       time.Time `json:"at"`
	Where    string    `json:"where,omitempty"` // an address; empty: not published yet
}

// Used notes that a fact was used. The same use is noted once.
func Used(tx store.Tx, u Use) error {
	where := sha256.Sum256([]byte(u.Where)) // an address may be longer than a key
	key := store.Path(u.Fact, store.Num(u.Incident), store.Num(uint64(max(u.Draft, 0))), hex.EncodeToString(where[:8]))
	_, known, err := uses.Get(tx, key)
	if err == nil && !known {
		err = uses.Put(tx, key, u)
	}
	if err != nil {
		return fmt.Errorf("note the use of %s: %w", u.Fact, err)
	}
	return nil
}

// Uses returns where a fact was used, the oldest first: each place where a
// draft was published, and the drafts that were not.
func Uses(tx store.Tx, id string) ([]Use, error) {
	var all []Use
	err := uses.Scan(tx, store.Path(id, ""), func(_ store.Key, u Use) error {
		if u.Fact == id { // an id of a file may hold a "/"
			all = append(all, u)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the uses of %s: %w", id, err)
	}
	published := map[[2]uint64]bool{}
	draft := func(u Use) [2]uint64 { return [2]uint64{u.Incident, uint64(max(u.Draft, 0))} }
	for _, u := range all {
		published[draft(u)] = published[draft(u)] || u.Where != ""
	}
	all = slices.DeleteFunc(all, func(u Use) bool { return u.Where == "" && published[draft(u)] })
	slices.SortStableFunc(all, func(a, b Use) int { return a.At.Compare(b.At) })
	return all, nil
}
