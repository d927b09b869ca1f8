package volume

import "math/bits"

// bin numbers counts: exactly up to 64, above in steps of at most 3 %.
func bin(x int) int {
	if x < 64 {
		return x
	}
	e := bits.Len(uint(x)) - 6 // #nosec G115 -- not negative
	return e<<5 + x>>e
}

// bins is enough for the greatest sum of the longest window.
const bins = 544

// worth is the middle of what falls into a bin.
func worth(bin int) int {
	if bin < 64 {
		return bin
	}
	e := bin>>5 - 1
	return (bin-e<<5)<<e + (1<<e-1)/2
}

// quantile follows one of a multiset in bins: it keeps the bin where it was at
// the last look, and how many are below.
type quantile struct {
	n, below, at int16
	bins         [bins]int16
}

// add puts something into a bin, or takes it out if by is -1.
func (q *quantile) add(bin int, by int16) {
	q.bins[bin] += by
	q.n += by
	if bin < int(q.at) {
		q.below += by
	}
}

// settle walks to where share of all are below.
func (q *quantile) settle(share float64) {
	if q.n == 0 {
		return
	}
	rank := int16(share * float64(q.n-1))
	for q.below > rank {
		q.at--
		q.below -= q.bins[q.at]
	}
	for q.below+q.bins[q.at] <= rank {
		q.below += q.bins[q.at]
		q.at++
	}
}

// rank follows the median (the upper of two) of a multiset that is not kept:
// it knows the median as of the last look and how many are below or the same.
type rank struct {
	at             int32
	n, below, same int16
}

// add puts a member in, or takes it out if by is -1.
func (k *rank) add(x int, by int16) {
	k.n += by
	switch {
	case x < int(k.at):
		k.below += by
	case x == int(k.at):
		k.same += by
	}
}

func (k *rank) right() bool {
	half := k.n / 2
	return k.n == 0 || k.below <= half && half < k.below+k.same
}

// settle walks to the median through all, the multiset itself.
func (k *rank) settle(all []int32) {
	for half := k.n / 2; k.n > 0 && k.below > half; {
		k.at, k.same = beneath(all, k.at)
		k.below -= k.same
	}
	for half := k.n / 2; k.n > 0 && k.below+k.same <= half; {
		k.below += k.same
		k.at, k.same = above(all, k.at)
	}
}

func beneath(all []int32, at int32) (next int32, same int16) {
	next = -1
	for _, v := range all {
		if v < at && v > next {
			next, same = v, 0
		}
		if v == next {
			same++
		}
	}
	return next, same
}

func above(all []int32, at int32) (next int32, same int16) {
	next = 1 << 30
	for _, v := range all {
		if v > at && v < next {
			next, same = v, 0
		}
		if v == next {
			same++
		}
	}
	return next, same
}
