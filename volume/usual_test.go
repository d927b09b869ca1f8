package volume

import "time"

// Usual is what is usual for a window of that length, at most 14 days, that
// ends with b: the median over the days before. Where no day is known, it is
// the mean over all that is known.
func (s *Series) Usual(b Bucket, within time.Duration) float64 {
	var all [kept / day]float64
	days := s.days(all[:0], bounded(b), buckets(within))
	if len(days) == 0 {
		mean, _ := s.Mean(b, within, kept*Span)
		return mean
	}
	return (days[len(days)/2] + days[(len(days)-1)/2]) / 2
}
