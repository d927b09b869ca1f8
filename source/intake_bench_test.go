package source

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/store"
)

// benchBatch is how many posts the watcher takes in at once when it is busy
// (matching.md 3).
const benchBatch = 1000

// BenchmarkAccept takes in batches, each in a transaction of its own that waits
// for the disk: posts that nobody has seen, and the posts of the batch before
// once more, as every feed brings them.
func BenchmarkAccept(b *testing.B) {
	b.Run("new", func(b *testing.B) { benchAccept(b, 1) })
	b.Run("known", func(b *testing.B) { benchAccept(b, 10) })
}

// benchAccept shows every batch as often as times.
func benchAccept(b *testing.B, times int) {
	db := openStore(b, filepath.Join(b.TempDir(), "siaga.db"))
	in := &Intake{Places: NewGazetteer(map[string][]string{"rembang": {"rembang", "gunem", "tegaldowo"}, "kupang": {"kupang", "alak"}})}
	rng := rand.New(rand.NewPCG(1, 2))
	now := noon
	rememberAWeek(b, db, in)
	n := 0
	for b.Loop() {
		now = now.Add(time.Second)
		batch := inventBatch(rng, now)
		for range times {
			if err := db.Update(b.Context(), func(tx store.Tx) error {
				_, err := in.Accept(tx, Spec{Name: "mastodon"}, batch, now)
				return err
			}); err != nil {
				b.Fatal(err)
			}
			n += benchBatch
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "posts/s")
}

// rememberAWeek leaves ids on every day on which an id is looked for.
func rememberAWeek(b *testing.B, db store.DB, in *Intake) {
	rng := rand.New(rand.NewPCG(3, 4))
	for back := range 9 {
		now := noon.AddDate(0, 0, -back)
		for range 5 {
			if err := db.Update(b.Context(), func(tx store.Tx) error {
				_, err := in.Accept(tx, Spec{Name: "mastodon"}, inventBatch(rng, now), now)
				return err
			}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// inventBatch has posts of the size of those in matching.md: 24 words.
func inventBatch(rng *rand.Rand, now time.Time) Batch {
	batch := Batch{Live: true}
	for range benchBatch {
		words := make([]string, 24)
		for i := range words {
			words[i] = fmt.Sprintf("kata%d", rng.IntN(5000))
		}
		id := rng.Uint64()
		batch.Events = append(batch.Events, Event{Post: Post{
			ID: fmt.Sprintf("mastodon:%d", id), Kind: Social, URL: fmt.Sprintf("https://toot.example/%d", id),
			Voice: fmt.Sprintf("%016x", rng.IntN(1000)), Text: strings.Join(words, " "), Published: now,
		}})
	}
	return batch
}
