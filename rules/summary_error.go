package rules

import (
	"errors"
	"fmt"
	"regexp"
)

// summaryError says in an admin's words what package text/template has against
// a summary. The field's hint lists what there is.
func summaryError(err error) error {
	for _, known := range []struct{ pattern, says string }{
		{`can't evaluate field (\w+)`, "a summary knows no .%s"},
		{`function "([^"]+)" not defined`, "a summary cannot do %q; names begin with a point"},
		{`unclosed action|unterminated|unexpected "}" in`, "a {{ has no matching }}"},
		{`unexpected EOF`, "an {{ if }} or {{ range }} has no {{ end }}"},
		{`unexpected {{end}}`, "an {{ end }} has no {{ if }} before it"},
		{`missing value for`, "there is nothing between {{ and }}"},
	} {
		found := regexp.MustCompile(known.pattern).FindStringSubmatch(err.Error())
		switch {
		case len(found) == 2:
			return fmt.Errorf(known.says, found[1])
		case found != nil:
			return errors.New(known.says)
		}
	}
	return errors.New("what stands between {{ and }} cannot be read")
}
