package guard

import (
	"fmt"
	"strings"
)

// clock reads 17.00 WIB, pukul 17.00, 17:00 and 5 pm.
func (s *scanner) clock(i int) int {
	head, rest := cutDigits(s.words[i].spelled)
	hour := whole(head)
	if hour < 0 || hour > 24 {
		return i
	}
	next, minute, gap := i+1, 0, ""
	if rest == "" && next < len(s.words) && (s.words[next].gap == "." || s.words[next].gap == ":") {
		m, tail := cutDigits(s.words[next].spelled)
		if len(m) == 2 && whole(m) < 60 {
			minute, rest, gap = whole(m), tail, s.words[next].gap
			next++
		}
	}
	zone := rest
	if rest == "" && next < len(s.words) && strings.Trim(s.words[next].gap, " .\u00a0") == "" {
		zone = s.words[next].spelled
	}
	led := i > 0 && (s.words[i-1].spelled == "pukul" || s.words[i-1].spelled == "jam" || s.words[i-1].spelled == "at" && gap != "")
	switch zone {
	case "wib", "wita", "wit", "am":
	case "pm":
		if hour < 12 {
			hour += 12
		}
	default:
		if !led && gap != ":" || rest != "" {
			return i
		}
		zone = ""
	}
	if zone != "" && rest == "" {
		next++
	}
	return s.keep(figure{sort: aClock, value: fmt.Sprintf("%02d:%02d", hour, minute), unit: strings.TrimSuffix(strings.TrimSuffix(zone, "pm"), "am")}, i, next)
}
