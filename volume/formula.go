package volume

import (
	"math"
	"time"
)

// judge says how unusual the windows are that end with the bucket to which l
// has come, writes that down for the tail of later ones, and marks the bucket
// as dark where there is nothing though much was to be expected.
func (l *learner) judge(r *ring) Verdict {
	at := place(l.at)
	l.darken(r, at)
	now := r.sums(at)
	v := Verdict{Bucket: l.at, Learnt: int(l.learnt)}
	var codes [2]uint8
	for i, w := range lengths() {
		x, clear := now.of(i)
		v.Looks[i], codes[i] = l.look(i, x, clear)
		v.Looks[i].Within = time.Duration(w) * Span
		if r.cells[at] == dark {
			codes[i] = none
		}
	}
	r.short[at] = codes[0]
	if at%every == 0 {
		r.long[at/every] = codes[1]
	}
	return v
}

// look is the formula. The square roots make the spread of a count the same
// whatever its size (Anscombe 1948); what is left of it is learnt from the
// series' own tail.
//
// A window that was kept out is known to the tail too, though not as more than
// spoilt: else a series that calls too often would never learn that it does.
func (l *learner) look(i, x int, clear bool) (Look, uint8) {
	b, known := l.usual(i)
	look := Look{Count: x, Usual: b}
	if !known || l.learnt < speaks {
		return look, none
	}
	z := 2 * (math.Sqrt(float64(x)+3./8) - math.Sqrt(b+3./8))
	at, gap := l.bounds(i)
	look.Score = (z - at) / gap
	c := code(z)
	look.Above, look.Among = l.tails[i].atLeast(c), int(l.tails[i].n)
	if !clear {
		c = min(c, code(at+spoilt*gap))
	}
	return look, c
}

// usual is the greater of the medians of the last day and of this hour.
func (l *learner) usual(i int) (b float64, known bool) {
	if l.recent[i].n >= enough {
		b, known = float64(l.recent[i].at), true
	}
	if l.learnt >= settled && l.season[i].n >= enough {
		b, known = max(b, float64(worth(int(l.season[i].at)))), true
	}
	return b, known
}

// bounds says where the tail of the series begins and how long it is: its own,
// pulled to the prior while there is little of it, and wider while the season
// is not known.
func (l *learner) bounds(i int) (at, gap float64) {
	t := &l.tails[i]
	hundredth, thousandth := t.highest()
	own := float64(t.n)
	if i == 1 {
		own *= every
	}
	own /= priorWorth
	at = (own*hundredth + priorAt) / (own + 1)
	gap = max((own*(thousandth-hundredth)+priorGap)/(own+1), leastGap)
	if l.learnt < settled {
		gap *= 2 - float64(l.learnt)/settled
	}
	return at, gap
}

// darken marks a bucket of a silence, so that it is not learnt from.
func (l *learner) darken(r *ring, at int) {
	switch cell := &r.cells[at]; {
	case *cell == 0 && l.dark < longDark && float64(l.missed)+l.due() >= silence:
		*cell = dark
	case *cell == dark && (l.dark >= longDark || float64(l.missed)+l.due() < silence):
		*cell = 0
	}
}
