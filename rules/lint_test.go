package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/query"
)

// lintOf returns what Lint says of rules, as "Rule0@12: message (hint)".
func lintOf(t testing.TB, around query.Around, rules ...Rule) string {
	t.Helper()
	for i := range rules {
		rules[i].Name = fmt.Sprintf("Rule%d", i)
	}
	var b strings.Builder
	for _, p := range mustSet(t, Book{Rules: rules}).Lint(around) {
		fmt.Fprintf(&b, "%s@%d: %s (%s)\n", rules[p.Rule].Name, p.Offset, p.Msg, p.Hint)
	}
	return b.String()
}

// tried is a rule that has been tried on a text that it must not match.
func tried(query string) Rule {
	return Rule{Query: query, Examples: Examples{NoMatch: []string{"lowongan"}}}
}

func TestEachRuleIsToldWhatItHardlyMeans(t *testing.T) {
	got := lintOf(t, query.Around{Sample: []string{"cemaran"}},
		tried("abu tercemar*"),
		Rule{Query: "pabrik abu"},
		Rule{Query: "pabrik tercemar* cemara* abu NOT abu"},
		Rule{Query: "pabrik abu"},
	)
	want := `Rule0@4: tercemar* catches none of the 1 words in the sample (see whether it is spelled right)
Rule1@7: "abu" has 3 letters and is looked for anywhere (put NEAR beside it, or add a no_match example)
Rule2@17: cemara* catches cemaran (1) (if some are other words, name those that you mean)
Rule2@25: the rule can never fire: abu is asked for, and left out by NOT abu (take one of them out)
Rule3@7: "abu" has 3 letters and is looked for anywhere (put NEAR beside it, or add a no_match example)
Rule3@0: the rule is met by the same posts and at the same moments as Rule1 (keep one of them, or give one another when:)
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestARuleThatSaysWhatAnotherSaysIsFound(t *testing.T) {
	day := When{Unit: Voices, N: 5, Within: 24 * time.Hour}
	with := func(query string, change func(*Rule)) Rule {
		r := tried(query)
		r.When = day
		change(&r)
		return r
	}
	same := func(*Rule) {}
	got := lintOf(t, query.Around{},
		with("pabrik NEAR/3 (debu OR abu) NOT kiln", same),
		with("NOT kiln (abu OR debu OR abu) NEAR/3 pabrik", func(r *Rule) { r.Topic = "lain" }),
		with("pabrik NEAR/3 (debu OR abu) NOT kiln", func(r *Rule) { r.When.N = 20 }), // a ladder
		with("pabrik NEAR/3 (debu OR abu) NOT kiln", func(r *Rule) { r.By = []string{"site"} }),
		with("pabrik NEAR/3 (debu OR abu) NOT kiln", func(r *Rule) { r.For = time.Minute }),
		with("pabrik NEAR/3 (debu OR abu) NOT kiln", func(r *Rule) { r.Shadow = true }),
		with("pabrik NEAR/4 (debu OR abu) NOT kiln", same),
		with("pabrik ONEAR/3 (debu OR abu) NOT kiln", same),
		with("(debu OR abu) ONEAR/3 pabrik NOT kiln", same),
		with("=pabrik NEAR/3 (debu OR abu) NOT kiln", same),
	)
	if want := "Rule1@0: the rule is met by the same posts and at the same moments as Rule0 (keep one of them, or give one another when:)\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
