package query

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
)

// linted is a query over sets of its own.
func linted(t testing.TB, src string) *Query {
	t.Helper()
	q, err := Compile(src, Options{Words: map[string]Words{
		"debu":   {Roots: []string{"debu", "abu", "polusi udara"}, Also: []string{"lebu"}},
		"abu":    {Roots: []string{"abu"}},
		"pabrik": {Roots: []string{"pabrik", "kiln"}},
	}})
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return q
}

// told writes an Error as "12: message (hint)"; nil is nothing.
func told(e *Error) string {
	if e == nil {
		return ""
	}
	return fmt.Sprintf("%d: %s (%s)\n", e.Offset, e.Msg, e.Hint)
}

// caughtBy is all that a Linter says of the prefixes of queries.
func caughtBy(t testing.TB, a Around, sources ...string) string {
	t.Helper()
	l, out := NewLinter(a), ""
	for _, src := range sources {
		for _, e := range l.Prefixes(linted(t, src)) {
			out += told(&e)
		}
	}
	return out
}

func TestAPrefixTellsWhatItCatches(t *testing.T) {
	sample := []string{"Cemaran, cemaran! #cemarut", "cemara dan CEMARAN", "cemarsatu cemardua cemartiga cemarempat cemarlima cemarenam cemartujuh"}
	for query, want := range map[string]string{
		"pabrik cemar*":         "7: cemar* catches cemaran (3), cemara (1), cemardua (1), cemarempat (1), cemarenam (1), cemarlima (1), cemarsatu (1), cemartiga (1) and 2 more (if some are other words, name those that you mean)\n",
		"cemaru* OR cemaru*":    "0: cemaru* catches cemarut (1) (if some are other words, name those that you mean)\n",
		"pabrik NOT cemaran*":   "11: cemaran* catches cemaran (3) (if some are other words, name those that you mean)\n",
		"tercemar*":             "0: tercemar* catches none of the 11 words in the sample (see whether it is spelled right)\n",
		"tercemar OR =cemaran":  "",
		"pabrik NEAR/3 cemaru*": "14: cemaru* catches cemarut (1) (if some are other words, name those that you mean)\n",
	} {
		if got := caughtBy(t, Around{Sample: sample}, query); got != want {
			t.Errorf("%s: got\n%swant\n%s", query, got, want)
		}
	}
	if got := caughtBy(t, Around{Sample: sample}, "cemaru*", "pabrik cemaru*"); strings.Count(got, "catches") != 1 {
		t.Errorf("two queries with one prefix: %s", got)
	}
	if got := caughtBy(t, Around{}, "tercemar*"); got != "" {
		t.Errorf("without a sample: %s", got)
	}
}

func TestShortWordsThatAreLookedForAnywhereAreToldOnce(t *testing.T) {
	const hint = " (put NEAR beside it, or add a no_match example)\n"
	const hints = " (put NEAR beside them, or add a no_match example)\n"
	for query, want := range map[string]string{
		"abu":                           `0: "abu" has 3 letters and is looked for anywhere` + hint,
		"=debu":                         `0: "debu" has 4 letters and is looked for anywhere` + hint,
		"pabrik debu":                   `7: "debu" has 4 letters and is looked for anywhere` + hint,
		"pabrik $debu":                  `7: "abu", "debu", "lebu" have fewer than 5 letters and are looked for anywhere` + hints,
		`"polusi udara" OR abu`:         `18: "abu" has 3 letters and is looked for anywhere` + hint,
		"abu site:rembang NOT kiln":     `0: "abu" has 3 letters and is looked for anywhere` + hint,
		"(abu OR debu) (abu OR pabrik)": `1: "abu", "debu" have fewer than 5 letters and are looked for anywhere` + hints,
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
		if got := told(linted(t, query).ShortWords()); got != want {
			t.Errorf("%s: got\n%swant\n%s", query, got, want)
		}
	}
}

func TestAQueryThatNoPostCanMatchIsFound(t *testing.T) {
	const out = " (take one of them out)\n"
	for query, want := range map[string]string{
		"debu NOT debu":                              "0: debu is asked for, and left out by NOT debu" + out,
		"pabrik $debu NOT $debu":                     "7: $debu is asked for, and left out by NOT $debu" + out,
		"abu pabrik NOT $debu":                       "0: abu is asked for, and left out by NOT $debu" + out,
		"$abu NOT $debu":                             "0: $abu is asked for, and left out by NOT $debu" + out,
		"(debu OR abu) NOT debu NOT abu":             "1: debu is asked for, and left out by NOT debu" + out,
		"pabrik (kiln debu) NOT debu":                "13: debu is asked for, and left out by NOT debu" + out,
		"kiln (pabrik NOT kiln)":                     "0: kiln is asked for, and left out by NOT kiln" + out,
		`"debu pabrik" NOT (kiln OR =debu)`:          `0: "debu pabrik" is asked for, and left out by NOT (kiln OR =debu)` + out,
		`"debu pabrik lama" NOT "debu pabrik"`:       `0: "debu pabrik lama" is asked for, and left out by NOT "debu pabrik"` + out,
		"debu NEAR/3 pabrik NOT pabrik":              "0: debu NEAR/3 pabrik is asked for, and left out by NOT pabrik" + out,
		"=cemaran NOT cemar*":                        "0: =cemaran is asked for, and left out by NOT cemar*" + out,
		"kind:news debu NOT kind:news":               "0: kind:news is asked for, and left out by NOT kind:news" + out,
		"kind:news debu kind:social":                 "15: no post has kind:news and kind:social (write OR between alternatives, in parentheses)\n",
		"(kind:news OR kind:forum) debu kind:social": "31: no post has kind:news and kind:social (write OR between alternatives, in parentheses)\n",
		"debu lang:id lang:jv":                       "13: no post has lang:id and lang:jv (write OR between alternatives, in parentheses)\n",
		"debu tier<=1 tier>=2":                       "13: no post has tier<=1 and tier>=2 ()\n",
		"debu tier<1":                                "5: no post has tier<1 ()\n",
		"debu reach>=100 reach<50":                   "16: no post has reach>=100 and reach<50 ()\n",

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
		if got := told(NewLinter(Around{}).Never(linted(t, query))); got != want {
			t.Errorf("%s: got\n%swant\n%s", query, got, want)
		}
	}
}

// TestNoPostMatchesWhatIsCalledImpossible draws queries at random, as many of
// which contradict themselves.
func TestNoPostMatchesWhatIsCalledImpossible(t *testing.T) {
	sets := map[string]Words{"kotor": {Roots: []string{"abu", "debu semen"}, Also: []string{"#semen"}}}
	vocabulary := rapid.SampledFrom([]string{"debu", "abu", "semen", "semen", "padang", "sementara", "#debu", "#semen"})
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		src := drawQuery(t, 2) + " NOT (" + drawQuery(t, 1) + ")"
		q, err := Compile("("+src+")", Options{Words: sets})
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		if NewLinter(Around{}).Never(q) == nil {
			return
		}
		d := NewIndex([]*Query{q}).newDoc()
		found++
		for range 30 {
			text := strings.Join(rapid.SliceOfN(vocabulary, 0, 10).Draw(t, "words"), " ")
			if d.Match(q, &source.Post{Text: text}) {
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
		{"kiln kind:social", []source.Spec{feed, video}, "5: no source gives posts with kind:social" + feeds},
		{"kiln source:antara kind:video", []source.Spec{feed, video}, "5: no source gives posts with source:antara kind:video" + feeds},
		{"kiln source:antara lang:jv", []source.Spec{feed, video}, "5: no source gives posts with source:antara lang:jv" + feeds},
		{"kiln tier<=1", []source.Spec{feed, video}, "5: no source gives posts with tier<=1" + feeds},
		{"kiln source:antara NOT kind:news", []source.Spec{feed, video}, "5: no source gives posts with source:antara NOT kind:news" + feeds},
		{"kiln source:antara outlet:Tempo", []source.Spec{feed}, "5: no source gives posts with source:antara outlet:Tempo" + feeds},
		{"kiln site:aceh", []source.Spec{feed, video}, "5: no post can belong to site aceh, which has no places and no source (give the site places, or a source with site: aceh)\n"},

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
		if got := told(NewLinter(Around{Sources: c.sources, Places: places}).Never(linted(t, c.query))); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.query, got, c.want)
		}
	}
}
