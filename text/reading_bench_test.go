package text

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// benchPosts are of the size of those in matching.md: 24 words, about 155 bytes.
func benchPosts(n int) []string {
	rng := rand.New(rand.NewPCG(2, 2))
	syllables := strings.Fields("ber da di ga ja ka ke la lan ma men mu na ngan pa per ra ri sa se ta ter tu wa ya")
	posts := make([]string, n)
	for i := range posts {
		words := make([]string, 24)
		for w := range words {
			for range 2 + rng.IntN(2) {
				words[w] += syllables[rng.IntN(len(syllables))]
			}
		}
		words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
		posts[i] = strings.Join(words, " ") + "."
	}
	return posts
}

func BenchmarkRead(b *testing.B) {
	posts := benchPosts(1_000)
	for name, read := range map[string]func(*Reading, Keyer, string){
		"reading": (*Reading).Read, "literal": (*Reading).ReadLiterally,
	} {
		b.Run(name, func(b *testing.B) {
			var r Reading
			k := NewKeyer()
			size, i := 0, 0
			b.ReportAllocs()
			for b.Loop() {
				read(&r, k, posts[i%len(posts)])
				size += len(posts[i%len(posts)])
				i++
			}
			b.SetBytes(int64(size / max(i, 1)))
		})
	}
	b.Run("tokenize", func(b *testing.B) {
		var tokens []Token
		i := 0
		b.ReportAllocs()
		for b.Loop() {
			tokens = Tokenize(tokens[:0], posts[i%len(posts)])
			i++
		}
	})
}
