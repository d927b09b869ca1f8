package volume

import "math/bits"

// bins of counts: exact up to 128, above in steps of at most 1.6 %. The
// lengths fit the greatest sums of the two windows.
const (
	shortBins = 768
	longBins  = 896
)

func bin(x int) int {
	if x < 128 {
		return x
	}
	e := bits.Len(uint(x)) - 7 // #nosec G115 -- not negative
	return e<<6 + x>>e
}

// worth is the middle of what falls into a bin.
func worth(bin int) int {
	if bin < 128 {
		return bin
	}
	e := bin>>6 - 1
	return (bin-e<<6)<<e + (1<<e-1)/2
}

// middle follows the median (the upper of two) of a multiset in bins: it keeps
// the bin of the median as of the last look, and how many are below.
type middle struct {
	n, below, at int16
}

// add puts something into a bin so many times, or takes it out if by is
// negative.
func (m *middle) add(bins []int16, bin int, by int16) {
	bins[bin] += by
	m.n += by
	if bin < int(m.at) {
		m.below += by
	}
}

func (m *middle) settle(bins []int16) {
	half := m.n / 2
	for m.below > half {
		m.at--
		m.below -= bins[m.at]
	}
	for m.n > 0 && m.below+bins[m.at] <= half {
		m.below += bins[m.at]
		m.at++
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
