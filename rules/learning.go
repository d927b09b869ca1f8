package rules

import (
	"fmt"
	"time"

	"github.com/siaga-id/siaga/store"
)

// Learning is a rule whose history is shorter than its condition wants.
type Learning struct {
	Rule           string
	Learnt, Needed int // days
}

// Learning returns the rules that learn at now, in the order of the
// configuration, with how far the longest history of their series has come. One
// that was never evaluated has learnt nothing.
func (s *Set) Learning(tx store.Tx, now time.Time) ([]Learning, error) {
	var out []Learning
	for _, name := range s.learners {
		w := s.rules[s.byName[name]].When
		begun, err := s.begun(tx, name, w, now)
		if err != nil {
			return nil, fmt.Errorf("read history of %s: %w", name, err)
		}
		if l := (Learning{Rule: name, Learnt: w.learnt(begun, now), Needed: w.needed()}); l.Learnt < l.Needed {
			out = append(out, l)
		}
	}
	return out, nil
}

// begun is where the history of a rule begins: since it is counted, or where that
// is too short with the oldest backlog of its series.
func (s *Set) begun(tx store.Tx, name string, w When, now time.Time) (time.Time, error) {
	p, known, err := paces.Get(tx, store.Key(name))
	if err != nil || !known {
		return now, err
	}
	if w.learnt(p.Since, now) >= w.needed() {
		return p.Since, nil
	}
	reach := max(history, time.Duration(w.needed())*24*time.Hour)
	oldest := p.Since
	err = paces.Scan(tx, store.Key(name)+"/", func(series store.Key, of pace) error {
		at, err := begins(tx, series, of.Since, now, reach)
		if at.Before(oldest) {
			oldest = at
		}
		return err
	})
	return oldest, err
}

// LearntAfter is how much history makes a spike or a silence known
// (detection.md: warm-up).
const LearntAfter = 14 * 24 * time.Hour

// needed is how many days of history a condition wants.
func (w When) needed() int {
	switch w.Kind() {
	case Spike, Silence:
		return days(LearntAfter)
	case Ratio:
		return days(w.Against + 24*time.Hour - 1)
	case New:
		return days(NewAfter)
	case Spread:
		return days(w.Within)
	default:
		return 0
	}
}

// learnt is how many of these days there have been since a rule is counted: of a
// ratio all of them as soon as there is what it looks at. A clock that was set
// back has brought none yet.
func (w When) learnt(since, now time.Time) int {
	had := now.Sub(since)
	if w.Kind() == Ratio && had >= w.Against {
		return w.needed()
	}
	return min(max(days(had), 0), w.needed())
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }
