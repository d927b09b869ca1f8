package volume

import (
	"math"
	"time"
)

// Verdict says how unusual the windows are that end with a bucket.
type Verdict struct {
	Bucket Bucket
	Learnt int           // buckets of the last 28 days that it rests on
	Looks  [windows]Look // at the last 15, 60 and 180 minutes
}

// Look is what a window shows.
type Look struct {
	Within time.Duration
	Count  int
	Usual  float64 // for a window of this length at this hour
	Score  float64 // 0 at the edge of what the series does itself, three in a hundred windows
	// Above of the Among windows of the last 28 days were as unusual. In the
	// first days both are small, and 0 before there is a verdict.
	Above, Among int
}

// Best is the look with the highest score among those at windows of at most a
// length that count at least floor. It is the zero Look where there is none.
func (v Verdict) Best(within time.Duration, floor int) Look {
	var best Look
	for _, l := range v.Looks {
		if l.Within <= within && l.Count >= floor && (best.Within == 0 || l.Score > best.Score) {
			best = l
		}
	}
	return best
}

// Score says how unusual the windows of at most a length are together, of which
// each counts at least floor: the 4-norm of their scores, so that the highest
// decides and others that are high too add to it. It is 0 where none is above
// what the series does itself.
func (v Verdict) Score(within time.Duration, floor int) float64 {
	sum := 0.
	for _, l := range v.Looks {
		if l.Within <= within && l.Count >= floor && l.Score > 0 {
			sum += l.Score * l.Score * l.Score * l.Score
		}
	}
	return math.Sqrt(math.Sqrt(sum))
}

// Days is how many days the series has learnt from, whole ones.
func (v Verdict) Days() int { return v.Learnt / day }

// Level is the score from which a rule fires.
type Level float64

// Calls decides which verdicts are called: the first that reaches the level,
// and after a call only one that is half as high again. Six hours after a call
// its score begins to be forgotten. A score that came near the level counts as
// a call that was not made: what creeps up to the level is no news until it has
// grown by half. The zero value remembers nothing; an incident that is resolved
// begins with it anew.
type Calls struct {
	Last Bucket  // of what is remembered
	Top  float64 // its score
}

// Hear takes the score of the next bucket and tells whether to call. An older
// bucket that is judged again after a late count is heard like any other. A call
// that lies further ahead than that is of a clock that was wrong, and forgotten.
func (c *Calls) Hear(b Bucket, score float64, level Level) bool {
	if score <= 0 || score < murmur*float64(level) || score < growth*c.remembered(b) {
		return false
	}
	c.Last, c.Top = b, score
	return score >= float64(level)
}

func (c *Calls) remembered(b Bucket) float64 {
	if b < c.Last-openFor {
		return 0
	}
	since := float64(b - c.Last - openFor)
	return c.Top * math.Exp(-max(since, 0)/forgets)
}
