package store

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

// batch is what the watcher commits at once; series is how many rules and
// sites its posts count for.
const (
	batch  = 1000
	series = 200
)

// BenchmarkBatch backs the layouts of doc.go (and the table in matching.md 3):
// one transaction per batch notes every post as seen and counts it once. Each
// layout reports posts/s and how many times faster than the first it is.
func BenchmarkBatch(b *testing.B) {
	layouts := []struct {
		name string
		keep func(tx Tx, posts []post) error
	}{
		{"hashed-keys", keepHashed},
		{"time-ordered", keepOrdered},
		{"minute-first", keepMinuteFirst},
		{"packed", keepPacked},
	}
	var first float64
	for _, l := range layouts {
		b.Run(l.name, func(b *testing.B) {
			rate := benchBatches(b, l.keep)
			if first == 0 {
				first = rate
			}
			b.ReportMetric(rate, "posts/s")
			b.ReportMetric(rate/first, "x-hashed")
		})
	}
}

type post struct {
	id     string
	at     time.Time
	series int
}

func benchBatches(b *testing.B, keep func(Tx, []post) error) float64 {
	db := openBench(b)
	rng := rand.New(rand.NewPCG(1, 2))
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	n := 0
	for b.Loop() {
		posts := make([]post, batch)
		for i := range posts {
			now = now.Add(time.Minute / batch)
			n++
			posts[i] = post{fmt.Sprintf("mastodon:%016d", n), now, rng.IntN(series)}
		}
		if err := db.Update(b.Context(), func(tx Tx) error { return keep(tx, posts) }); err != nil {
			b.Fatal(err)
		}
	}
	return float64(n) / b.Elapsed().Seconds()
}

func openBench(b *testing.B) *Bolt {
	b.Helper()
	db, err := Open(filepath.Join(b.TempDir(), "siaga.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// keepHashed is the layout one writes first: a hash for a key, and the counter
// read and written for every post.
func keepHashed(tx Tx, posts []post) error {
	const counts Shelf[[]byte] = "count"
	for _, p := range posts {
		sum := sha256.Sum256([]byte(p.id))
		if err := noteSeen(tx, "seen", Key(sum[:16])); err != nil {
			return err
		}
		key := seriesFirst(p)
		old, _, err := counts.Get(tx, key)
		if err != nil {
			return err
		}
		n := int64(0)
		if old != nil {
			n, _ = parseCount(old)
		}
		if err := counts.Put(tx, key, formatCount(n+1)); err != nil {
			return err
		}
	}
	return nil
}

func keepOrdered(tx Tx, posts []post) error {
	for _, p := range posts {
		if err := noteSeen(tx, "seen", Path(Stamp(p.at), p.id)); err != nil {
			return err
		}
		if err := tx.Add("count", seriesFirst(p), 1); err != nil {
			return err
		}
	}
	return nil
}

func keepMinuteFirst(tx Tx, posts []post) error {
	for _, p := range posts {
		if err := noteSeen(tx, "seen", Path(Stamp(p.at), p.id)); err != nil {
			return err
		}
		if err := tx.Add("count", minuteFirst(p), 1); err != nil {
			return err
		}
	}
	return nil
}

func keepPacked(tx Tx, posts []post) error {
	var ids []byte
	for _, p := range posts {
		sum := sha256.Sum256([]byte(p.id))
		ids = append(ids, sum[:8]...)
		if err := tx.Add("count", minuteFirst(p), 1); err != nil {
			return err
		}
	}
	return tx.Put("seen", Key(Stamp(posts[0].at)), ids)
}

func noteSeen(tx Tx, shelf string, key Key) error {
	seen, err := tx.Get(shelf, key)
	if err != nil || seen != nil {
		return err
	}
	return tx.Put(shelf, key, nil)
}

func seriesFirst(p post) Key { return Path(Num(uint64(p.series)), Minute(p.at)) }
func minuteFirst(p post) Key { return Path(Minute(p.at), Num(uint64(p.series))) }

// BenchmarkChange is the transaction behind a button: read an incident, write
// it, append to its timeline.
func BenchmarkChange(b *testing.B) {
	db := openBench(b)
	type incident struct {
		Topic, Site, Owner string
		Rev                uint64
	}
	const incidents Shelf[incident] = "incident"
	for b.Loop() {
		err := db.Update(b.Context(), func(tx Tx) error {
			in, _, err := incidents.Get(tx, "42")
			if err != nil {
				return err
			}
			in.Topic, in.Site, in.Owner, in.Rev = "debu", "rembang", "Sari", in.Rev+1
			if err := incidents.Put(tx, "42", in); err != nil {
				return err
			}
			return Shelf[incident]("timeline").Put(tx, Path("42", Num(in.Rev)), in)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
