package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// errNoMoment says that what was said does not begin with a time.
var errNoMoment = errors.New("no time is said here")

// vagueHour is a number with h behind it under an Indonesian verb, where h may
// be meant as hari, a day, or as an hour.
type vagueHour string

func (n vagueHour) Error() string {
	return fmt.Sprintf("%sh is hours in English and may be days in Indonesian", string(n))
}

// wakeHour is the hour that is meant by a day alone: "besok" is 07:00.
const wakeHour = 7

// moment reads from the start of words until when something is to last, and
// returns the words behind it. Understood are spans ("2j", "30 menit", "1j30m",
// "3 hari", "selama 2 jam"), days ("besok", "lusa 09:00", each 07:00 unless
// said) and points in time ("sampai 14:00", "sampai jam 14", "sampai Sel
// 14.00 WIB", "until tomorrow"), in both languages, the next of its kind after
// now in the zone of the site. h is an hour under an English verb and else a
// vagueHour. The time is after now; other errors are errNoMoment.
func moment(words []string, english bool, now time.Time, zone *time.Location) (until time.Time, rest []string, err error) {
	switch {
	case len(words) == 0:
		return time.Time{}, nil, errNoMoment
	case isAny(words[0], "sampai", "hingga", "s/d", "until", "till"):
		return pointIn(words[1:], now.In(zone))
	case days(words[0]) > 0:
		return pointIn(words, now.In(zone))
	case isAny(words[0], "selama", "for"):
		words = words[1:]
	}
	span, rest, err := spanIn(words, english)
	if err == nil && span == 0 {
		err = errNoMoment
	}
	return now.Add(span), rest, err
}

func isAny(word string, among ...string) bool { return slices.Contains(among, strings.ToLower(word)) }

// units are what a span is counted in, the largest first.
func units() []struct {
	length time.Duration
	names  []string
} {
	return []struct {
		length time.Duration
		names  []string
	}{
		{7 * 24 * time.Hour, []string{"minggu", "w", "week", "weeks"}},
		{24 * time.Hour, []string{"hari", "d", "day", "days"}},
		{time.Hour, []string{"j", "jam", "h", "hour", "hours"}},
		{time.Minute, []string{"m", "mnt", "menit", "min", "minute", "minutes"}},
	}
}

// spanIn reads one span: numbers with units, the larger unit first and each
// once, with or without spaces between them. A word that begins as one and ends
// otherwise is none.
func spanIn(words []string, english bool) (sum time.Duration, rest []string, err error) {
	last, torn := -1, false
	for len(words) > 0 {
		part, unit, rest := spanPart(words)
		if part == "" || unit <= last {
			break
		}
		if isHour(words, rest) && !english {
			return 0, words, vagueHour(part)
		}
		n, _ := strconv.Atoi(part) // at most maxCount digits
		sum += time.Duration(n) * units()[unit].length
		torn = len(rest) == len(words) // the rest of the word is the first one left
		words, last = rest, unit
	}
	if last < 0 || torn {
		return 0, words, errNoMoment
	}
	return sum, words, nil
}

// maxCount is how many digits the number of a span may have: no time that is
// meant has more, and sums stay far from their end.
const maxCount = 4

// spanPart takes one number and its unit off words, and what is left of a word
// in which more follows: "1j30m". The number is empty where there is none.
func spanPart(words []string) (number string, unit int, rest []string) {
	word := words[0]
	digits := len(word) - len(strings.TrimLeft(word, "0123456789"))
	if digits == 0 || digits > maxCount {
		return "", 0, words
	}
	number, word, words = word[:digits], word[digits:], words[1:]
	if word == "" { // "2 jam"
		if len(words) == 0 {
			return "", 0, words
		}
		word, words = words[0], words[1:]
	}
	name, more := word, ""
	if i := strings.IndexAny(word, "0123456789"); i > 0 {
		name, more = word[:i], word[i:]
	}
	for i, u := range units() {
		if isAny(name, u.names...) {
			if more == "" {
				return number, i, words
			}
			return number, i, slices.Concat([]string{more}, words)
		}
	}
	return "", 0, words
}

// isHour reports whether a part of a span ended in h.
func isHour(words, rest []string) bool {
	word := strings.ToLower(words[0])
	if strings.Trim(word, "0123456789") == "" {
		word = strings.ToLower(words[1])
	}
	word = strings.TrimLeft(word, "0123456789")
	if len(rest) > 0 {
		word = strings.TrimSuffix(word, strings.ToLower(rest[0]))
	}
	return word == "h"
}

// pointIn reads a day, a clock, or both; now is in the zone of the site.
func pointIn(words []string, now time.Time) (time.Time, []string, error) {
	day, clocked := 0, false
	if len(words) > 0 {
		if day = days(words[0]); day == 0 {
			day = weekday(words[0], now)
		}
	}
	if day > 0 {
		words = words[1:]
	}
	hour, minute := wakeHour, 0
	h, m, zone, rest, ok := clockIn(words)
	if ok {
		hour, minute, words, clocked = h, m, rest, true
	}
	if day == 0 && !clocked {
		return time.Time{}, words, errNoMoment
	}
	if zone != nil {
		now = now.In(zone)
	}
	at := time.Date(now.Year(), now.Month(), now.Day()+day, hour, minute, 0, 0, now.Location())
	if !at.After(now) { // only a clock alone can be past: then tomorrow's is meant
		at = time.Date(now.Year(), now.Month(), now.Day()+1, hour, minute, 0, 0, now.Location())
	}
	return at, words, nil
}

// days is how many days ahead a word is; 0: it is no such word.
func days(word string) int {
	switch {
	case isAny(word, "besok", "tomorrow"):
		return 1
	case isAny(word, "lusa"):
		return 2
	}
	return 0
}

// weekday is how many days ahead the next day of that name is, 1 to 7; 0: it
// is no name of a day.
func weekday(word string, now time.Time) int {
	names := [7][]string{
		{"minggu", "min", "ahad", "sunday", "sun"},
		{"senin", "sen", "monday", "mon"},
		{"selasa", "sel", "tuesday", "tue"},
		{"rabu", "rab", "wednesday", "wed"},
		{"kamis", "kam", "thursday", "thu"},
		{"jumat", "jum'at", "jum", "friday", "fri"},
		{"sabtu", "sab", "saturday", "sat"},
	}
	for day, of := range names {
		if isAny(word, of...) {
			return (day-int(now.Weekday())+6)%7 + 1
		}
	}
	return 0
}

// clockIn takes a time of the day off words: "14:00", "14.00", "jam 14", with
// or without the zone behind it.
func clockIn(words []string) (hour, minute int, zone *time.Location, rest []string, ok bool) {
	named := len(words) > 1 && isAny(words[0], "jam", "pukul", "at", "pk")
	if named {
		words = words[1:]
	}
	if len(words) == 0 {
		return 0, 0, nil, words, false
	}
	hour, minute, ok = parseClock(words[0], named)
	if !ok {
		return 0, 0, nil, words, false
	}
	words = words[1:]
	if len(words) > 0 {
		if zone = indonesian(words[0]); zone != nil {
			words = words[1:]
		}
	}
	return hour, minute, zone, words, true
}

// parseClock reads "14:00" or "14.00", and a bare "14" where that must be an hour.
func parseClock(word string, bare bool) (hour, minute int, ok bool) {
	h, m, split := strings.Cut(strings.Replace(word, ".", ":", 1), ":")
	if !split && bare {
		m = "00"
	}
	hour, badHour := strconv.Atoi(h)
	minute, badMinute := strconv.Atoi(m)
	if badHour != nil || badMinute != nil || len(h) > 2 || len(m) != 2 || strings.ContainsAny(h+m, "+-") {
		return 0, 0, false
	}
	return hour, minute, minute < 60 && (hour < 24 || hour == 24 && minute == 0)
}

// indonesian returns one of the three zones of the country by the name that
// people write behind a time, or nil.
func indonesian(word string) *time.Location {
	for i, name := range []string{"WIB", "WITA", "WIT"} {
		if strings.EqualFold(word, name) {
			return time.FixedZone(name, (7+i)*60*60)
		}
	}
	return nil
}

// askMoment asks for the time that a command needs, by the error of moment and
// a whole command as an example.
func (t *turn) askMoment(err error, example string) Answer {
	if n, vague := errors.AsType[vagueHour](err); vague {
		return t.private(askHour, "n", string(n))
	}
	return t.private(askMoment, "example", example)
}
