package query

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/siaga-id/siaga/internal/babble"
	"github.com/siaga-id/siaga/source"
)

// BenchmarkMatch finds the queries that match a post, one post an iteration, and
// in the same run asks every query about every post, which is the plain way.
// Posts have the size of those in matching.md, 24 words and about 155 bytes.
// In "brand" the brand stands in every post and every query asks for it, as
// where sources are searched for the brand.
func BenchmarkMatch(b *testing.B) {
	words := babble.Words(20_000)
	posts := babble.Posts(words, 10_000)
	for _, n := range []int{10, 1_000, 10_000} {
		x := benchIndex(b, words, n, "%s")
		b.Run(fmt.Sprintf("queries=%d", n), func(b *testing.B) { benchMatch(b, x, posts) })
		b.Run(fmt.Sprintf("queries=%d/every", n), func(b *testing.B) { benchEvery(b, x, posts) })
	}
	x := benchIndex(b, words, 1_000, "merek (%s)")
	for i := range posts {
		posts[i].Text += " merek"
	}
	b.Run("brand", func(b *testing.B) { benchMatch(b, x, posts) })
}

func benchMatch(b *testing.B, x *Index, posts []source.Post) {
	for range learnFrom / 1_000 { // as long as it learns
		d := x.Borrow()
		for i := range 1_000 {
			for range d.Matches(&posts[i]) {
			}
		}
		d.GiveBack()
	}
	d := x.Borrow()
	matches, i := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		for range d.Matches(&posts[i%len(posts)]) {
			matches++
		}
		i++
	}
	b.ReportMetric(float64(matches)/float64(i), "matches/op")
}

func benchEvery(b *testing.B, x *Index, posts []source.Post) {
	d := x.Borrow()
	matches, i := 0, 0
	for b.Loop() {
		d.reset(&posts[i%len(posts)])
		i++
		for _, q := range x.queries {
			if _, ok := q.match(d); ok {
				matches++
			}
		}
	}
	b.ReportMetric(float64(matches)/float64(i), "matches/op")
}

func BenchmarkCompile(b *testing.B) {
	words := babble.Words(20_000)
	for b.Loop() {
		benchIndex(b, words, 1_000, "%s")
	}
}

// benchIndex asks as an admin would: an issue near a place or a
// product, without what is known to be noise; every third takes its issue from
// a set. Issues are 650 roots with their forms; places are names. Neither are
// the commonest words, nor the rarest.
func benchIndex(b *testing.B, words []string, n int, form string) *Index {
	rng := rand.New(rand.NewPCG(3, 3))
	issue := func() string { return words[200+10*rng.IntN(650)] }
	place := func() string { return "=" + words[1_001+10*rng.IntN(len(words)/10-101)] }
	queries, sets := make([]*Query, n), map[string]Words{}
	for i := range 40 {
		sets[fmt.Sprintf("isu%d", i)] = Words{Roots: []string{issue(), issue(), issue() + " " + issue()}, Also: []string{issue()}}
	}
	for i := range queries {
		about := fmt.Sprintf(`(%s OR %s OR "%s %s")`, issue(), issue(), issue(), issue())
		if i%3 == 0 {
			about = fmt.Sprintf("$isu%d", rng.IntN(40))
		}
		q := fmt.Sprintf(`%s NEAR/8 (%s OR %s) NOT (%s OR "%s %s")`, about, place(), place(), issue(), issue(), issue())
		var err *Error
		if queries[i], err = Compile(fmt.Sprintf(form, q), Options{Words: sets}); err != nil {
			b.Fatal(err)
		}
	}
	return NewIndex(queries)
}
