package rules

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/siaga-id/siaga/store"
)

const paces store.Shelf[pace] = "pace"

// pace is since when a rule (key <rule>) or a series (<rule>/<site>) is counted:
// its history begins there. Rev is another one after every change of its counts
// and holds, which is how memory knows that it is still true.
type pace struct {
	Since time.Time `json:"since"`
	Rev   uint64    `json:"rev,omitempty"`
}

// next is the pace after a change.
func (p pace) next(what string, at time.Time, data []byte) pace {
	h := fnv.New64a() // whose Write never fails
	_, _ = h.Write(binary.BigEndian.AppendUint64([]byte(what), p.Rev))
	_, _ = h.Write(binary.AppendVarint(nil, at.Unix()))
	_, _ = h.Write(data)
	p.Rev = h.Sum64()
	return p
}

// revise notes a change of a series.
func revise(tx store.Tx, series store.Key, what string, at time.Time) error {
	p, known, err := paces.Get(tx, series)
	if err == nil && known { // else there is no history that could change
		err = paces.Put(tx, series, p.next(what, at, nil))
	}
	if err != nil {
		return fmt.Errorf("revise %s: %w", series, err)
	}
	return nil
}
