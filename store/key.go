package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	// maxKey and maxName together stay below the 2,704 bytes that PostgreSQL
	// allows in a row of a btree index (BTMaxItemSize on 8 KiB pages), where
	// a second engine keeps them. bbolt allows 32,768 each (MaxKeySize).
	maxKey  = 2048
	maxName = 255

	stampForm  = "20060102T150405.000000000Z"
	minuteForm = "200601021504"
	dayForm    = "20060102"
)

// Path joins parts with "/". A part may hold anything; one that comes from
// outside, and so may hold a "/", goes last, or a scan of one path can meet
// the entries of another.
func Path(parts ...string) Key { return Key(strings.Join(parts, "/")) }

// Num writes n as 20 decimal digits, so that the order of the words is that of
// the numbers: Num(42) is "00000000000000000042".
func Num(n uint64) string { return fmt.Sprintf("%020d", n) }

// ParseNum reads what Num wrote, and nothing else.
func ParseNum(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || Num(n) != s {
		return 0, fmt.Errorf("parse number %q: not 20 digits up to 2^64-1", s)
	}
	return n, nil
}

// Stamp writes t in UTC with all nine digits of its nanoseconds, so that the
// order of the words is that of the times: "20261124T080405.000000000Z". Years
// are 0 to 9999.
func Stamp(t time.Time) string { return t.UTC().Format(stampForm) }

// ParseStamp reads what Stamp wrote, and nothing else. The time is in UTC.
func ParseStamp(s string) (time.Time, error) {
	t, err := time.Parse(stampForm, s)
	if err != nil || Stamp(t) != s {
		return time.Time{}, fmt.Errorf("parse stamp %q: not like %s", s, stampForm)
	}
	return t, nil
}

// Minute writes the minute of t in UTC: "202611241504". Keys of counters begin
// with it, as matching.md 3 found half the cost in that order.
func Minute(t time.Time) string { return t.UTC().Format(minuteForm) }

// after returns the first key behind all keys that begin with prefix, or ""
// where no key can be.
func after(prefix Key) Key {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return Key(end[:i+1])
		}
	}
	return ""
}

// nameable returns ErrKey unless an entry can be written at key.
func nameable(shelf string, key Key) error {
	if shelf == "" || len(shelf) > maxName || key == "" || len(key) > maxKey {
		return ErrKey
	}
	return nil
}
