package query

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/source"
)

// drawPlayful is a text of few words in many spellings.
func drawPlayful(t *rapid.T) string {
	pieces := rapid.SampledFrom([]string{
		"debu", "berdebu", "debu2", "DEBUUU", "#debu", "#DebuSemen", "abu", "abu-abu", "#abu_abu", "asep", "s3men", "semennn",
		"semen", "sementara", "#semen", "#tolakdebusemen", "padang", "#PadangAbu", "pdg", "kupu-kupu", "kupukupu", "@debu", "x", "“debu", "semen.", "https://debu.id",
	})
	return strings.Join(rapid.SliceOfN(pieces, 0, 9).Draw(t, "text"), rapid.SampledFrom([]string{" ", ", ", "-"}).Draw(t, "between"))
}

// drawWide is drawQuery with what is not in its naive model.
func drawWide(t *rapid.T) string {
	extra := rapid.SampledFrom([]string{"%s", "%s", "(%s) OR site:rembang", "(%s) site:rembang", "(%s) NOT site:rembang", "(%s) debu-semen", "kupu-kupu OR (%s)", "asap (%s)", "reach>=1 OR (%s)", "padan* NOT (%s)"})
	return fmt.Sprintf(extra.Draw(t, "extra"), drawQuery(t, 2))
}

// spelling is what an index can be made of more than once.
type spelling struct {
	src        string
	colloquial bool
}

func drawSpellings(t *rapid.T) []spelling {
	// What a tag in small letters holds is seen by the words of all queries, and by nothing else of them.
	all := []spelling{{src: "debu OR semen OR abu OR padang OR kupu OR asap"}}
	for range rapid.IntRange(1, 12).Draw(t, "rules") {
		all = append(all, spelling{drawWide(t), rapid.Bool().Draw(t, "colloquial")})
	}
	return all
}

func indexOf(t *rapid.T, all []spelling) *Index {
	words := map[string]Words{"kotor": {Roots: []string{"abu", "debu semen"}, Also: []string{"#semen"}}}
	var queries []*Query
	for _, s := range all {
		q, err := Compile(s.src, Options{Words: words, Colloquial: s.colloquial})
		if err != nil {
			t.Fatalf("%s: %v", s.src, err)
		}
		queries = append(queries, q)
	}
	return NewIndex(queries)
}

// replan makes an index believe that it has seen enough posts to plan anew.
func (d *Doc) replan() {
	l := d.index.learner
	l.mu.Lock()
	l.next = 0
	l.mu.Unlock()
	l.learn(d, d.index.queries)
}

func TestAPlanMissesNothingWhateverItHasLearnt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := indexOf(t, drawSpellings(t))
		d := x.Borrow()
		for n := range 12 {
			p := source.Post{Text: drawPlayful(t), Site: rapid.SampledFrom([]string{"", "rembang"}).Draw(t, "site")}
			got := d.matching(&p)
			for i, q := range x.queries {
				spans, want := q.match(d)
				if where, ok := got[i]; ok != want || !slices.Equal(where, spans) {
					t.Fatalf("%s in %q: %v %v, want %v %v", q.root, p.Text, ok, where, want, spans)
				}
			}
			if n%4 == 3 {
				d.replan()
			}
		}
	})
}

func TestQueriesDoNotChangeWhatOthersFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpellings(t)
		d, e := indexOf(t, all).Borrow(), indexOf(t, all[:2]).Borrow()
		for range 12 {
			p := source.Post{Text: drawPlayful(t)}
			got, want := d.matching(&p), e.matching(&p)
			for i, s := range all[:2] {
				if !slices.Equal(got[i], want[i]) {
					t.Fatalf("%s in %q: %v among others, %v alone", s.src, p.Text, got[i], want[i])
				}
			}
		}
	})
}

// TestAnIndexServesManyWhileItLearns is one for the race detector.
func TestAnIndexServesManyWhileItLearns(t *testing.T) {
	x := mustIndex(t, "debu NEAR/3 semen", `kupu-kupu NOT "kupu kupu malam"`, "debu OR semen")
	posts := []source.Post{{Text: "debu di semen"}, {Text: "kupu-kupu malam, kupu-kupu"}, {Text: "#TolakDebu #semen"}, {Text: "tidak ada"}}
	want := []int{2, 1, 2, 0}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				d := x.Borrow()
				for i := range posts {
					if got := len(d.matching(&posts[i])); got != want[i] {
						t.Errorf("%q: %d queries, want %d", posts[i].Text, got, want[i])
					}
				}
				d.replan()
				d.GiveBack()
			}
		})
	}
	wg.Wait()
}

// TestRoundsMayStartAgain lets the counter of rounds overflow after one post.
func TestRoundsMayStartAgain(t *testing.T) {
	d := mustIndex(t, "debu").Borrow()
	p := source.Post{Text: "debu"}
	for _, round := range []uint32{0, ^uint32(0)} {
		if d.round = round; len(d.matching(&p)) != 1 {
			t.Errorf("after round %d nothing is found", round)
		}
	}
}

func TestWhatStandsInEveryPostIsNoAnchor(t *testing.T) {
	x := mustIndex(t, "merek debu")
	leads := func(word int) bool {
		term, p := x.queries[0].root.(*andNode).all[word].(*wordNode).term, x.learner.plan.Load()
		return p.begin[term] < p.begin[term+1]
	}
	if !leads(0) {
		t.Fatal("of two words of which nothing is known, the first leads to the query")
	}
	for range learnFrom / learnEvery {
		d := x.Borrow()
		for range learnEvery {
			d.matching(&source.Post{Text: "merek baru"})
		}
		d.GiveBack()
	}
	if leads(0) || !leads(1) {
		t.Error("the query is still found by the brand")
	}
}

func TestAPostThatNothingMatchesAllocatesNothing(t *testing.T) {
	d := mustIndex(t, `$debu NEAR/8 ("pabrik gula" OR semen) NOT (abu OR kiln)`, "kupu-kupu", "padan* merek").Borrow()
	p := source.Post{Text: strings.Repeat("debu dari pabrik semen dan abu ", 5)}
	try := func() {
		for i := range d.Matches(&p) {
			t.Errorf("query %d matches", i)
		}
	}
	try()
	if n := testing.AllocsPerRun(100, try); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
