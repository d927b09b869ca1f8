package evidence

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// manyTexts makes n texts of about 20 words, whose words are as unequally
// frequent as those of a language.
func manyTexts(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	often := rand.NewZipf(random, 1.07, 3, 25_000)
	texts := make([]string, n)
	for i := range texts {
		var b strings.Builder
		for range 15 + random.IntN(15) {
			b.WriteString(made(often.Uint64()))
			b.WriteByte(' ')
		}
		texts[i] = b.String()
	}
	return texts
}

// made is a word of syllables for a number.
func made(n uint64) string {
	const first, second = "bcdghjklmnprstwy", "aiueo"
	w := ""
	for n += 40; n > 0; n /= 80 {
		w += first[n%16:n%16+1] + second[n/16%5:n/16%5+1]
	}
	return w
}

func BenchmarkNewIndex(b *testing.B) {
	texts := manyTexts(10_000)
	for b.Loop() {
		newRanker(texts, shipped())
	}
}

// BenchmarkNear tells the 99th percentile of a question to 10,000 facts, and
// what it costs to ask each fact for each word of it.
func BenchmarkNear(b *testing.B) {
	texts := manyTexts(10_000)
	r := NewRank(texts)
	b.Run("index", func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			q := texts[7*len(took)%len(texts)]
			began := time.Now()
			r.Near(q)
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100])/1e6, "p99-ms")
	})
	b.Run("every", func(b *testing.B) {
		sets := make([]map[string]bool, len(texts))
		for i, t := range texts {
			sets[i] = setOf(t)
		}
		for i := 0; b.Loop(); i++ {
			scan(sets, strings.Fields(texts[7*i%len(texts)]))
		}
	})
}

// scan counts shared words only, the least that a scan has to do.
func scan(sets []map[string]bool, asked []string) (best int) {
	for _, set := range sets {
		n := 0
		for _, w := range asked {
			if set[w] {
				n++
			}
		}
		best = max(best, n)
	}
	return best
}

func ExampleVeto_Covers() {
	v := Veto{Fact: "FAKTA-003", Topic: "debu", Site: "rembang"}
	fmt.Println(v.Covers("FAKTA-003", "debu", "rembang", "cerita-1"), v.Covers("FAKTA-003", "debu", "kupang", "cerita-1"))
	// Output: true false
}
