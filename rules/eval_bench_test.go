package rules

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/babble"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// BenchmarkEval carries batches of 1,000 posts through matching, counting and
// judging, each in a transaction of its own that waits for the disk. 10 s pass
// between two batches, as in a busy national issue (100 posts a second). In the
// last case a single rule has the brand for which the sources are searched; the
// one before asks of 100 rules what is usual.
func BenchmarkEval(b *testing.B) {
	words := babble.Words(5_000)
	texts := babble.Posts(words, 10_000)
	for _, n := range []int{10, 100, 1_000} {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) { benchEval(b, mustSet(b, benchBook(words, n)), texts) })
	}
	b.Run("spikes=100", func(b *testing.B) {
		book := benchBook(words, 100)
		for i := range book.Rules {
			book.Rules[i].When = When{Spike: "balanced", N: 5, Within: 3 * time.Hour}
		}
		benchEval(b, mustSet(b, book), texts)
	})
	b.Run("brand", func(b *testing.B) {
		for i := range texts {
			texts[i].Text += " merek"
		}
		brand := Rule{Name: "Merek", Query: "merek", When: When{Unit: Voices, N: 500, Within: time.Hour}}
		benchEval(b, mustSet(b, Book{Rules: []Rule{brand}}), texts)
	})
}

func benchEval(b *testing.B, set *Set, texts []source.Post) {
	db := openStore(b, filepath.Join(b.TempDir(), "siaga.db"))
	now, posts := noon, 0
	for b.Loop() {
		now = now.Add(10 * time.Second)
		batch := benchArrivals(texts, posts, now)
		posts += len(batch)
		if err := db.Update(b.Context(), func(tx store.Tx) error {
			_, err := set.Eval(tx, now, batch)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(posts)/b.Elapsed().Seconds(), "posts/s")
}

// benchArrivals gives the next 1,000 texts names, voices, sites and times.
func benchArrivals(texts []source.Post, from int, now time.Time) []source.Post {
	batch := make([]source.Post, 1_000)
	for i := range batch {
		n := from + i
		p := texts[n%len(texts)]
		p.ID = fmt.Sprintf("mastodon:%d", n)
		p.Story, p.Voice = p.ID, fmt.Sprintf("%016x", n%977)
		p.Site = [...]string{"rembang", "kupang", ""}[n%3]
		p.Published, p.Fetched = now.Add(-time.Duration(n%60)*time.Second), now
		batch[i] = p
	}
	return batch
}

// benchBook has volume rules at each site, and every tenth rule without a
// condition.
func benchBook(words []string, n int) (book Book) {
	rng := rand.New(rand.NewPCG(3, 3))
	pick := func() any { return babble.Pick(rng, words) }
	for i := range n {
		r := Rule{
			Name: fmt.Sprintf("Aturan%d", i), By: []string{"site"}, Topic: "umum", Severity: Warning,
			Query: fmt.Sprintf(`(%s OR %s OR "%s %s") NEAR/8 (%s OR %s) NOT (%s OR "%s %s")`,
				pick(), pick(), pick(), pick(), pick(), pick(), pick(), pick(), pick()),
			When: When{Unit: Voices, N: 5, Within: 30 * time.Minute}, KeepFiring: 30 * time.Minute,
		}
		if i%10 == 0 {
			r.When, r.KeepFiring = When{}, 0
		}
		book.Rules = append(book.Rules, r)
	}
	return book
}
