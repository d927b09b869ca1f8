package volume

import "time"

// Span is the length of a bucket.
const Span = 5 * time.Minute

const (
	hour = 12 // buckets
	day  = 24 * hour
)

// Bucket numbers the five-minute spans since 1970 in UTC; those before are
// negative.
type Bucket int64

// At is the bucket that holds t.
func At(t time.Time) Bucket {
	return Bucket(floorDiv(t.Unix(), int64(Span/time.Second)))
}

// Time is the instant in UTC at which the bucket begins.
func (b Bucket) Time() time.Time {
	return time.Unix(int64(b)*int64(Span/time.Second), 0).UTC()
}

// buckets is the number of buckets that a window of length d holds, at least
// one and at most those of the 28 days that are kept.
func buckets(d time.Duration) int {
	return int(min(max(d/Span, 1), kept))
}

// bounded keeps hostile numbers from overflowing; every time.Time is within.
func bounded(b Bucket) Bucket {
	const far = 1 << 56
	return min(max(b, -far), far)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
