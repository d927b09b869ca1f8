package bot

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/promise"

	"github.com/siaga-id/siaga/text"
)

var (
	// errPast says that a date is over, or was over so lately that it is hardly
	// meant for next year.
	errPast = errors.New("that day is over")
	// errFar says that a date lies further ahead than a promise may.
	errFar = errors.New("that day is too far ahead")
)

// lately is how long a day that is written without its year may be over and is
// still taken for a slip, and not for that day of next year.
const lately = 90 * 24 * time.Hour

// deadline reads until when something is promised from all of words: a date
// ("sampai 5 Des", "5 Desember 2026 14:00", "5/12", "2026-12-05", "until Dec 5"), a
// day ("hari ini", "besok", "Jumat", "Jumat 5 Des"), a clock ("jam 14", "14:00"), or
// a span ("3 hari", "dalam 2 minggu", "2 jam"), by the clocks of zone. A day without a
// time lasts until its last minute. The error is errNoMoment, a vagueHour,
// errPast or errFar.
func deadline(words []string, english bool, now time.Time, zone *time.Location) (time.Time, error) {
	now = now.In(zone)
	due, rest, err := dueIn(until(words), english, now)
	switch {
	case err != nil:
		return time.Time{}, err
	case len(rest) > 0:
		return time.Time{}, errNoMoment
	case !due.After(now):
		return time.Time{}, errPast
	case due.Sub(now) > promise.LongestAhead:
		return time.Time{}, errFar
	}
	return due, nil
}

// until takes the words off that stand before a time.
func until(words []string) []string {
	switch {
	case len(words) > 1 && isAny(words[0], "sampai", "hingga", "s/d", "until", "till", "by"):
		words = words[1:]
	case len(words) > 2 && isAny(words[0], "paling") && isAny(words[1], "lambat", "lama"):
		words = words[2:]
	}
	if len(words) > 1 && isAny(words[0], "dalam", "tanggal", "tgl", "hari", "in", "on") && !isAny(words[1], "ini") {
		words = words[1:]
	}
	return words
}

// dueIn reads a time from the start of words; now is in the zone of the site.
func dueIn(words []string, english bool, now time.Time) (due time.Time, rest []string, err error) {
	if len(words) == 0 {
		return time.Time{}, nil, errNoMoment
	}
	ahead, used := dayIn(words, now)
	date, left, err := dateIn(words[used:], english, now)
	switch {
	case used > 0 && err == nil: // "Jumat 5 Des" has to be one
		if ahead > 7 || date.Weekday() != now.AddDate(0, 0, ahead).Weekday() {
			return time.Time{}, nil, errNoMoment
		}
		return atClock(date, left)
	case used > 0:
		return atClock(now.AddDate(0, 0, ahead), words[used:])
	case err == nil:
		return atClock(date, left)
	case !errors.Is(err, errNoMoment):
		return time.Time{}, nil, err
	}
	switch span, left, err := spanIn(words, english); {
	case errors.Is(err, errNoMoment):
		return pointIn(words, now)
	case err != nil:
		return time.Time{}, nil, err
	case span == 0:
		return time.Time{}, nil, errNoMoment
	case span%(24*time.Hour) == 0:
		return atClock(now.Add(span), left)
	default:
		return now.Add(span), left, nil
	}
}

// dayIn reads a day by its name: how many days ahead it is, and how many words
// say so; 0 words: it is none.
func dayIn(words []string, now time.Time) (ahead, used int) {
	switch {
	case len(words) > 1 && isAny(words[0], "hari") && isAny(words[1], "ini"):
		return 0, 2
	case isAny(words[0], "today"):
		return 0, 1
	}
	if ahead = days(words[0]); ahead == 0 {
		ahead = weekday(words[0], now)
	}
	if ahead > 0 {
		used = 1
	}
	return ahead, used
}

// atClock reads the time of a day, or takes the last minute of it.
func atClock(day time.Time, words []string) (due time.Time, rest []string, err error) {
	hour, minute, zone, rest, ok := clockIn(words)
	if !ok {
		return time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, day.Location()), words, nil
	}
	if zone == nil {
		zone = day.Location()
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, zone), rest, nil
}

// dateIn reads a date from the start of words: a time on that day in the zone
// of now.
func dateIn(words []string, english bool, now time.Time) (day time.Time, rest []string, err error) {
	if len(words) == 0 {
		return time.Time{}, nil, errNoMoment
	}
	d, m, y, ok := figures(words[0], english)
	rest = words[1:]
	if !ok {
		if len(words) < 2 {
			return time.Time{}, nil, errNoMoment
		}
		d, m = number2(words[0]), monthIn(words[1])
		if m == 0 { // "Dec 5"
			d, m = number2(words[1]), monthIn(words[0])
		}
		rest = words[2:]
		if len(rest) > 0 && isYear(rest[0]) {
			y, _ = strconv.Atoi(rest[0])
			rest = rest[1:]
		}
	}
	if d == 0 || m == 0 {
		return time.Time{}, nil, errNoMoment
	}
	day, err = dated(d, m, y, now)
	return day, rest, err
}

// dated is the day of a date. Without a year it is the next of that name.
func dated(d, m, y int, now time.Time) (time.Time, error) {
	on := func(y int) (time.Time, bool) {
		t := time.Date(y, time.Month(m), d, 23, 59, 0, 0, now.Location())
		return t, t.Day() == d
	}
	year := y
	if year == 0 {
		year = now.Year()
	}
	t, real := on(year)
	switch {
	case y == 0 && real && now.Sub(t) > lately, y == 0 && !real:
		t, real = on(year + 1)
	case real && !t.After(now):
		return time.Time{}, errPast
	}
	if !real {
		return time.Time{}, errNoMoment
	}
	return t, nil
}

// figures reads "2026-12-05", "5/12/2026" and, as Indonesians write it, "5/12". An
// English reader may take that for the twelfth of May.
func figures(word string, english bool) (d, m, y int, ok bool) {
	if t, err := time.Parse(time.DateOnly, word); err == nil {
		return t.Day(), int(t.Month()), t.Year(), true
	}
	parts := strings.FieldsFunc(word, func(r rune) bool { return r == '/' || r == '-' })
	if strings.Count(word, "/")+strings.Count(word, "-") != len(parts)-1 || len(parts) < 2 || len(parts) > 3 {
		return 0, 0, 0, false
	}
	d, m = number2(parts[0]), number2(parts[1])
	if len(parts) == 3 {
		if !isYear(parts[2]) {
			return 0, 0, 0, false
		}
		y, _ = strconv.Atoi(parts[2])
	}
	ok = d > 0 && m > 0 && m <= 12 && (!english || d > 12)
	return d, m, y, ok
}

// number2 reads one or two digits; 0: it is something else.
func number2(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 2 || n < 0 || strings.ContainsAny(s, "+-") {
		return 0
	}
	return n
}

func isYear(s string) bool {
	return len(s) == 4 && strings.HasPrefix(s, "20") && strings.Trim(s, "0123456789") == ""
}

// monthIn is 1 to 12 for the name of a month; 0: it is none.
func monthIn(word string) int { return text.Month(strings.ToLower(strings.TrimSuffix(word, "."))) }

// due says until when something is promised: only the day where all of it is meant.
func (l *Lang) due(t, now time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	if in := t.In(zone); in.Hour() == 23 && in.Minute() == 59 {
		return l.date(in, now.In(zone))
	}
	return l.clock(t, now, zone)
}
