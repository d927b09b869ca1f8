package rules

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

func drawBook(t *rapid.T) Book {
	b := Book{Words: map[string]Words{"kotor": {Roots: []string{"abu", "debu semen"}, Also: []string{"#semen"}}}, Sites: map[string]string{"rembang": "Rembang"}}
	// What a tag in small letters holds is seen by the words of all rules, and by nothing else of them.
	b.Rules = append(b.Rules, Rule{Name: "kata", Query: "debu OR semen OR abu OR padang OR kupu OR asap"})
	for i := range rapid.IntRange(1, 12).Draw(t, "rules") {
		b.Rules = append(b.Rules, Rule{Name: fmt.Sprint(i), Query: drawWide(t), Colloquial: rapid.Bool().Draw(t, "colloquial")})
	}
	return b
}

// replan makes a set believe that it has seen enough posts to plan anew.
func (s *Set) replan(d *doc) {
	s.learner.mu.Lock()
	s.learner.next = 0
	s.learner.mu.Unlock()
	s.learner.learn(d, s.queries)
}

func TestAPlanMissesNothingWhateverItHasLearnt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := drawBook(t)
		set, problems := Compile(book)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		d := set.borrow()
		for n := range 12 {
			p := source.Post{Text: drawPlayful(t), Site: rapid.SampledFrom([]string{"", "rembang"}).Draw(t, "site")}
			got := set.matching(d, &p)
			for i, q := range set.queries {
				spans, want := q.match(d)
				if where, ok := got[i]; ok != want || !slices.Equal(where, spans) {
					t.Fatalf("%s in %q: %v %v, want %v %v", q.root, p.Text, ok, where, want, spans)
				}
			}
			if n%4 == 3 {
				set.replan(d)
			}
		}
	})
}

func TestRulesDoNotChangeWhatOthersFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := drawBook(t)
		whole, problems := Compile(book)
		alone, more := Compile(Book{Words: book.Words, Sites: book.Sites, Rules: book.Rules[:2]})
		if problems = append(problems, more...); len(problems) > 0 {
			t.Fatal(problems)
		}
		d, e := whole.borrow(), alone.borrow()
		for range 12 {
			p := source.Post{Text: drawPlayful(t)}
			got, want := whole.matching(d, &p), alone.matching(e, &p)
			for i, r := range book.Rules[:2] {
				if !slices.Equal(got[i], want[i]) {
					t.Fatalf("%s in %q: %v among others, %v alone", r.Query, p.Text, got[i], want[i])
				}
			}
		}
	})
}

// TestASetServesManyWhileItLearns is one for the race detector.
func TestASetServesManyWhileItLearns(t *testing.T) {
	set := mustSet(t, Book{Rules: []Rule{keywordRule("a", "debu NEAR/3 semen"), keywordRule("b", `kupu-kupu NOT "kupu kupu malam"`), keywordRule("c", "debu OR semen")}})
	posts := []source.Post{{Text: "debu di semen"}, {Text: "kupu-kupu malam, kupu-kupu"}, {Text: "#TolakDebu #semen"}, {Text: "tidak ada"}}
	want := []int{2, 1, 2, 0}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				d := set.borrow()
				for i := range posts {
					if got := len(set.matching(d, &posts[i])); got != want[i] {
						t.Errorf("%q: %d rules, want %d", posts[i].Text, got, want[i])
					}
				}
				set.replan(d)
				set.giveBack(d)
			}
		})
	}
	wg.Wait()
}

// TestRoundsMayStartAgain lets the counter of rounds overflow after one post.
func TestRoundsMayStartAgain(t *testing.T) {
	set := mustSet(t, Book{Rules: []Rule{keywordRule("a", "debu")}})
	d := set.borrow()
	p := source.Post{Text: "debu"}
	for _, round := range []uint32{0, ^uint32(0)} {
		if d.round = round; len(set.matching(d, &p)) != 1 {
			t.Errorf("after round %d nothing is found", round)
		}
	}
}

func TestWhatStandsInEveryPostIsNoAnchor(t *testing.T) {
	set := mustSet(t, Book{Rules: []Rule{keywordRule("a", "merek debu")}})
	leads := func(word int) bool {
		term, p := set.queries[0].root.(*andNode).all[word].(*wordNode).term, set.learner.plan.Load()
		return p.begin[term] < p.begin[term+1]
	}
	if !leads(0) {
		t.Fatal("of two words of which nothing is known, the first leads to the rule")
	}
	for range learnFrom / learnEvery {
		d := set.borrow()
		for range learnEvery {
			set.matching(d, &source.Post{Text: "merek baru"})
		}
		set.giveBack(d)
	}
	if leads(0) || !leads(1) {
		t.Error("the rule is still found by the brand")
	}
}
