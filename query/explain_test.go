package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
)

// reasoned writes an explanation in one line: "+ clause: stretch<-word" for what
// holds, "- clause: cause {what belongs to it}" for what does not.
func reasoned(e Explanation, text string) string {
	found := func(list []Found) string {
		var out []string
		for _, f := range list {
			out = append(out, text[f.Start:f.End]+"<-"+f.Word)
		}
		return strings.Join(out, " ")
	}
	var lines []string
	for _, c := range e.Clauses {
		sign, rest := "+", found(c.Found)
		if c.Hides {
			sign = "~"
		}
		if w := c.Why; !c.Holds {
			sign, rest = "-", fmt.Sprintf("%s [%s] {%s} %s", w.Cause, w.Part, strings.Join(w.Words, ","), found(w.Found))
			if w.Cause == Apart || w.Cause == Disordered {
				rest += fmt.Sprintf(" %d/%d", w.Between, w.Allowed)
			}
			if w.Cause == Differs || w.Has != "" {
				rest += fmt.Sprintf(" has %q", w.Has)
			}
		}
		lines = append(lines, strings.Join(strings.Fields(sign+" "+c.Query+": "+rest), " "))
	}
	return strings.Join(lines, "; ")
}

func TestExplanationNamesWhatFailedAndWhy(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"debu pabrik", "Debu dari #pabrik", "+ debu: Debu<-debu; + pabrik: #pabrik<-pabrik"},
		{"debu AND pabrik", "debu saja", "+ debu: debu<-debu; - pabrik: missing [pabrik] {pabrik}"},
		{"$debu pabrik", "bledug pabrik", "+ $debu: bledug<-bledug; + pabrik: pabrik<-pabrik"},
		{"$debu", "udara", `- $debu: missing [$debu] {debu,"polusi udara",#udarakotor,bledug}`},
		{"$debu", "udara penuh polusi", `- $debu: scattered [$debu] {"polusi udara"} udara<-udara polusi<-polusi`},
		{"$debu", "polusi udara, debu", `+ $debu: polusi udara<-"polusi udara" debu<-debu`},
		{"cemar* =debu #boikot", "cemaran debu #Boikot", "+ cemar*: cemaran<-cemar*; + =debu: debu<-=debu; + #boikot: #Boikot<-#boikot"},
		{`"polusi udara"`, "udara polusi", `- "polusi udara": scattered ["polusi udara"] {"polusi udara"} udara<-udara polusi<-polusi`},
		{`"polusi udara"`, "polusi air", `- "polusi udara": missing ["polusi udara"] {"polusi udara"}`},
		{"debu NEAR/2 pabrik", "debu satu dua tiga pabrik", "- debu NEAR/2 pabrik: apart [debu NEAR/2 pabrik] {} debu<-debu pabrik<-pabrik 3/2"},
		{"debu NEAR/2 pabrik", "pabrik a b c d debu a b c pabrik", "- debu NEAR/2 pabrik: apart [debu NEAR/2 pabrik] {} debu<-debu pabrik<-pabrik 3/2"},
		{"debu NEAR/2 pabrik", "pabrik a b c debu a b c d pabrik", "- debu NEAR/2 pabrik: apart [debu NEAR/2 pabrik] {} pabrik<-pabrik debu<-debu 3/2"},
		{"debu NEAR/2 pabrik", "debu", "- debu NEAR/2 pabrik: missing [pabrik] {pabrik} debu<-debu"},
		{"debu NEAR/2 pabrik", "asap", "- debu NEAR/2 pabrik: missing [debu NEAR/2 pabrik] {debu,pabrik}"},
		{"debu ONEAR/2 pabrik", "pabrik penuh debu", "- debu ONEAR/2 pabrik: disordered [debu ONEAR/2 pabrik] {} pabrik<-pabrik debu<-debu 1/2"},
		{"debu ONEAR/2 pabrik", "debu a b c pabrik a b c debu", "- debu ONEAR/2 pabrik: apart [debu ONEAR/2 pabrik] {} debu<-debu pabrik<-pabrik 3/2"},
		{`semen NEAR/9 "pabrik semen"`, "pabrik semen", `- semen NEAR/9 "pabrik semen": overlapping [semen NEAR/9 "pabrik semen"] {} pabrik semen<-"pabrik semen" semen<-semen`},
		{
			"a NEAR/1 b NEAR/1 c", "a b x y c",
			"- a NEAR/1 b NEAR/1 c: apart [a NEAR/1 b NEAR/1 c] {} a b<-a … b c<-c 2/1",
		},
		{
			`a NEAR/1 "b b b" NEAR/0 c`, "b b b a x y c",
			`- a NEAR/1 "b b b" NEAR/0 c: apart [a NEAR/1 "b b b" NEAR/0 c] {} b b b a<-"b b b" … a c<-c 2/0`,
		},
		{"a NEAR/1 b NEAR/1 c", "a x x b c", "- a NEAR/1 b NEAR/1 c: apart [a NEAR/1 b] {} a<-a b<-b 2/1"},
		{"debu NOT giveaway", "giveaway debu", "+ debu: debu<-debu; - NOT giveaway: vetoed [giveaway] {} giveaway<-giveaway"},
		{"debu NOT (abu OR $pabrik)", "debu kiln", "+ debu: debu<-debu; - NOT (abu OR $pabrik): vetoed [$pabrik] {} kiln<-kiln"},
		{"debu NOT giveaway", "debu", "+ debu: debu<-debu; + NOT giveaway:"},
		{"debu NOT (NOT abu)", "debu", "+ debu: debu<-debu; - NOT (NOT abu): missing [abu] {abu}"},
		{"debu NOT kind:social", "debu", `+ debu: debu<-debu; - NOT kind:social: vetoed [kind:social] {} has "social"`},
		{
			`semen NOT "semen padang fc"`, "Semen Padang FC menang",
			`- semen: hidden [NOT "semen padang fc"] {semen} Semen<-semen; ~ NOT "semen padang fc": Semen Padang FC<-"semen padang fc"`,
		},
		{
			`semen NEAR/2 beli NOT "semen padang fc"`, "Semen Padang FC beli",
			`- semen NEAR/2 beli: hidden [NOT "semen padang fc"] {semen} Semen<-semen; ~ NOT "semen padang fc": Semen Padang FC<-"semen padang fc"`,
		},
		{"debu kind:news", "debu", `+ debu: debu<-debu; - kind:news: differs [kind:news] {} has "social"`},
		{"debu tier<=2", "debu", `+ debu: debu<-debu; - tier<=2: differs [tier<=2] {} has ""`},
		{"debu", "lihat @debu_kita dan https://x.id/debu", "- debu: unsearched [debu] {debu} @debu_kita<-debu https://x.id/debu<-debu"},
		{"(debu pabrik) OR abu", "debu", "- (debu pabrik) OR abu: missing [pabrik] {pabrik} debu<-debu"},
		{"debu OR abu", "asap", "- debu OR abu: missing [debu OR abu] {debu,abu}"},
		{
			`(semen abu NOT "semen padang") OR kiln`, "semen padang abu",
			`- (semen abu NOT "semen padang") OR kiln: hidden [NOT "semen padang"] {semen} semen<-semen`,
		},
		{"(debu NEAR/0 abu) OR kiln", "debu x abu", "- (debu NEAR/0 abu) OR kiln: apart [debu NEAR/0 abu] {} debu<-debu abu<-abu 1/0"},
	} {
		t.Run(c.query+"/"+c.text, func(t *testing.T) {
			e := mustIndex(t, c.query).Explain(&source.Post{Text: c.text, Kind: source.Social})[0]
			if got := reasoned(e, c.text); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestExplanationIsTrue holds every claim of an explanation against the naive
// reading of the query.
func TestExplanationIsTrue(t *testing.T) {
	sets := map[string]Words{"kotor": {Roots: []string{"abu", "debu semen"}, Also: []string{"#semen"}}}
	vocabulary := rapid.SampledFrom([]string{"debu", "abu", "semen", "semen", "padang", "sementara", "x", "#debu", "#semen"})
	causes := map[Cause]int{}
	missed := func() (out []Cause) {
		for _, cause := range []Cause{Missing, Scattered, Hidden, Apart, Disordered, Overlapping, Vetoed} {
			if causes[cause] == 0 {
				out = append(out, cause)
			}
		}
		return out
	}
	check := func(t *rapid.T) {
		src := drawQuery(t, 3)
		q, err := Compile(src, Options{Words: sets})
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		d := NewIndex([]*Query{q}).newDoc()
		for range 20 {
			v := spoken(rapid.SliceOfN(vocabulary, 0, 10).Draw(t, "words"))
			d.reset(&source.Post{Text: v.text()})
			e := q.explain(d, read(v.text()))
			checkVerdict(t, q, v, e)
			for i, clause := range e.Clauses {
				if !clause.Holds {
					causes[clause.Why.Cause]++
					checkWhy(t, sets, v, e.Clauses, i)
				}
			}
		}
	}
	for rounds := 0; rounds == 0 || rounds < 20 && len(missed()) > 0; rounds++ { // some are rare
		rapid.Check(t, check)
	}
	if causes := missed(); len(causes) > 0 {
		t.Errorf("no query failed because of %v: the check above said nothing about them", causes)
	}
}

// spoken is the naive reading of a list of words.
func spoken(words []string) (v naive) {
	for _, w := range words {
		bare, tag := strings.CutPrefix(w, "#")
		v.words, v.tags = append(v.words, bare), append(v.tags, tag)
	}
	return v
}

func (v naive) text() string {
	words := slices.Clone(v.words)
	for i, tag := range v.tags {
		if tag {
			words[i] = "#" + words[i]
		}
	}
	return strings.Join(words, " ")
}

// checkVerdict: the verdict is the matcher's, and the clauses that are named
// as failing are those that fail, each alone.
func checkVerdict(t *rapid.T, q *Query, v naive, e Explanation) {
	spans, matched := q.match(newTestDoc(source.Post{Text: v.text()}, q))
	if e.Matched != matched || !slices.Equal(e.Spans, spans) || e.Matched != (e.Failed() == 0) {
		t.Fatalf("%s in %q: matched %v %v, the matcher says %v %v; %+v", q.root, v.text(), e.Matched, e.Spans, matched, spans, e.Clauses)
	}
	parts, hidden := []node{q.root}, []int(nil)
	if and, ok := q.root.(*andNode); ok {
		parts, hidden = and.all, v.hiddenBy(and)
	}
	lit := map[int]bool{}
	for i, n := range parts {
		if _, hides := n.(*exceptNode); hides {
			continue
		}
		asked, holds := v.holds(n, hidden)
		if e.Clauses[i].Holds != holds {
			t.Fatalf("%s in %q: clause %s holds: %v, want %v", q.root, v.text(), n, e.Clauses[i].Holds, holds)
		}
		if holds {
			sameWords(t, v, e.Clauses[i], asked)
		}
		for _, k := range asked {
			lit[k] = holds
		}
	}
}

// sameWords: what answers to a clause that holds is what it asked for.
func sameWords(t *rapid.T, v naive, c Clause, asked []int) {
	d := newTestDoc(source.Post{Text: v.text()})
	var spans []Span
	for _, f := range c.Found {
		spans = append(spans, f.Span)
	}
	if got := tokensUnder(d, merge(spans)); !slices.Equal(got, sortedSet(asked)) {
		t.Fatalf("%s in %q is answered by %v, want %v", c.Query, v.text(), got, sortedSet(asked))
	}
}

// checkWhy: what a reason says is so, and would be no reason were it otherwise.
func checkWhy(t *rapid.T, sets map[string]Words, v naive, all []Clause, i int) {
	w := all[i].Why
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s in %q: %+v: %s", all[i].Query, v.text(), w, fmt.Sprintf(format, args...))
	}
	holds := func(src string) bool {
		q, err := Compile(src, Options{Words: sets})
		if err != nil {
			fail("%s: %v", src, err)
		}
		_, ok := v.holds(q.root, nil)
		return ok
	}
	veiled := slices.ContainsFunc(all, func(c Clause) bool { return c.Hides }) || strings.Contains(all[i].Query, "NOT \"")
	switch w.Cause {
	case Missing:
		for _, word := range w.Words {
			if holds(word) {
				fail("%s is there", word)
			}
		}
	case Scattered:
		words := strings.Trim(w.Words[0], `"`)
		if holds(w.Words[0]) || !holds(strings.Join(strings.Fields("="+words), " =")) {
			fail("not scattered")
		}
	case Hidden:
		if !strings.HasPrefix(w.Part, `NOT "`) || !holds(w.Words[0]) || !holds(strings.TrimPrefix(w.Part, "NOT ")) {
			fail("not hidden")
		}
	case Apart:
		if w.Between <= w.Allowed || !veiled && (holds(w.Part) || !holds(widened(w.Part, w.Between)) || holds(widened(w.Part, w.Between-1))) {
			fail("not apart by %d", w.Between)
		}
	case Disordered:
		if !strings.Contains(w.Part, "ONEAR") || !veiled && (holds(w.Part) || !holds(inAnyOrder(w.Part, w.Between))) {
			fail("not in another order")
		}
	case Overlapping:
		if !veiled && holds(widened(w.Part, maxNear)) {
			fail("not in the same words only")
		}
	case Vetoed:
		if !veiled && !holds(w.Part) {
			fail("does not hold")
		}
	case Differs, Unsearched:
		fail("the query has no field and the text no handle")
	default:
		fail("no cause")
	}
}

// widened sets the number of the last NEAR of a chain.
func widened(part string, n int) string {
	i := strings.LastIndex(part, "NEAR/")
	_, rest, _ := strings.Cut(part[i:], " ")
	return fmt.Sprintf("%sNEAR/%d %s", part[:i], n, rest)
}

func inAnyOrder(part string, n int) string {
	i := strings.LastIndex(part, "ONEAR/")
	return widened(part[:i]+part[i+1:], n)
}

func FuzzExplain(f *testing.F) {
	for _, q := range []string{
		`$debu NEAR/8 ($pabrik OR semen) NOT ("lowongan kerja" OR giveaway)`, `a ONEAR/1 b NEAR/2 ("c d" OR e*) OR =f`,
		`semen NOT "semen padang" (d NOT (NOT e))`, `outlet:"a b" tier<=2 OR kupu-kupu`, "“\u200ba b” OR $debu", "a NEAR/9 (a OR \"a a\")",
	} {
		f.Add(q, "a b c d e semen padang fc @semen https://b.id/debu #e a\u200bb")
	}
	f.Fuzz(func(t *testing.T, src, post string) {
		q, err := Compile(src, Options{Words: testWords})
		if err != nil {
			return
		}
		e := q.explain(newTestDoc(source.Post{Text: post}, q), read(post))
		if e.Matched != (e.Failed() == 0) || e.Near < 0 || e.Near > 1.0001 {
			t.Fatalf("%q in %q: %+v", src, post, e)
		}
		for _, clause := range e.Clauses {
			if clause.Holds != (clause.Why.Cause == "") {
				t.Fatalf("%q in %q: %+v", src, post, clause)
			}
			for _, found := range slices.Concat(clause.Found, clause.Why.Found) {
				if found.Start < 0 || found.End <= found.Start || found.End > len(post) || found.Word == "" {
					t.Fatalf("%q in %q: %+v", src, post, clause)
				}
			}
		}
	})
}

func TestExplainingAnEndlessTextIsBounded(t *testing.T) {
	long := strings.Repeat("debu ", 20_000) + strings.Repeat("x ", 101) + strings.Repeat("pabrik ", 20_000)
	for _, query := range []string{"debu NEAR/100 pabrik", "debu NEAR/100 debu NEAR/100 debu NEAR/100 pabrik"} {
		w := mustIndex(t, query).Explain(&source.Post{Text: long})[0].Clauses[0].Why
		if w.Cause != Apart || w.Between < 101 || len(w.Found) != 2 {
			t.Errorf("%s: %s with %d between", query, w.Cause, w.Between)
		}
	}
}
