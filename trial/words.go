package trial

import (
	"fmt"
	"strings"
	"time"

	"github.com/siaga-id/siaga/rules"
)

// Level is a severity in the word of rule files.
func Level(s rules.Severity) string {
	switch s {
	case rules.Critical:
		return "critical"
	case rules.Warning:
		return "warning"
	default:
		return "info"
	}
}

// Span is a length of time as rule files write it: 1d2h, 30m, 45s. It is cut
// to seconds, from a day on to minutes, and a negative one is none.
func Span(d time.Duration) string {
	d = max(0, d).Truncate(time.Second)
	if d > 24*time.Hour {
		d = d.Truncate(time.Minute)
	}
	var b strings.Builder
	for _, u := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / u.length; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u.name)
			d -= n * u.length
		}
	}
	if b.Len() == 0 {
		return "0m"
	}
	return b.String()
}

// Count says how many of a thing there are: "1 post", "2 posts".
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
