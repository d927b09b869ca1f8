package query

import (
	"strings"
	"testing"
)

func TestQueryErrorsPointAtTheMistake(t *testing.T) {
	deep := strings.Repeat("(", maxDepth+1)
	for _, c := range []struct {
		query, at string // at: ^ under each byte that is wrong, | at the end
		msg, hint string // parts of them
	}{
		{"", "|", "query is empty", "write a word"},
		{"  ", "^^", "query is empty", ""},

		{"debu near/3 pabrik", "     ^^^^^^", "near/3 is no operator in lower case", "write NEAR/3"},
		{"debu Onear/12 pabrik", "     ^^^^^^^^", "Onear/12 is no operator", "write ONEAR/12"},
		{"debu NEAR pabrik", "     ^^^^", "NEAR needs a number", "write NEAR/5"},
		{"debu ONEAR/x pabrik", "     ^^^^^^^", "ONEAR needs a number", "write ONEAR/5"},
		{"debu NEAR5 pabrik", "     ^^^^^", "NEAR needs a number", "write NEAR/5"},
		{"debu NEAR/101 pabrik", "     ^^^^^^^^", "NEAR takes 0 to 100 words", "AND"},
		{"debu NEAR/99999999999999999999 x", "     ^^^^^^^^^^^^^^^^^^^^^^^^^", "NEAR takes 0 to 100 words", "AND"},
		{"debu NEAR/-1 pabrik", "     ^^^^^^^", "NEAR takes 0 to 100 words", ""},

		{"debu OR", "     ^^", "OR has nothing after it", ""},
		{"debu AND OR abu", "     ^^^", "AND has nothing after it", ""},
		{"debu NEAR/3 ", "     ^^^^^^", "NEAR/3 has nothing after it", ""},
		{"(debu NOT) abu", "      ^^^", "NOT has nothing after it", ""},
		{"OR debu", "^^", "OR has nothing before it", ""},
		{"(AND debu)", " ^^^", "AND has nothing before it", ""},
		{"NEAR/2 debu", "^^^^^^", "NEAR/2 has nothing before it", ""},

		{"abu (debu OR (kiln semen)", "    ^", "never closed", "add )"},
		{"abu (debu OR", "          ^^", "OR has nothing after it", ""},
		{"abu (", "    ^", "never closed", ""},
		{"abu debu) kiln", "        ^", "closes nothing", "remove it"},
		{") abu", "^", "closes nothing", ""},
		{"abu ( ) kiln", "    ^^^", "parentheses are empty", ""},
		{deep + "debu", strings.Repeat(" ", maxDepth) + "^", "nested more than 40 deep", ""},

		{`debu "pabrik semen`, `     ^`, "quotation mark is never closed", `add "`},
		{"debu “pabrik semen", "     ^^^", "quotation mark is never closed", ""},
		{`debu ""`, `     ^^`, "no word in this phrase", ""},
		{`debu "!? "`, `     ^^^^^`, "no word in this phrase", ""},
		{`debu "semen sem*"`, `               ^`, "star has no meaning inside a phrase", ""},
		{`debu "lapor @humas"`, `     ^^^^^^^^^^^^^^`, "@humas is an address or a handle", ""},

		{"debu NEAR/2 (abu kiln)", "             ^^^^^^^^", "NEAR/2 takes words, phrases and sets", "write OR"},
		{"debu ONEAR/2 (abu OR kiln NOT x)", "              ^^^^^^^^^^^^^^^^^", "ONEAR/2 takes words", ""},
		{"debu NEAR/2 NOT abu", "            ^^^^^^^", "NOT cannot be beside NEAR/2", "NOT (a NEAR/2 b)"},
		{"NOT debu NEAR/2 abu", "^^^^^^^^", "NOT cannot be beside NEAR/2", ""},
		{`NOT "debu abu" NEAR/2 abu`, `^^^^^^^^^^^^^^`, "NOT cannot be beside NEAR/2", ""},
		{"debu NEAR/2 site:kupang", "            ^^^^^^^^^^^", "a field has no place", "a NEAR/2 b site:kupang"},
		{"debu NEAR/2 (abu NEAR/2 kiln)", "             ^^^^^^^^^^^^^^^", "another NEAR on its right", "chains are read from the left"},

		{"abu NOT NOT debu", "        ^^^", "two NOTs", "leave both out"},
		{"NOT debu", "^^^^^^^^", "only excludes", "add the words"},
		{"NOT debu NOT (abu OR kiln)", "^^^^^^^^^^^^^^^^^^^^^^^^^^", "only excludes", ""},
		{`NOT "debu abu"`, `^^^^^^^^^^^^^^`, "only excludes", ""},
		{"debu OR NOT abu", "        ^^^^^^^", "this side of OR only excludes", "before NOT"},
		{"debu OR (kiln OR NOT abu)", "                 ^^^^^^^", "this side of OR only excludes", ""},
		{`debu (abu OR NOT "abu kiln")`, `             ^^^^^^^^^^^^^^`, "nothing beside this NOT", `write NOT ("abu kiln")`},
		{`debu (NOT "abu kiln" NOT kiln)`, `      ^^^^^^^^^^^^^^`, "nothing beside this NOT", ""},
		{`debu NOT (NOT "abu kiln")`, `          ^^^^^^^^^^^^^^`, "nothing beside this NOT", ""},

		{"abu sem*", "    ^^^^", "sem* is too short", "5 letters"},
		{"abu *", "    ^", "no word before the star", ""},
		{"abu cem,aran*", "       ^", `unexpected ","`, "write OR"},
		{"abu kupu-kupu*", "    ^^^^^^^^^^", "star goes with one word", ""},
		{"abu *debu", "    ^", `unexpected "*"`, "end of a word"},
		{"abu =", "    ^", "no word right after =", ""},
		{`abu ="debu"`, `    ^`, "no word right after =", ""},
		{"abu =#debu", "     ^", `unexpected "#"`, ""},
		{"abu #", "    ^", "not one tag", ""},
		{"abu #debu*", "    ^^^^^^", "not one tag", ""},
		{"abu #debu#abu", "    ^^^^^^^^^", "not one tag", ""},

		{"debu, abu", "    ^", `unexpected ","`, "write OR"},
		{"debu,abu", "    ^", `unexpected ","`, "write OR"},
		{"debu || abu", "     ^", `unexpected "|"`, "write OR"},
		{"debu && abu", "     ^", `unexpected "&"`, "write AND"},
		{"debu -abu", "     ^", `unexpected "-"`, "write NOT"},
		{"debu !abu", "     ^", `unexpected "!"`, "write NOT"},
		{"debu [abu]", "     ^", `unexpected "["`, "use ( and )"},
		{"debu#abu", "    ^", `unexpected "#"`, "space"},
		{"debu?", "    ^", `unexpected "?"`, "quotation marks"},
		{"debu 🔥", "     ^^^^", `unexpected "🔥"`, ""},
		{"debu a\u200b", "      ^^^", `unexpected "\u200b"`, ""},
		{"debu @humas_contoh", "     ^^^^^^^^^^^^^", "@humas_contoh is an address or a handle", "source: or outlet:"},
		{"debu www.contoh.id", "     ^^^^^^^^^^^^^", "www.contoh.id is an address", ""},
		{"debu https://contoh.id", "     ^^^^^^^^^^^^^^^^^", "an address is not searched", ""},

		{"abu NEAR/2 $dabu", "           ^^^^^", "no set $dabu", "did you mean $debu?"},
		{"abu NOT (x $banjir)", "           ^^^^^^^", "no set $banjir", "the sets are $debu, $pabrik"},
		{"abu $", "    ^", "no name of a set", "$debu"},
		{"abu $de.bu", "    ^^^^^^", "no name of a set", ""},

		{"abu sorce:x", "    ^^^^^", `no field "sorce"`, "did you mean source?"},
		{"abu warna:merah", "    ^^^^^", `no field "warna"`, "the fields are source, site"},
		{"abu kind:vidio", "         ^^^^^", `no kind "vidio"`, "did you mean video?"},
		{`abu kind:"koran"`, `         ^^^^^^^`, `no kind "koran"`, "the kinds are news, social"},
		{"abu site: kupang", "    ^^^^^", "site: has no value", "without a space"},
		{`abu site:" "`, `    ^^^^^^^^`, "site: has no value", ""},
		{`abu outlet:"Antara`, `           ^`, "quotation mark is never closed", ""},
		{"abu site=kupang", "        ^", "site cannot be compared by =", "write site:kupang"},
		{"abu tier:2", "        ^", "tier is a number", "write tier=2"},
		{"abu tier <=2", "         ^^^", "no field before it", "tier<=2"},
		{"abu tier<= 2", "    ^^^^^^", "no number to compare with", "tier<=2"},
		{"abu tier<=4", "          ^", "tiers are 1", ""},
		{"abu reach>=10.000", "           ^^^^^^", "not a whole number", "such as 10000"},
		{"abu reach>=-1", "           ^^", "not a whole number", ""},
	} {
		t.Run(c.query, func(t *testing.T) {
			q, err := Compile(c.query, Options{Words: testWords})
			if err == nil {
				t.Fatalf("accepted as %s", q.root)
			}
			if got := underline(err); got != c.at {
				t.Errorf("at\n%s\n%s, want\n%s", c.query, got, c.at)
			}
			if !strings.Contains(err.Msg, c.msg) || !strings.Contains(err.Hint, c.hint) {
				t.Errorf("got %v, want %q (%q)", err, c.msg, c.hint)
			}
		})
	}
}

func underline(err *Error) string {
	if err.Length == 0 {
		return strings.Repeat(" ", err.Offset) + "|"
	}
	return strings.Repeat(" ", err.Offset) + strings.Repeat("^", err.Length)
}

func TestQueryErrorSaysWhereWhatAndWhatToDo(t *testing.T) {
	_, err := parse("debu near/3 abu")
	if got, want := err.Error(), "column 6: near/3 is no operator in lower case (write NEAR/3)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	_, err = parse("debu OR")
	if got, want := err.Error(), "column 6: OR has nothing after it"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSetsHaveToHoldWords(t *testing.T) {
	sets := map[string]Words{"kosong": {}, "aneh": {Roots: []string{"debu"}, Also: []string{"!!"}}, "akun": {Roots: []string{"@humas"}}}
	for query, msg := range map[string]string{
		"x $kosong": "the set $kosong is empty",
		"x $aneh":   `the set $aneh holds "!!"`,
		"x $akun":   `the set $akun holds "@humas"`,
	} {
		_, err := Compile(query, Options{Words: sets})
		if err == nil || err.Offset != 2 || err.Length != len(query)-2 || !strings.Contains(err.Msg, msg) {
			t.Errorf("%s: %v", query, err)
		}
	}
	if _, err := Compile("$debu", Options{}); err == nil || !strings.Contains(err.Hint, "no sets in words: yet") {
		t.Errorf("without any set: %v", err)
	}
}

func TestHintsNameWhatWasHardlyMeant(t *testing.T) {
	for query, want := range map[string][]string{
		"debu and abu":                      {"and is looked for as a word"},
		"debu atau abu dan pabrik":          {"atau is looked for as a word", "dan is looked for as a word"},
		"debu DAN abu OR kiln ATAU x":       {"DAN is looked for", "ATAU is looked for"},
		"debu Not abu OR kiln Or x":         {"Not is looked for", "Or is looked for"},
		"debu near pabrik NEARBY near/by x": {"near is looked for"},
		`debu =and "or" #not =dan`:          nil,
		`debu NOT "lowongan kerja"`:         {"has no effect"},
		`kerja NOT "lowongan kerja"`:        nil,
		`"buka lowongan" NOT "lowongan x"`:  nil,
		`$debu NOT "polusi suara"`:          nil,
		`lowong* NOT "lowongan kerja"`:      nil,
		`tier=1 NOT "lowongan kerja"`:       {"has no effect"},
		`debu NOT x NOT "x y"`:              {"has no effect"},
	} {
		got := mustCompile(t, query).hints
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %q", query, got, want)
			continue
		}
		for i := range got {
			if !strings.Contains(got[i].Msg, want[i]) || got[i].Hint == "" || got[i].Length == 0 {
				t.Errorf("%s: %v, want %q", query, got[i], want[i])
			}
		}
	}
}
