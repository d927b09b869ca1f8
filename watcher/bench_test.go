package watcher

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/rules"
	"github.com/siaga-id/siaga/source"
)

// BenchmarkRiver takes batches of invented posts in: known or new, story,
// place, rules, counts, incident, and one commit with fsync. posts/s is what
// one machine can carry; with batches of one, ns/op is what a push waits.
func BenchmarkRiver(b *testing.B) {
	for _, c := range []struct{ rules, batch int }{{10, 1000}, {100, 1000}, {10, 1}, {100, 1}} {
		b.Run(fmt.Sprintf("rules=%d/batch=%d", c.rules, c.batch), func(b *testing.B) {
			w := newWorld(b)
			w.Rules.Store(issues(b, c.rules))
			var crowd crowd
			var took []time.Duration
			for b.Loop() {
				b.StopTimer()
				posts := crowd.batch(c.batch)
				b.StartTimer()
				began := time.Now()
				w.accept(posts)
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(c.batch*len(took))/b.Elapsed().Seconds(), "posts/s")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(w.Seen.Firings.Load())/float64(len(took)), "firings/op")
		})
	}
}

// issues are rules about one issue each: something bad near something of ours.
func issues(b *testing.B, n int) *rules.Set {
	b.Helper()
	var book rules.Book
	for i := range n {
		bad, ours := harms[i%len(harms)], things[i/len(harms)%len(things)]
		book.Rules = append(book.Rules, rules.Rule{
			Name: bad + "-" + ours, Query: fmt.Sprintf(`%s NEAR/8 %s NOT ("lowongan kerja" OR promo)`, bad, ours),
			By: []string{"site"}, When: rules.When{Unit: rules.Voices, N: 5, Within: 30 * time.Minute},
			Topic: bad, Severity: rules.Warning, Summary: "{{ .Voices }} suara soal " + bad + " di {{ .Site }}",
		})
	}
	set, problems := rules.Compile(book)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	return set
}

var (
	harms  = strings.Fields("debu asap bising keruh limbah retak longsor banjir demo upah")
	things = strings.Fields("pabrik semen tambang truk sumur jalan sawah izin karyawan warga")
	idle   = strings.Fields(`aku kamu kita mereka ini itu lagi sudah belum mau bisa tidak banget sih dong kok
		pagi siang sore malam besok kemarin hujan panas macet pasar sekolah kantor rumah anak ibu bapak teman makan
		minum kopi nasi ayam ikan beli jual murah mahal main bola nonton film lagu tidur bangun pulang pergi jauh dekat`)
)

// crowd writes posts of 24 words. Every twentieth is about an issue, and of
// those half name a place that is known.
type crowd struct{ written int }

func (c *crowd) batch(n int) source.Batch {
	b := source.Batch{Live: true}
	for range n {
		c.written++
		rng := rand.New(rand.NewPCG(1, uint64(c.written)))
		words := make([]string, 24)
		for i := range words {
			words[i] = idle[rng.IntN(len(idle))]
		}
		if c.written%20 == 0 {
			words[8], words[11] = harms[rng.IntN(len(harms))], things[rng.IntN(len(things))]
		}
		if c.written%40 == 0 {
			words[15] = "gunem"
		}
		p := post(fmt.Sprintf("ramai:%d", c.written), strings.Join(words, " "))
		p.URL = "https://linimasa.example/p/" + p.ID
		p.Published = time.Now().Add(-time.Duration(rng.Int64N(int64(30 * time.Minute))))
		b.Events = append(b.Events, source.Event{Post: p})
	}
	return b
}
