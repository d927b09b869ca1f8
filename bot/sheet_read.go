package bot

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/siaga-id/siaga/facts"
)

// wrongIf refuses what a field holds.
func (s *sheet) wrongIf(bad bool, key string) {
	if bad {
		e, _ := entryOf(strings.ReplaceAll(key, "_", " "))
		s.refuse(e, s.lackOr(e))
	}
}

// source reads a name and an address behind it.
func (s *sheet) source() facts.Source {
	written := s.values["source"]
	sum := strings.ToLower(s.values["sha256"])
	s.wrongIf(sum != "" && !isSum(sum), "sha256")
	i := strings.Index(strings.ToLower(written), "http")
	if i < 0 {
		return facts.Source{Name: written, SHA256: sum} // without an address it is refused
	}
	address, _ := cutWord(written[i:])
	address = strings.TrimRight(address, ">),;")
	name := strings.TrimSpace(strings.TrimRight(written[:i], " ,;:–-(<"))
	u, err := url.Parse(address)
	s.wrongIf(err != nil || u.Host == "" || name == "", "source")
	return facts.Source{Name: name, URL: address, SHA256: sum}
}

func isSum(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

func (s *sheet) tier() int {
	word, _ := cutWord(s.values["tier"])
	n, err := strconv.Atoi(word)
	s.wrongIf(err != nil && word != "", "tier")
	return n
}

func (s *sheet) yes(key string) bool {
	said := strings.ToLower(s.values[key])
	s.wrongIf(said != "" && !isAny(said, "ya", "yes", "tidak", "no"), key)
	return isAny(said, "ya", "yes")
}

// date returns a day that has come, as a fact file has it.
func (s *sheet) date() string {
	written := s.values["date"]
	if written == "" {
		return ""
	}
	day, ok := readDay(written, s.zone(nil))
	s.wrongIf(!ok || day.After(s.at), "date")
	return day.Format(time.DateOnly)
}

// until returns the end of the last day.
func (s *sheet) until() time.Time {
	written := s.values["valid_until"]
	if written == "" {
		return time.Time{}
	}
	day, ok := readDay(written, s.zone(nil))
	end := day.AddDate(0, 0, 1)
	s.wrongIf(!ok || !end.After(s.at), "valid_until")
	return end
}

// readDay reads a day as the midnight with which it begins.
func readDay(written string, zone *time.Location) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, "2-1-2006", "2/1/2006", "2.1.2006"} {
		if day, err := time.ParseInLocation(layout, written, zone); err == nil {
			return day, true
		}
	}
	return time.Time{}, false
}

// among reads keys or names of topics or sites. No site means all.
func (s *sheet) among(key string) []string {
	topics, sites := s.Labels()
	known := said(topics)
	if key == "sites" {
		known = said(sites)
	}
	var keys []string
	for part := range strings.SplitSeq(s.values[key], ",") {
		part = strings.ToLower(strings.TrimSpace(part))
		if part == "" || key == "sites" && isAny(part, "semua", "all") {
			continue
		}
		found, ok := known[part]
		s.wrongIf(!ok, key)
		keys = with(keys, found)
	}
	return keys
}

// replaces returns the id of a fact in force.
func (s *sheet) replaces() string {
	written := s.values["superseded_by"]
	if written == "" {
		return ""
	}
	f, found := s.Bank.InForce().Find(written)
	s.wrongIf(!found || !f.Live(s.at), "superseded_by")
	return f.ID
}
