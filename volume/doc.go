// Package volume knows what is usual for a series at its hour, and says how
// unusual a count is.
//
// A Series is the memory of one series: counts of five-minute buckets for
// 28 days, how unusual each window was, and what was learnt from them. It is
// one flat value of less than 40 KiB without a pointer.
//
//	            far           near          head
//	             |  6 h to 12 h |  up to 6 h  |
//	... counts --+--------------+-------------+-- counts put ahead, up to 6 h
//	             learnt         learnt        learnt
//
// A learner is what a series has learnt up to one bucket: a small value that
// is copied whole. Time moves by stepping head. A count that comes late, up to
// 6 h, lets head go back to the copy before it and step again: once everything
// has come in, the verdicts are those of a stream that came in order, however
// often and in which order the counts were put. Counts that come later still
// fill the history.
//
// A step reads nothing of the bucket that is judged, so that a bucket whose
// count still grows is judged again for next to nothing.
//
// The formula stands in formula.go, its constants with their sources in
// constants.go, and what a step learns in learner.go. Nothing here reads a
// clock, and nothing looks ahead.
package volume
