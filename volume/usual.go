package volume

import (
	"slices"
	"time"
)

// Count is how many came within the window of that length that ends with b.
func (s *Series) Count(b Bucket, within time.Duration) int {
	return s.total(bounded(b), buckets(within))
}

// days appends, in order of size, what came in the windows of w buckets that
// end at the time of b on the 28 days before. What is not known of a window is
// filled up from the rest; a window of which less than half is known is left
// out, and so is one that reaches into the window that ends with b.
func (s *Series) days(dst []float64, b Bucket, w int) []float64 {
	for back := (w + day - 1) / day; back <= kept/day; back++ {
		n, known := s.learnt(b-Bucket(back*day), w)
		if known > 0 && 2*known >= w {
			dst = append(dst, float64(n)*float64(w)/float64(known))
		}
	}
	slices.Sort(dst)
	return dst
}

// Mean is the mean count of windows of length within over the time of length
// against that comes before the window that ends with b. Learnt is how much of
// that time is known: buckets that were kept out are not.
func (s *Series) Mean(b Bucket, within, against time.Duration) (mean float64, learnt time.Duration) {
	w := buckets(within)
	n, known := s.learnt(bounded(b)-Bucket(w), buckets(against))
	if known == 0 {
		return 0, 0
	}
	return float64(n) * float64(w) / float64(known), time.Duration(known) * Span
}

// Silent tells whether the series, which usually speaks, has said nothing for
// d and longer up to b: nothing, where on three of four days at least 40 posts
// came at these hours, so that neither a night nor a Sunday is an alarm. The
// stretch of zeros is followed back for up to 3 days. Expected is the number of
// posts that such days bring in it, 0 where it is shorter than d, or where less
// than two days are known.
func (s *Series) Silent(b Bucket, d time.Duration) (expected float64, silent bool) {
	b = bounded(b)
	w := buckets(d)
	if s.total(b, w) > 0 {
		return 0, false
	}
	for w < longDark && s.held(b-Bucket(w)) && s.ring.count(b-Bucket(w)) == 0 {
		w++
	}
	var all [kept / day]float64
	days := s.days(all[:0], b, w)
	if len(days) < settled/day {
		return 0, false
	}
	expected = days[(len(days)-1)/4]
	return expected, expected >= silence
}

// held tells whether b has a cell that is known or was kept out.
func (s *Series) held(b Bucket) bool {
	return s.reaches(b) && s.ring.cells[place(b)] != unknown
}

// total counts the w buckets that end with b.
func (s *Series) total(b Bucket, w int) int {
	n := 0
	for at := b - Bucket(w) + 1; at <= b; at++ {
		if s.reaches(at) {
			n += s.ring.count(at)
		}
	}
	return n
}

// learnt counts those of the w buckets that end with b that were not kept out.
func (s *Series) learnt(b Bucket, w int) (n, known int) {
	for at := b - Bucket(w) + 1; at <= b; at++ {
		if s.reaches(at) && s.ring.cells[place(at)]&apart == 0 {
			n += s.ring.count(at)
			known++
		}
	}
	return n, known
}
