package store

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNumbersAndTimesSortAsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Uint64().Draw(t, "a"), rapid.Uint64().Draw(t, "b")
		if (a < b) != (Num(a) < Num(b)) {
			t.Errorf("%s and %s", Num(a), Num(b))
		}
		x, y := drawTime(t, "x"), drawTime(t, "y")
		if x.Before(y) != (Stamp(x) < Stamp(y)) {
			t.Errorf("%s and %s", Stamp(x), Stamp(y))
		}
		if Minute(x) < Minute(y) && !x.Before(y) {
			t.Errorf("%s and %s", Minute(x), Minute(y))
		}
	})
}

func TestNumbersAndTimesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64().Draw(t, "n")
		if got, err := ParseNum(Num(n)); err != nil || got != n {
			t.Errorf("ParseNum(%s) = %d, %v", Num(n), got, err)
		}
		at := drawTime(t, "at")
		if got, err := ParseStamp(Stamp(at)); err != nil || !got.Equal(at) || got.Location() != time.UTC {
			t.Errorf("ParseStamp(%s) = %v, %v", Stamp(at), got, err)
		}
	})
}

// drawTime is any instant of the years 1 to 9998, in one of our zones.
func drawTime(t *rapid.T, label string) time.Time {
	zone := rapid.SampledFrom([]*time.Location{time.UTC, wib, wita}).Draw(t, label+" zone")
	seconds := rapid.Int64Range(-62135596800, 253370764800).Draw(t, label)
	return time.Unix(seconds, rapid.Int64Range(0, 999_999_999).Draw(t, label+" ns")).In(zone)
}

var (
	wib  = time.FixedZone("WIB", 7*60*60)
	wita = time.FixedZone("WITA", 8*60*60)
)

func TestParsersTakeOnlyWhatWasWritten(t *testing.T) {
	for _, s := range []string{"", "42", "-0000000000000000042", "+0000000000000000042", "99999999999999999999", strings.Repeat("0", 21)} {
		if n, err := ParseNum(s); err == nil {
			t.Errorf("ParseNum(%q) = %d", s, n)
		}
	}
	for _, s := range []string{"", "20261124", "20261124T080405Z", "20261124T080405,000000000Z", "20261124T080405.00000000Z", "20261324T080405.000000000Z"} {
		if at, err := ParseStamp(s); err == nil {
			t.Errorf("ParseStamp(%q) = %v", s, at)
		}
	}
}

func TestScanOfAPrefixIsTheRangeOfAllThatBeginWithIt(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune{0, 'a', 'b', '/', 0x7f}), 0, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		prefix := Key(word.Draw(t, "prefix"))
		if rapid.Bool().Draw(t, "ends high") {
			prefix += "\xff\xff"
		}
		key, end := Key(word.Draw(t, "key")), after(prefix)
		if rapid.Bool().Draw(t, "extends") {
			key = prefix + key
		}
		within := key >= prefix && (end == "" || key < end)
		if within != strings.HasPrefix(string(key), string(prefix)) {
			t.Errorf("%q in [%q, %q) is %v", key, prefix, end, within)
		}
	})
}
