package source

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/text"
)

// zoned splits a time of day from the zone behind it.
var zoned = regexp.MustCompile(`(?i)^(.*?:\d\d(?::\d\d)?(?:\.\d+)?(?: [AP]M)?) ?(Z|UT|UTC|GMT|WIB|WITA|WIT)? ?(?:([+-])(\d\d?):?(\d\d)?)?(?: ?\(.*\))?$`)

// dotted is a time of day as Indonesian newsrooms write it: 14.05.
var dotted = regexp.MustCompile(`^\d\d?\.\d\d(\.\d\d)?$`)

// isoT is the letter between date and time in ISO 8601.
var isoT = regexp.MustCompile(`(\d)[Tt](\d)`)

// parseDate reads the dates that gofeed gets wrong: Indonesian names of days
// and months, Indonesian zones (gofeed 1.4.2 takes WIB and GMT+7 for UTC), and
// dates without a zone, which are meant in loc. Numbers are day first. What it
// does not know, such as other named zones, it leaves to others: ok is false.
func parseDate(raw string, loc *time.Location) (t time.Time, ok bool) {
	text := englishDate(raw)
	if strings.Contains(text, ":") {
		m := zoned.FindStringSubmatch(text)
		if m == nil {
			return time.Time{}, false
		}
		text, loc = m[1], zone(m[2], m[3], m[4], m[5], loc)
	}
	for _, day := range []string{"2 Jan 2006", "2006-1-2", "Jan 2 2006", "2/1/2006", "2-1-2006", "2.1.2006", "2006/1/2", "2-Jan-06", "2 Jan 06"} {
		for _, clock := range []string{" 15:04:05", " 15:04", "", " 3:04:05 PM", " 3:04 PM"} {
			if t, err := time.ParseInLocation(day+clock, text, loc); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

func zone(name, sign, hours, minutes string, loc *time.Location) *time.Location {
	if sign != "" {
		h, _ := strconv.Atoi(hours) // the pattern lets only digits through
		m, _ := strconv.Atoi(minutes)
		offset := h*60*60 + m*60
		if sign == "-" {
			offset = -offset
		}
		return time.FixedZone("", offset)
	}
	switch strings.ToUpper(name) {
	case "":
		return loc
	case "WIB":
		return time.FixedZone("WIB", 7*60*60)
	case "WITA":
		return time.FixedZone("WITA", 8*60*60)
	case "WIT":
		return time.FixedZone("WIT", 9*60*60)
	default:
		return time.UTC
	}
}

// englishDate leaves of a date what tells the time, in English: no day of the
// week, no commas, short months.
func englishDate(raw string) string {
	raw = isoT.ReplaceAllString(raw, "$1 $2")
	words := strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune(" \t\r\n,|", r) })
	kept := words[:0]
	for _, word := range words {
		switch short := month(word); {
		case short != "":
			kept = append(kept, short)
		case dotted.MatchString(word):
			kept = append(kept, strings.ReplaceAll(word, ".", ":"))
		case !filler(word):
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

// month returns the English short form of an English or Indonesian month.
func month(word string) string {
	if m := text.Month(strings.ToLower(strings.TrimSuffix(word, "."))); m > 0 {
		return time.Month(m).String()[:3]
	}
	return ""
}

func filler(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "pukul", "jam", "at", "-",
		"senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "jum’at", "sabtu", "minggu", "ahad",
		"sen", "sel", "rab", "kam", "jum", "sab", "min", "mgg",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun":
		return true
	default:
		return false
	}
}
