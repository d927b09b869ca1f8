package fakeslack

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// stamp is a Slack ts in microseconds: the id of a message in its channel, and its place in time.
type stamp int64

func (t stamp) String() string {
	if t == 0 {
		return ""
	}
	return fmt.Sprintf("%d.%06d", t/1e6, t%1e6)
}

// parseStamp reads "1700000000.000100"; the fraction may be shorter, or absent as in oldest=0.
func parseStamp(text string) (stamp, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if whole == "" || len(fraction) > 6 {
		return 0, false
	}
	micros, err := strconv.ParseUint(whole+fraction+strings.Repeat("0", 6-len(fraction)), 10, 63)
	return stamp(micros), err == nil
}

// stamp returns a ts that no message of the workspace has and that is later than all of them.
func (s *Server) stamp() stamp {
	s.last = max(s.last+1, stamp(time.Now().UnixMicro()))
	return s.last
}
