package lexicon

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/text"
)

// corpus is invented Indonesian: words of syllables, the early ones far more
// often, in posts of 24 words and about 155 bytes (matching.md, section 3).
type corpus struct {
	rng   *rand.Rand
	words []string
	posts []string
}

func newCorpus(words, posts int) *corpus {
	c := &corpus{rng: rand.New(rand.NewPCG(1, 1))}
	syllables := strings.Fields("a ba ber bu da di ga i ja ka ke ko la lan li ma men mu na ngan nya pa per ra ri sa se su ta ter tu wa ya")
	known := map[string]bool{}
	for len(c.words) < words {
		var w strings.Builder
		for range 1 + c.rng.IntN(2) + c.rng.IntN(2) + c.rng.IntN(2) {
			w.WriteString(syllables[c.rng.IntN(len(syllables))])
		}
		if !known[w.String()] {
			known[w.String()] = true
			c.words = append(c.words, w.String())
		}
	}
	for range posts {
		c.posts = append(c.posts, c.line(24)+".")
	}
	return c
}

func (c *corpus) line(n int) string {
	words := make([]string, n)
	for i := range words {
		f := c.rng.Float64()
		words[i] = c.words[int(f*f*f*float64(len(c.words)))]
	}
	return strings.Join(words, " ")
}

// patterns are words, and phrases that stand in posts.
func (c *corpus) patterns(n int) []string {
	known := map[string]bool{}
	var out []string
	for len(out) < n {
		p := c.words[c.rng.IntN(len(c.words))]
		if len(out)%3 == 0 {
			words := strings.Fields(c.posts[c.rng.IntN(len(c.posts))])
			at := c.rng.IntN(len(words) - 4)
			p = strings.Join(words[at:at+2+c.rng.IntN(2)], " ")
		}
		if !known[p] {
			known[p] = true
			out = append(out, p)
		}
	}
	return out
}

// asFirstWritten is the way that comes to mind first: cut the post into words
// and look each of them, and each two and three in a row, up in a map.
func asFirstWritten(patterns map[string]uint32, post string) (matches int) {
	words := strings.FieldsFunc(strings.ToLower(post), func(r rune) bool { return r == ' ' || r == '.' })
	for i := range words {
		for n := 1; n <= 3 && i+n <= len(words); n++ {
			if _, ok := patterns[strings.Join(words[i:i+n], " ")]; ok {
				matches++
			}
		}
	}
	return matches
}

func BenchmarkFind(b *testing.B) {
	c := newCorpus(150_000, 20_000)
	for _, n := range []int{10, 1_000, 10_000, 100_000} {
		patterns := c.patterns(n)
		l := build(patterns, c.posts[:2_000]...)
		b.Run(fmt.Sprintf("patterns=%d", n), func(b *testing.B) {
			var r text.Reading
			var matches []Match
			total, i := 0, 0
			b.ReportAllocs()
			for b.Loop() {
				r.ReadLiterally(l.Keyer(), c.posts[i%len(c.posts)])
				matches = l.Find(matches[:0], &r)
				total += len(matches)
				i++
			}
			b.ReportMetric(float64(total)/float64(i), "matches/op")
			b.ReportMetric(float64(l.Size())/float64(n), "B/pattern")
		})
		b.Run(fmt.Sprintf("patterns=%d/map", n), func(b *testing.B) {
			index := map[string]uint32{}
			for i, p := range patterns {
				index[p] = uint32(i)
			}
			total, i := 0, 0
			for b.Loop() {
				total += asFirstWritten(index, c.posts[i%len(c.posts)])
				i++
			}
			b.ReportMetric(float64(total)/float64(i), "matches/op")
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	c := newCorpus(150_000, 2_000)
	for _, n := range []int{1_000, 100_000} {
		patterns := c.patterns(n)
		b.Run(fmt.Sprintf("patterns=%d", n), func(b *testing.B) {
			for b.Loop() {
				build(patterns)
			}
		})
	}
}
