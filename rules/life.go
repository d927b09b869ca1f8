package rules

import (
	"time"

	"github.com/siaga-id/siaga/store"
)

const running store.Shelf[state] = "series"

// state is where the condition of one series stands. A series that is neither
// pending nor firing has at most a Call: until a post comes, time cannot change
// it.
type state struct {
	Met    time.Time `json:"met,omitzero"`     // the condition holds since
	Firing bool      `json:"firing,omitempty"` // it has held for long enough
	Unmet  time.Time `json:"unmet,omitzero"`   // firing, but the condition ended then
	Shadow bool      `json:"shadow,omitempty"` // firing, but to admins only
	Quiet  bool      `json:"quiet,omitempty"`  // firing, and it is a silence
	Call   call      `json:"call,omitzero"`    // when people were last called for it
}

// waits reports whether time may change a series.
func (s state) waits() bool { return s.Firing || !s.Met.IsZero() }

// next is the life of one series: idle, pending (For), firing, and firing
// still (KeepFiring) as in Prometheus. It returns the series as it is now and
// what there is to say, or an empty phase. What lies ahead is of a clock that
// was wrong, and begins now.
func (c *compiled) next(s state, w weighing, grew bool, now time.Time) (state, Phase) {
	switch {
	case !s.Firing && !w.met:
		return state{}, ""
	case !s.Firing:
		if s.Met.IsZero() || s.Met.After(now) {
			s.Met = now
		}
		if now.Sub(s.Met) < c.For && !w.late {
			return s, ""
		}
		s.Firing = true
		return s, Began
	case w.met:
		s.Unmet = time.Time{}
	default:
		if s.Unmet.IsZero() || s.Unmet.After(now) {
			s.Unmet = now
		}
		if now.Sub(s.Unmet) >= c.KeepFiring {
			return state{}, Ceased
		}
	}
	if grew {
		return s, Grew
	}
	return s, ""
}

// keepState keeps the state of a series if it has changed.
func keepState(tx store.Tx, k store.Key, was, is state) error {
	switch is {
	case was:
		return nil
	case state{}:
		return running.Delete(tx, k)
	default:
		return running.Put(tx, k, is)
	}
}
