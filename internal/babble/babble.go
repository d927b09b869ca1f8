// Package babble invents words and posts that look Indonesian, the same ones
// each time, for benchmarks.
package babble

import (
	"math/rand/v2"
	"strings"

	"github.com/siaga-id/siaga/source"
)

// Words invents n words that look Indonesian, the common ones first.
func Words(n int) []string {
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

// Pick draws a word, the early ones far more often, as in real text.
func Pick(rng *rand.Rand, words []string) string {
	f := rng.Float64()
	return words[int(f*f*f*float64(len(words)))]
}

// Posts writes n posts of 24 words.
func Posts(words []string, n int) []source.Post {
	rng := rand.New(rand.NewPCG(2, 2))
	posts := make([]source.Post, n)
	for i := range posts {
		line := make([]string, 24)
		for k := range line {
			line[k] = Pick(rng, words)
		}
		posts[i].Text = strings.Join(line, " ")
	}
	return posts
}
