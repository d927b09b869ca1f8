package notifier

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/store"
)

// Budget is how many messages that nobody asked for one chat should get within
// spentWithin; more are told all the same (chat.md 6).
const (
	Budget      = 6
	spentWithin = 24 * time.Hour
)

// Spent is how many messages one incident brought that nobody had asked for.
type Spent struct {
	ID   incident.ID
	N    int
	More bool // at least so many: a card remembers no more
}

// spenders counts, by what the cards of a chat remember, the messages since a time
// that the machine sent by itself, the most first.
func spenders(tx store.Tx, d Dest, since time.Time) ([]Spent, error) {
	var out []Spent
	err := cards.Scan(tx, store.Path(string(d), ""), func(k store.Key, c Delivery) error {
		if _, isStorm := stormOf(k); isStorm {
			return nil
		}
		id, err := idOf(k)
		s := Spent{ID: id}
		for _, told := range c.Told {
			if told.At.After(since) && told.Why.unsolicited() {
				s.N++
			}
		}
		s.More = len(c.Told) == maxTold && c.Told[1].At.After(since)
		if s.N > 0 {
			out = append(out, s)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count messages to %s: %w", d, err)
	}
	slices.SortStableFunc(out, func(a, b Spent) int { return cmp.Compare(b.N, a.N) })
	return out, nil
}

// unsolicited reports whether the machine spoke by itself, and not because of
// what a person did.
func (w Why) unsolicited() bool {
	return !slices.Contains([]Why{
		ShownAgain, WasTaken, WasReleased, WasNoted, WasResolved, WasFlagged, WasSnoozed, WasWoken,
		WasVerified, WasDrafted, WasEdited, WasApproved, WasRejected, WasPublished, WasPromised, WasKept, WasMoved,
	}, w)
}
