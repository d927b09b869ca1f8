package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/siaga-id/siaga/query"
)

var testWords = map[string]query.Words{"debu": {Roots: []string{"debu"}}, "pabrik": {Roots: []string{"pabrik", "kiln"}}}

// good is a rule to which nothing can be said.
func good(name string) Rule {
	return Rule{
		Name: name, Group: "lingkungan", Query: `$debu NEAR/8 $pabrik NOT giveaway`, By: []string{"site"},
		When: When{Unit: Voices, N: 5, Within: 30 * time.Minute}, For: 5 * time.Minute, KeepFiring: 30 * time.Minute,
		Topic: "debu", Severity: Warning, Summary: "{{ .Voices }} suara di {{ .Site }}",
		Examples: Examples{Match: []string{"debu dari pabrik"}, NoMatch: []string{"giveaway: debu pabrik", "debu"}},
	}
}

// mistaken is a rule that is good but for one thing.
func mistaken(name string, change func(*Rule)) Rule {
	r := good(name)
	change(&r)
	return r
}

func TestEveryMistakeOfEveryRuleIsReportedAtItsPlace(t *testing.T) {
	set, problems := Compile(Book{Words: testWords, Rules: []Rule{
		good("Baik"),
		mistaken("Kurung", func(r *Rule) { r.Query = "debu (pabrik"; r.Summary = "{{ .Suara }}" }),
		mistaken("Set", func(r *Rule) { r.Query = "debu $pabrk" }),
		mistaken("Volume", func(r *Rule) { r.When = When{} }),
		mistaken("Contoh", func(r *Rule) {
			r.Examples = Examples{Match: []string{"debu pabrik", "asap"}, NoMatch: []string{"asap", "abu", "pabrik penuh debu"}}
		}),
		mistaken("Baik", func(r *Rule) { r.Group = "lain" }),
	}})
	if set != nil {
		t.Error("a set with mistakes is handed out")
	}
	want := []Problem{
		{Rule: 1, Field: "query", Offset: len("debu ")},
		{Rule: 1, Field: "summary"},
		{Rule: 2, Field: "query", Offset: len("debu ")},
		{Rule: 3, Field: "for"},
		{Rule: 3, Field: "keep_firing_for"},
		{Rule: 4, Field: "match", Item: 1},
		{Rule: 4, Field: "no_match", Item: 2},
		{Rule: 5, Field: "alert"},
	}
	if diff := cmp.Diff(want, problems, cmpopts.IgnoreFields(Problem{}, "Msg", "Hint")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for i, say := range []string{"", ".Suara", "$pabrk", "without a condition that lasts", "without a condition that lasts", `"asap"`, `"pabrik penuh debu"`, `"lingkungan"`} {
		if i < len(problems) && (problems[i].Msg == "" || !strings.Contains(problems[i].Msg, say)) {
			t.Errorf("%s of rule %d: %q does not say %q", problems[i].Field, problems[i].Rule, problems[i].Msg, say)
		}
	}
	if hint := "did you mean $pabrik?"; len(problems) > 2 && problems[2].Hint != hint {
		t.Errorf("hint %q, want %q", problems[2].Hint, hint)
	}
}

func TestASummaryThatWouldFailIsRefused(t *testing.T) {
	for name, summary := range map[string]string{
		"not closed":         "{{ .Voices suara",
		"no such value":      "{{ .Penulis }}",
		"no such function":   "{{ upper .Site }}",
		"when there is much": "{{ if gt .Voices 10 }}{{ .Penulis }}{{ end }}",
		"when there is none": "{{ if .Site }}{{ .Site }}{{ else }}{{ .Penulis }}{{ end }}",
		"a number as a list": "{{ index .Voices 3 }}",
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := Compile(Book{Words: testWords, Rules: []Rule{mistaken("Debu", func(r *Rule) { r.Summary = summary })}})
			if len(problems) != 1 || problems[0].Field != "summary" || problems[0].Hint == "" {
				t.Errorf("%q: %+v", summary, problems)
			}
		})
	}
}

func TestASetKnowsItsRules(t *testing.T) {
	if n := mustSet(t, Book{}).Len(); n != 0 {
		t.Errorf("an empty book has %d rules", n)
	}
	if n := mustSet(t, Book{Words: testWords, Rules: []Rule{good("Debu"), good("Abu")}}).Len(); n != 2 {
		t.Errorf("%d rules, want 2", n)
	}
}

func TestASummaryWritesDurationsAsAdminsDo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		30 * time.Minute:              "30m",
		time.Hour:                     "1h",
		90 * time.Minute:              "1h30m",
		24 * time.Hour:                "24h",
		10 * time.Hour:                "10h",
		45 * time.Second:              "45s",
		time.Hour + 5*time.Second:     "1h0m5s",
		20*time.Minute + time.Second:  "20m1s",
		10*time.Minute + 10*time.Hour: "10h10m",
	} {
		if got := short(d); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
}

func TestASiteWithoutANameIsCalledByItsKey(t *testing.T) {
	r := keywordRule("Kata", "debu")
	r.Summary = "{{ .Site }}/{{ .Within }}"
	x := newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{r}, Sites: map[string]string{"kupang": "Kupang Raya"}})
	posts := several("a", 2, 0)
	posts[0].Site = "kupang"
	var got []string
	for _, f := range x.at(0, posts...) {
		got = append(got, f.Summary)
	}
	if want := "[Kupang Raya/24h rembang/24h]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestAWindowIsWrittenAsTheBookSays(t *testing.T) {
	r := keywordRule("Kata", "debu")
	r.Summary = "dalam {{ .Within }}"
	x := newTrial(t)
	x.set = mustSet(t, Book{Rules: []Rule{r}, Span: func(d time.Duration) string { return fmt.Sprint(d.Hours(), " jam") }})
	if said := x.at(0, post("a", 0)); len(said) != 1 || said[0].Summary != "dalam 24 jam" || said[0].Wide {
		t.Errorf("%+v", said)
	}
}
