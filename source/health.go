package source

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

const healths store.Shelf[Health] = "health"

// Health is when a source was last reached.
type Health struct {
	Source string    `json:"source"`
	OK     time.Time `json:"ok,omitzero"`    // last successful poll that was recorded
	Blind  time.Time `json:"blind,omitzero"` // failing since; zero: it is seen
	Error  string    `json:"error,omitempty"`
}

// healthGrain is how stale OK may be: a store write per poll of a quiet feed
// would be all there is in the store's life.
const healthGrain = 5 * time.Minute

// Reached is the health of a source after a poll that ended with err, and
// whether it is worth recording and telling.
func (h Health) Reached(now time.Time, err error) (next Health, record, tell bool) {
	next = h
	if err == nil {
		next.OK, next.Blind, next.Error = now, time.Time{}, ""
		back := !h.Blind.IsZero()
		return next, back || now.Sub(h.OK) >= healthGrain, back
	}
	next.Error = err.Error()
	if h.Blind.IsZero() {
		next.Blind = now
		return next, true, true
	}
	return next, next.Error != h.Error, false
}

// ReadHealth returns the health of a source; before its first poll only Source is set.
func ReadHealth(tx store.Tx, name string) (Health, error) {
	h, _, err := healths.Get(tx, store.Key(name))
	if err != nil {
		return h, fmt.Errorf("read health of %s: %w", name, err)
	}
	h.Source = name
	return h, nil
}

// KeepHealth stores h.
func KeepHealth(tx store.Tx, h Health) error {
	if err := healths.Put(tx, store.Key(h.Source), h); err != nil {
		return fmt.Errorf("keep health of %s: %w", h.Source, err)
	}
	return nil
}
