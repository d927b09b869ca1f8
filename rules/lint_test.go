package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
)

// lintOf returns what Lint says of queries, each in a rule of its own, as
// "Rule0@12: message (hint)".
func lintOf(t testing.TB, around Around, rules ...Rule) string {
	t.Helper()
	for i := range rules {
		rules[i].Name = fmt.Sprintf("Rule%d", i)
	}
	words := map[string]Words{
		"debu":   {Roots: []string{"debu", "abu", "polusi udara"}, Also: []string{"lebu"}},
		"abu":    {Roots: []string{"abu"}},
		"pabrik": {Roots: []string{"pabrik", "kiln"}},
	}
	var b strings.Builder
	for _, p := range mustSet(t, Book{Words: words, Rules: rules}).Lint(around) {
		fmt.Fprintf(&b, "%s@%d: %s (%s)\n", rules[p.Rule].Name, p.Offset, p.Msg, p.Hint)
	}
	return b.String()
}

// tried is a rule that has been tried on a text that it must not match.
func tried(query string) Rule {
	return Rule{Query: query, Examples: Examples{NoMatch: []string{"lowongan"}}}
}

func TestAPrefixTellsWhatItCatches(t *testing.T) {
	sample := []string{"Cemaran, cemaran! #cemarut", "cemara dan CEMARAN", "cemarsatu cemardua cemartiga cemarempat cemarlima cemarenam cemartujuh"}
	for query, want := range map[string]string{
		"pabrik cemar*":         "Rule0@7: cemar* catches cemaran (3), cemara (1), cemardua (1), cemarempat (1), cemarenam (1), cemarlima (1), cemarsatu (1), cemartiga (1) and 2 more (if some are other words, name those that you mean)\n",
		"cemaru* OR cemaru*":    "Rule0@0: cemaru* catches cemarut (1) (if some are other words, name those that you mean)\n",
		"pabrik NOT cemaran*":   "Rule0@11: cemaran* catches cemaran (3) (if some are other words, name those that you mean)\n",
		"tercemar*":             "Rule0@0: tercemar* catches none of the 11 words in the sample (see whether it is spelled right)\n",
		"tercemar OR =cemaran":  "",
		"pabrik NEAR/3 cemaru*": "Rule0@14: cemaru* catches cemarut (1) (if some are other words, name those that you mean)\n",
	} {
		if got := lintOf(t, Around{Sample: sample}, tried(query)); got != want {
			t.Errorf("%s: got\n%swant\n%s", query, got, want)
		}
	}
	if got := lintOf(t, Around{Sample: sample}, tried("cemaru*"), tried("pabrik cemaru*")); strings.Count(got, "catches") != 1 {
		t.Errorf("two rules with one prefix: %s", got)
	}
	if got := lintOf(t, Around{}, tried("tercemar*")); got != "" {
		t.Errorf("without a sample: %s", got)
	}
}

func TestShortWordsThatAreLookedForAnywhereAreToldOnce(t *testing.T) {
	const hint = " (put NEAR beside it, or add a no_match example)\n"
	const hints = " (put NEAR beside them, or add a no_match example)\n"
	for query, want := range map[string]string{
		"abu":                           `Rule0@0: "abu" has 3 letters and is looked for anywhere` + hint,
		"=debu":                         `Rule0@0: "debu" has 4 letters and is looked for anywhere` + hint,
		"pabrik debu":                   `Rule0@7: "debu" has 4 letters and is looked for anywhere` + hint,
		"pabrik $debu":                  `Rule0@7: "abu", "debu", "lebu" have fewer than 5 letters and are looked for anywhere` + hints,
		`"polusi udara" OR abu`:         `Rule0@18: "abu" has 3 letters and is looked for anywhere` + hint,
		"abu site:rembang NOT kiln":     `Rule0@0: "abu" has 3 letters and is looked for anywhere` + hint,
		"(abu OR debu) (abu OR pabrik)": `Rule0@1: "abu", "debu" have fewer than 5 letters and are looked for anywhere` + hints,
		"pabrik":                        "",
		"$debu NEAR/5 $pabrik":          "",
		`abu "semen contoh"`:            "",
		"abu #semencontoh":              "",
		"abu (debu NEAR/3 pabrik)":      "",
		"#abu":                          "",
		`"abu gosok"`:                   "",
		"pabrik NOT abu":                "",
		"kupu-kupu":                     "",
		"kecelakaan and pabrik":         "", // Hints says that this is no operator
	} {
		if got := lintOf(t, Around{}, Rule{Query: query}); got != want {
			t.Errorf("%s: got\n%swant\n%s", query, got, want)
		}
		if got := lintOf(t, Around{}, tried(query)); got != "" {
			t.Errorf("%s, although it was tried: %s", query, got)
		}
	}
}

func TestAQueryThatNoPostCanMatchIsFound(t *testing.T) {
	const out = " (take one of them out)\n"
	for query, want := range map[string]string{
		"debu NOT debu":                              "Rule0@0: the rule can never fire: debu is asked for, and left out by NOT debu" + out,
		"pabrik $debu NOT $debu":                     "Rule0@7: the rule can never fire: $debu is asked for, and left out by NOT $debu" + out,
		"abu pabrik NOT $debu":                       "Rule0@0: the rule can never fire: abu is asked for, and left out by NOT $debu" + out,
		"$abu NOT $debu":                             "Rule0@0: the rule can never fire: $abu is asked for, and left out by NOT $debu" + out,
		"(debu OR abu) NOT debu NOT abu":             "Rule0@1: the rule can never fire: debu is asked for, and left out by NOT debu" + out,
		"pabrik (kiln debu) NOT debu":                "Rule0@13: the rule can never fire: debu is asked for, and left out by NOT debu" + out,
		"kiln (pabrik NOT kiln)":                     "Rule0@0: the rule can never fire: kiln is asked for, and left out by NOT kiln" + out,
		`"debu pabrik" NOT (kiln OR =debu)`:          `Rule0@0: the rule can never fire: "debu pabrik" is asked for, and left out by NOT (kiln OR =debu)` + out,
		`"debu pabrik lama" NOT "debu pabrik"`:       `Rule0@0: the rule can never fire: "debu pabrik lama" is asked for, and left out by NOT "debu pabrik"` + out,
		"debu NEAR/3 pabrik NOT pabrik":              "Rule0@0: the rule can never fire: debu NEAR/3 pabrik is asked for, and left out by NOT pabrik" + out,
		"=cemaran NOT cemar*":                        "Rule0@0: the rule can never fire: =cemaran is asked for, and left out by NOT cemar*" + out,
		"kind:news debu NOT kind:news":               "Rule0@0: the rule can never fire: kind:news is asked for, and left out by NOT kind:news" + out,
		"kind:news debu kind:social":                 "Rule0@15: the rule can never fire: no post has kind:news and kind:social (write OR between alternatives, in parentheses)\n",
		"(kind:news OR kind:forum) debu kind:social": "Rule0@31: the rule can never fire: no post has kind:news and kind:social (write OR between alternatives, in parentheses)\n",
		"debu lang:id lang:jv":                       "Rule0@13: the rule can never fire: no post has lang:id and lang:jv (write OR between alternatives, in parentheses)\n",
		"debu tier<=1 tier>=2":                       "Rule0@13: the rule can never fire: no post has tier<=1 and tier>=2 ()\n",
		"debu tier<1":                                "Rule0@5: the rule can never fire: no post has tier<1 ()\n",
		"debu reach>=100 reach<50":                   "Rule0@16: the rule can never fire: no post has reach>=100 and reach<50 ()\n",

		"=debu NOT =abu":                               "",
		"debu NOT =debu":                               "", // a form of it may be there
		"cemaran NOT cemar*":                           "", // a form of it may begin otherwise
		"$debu NOT debu":                               "",
		"$debu NOT $abu":                               "",
		"debu NOT #debu":                               "",
		`debu NOT "debu vulkanik"`:                     "",
		`debu NOT ("debu vulkanik")`:                   "",
		`kiln (pabrik NOT "kiln tua" NOT kiln)`:        "", // kiln may be there, hidden
		"(debu NOT abu) OR abu":                        "",
		"debu NOT (abu kiln)":                          "",
		"debu NOT (debu kiln)":                         "",
		"debu NEAR/3 pabrik NOT (kiln OR penghargaan)": "",
		"debu lang:id lang:id-ID":                      "",
		"(kind:news OR kind:social) debu kind:social":  "",
		"debu tier<=2 tier>=2":                         "",
		"debu reach>=100 reach<101":                    "",
		"debu (site:rembang OR site:kupang)":           "",
		"debu site:rembang NOT site:kupang":            "",
	} {
		if got := lintOf(t, Around{}, tried(query)); got != want {
			t.Errorf("%s: got\n%swant\n%s", query, got, want)
		}
	}
}

// TestNoPostMatchesWhatLintCallsImpossible draws queries at random, as many of
// which contradict themselves.
func TestNoPostMatchesWhatLintCallsImpossible(t *testing.T) {
	sets := map[string]Words{"kotor": {Roots: []string{"abu", "debu semen"}, Also: []string{"#semen"}}}
	vocabulary := rapid.SampledFrom([]string{"debu", "abu", "semen", "semen", "padang", "sementara", "#debu", "#semen"})
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		src := drawQuery(t, 2) + " NOT (" + drawQuery(t, 1) + ")"
		set, problems := Compile(Book{Words: sets, Rules: []Rule{{Name: "R", Query: "(" + src + ")", Examples: Examples{NoMatch: []string{"x"}}}}})
		if len(problems) > 0 {
			t.Fatalf("%s: %v", src, problems)
		}
		if said := set.Lint(Around{}); len(said) == 0 {
			return
		}
		found++
		for range 30 {
			text := strings.Join(rapid.SliceOfN(vocabulary, 0, 10).Draw(t, "words"), " ")
			if _, ok := set.rules[0].query.match(newTestDoc(source.Post{Text: text}, set.queries...)); ok {
				t.Fatalf("%s matches %q", src, text)
			}
		}
	})
	if found == 0 {
		t.Error("no query was called impossible")
	}
}

func TestASourceThatCannotGiveWhatIsAskedForIsFound(t *testing.T) {
	feed := source.Spec{Name: "antara", Type: "feed", Tier: 2, Lang: "id-ID", Outlet: "Antara"}
	video := source.Spec{Name: "kanal", Type: "feed", Kind: source.Video, Site: "kupang"}
	file := source.Spec{Name: "arsip", Type: "file"}
	places := map[string][]string{"rembang": {"gunem"}, "kupang": nil, "aceh": nil}
	const feeds = " (change the query, or the kind, tier, outlet or lang of a source)\n"
	for _, c := range []struct {
		query   string
		sources []source.Spec
		want    string
	}{
		{"kiln kind:social", []source.Spec{feed, video}, "Rule0@5: the rule can never fire: no source gives posts with kind:social" + feeds},
		{"kiln source:antara kind:video", []source.Spec{feed, video}, "Rule0@5: the rule can never fire: no source gives posts with source:antara kind:video" + feeds},
		{"kiln source:antara lang:jv", []source.Spec{feed, video}, "Rule0@5: the rule can never fire: no source gives posts with source:antara lang:jv" + feeds},
		{"kiln tier<=1", []source.Spec{feed, video}, "Rule0@5: the rule can never fire: no source gives posts with tier<=1" + feeds},
		{"kiln source:antara NOT kind:news", []source.Spec{feed, video}, "Rule0@5: the rule can never fire: no source gives posts with source:antara NOT kind:news" + feeds},
		{"kiln source:antara outlet:Tempo", []source.Spec{feed}, "Rule0@5: the rule can never fire: no source gives posts with source:antara outlet:Tempo" + feeds},
		{"kiln site:aceh", []source.Spec{feed, video}, "Rule0@5: the rule can never fire: no post can belong to site aceh, which has no places and no source (give the site places, or a source with site: aceh)\n"},

		{"kiln kind:social", []source.Spec{feed, file}, ""},
		{"kiln kind:news", []source.Spec{feed}, ""},
		{"kiln source:antara lang:id", []source.Spec{feed}, ""},
		{"kiln source:kanal lang:jv", []source.Spec{video}, ""},
		{"kiln source:kanal outlet:Tempo", []source.Spec{video}, ""},
		{"kiln tier<=2", []source.Spec{feed}, ""},
		{"kiln tier<=1", []source.Spec{file}, ""},
		{"kiln site:rembang", []source.Spec{feed}, ""},
		{"kiln site:kupang", []source.Spec{feed, video}, ""},
		{"kiln site:aceh", []source.Spec{file}, ""},
		{"kiln NOT site:aceh", []source.Spec{feed}, ""},
		{"kiln (kind:social OR kind:news)", []source.Spec{feed}, ""},
		{"kiln kind:social", nil, ""},
	} {
		if got := lintOf(t, Around{Sources: c.sources, Places: places}, tried(c.query)); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.query, got, c.want)
		}
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
	got := lintOf(t, Around{},
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
