package rules

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/source"
)

// BenchmarkMatch finds the rules that match a post, one post an iteration, and
// in the same run asks every rule about every post, which is the plain way.
// Posts have the size of those in matching.md, 24 words and about 155 bytes.
// In "brand" the brand stands in every post and every rule asks for it, as
// where sources are searched for the brand.
func BenchmarkMatch(b *testing.B) {
	words := benchWords(20_000)
	posts := benchPosts(words, 10_000)
	for _, n := range []int{10, 1_000, 10_000} {
		set := benchRules(b, words, n, "%s")
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) { benchMatch(b, set, posts) })
		b.Run(fmt.Sprintf("rules=%d/every", n), func(b *testing.B) { benchEvery(b, set, posts) })
	}
	set := benchRules(b, words, 1_000, "merek (%s)")
	for i := range posts {
		posts[i].Text += " merek"
	}
	b.Run("brand", func(b *testing.B) { benchMatch(b, set, posts) })
}

func benchMatch(b *testing.B, set *Set, posts []source.Post) {
	for range learnFrom / 1_000 { // as long as it learns
		d := set.borrow()
		for i := range 1_000 {
			for range set.matches(d, &posts[i]) {
			}
		}
		set.giveBack(d)
	}
	d := set.borrow()
	matches, i := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		for range set.matches(d, &posts[i%len(posts)]) {
			matches++
		}
		i++
	}
	b.ReportMetric(float64(matches)/float64(i), "matches/op")
}

func benchEvery(b *testing.B, set *Set, posts []source.Post) {
	d := set.borrow()
	matches, i := 0, 0
	for b.Loop() {
		d.reset(&posts[i%len(posts)])
		i++
		for _, q := range set.queries {
			if _, ok := q.match(d); ok {
				matches++
			}
		}
	}
	b.ReportMetric(float64(matches)/float64(i), "matches/op")
}

func BenchmarkCompile(b *testing.B) {
	book := benchBook(benchWords(20_000), 1_000, "%s")
	for b.Loop() {
		if _, problems := Compile(book); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

// benchRules writes rules as an admin would: an issue near a place or a
// product, without what is known to be noise; every third takes its issue from
// a set. Issues are 650 roots with their forms; places are names. Neither are
// the commonest words, nor the rarest.
func benchRules(b *testing.B, words []string, n int, form string) *Set {
	return mustSet(b, benchBook(words, n, form))
}

func benchBook(words []string, n int, form string) Book {
	rng := rand.New(rand.NewPCG(3, 3))
	issue := func() string { return words[200+10*rng.IntN(650)] }
	place := func() string { return "=" + words[1_001+10*rng.IntN(len(words)/10-101)] }
	book := Book{Rules: make([]Rule, n), Words: map[string]Words{}}
	for i := range 40 {
		book.Words[fmt.Sprintf("isu%d", i)] = Words{Roots: []string{issue(), issue(), issue() + " " + issue()}, Also: []string{issue()}}
	}
	for i := range book.Rules {
		about := fmt.Sprintf(`(%s OR %s OR "%s %s")`, issue(), issue(), issue(), issue())
		if i%3 == 0 {
			about = fmt.Sprintf("$isu%d", rng.IntN(40))
		}
		q := fmt.Sprintf(`%s NEAR/8 (%s OR %s) NOT (%s OR "%s %s")`, about, place(), place(), issue(), issue(), issue())
		book.Rules[i] = Rule{Name: fmt.Sprintf("Aturan%d", i), Query: fmt.Sprintf(form, q), Topic: "umum", Severity: Warning}
	}
	return book
}

// benchWords invents words that look Indonesian, the common ones first.
func benchWords(n int) []string {
	rng := rand.New(rand.NewPCG(1, 1))
	syllables := strings.Fields("ba ber da di ga ja ka ke la lan ma men mu na ngan pa per ra ri sa se ta ter tu wa ya")
	seen := map[string]bool{}
	var words []string
	for len(words) < n {
		var w strings.Builder
		for range 2 + rng.IntN(3) {
			w.WriteString(syllables[rng.IntN(len(syllables))])
		}
		if !seen[w.String()] {
			seen[w.String()] = true
			words = append(words, w.String())
		}
	}
	return words
}

// benchPick draws a word, the early ones far more often, as in real text.
func benchPick(rng *rand.Rand, words []string) string {
	f := rng.Float64()
	return words[int(f*f*f*float64(len(words)))]
}

func benchPosts(words []string, n int) []source.Post {
	rng := rand.New(rand.NewPCG(2, 2))
	posts := make([]source.Post, n)
	for i := range posts {
		line := make([]string, 24)
		for k := range line {
			line[k] = benchPick(rng, words)
		}
		posts[i].Text = strings.Join(line, " ")
	}
	return posts
}
