package query

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/siaga-id/siaga/source"
)

// sameQuery compares queries without the places of their parts.
var sameQuery = cmp.Options{
	cmp.AllowUnexported(wordNode{}, phraseNode{}, setNode{}, nearNode{}, andNode{}, orNode{}, notNode{}, exceptNode{}, fieldNode{}),
	cmpopts.IgnoreTypes(where{}),
}

func TestQueryPrintsWhatItReads(t *testing.T) {
	for query, want := range map[string]string{
		`debu AND  Abu`:                         `debu abu`,
		`((debu)) (abu OR (kiln OR x))`:         `debu (abu OR (kiln OR x))`,
		`(a b) OR c d`:                          `a b OR c d`,
		`(a (b c))`:                             `a (b c)`,
		`(a NEAR/03 "b  C") ONEAR/0 (c OR d)`:   `a NEAR/3 "b c" ONEAR/0 (c OR d)`,
		`a NOT "b c" NOT ("b c") NOT ("b")`:     `a NOT "b c" NOT ("b c") NOT =b`,
		`a NOT (b NEAR/2 c) NOT (NOT d) NOT $e`: `a NOT (b NEAR/2 c) NOT (NOT d) NOT $e`,
		`=Kupu-kupu kupu-KUPU "#Kupu" KUPUK*`:   `"kupu kupu" kupu-kupu #kupu kupuk*`,
		`site:"rembang" outlet:"Antara News"`:   `site:rembang outlet:"Antara News"`,
		`tier<=02 reach>=100`:                   `tier<=2 reach>=100`,
	} {
		n, err := parse(query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
		} else if got := n.String(); got != want {
			t.Errorf("%s is printed as %s, want %s", query, got, want)
		}
	}
}

func FuzzQuery(f *testing.F) {
	doc, err := os.ReadFile(filepath.Join("..", "docs", "query.md"))
	if err != nil {
		f.Fatal(err)
	}
	for _, ex := range examplesIn(string(doc)) {
		f.Add(ex.query, "debu dari pabrik semen @x #y")
	}
	for _, q := range []string{
		`$debu NEAR/8 (pabrik OR semen) NOT ("lowongan kerja" OR giveaway)`, `a NEAR/1 b ONEAR/2 ("c d" OR e*) OR =f`,
		`outlet:"a b" tier<=2 OR kupu-kupu`, `a NOT "b c" (d NOT (NOT e))`, "((((a", `"“`, "a\u200b NEAR/", "=#$*", "\xff:\"\xff",
	} {
		f.Add(q, "a b c d e semen padang fc")
	}
	f.Fuzz(func(t *testing.T, src, post string) {
		n, err := parse(src)
		if err != nil {
			checkError(t, src, err)
			return
		}
		printed := n.String()
		again, err := parse(printed)
		if err != nil {
			t.Fatalf("%q is printed as %q: %v", src, printed, err)
		}
		if diff := cmp.Diff(n, again, sameQuery); diff != "" || again.String() != printed {
			t.Fatalf("%q is printed as %q and read as %q:\n%s", src, printed, again, diff)
		}
		checkMatch(t, src, source.Post{Text: post})
	})
}

func checkError(t *testing.T, src string, err *Error) {
	t.Helper()
	if err.Offset < 0 || err.Length < 0 || err.Offset+err.Length > len(src) || err.Msg == "" {
		t.Fatalf("%q: %+v", src, err)
	}
}

// checkMatch runs a query that parses: it may refer to unknown sets, and spans
// have to lie in order and between runes.
func checkMatch(t *testing.T, src string, p source.Post) {
	t.Helper()
	q, err := Compile(src, Options{Words: testWords})
	if err != nil {
		checkError(t, src, err)
		return
	}
	spans, _ := q.match(newTestDoc(p, q))
	end := -1
	for _, s := range spans {
		if s.Start <= end || s.End <= s.Start || s.End > len(p.Text) || !utf8.RuneStart(p.Text[s.Start]) {
			t.Fatalf("%q in %q: %v", src, p.Text, spans)
		}
		end = s.End
	}
}
