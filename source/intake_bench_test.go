package source

import (
	"fmt"
	"hash/maphash"
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

// BenchmarkFold is what it costs to look for the story of a post by its words,
// with 50,000 posts of the last two days in the index: reading the text,
// searching, asking the store, learning the text.
func BenchmarkFold(b *testing.B) {
	b.Run("social", func(b *testing.B) { benchFold(b, 24, false) })
	b.Run("article", func(b *testing.B) { benchFold(b, 300, false) })
	b.Run("copy of an article", func(b *testing.B) { benchFold(b, 300, true) })
}

func benchFold(b *testing.B, words int, copied bool) {
	in, w := &Intake{}, newWriter()
	in.index.open(noon)
	for range 50_000 {
		in.index.add(in.entry(w.post(24)))
	}
	some := make([]Post, 512)
	for i := range some {
		some[i] = w.post(words)
		if copied {
			in.index.add(in.entry(some[i]))
			some[i].ID, some[i].Text = "copy "+some[i].ID, w.post(words/10).Text+" "+some[i].Text
		}
	}
	learnt := Intake{}
	learnt.index.open(noon)
	db := openStore(b, filepath.Join(b.TempDir(), "siaga.db"))
	if err := db.View(b.Context(), func(tx store.Tx) error {
		for i := 0; b.Loop(); i++ {
			e := in.entry(some[i%len(some)])
			if _, _, err := nearest(tx, e.gist, in.index.compare(e), noon); err != nil {
				return err
			}
			learnt.index.add(e)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}

// writer writes words about as often as people do: the word of rank r comes
// with a frequency of 1/r (Zipf).
type writer struct {
	ranks *rand.Zipf
	n     int
}

func newWriter() *writer {
	return &writer{ranks: rand.NewZipf(rand.New(rand.NewPCG(5, 6)), 1.05, 3, 30_000)}
}

func (w *writer) post(words int) Post {
	text := make([]string, words)
	for i := range text {
		text[i] = fmt.Sprintf("k%dta", w.ranks.Uint64())
	}
	w.n++
	return Post{ID: fmt.Sprint(w.n), Text: strings.Join(text, " "), Published: noon, Fetched: noon}
}

// BenchmarkGist is the reading alone.
func BenchmarkGist(b *testing.B) {
	for _, words := range []int{24, 300} {
		b.Run(fmt.Sprint(words), func(b *testing.B) {
			s, text := speller{maphash.MakeSeed()}, first(newNewsroom(1).article(words/10), words)
			b.ReportAllocs()
			for b.Loop() {
				s.gist(text)
			}
		})
	}
}
