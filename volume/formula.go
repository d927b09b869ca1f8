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
	v := Verdict{Bucket: l.at, Learnt: int(l.learnt)}
	now := r.sums(at)
	for i, k := range kinds() {
		look, code := l.look(i, now[i].count(), now[i].clear())
		look.Within = time.Duration(k.length) * Span
		v.Looks[i] = look
		if r.cells[at] == dark {
			code = none
		}
		if at%k.every == 0 {
			r.codes(i)[at/k.every] = code
		}
	}
	return v
}

// look is the formula: how far a count is above what is usual, in units of its
// spread, and that in units of what the series itself does in 28 days.
//
// Windows that were kept out of the baseline enter the tail, lower than others:
// else a series that calls too often would never learn that it does.
func (l *learner) look(i, x int, clear bool) (Look, uint8) {
	b, known := l.usual(i)
	look := Look{Count: x, Usual: b}
	if !known || l.learnt < speaks {
		return look, none
	}
	k := &l.kinds[i]
	z := steady(float64(x)) - steady(b)
	from, gap := float64(k.from), float64(k.gap)
	c := code(z)
	look.Above, look.Among = k.tail.atLeast(c), int(k.tail.n)
	if highest := from + ceiling(clear)*gap; z > highest {
		c = code(highest)
	}
	if l.learnt < settled {
		gap *= 2 - float64(l.learnt)/settled
	}
	look.Score = (z - from) / gap / kinds()[i].weight
	return look, c
}

func ceiling(clear bool) float64 {
	if clear {
		return clip
	}
	return spoilt
}

// steady makes the spread of a count the same whatever its size: Anscombe's
// transformation of the negative binomial (Biometrika 1948).
func steady(x float64) float64 {
	return 2 / math.Sqrt(overs) * math.Asinh(math.Sqrt(overs*(x+3./8)))
}

// usual is the median of the last day or what is usual at this hour, whichever
// is more.
func (l *learner) usual(i int) (b float64, known bool) {
	k := &l.kinds[i]
	if k.recent.n >= enough {
		b, known = float64(k.recent.at), true
	}
	if l.learnt >= settled && k.season.n >= enough {
		b, known = max(b, float64(worth(int(k.season.at)))), true
	}
	return b, known
}

// measure says where the tail begins and how long it is. A tail that falls
// exponentially falls to a tenth within ln 10 times its mean excess.
func (k *lesson) measure(every int) {
	from, excess := k.tail.measure(tailShare)
	own := float64(k.tail.n) * float64(every) / priorWorth
	k.from = float32((own*from + priorAt) / (own + 1))
	k.gap = float32(max((own*math.Ln10*excess+priorGap)/(own+1), leastGap))
}

// darken marks a bucket of a silence, so that it is not learnt from.
func (l *learner) darken(r *ring, at int) {
	silent := l.dark < longDark && float64(l.missed)+l.due() >= silence
	switch cell := &r.cells[at]; {
	case *cell == 0 && silent:
		*cell = dark
	case *cell == dark && !silent:
		*cell = 0
	}
}
