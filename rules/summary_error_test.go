package rules

import (
	"strings"
	"testing"
)

func TestAWrongSummaryIsExplainedWithoutTheWordsOfGo(t *testing.T) {
	for summary, want := range map[string]string{
		"{{ .Suara }} suara":                 "a summary knows no .Suara",
		"{{ if .Posts }}{{ .Pos }}{{ end }}": "a summary knows no .Pos",
		"{{ Voices }} suara":                 `a summary cannot do "Voices"; names begin with a point`,
		"{{ .Voices suara":                   `a summary cannot do "suara"; names begin with a point`,
		"{{ .Voices":                         "a {{ has no matching }}",
		"{{ .Voices } suara":                 "a {{ has no matching }}",
		"{{ if .Site }}di {{ .Site }}":       "an {{ if }} or {{ range }} has no {{ end }}",
		"{{ .Voices }}{{ end }}":             "an {{ end }} has no {{ if }} before it",
		"{{ }}":                              "there is nothing between {{ and }}",
		"{{ .Voices | 5 }}":                  "what stands between {{ and }} cannot be read",
		`{{ len .Posts }}`:                   "what stands between {{ and }} cannot be read",
		`{{ template "x" }}`:                 "what stands between {{ and }} cannot be read",
	} {
		_, err := parseSummary(summary)
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", summary, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "template") {
			t.Errorf("%s: %v", summary, err)
		}
	}
}
