package rules

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/source"
)

// BenchmarkMatch asks every rule about every post, one post an iteration: the
// plain way, against which anything cleverer is to be measured. Posts have the
// size of those in matching.md, 24 words and about 155 bytes.
func BenchmarkMatch(b *testing.B) {
	words := benchWords(5_000)
	posts := benchPosts(words, 1_000)
	for _, n := range []int{10, 100, 1_000} {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			queries := benchQueries(b, words, n)
			d := newIndex(queries).newDoc()
			matches, i := 0, 0
			for b.Loop() {
				d.reset(&posts[i%len(posts)])
				i++
				for _, q := range queries {
					if _, ok := q.match(d); ok {
						matches++
					}
				}
			}
			b.ReportMetric(float64(matches)/float64(i), "matches/op")
		})
	}
}

func BenchmarkReset(b *testing.B) {
	posts := benchPosts(benchWords(5_000), 1_000)
	d := newIndex(nil).newDoc()
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		d.reset(&posts[i%len(posts)])
		i++
	}
}

// benchWords invents words that look Indonesian, the common ones first.
func benchWords(n int) []string {
	rng := rand.New(rand.NewPCG(1, 1))
	syllables := strings.Fields("ba ber da di ga ja ka ke la lan ma men mu na ngan pa per ra ri sa se ta ter tu wa ya")
	seen := map[string]bool{}
	var words []string
	for len(words) < n {
		var w strings.Builder
		for range 2 + rng.IntN(2) {
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

// benchQueries writes rules as an admin would: an issue near a place or a
// product, without what is known to be noise.
func benchQueries(b *testing.B, words []string, n int) []*query {
	rng := rand.New(rand.NewPCG(3, 3))
	pick := func() any { return benchPick(rng, words) }
	queries := make([]*query, n)
	for i := range queries {
		src := fmt.Sprintf(`(%s OR %s OR "%s %s") NEAR/8 (%s OR %s) NOT (%s OR "%s %s")`,
			pick(), pick(), pick(), pick(), pick(), pick(), pick(), pick(), pick())
		queries[i] = mustCompile(b, src)
	}
	return queries
}
