package query

import (
	"fmt"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/source"
)

var testWords = map[string]Words{
	"debu":   {Roots: []string{"debu", "polusi udara", "#udarakotor"}, Also: []string{"bledug"}},
	"pabrik": {Roots: []string{"pabrik", "kiln"}},
}

func mustCompile(t testing.TB, src string) *Query {
	t.Helper()
	q, err := Compile(src, Options{Words: testWords})
	if err != nil {
		t.Fatalf("compile %s: %v", src, err)
	}
	return q
}

// mustIndex is an index of queries over testWords.
func mustIndex(t testing.TB, sources ...string) *Index {
	t.Helper()
	queries := make([]*Query, len(sources))
	for i, src := range sources {
		queries[i] = mustCompile(t, src)
	}
	return NewIndex(queries)
}

// newTestDoc is a doc for queries that have no set.
func newTestDoc(p source.Post, queries ...*Query) *Doc {
	d := NewIndex(queries).newDoc()
	d.reset(&p)
	return d
}

// mark puts brackets around the spans of a match; "" is no match.
func mark(q *Query, p source.Post) string {
	spans, ok := q.match(newTestDoc(p, q))
	if !ok {
		return ""
	}
	var b strings.Builder
	end := 0
	for _, s := range spans {
		fmt.Fprintf(&b, "%s[%s]", p.Text[end:s.Start], p.Text[s.Start:s.End])
		end = s.End
	}
	return b.String() + p.Text[end:]
}

func TestQueryFindsInTheText(t *testing.T) {
	for name, cases := range map[string][]struct{ query, text, want string }{
		"word": {
			{"debu", "Debu, DEBU; debu-debu!", "[Debu], [DEBU]; [debu]-[debu]!"},
			{"debu", "berdebu, debunya! debu-debuan ngedebu", "[berdebu], [debunya]! [debu]-[debuan] [ngedebu]"},
			{"debu", "sedebur debut", ""},
			{"debu", "debuuu d3bu debu2 debu2nya", "[debuuu] [d3bu] [debu2] [debu2nya]"},
			{"semen", "sementara semenjak menyemen", "sementara semenjak [menyemen]"},
			{"karang", "sekarang terumbu karang", "sekarang terumbu [karang]"},
			{"tidak", "gak ada, tdk ada", "[gak] ada, [tdk] ada"},
			{"pabrik", "#TutupPabrik #tolakpabriksemen #pabriks", "#Tutup[Pabrik] #tolak[pabrik]semen #pabriks"},
			{"semen", "#sementaraini #semenjak", ""},
			{"debu NEAR/3 pabrik", "#stopdebupabrik #stopdebu_pabrik", "#stop[debupabrik] #stop[debu]_[pabrik]"},
			{`"pabrik semen"`, "#tolakpabriksemen", "#tolak[pabriksemen]"},
			{"debu", "de\u200bbu ＤＥＢＵ", "[de\u200bbu] [ＤＥＢＵ]"},
			{"debu", "soal #debu", "soal [#debu]"},
			{"debu", "@debu https://debu.id/debu", ""},
			{"jum’at", "salat Jum'at", "salat [Jum'at]"},
			{"kupu-kupu", "kupu kupu dan kupu-kupu", "[kupu kupu] dan [kupu-kupu]"},
			{"10.000", "Rp10 000, 10.000 orang", "Rp10 000, [10.000] orang"},
		},
		"exactly": {
			{"=Debu", "debu berdebu", "[debu] berdebu"},
			{"=kupu-kupu", "kupu kupu", "[kupu kupu]"},
		},
		"prefix": {
			{"cemar*", "cemaran tercemar CEMAR #cemarsungai", "[cemaran] tercemar [CEMAR] [#cemarsungai]"},
			{"cemar*", "cema", ""},
		},
		"tag": {
			{"#boikot", "boikot! #Boikot", "boikot! [#Boikot]"},
			{"#semen_contoh", "#SemenContoh", "[#SemenContoh]"},
			{"#boikot", "boikot", ""},
		},
		"phrase": {
			{`"polusi udara"`, "Polusi, udara. polusi-udara; polusi di udara", "[Polusi, udara]. [polusi-udara]; polusi di udara"},
			{`"polusi udara"`, "polusi #Udara", "[polusi #Udara]"},
			{`"polusi udara"`, "polusi @warga udara", ""},
			{`"polusi udara"`, "udara polusi", ""},
			{`"a a"`, "a a a", "[a a a]"},
			{`“polusi udara”`, "polusi udara", "[polusi udara]"},
			{`"debu"`, "debu", "[debu]"},
		},
		"set": {
			{"$debu", "debu bledug polusi udara polusi #UdaraKotor udarakotor", "[debu] [bledug] [polusi udara] [polusi #UdaraKotor] udarakotor"},
			{"$debu NEAR/1 $pabrik", "kiln itu penuh debu; polusi udara pabrik", "kiln itu penuh debu; [polusi udara] [pabrik]"},
		},
		"and": {
			{"debu AND pabrik", "pabrik yang penuh debu", "[pabrik] yang penuh [debu]"},
			{"debu pabrik", "debu saja", ""},
			{`debu"pabrik semen"`, "pabrik semen, debu", "[pabrik semen], [debu]"},
		},
		"or": {
			{"debu OR abu", "abu dan debu", "[abu] dan [debu]"},
			{"debu pabrik OR abu", "abu debu", "[abu] debu"},
			{"debu (pabrik OR abu)", "debu abu", "[debu] [abu]"},
			{"debu OR abu", "asap", ""},
			{"(debu pabrik) OR debu", "debu", "[debu]"},
		},
		"not": {
			{"debu NOT giveaway", "debu", "[debu]"},
			{"debu NOT giveaway", "giveaway debu", ""},
			{`debu NOT "giveaway"`, "giveaway debu", ""},
			{`debu NOT ("lowongan kerja" OR promo)`, "lowongan kerja tanpa debu", ""},
			{"NOT promo debu", "debu", "[debu]"},
			{"debu (abu OR NOT asap)", "debu", "[debu]"},
			{"debu NOT (NOT abu)", "debu abu", "[debu] abu"},
			{"debu NOT kupu-kupu", "debu kupu-kupu", ""},
			{"debu OR abu NOT asap", "debu asap", "[debu] asap"},
		},
		"not phrase": {
			{`semen NOT "semen padang fc"`, "Semen Padang FC beli semen", "Semen Padang FC beli [semen]"},
			{`semen NOT "semen padang fc"`, "Semen Padang FC menang", ""},
			{`semen NOT ("semen padang fc")`, "Semen Padang FC beli semen", ""},
			{`semen NOT "semen padang fc" NOT "semen gresik"`, "semen gresik, semen padang fc, semen", "semen gresik, semen padang fc, [semen]"},
			{`"padang fc" NOT "semen padang"`, "semen padang fc", ""},
			{`semen NEAR/3 beli NOT "semen padang fc"`, "Semen Padang FC beli semen", "Semen Padang FC [beli] [semen]"},
			{`semen* NOT "semen padang fc" (fc OR padang)`, "semen padang fc sementara", ""},
			{`(semen NOT "semen padang") padang`, "semen padang semen", "semen [padang] [semen]"},
			{`semen NOT "semen padang" NOT padang`, "semen padang semen", "semen padang [semen]"},
			{`semen NOT "aa aa"`, "aa aa aa semen", "aa aa aa [semen]"},
			{`aa NOT "aa aa"`, "aa aa aa", ""},
		},
		"near": {
			{"debu NEAR/2 pabrik", "debu satu dua pabrik", "[debu] satu dua [pabrik]"},
			{"debu NEAR/2 pabrik", "debu satu dua tiga pabrik", ""},
			{"debu NEAR/0 pabrik", "pabrik debu", "[pabrik] [debu]"},
			{"debu NEAR/1 pabrik", "debu @warga pabrik", "[debu] @warga [pabrik]"},
			{"debu NEAR/9 debu", "debu", ""},
			{"debu NEAR/9 debu", "debu dan debu", "[debu] dan [debu]"},
			{`debu NEAR/1 "pabrik semen"`, "pabrik semen itu debu", "[pabrik semen] itu [debu]"},
			{`semen NEAR/9 "pabrik semen"`, "pabrik semen", ""},
			{`debu NEAR/1 ("pabrik semen" OR kiln)`, "kiln itu debu; debu pabrik, semen", "[kiln] itu [debu]; [debu] [pabrik, semen]"},
			{"cemar* NEAR/1 #gunem", "#gunem tercemar cemaran", "[#gunem] tercemar [cemaran]"},
			{"debu NEAR/1 pabrik OR abu", "abu", "[abu]"},
			{"debu NEAR/1 pabrik", "debu jauh sekali dari debu pabrik", "debu jauh sekali dari [debu] [pabrik]"},
		},
		"ordered near": {
			{"debu ONEAR/2 pabrik", "debu dari pabrik", "[debu] dari [pabrik]"},
			{"debu ONEAR/2 pabrik", "pabrik penuh debu", ""},
		},
		"chain": {
			{"debu NEAR/1 pabrik NEAR/1 kiln", "kiln x debu x pabrik", "[kiln] x [debu] x [pabrik]"},
			{"debu NEAR/1 pabrik NEAR/1 kiln", "kiln x x debu x pabrik", ""},
			{"(debu NEAR/1 pabrik) ONEAR/0 kiln", "debu pabrik pabrik kiln", "[debu] pabrik [pabrik] [kiln]"},
			{"a NEAR/5 b NEAR/5 c", "a b b c", "[a] [b] [b] [c]"},
			{`("a x" OR a) NEAR/2 b NEAR/5 c`, "a x b c", "[a x] [b] [c]"},
		},
	} {
		for _, c := range cases {
			t.Run(name+"/"+c.query+"/"+c.text, func(t *testing.T) {
				if got := mark(mustCompile(t, c.query), source.Post{Text: c.text}); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			})
		}
	}
}

func TestQueryFieldsAskAboutThePost(t *testing.T) {
	p := source.Post{
		Source: "antara-jateng", Kind: source.Handed, Outlet: "Antara News", Tier: 2, Lang: "id-ID", Reach: 100, Site: "rembang",
	}
	for query, want := range map[string]bool{
		"source:antara-jateng": true, "source:antara": false,
		"site:rembang": true, "site:Rembang": true, "site:kupang": false,
		"kind:handed-in": true, "kind:news": false, "NOT kind:news tier=2": true,
		"lang:id": true, "lang:ID-id": true, "lang:i": false, "lang:en": false,
		`outlet:"antara news"`: true, "outlet:antara": false,
		"tier<=2": true, "tier<2": false, "tier=2": true, "tier>=3": false, "tier>1": true,
		"reach>=100": true, "reach>100": false, "reach<101": true, "reach<=99": false, "reach=100": true,
		"site:rembang tier<=2 kind:handed-in": true,
		"site:kupang OR tier=2":               true,
	} {
		q := mustCompile(t, query)
		if spans, got := q.match(newTestDoc(p, q)); got != want || len(spans) > 0 {
			t.Errorf("%s: %v with spans %v, want %v without", query, got, spans, want)
		}
	}
	for _, query := range []string{"tier<=3", "tier>=1"} {
		q := mustCompile(t, query)
		if _, ok := q.match(newTestDoc(source.Post{}, q)); ok {
			t.Errorf("%s accepts a post of unknown tier", query)
		}
	}
}

func TestDocServesOneQueryAfterTheOther(t *testing.T) {
	except, plain := mustCompile(t, `semen NOT "semen padang"`), mustCompile(t, "semen")
	d := newTestDoc(source.Post{Text: "semen padang, semen"}, except, plain)
	for range 2 {
		if spans, _ := except.match(d); len(spans) != 1 {
			t.Errorf("except: %v", spans)
		}
		if spans, _ := plain.match(d); len(spans) != 2 {
			t.Errorf("plain: %v", spans)
		}
	}
	d.reset(&source.Post{Text: "semen"})
	if spans, ok := except.match(d); !ok || len(spans) != 1 {
		t.Errorf("next post: %v, %v", spans, ok)
	}
}

func TestMatchOfNothingAllocatesNothing(t *testing.T) {
	q := mustCompile(t, `$debu NEAR/8 ("pabrik gula" OR semen) NOT (abu OR kiln)`)
	d := newTestDoc(source.Post{Text: strings.Repeat("debu dari pabrik semen dan abu ", 5)}, q)
	if _, ok := q.match(d); ok {
		t.Fatal("matched")
	}
	if n := testing.AllocsPerRun(100, func() { q.match(d) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestEndlessRepetitionIsBounded(t *testing.T) {
	q := mustCompile(t, "debu NEAR/100 debu NEAR/100 debu")
	d := newTestDoc(source.Post{Text: strings.Repeat("debu ", 5_000)}, q)
	if _, ok := q.match(d); !ok {
		t.Error("no match")
	}
	if len(d.found) > 4*maxPairs {
		t.Errorf("%d stretches kept", len(d.found))
	}
}
