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
// configuration. One that was never evaluated has learnt nothing.
func (s *Set) Learning(tx store.Tx, now time.Time) ([]Learning, error) {
	var out []Learning
	for _, name := range s.learners {
		p, known, err := paces.Get(tx, store.Key(name))
		if err != nil {
			return nil, fmt.Errorf("read pace of %s: %w", name, err)
		}
		when := s.rules[s.byName[name]].When
		l := Learning{Rule: name, Needed: when.needed()}
		if known {
			l.Learnt = when.learnt(p.Since, now)
		}
		if l.Learnt < l.Needed {
			out = append(out, l)
		}
	}
	return out, nil
}

// learntAfter is how many days of history make a spike or a silence known
// (detection.md: warm-up).
const learntAfter = 14

// needed is how many days of history a condition wants.
func (w When) needed() int {
	switch w.Kind() {
	case Spike, Silence:
		return learntAfter
	case Ratio:
		return max(1, days(w.Against))
	case New:
		return days(NewAfter)
	case Spread:
		return days(w.Within)
	default:
		return 0
	}
}

// learnt is how many of these days there have been since a rule is counted. A
// clock that was set back has brought none yet.
func (w When) learnt(since, now time.Time) int { return min(max(days(now.Sub(since)), 0), w.needed()) }

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }
