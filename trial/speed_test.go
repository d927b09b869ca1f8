package trial_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/trial"
)

// BenchmarkReplay plays an archive of a busy week, one post every ten seconds,
// to the shipped rules: two readings of the file, intake, matching, counting,
// judging, incidents. The crisis day gives the texts: in a usual week every
// 200th is one of its crisis, and in a week of crisis, with rules that fire all
// the time, every 20th; the others are of the hours before.
func BenchmarkReplay(b *testing.B) {
	b.Run("usual", func(b *testing.B) { benchReplay(b, 200) })
	b.Run("crisis", func(b *testing.B) { benchReplay(b, 20) })
}

func benchReplay(b *testing.B, every int) {
	const posts = 50_000
	c, err := config.Rehearse("../config.yaml", config.Options{})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "archive.jsonl")
	writeArchive(b, path, posts, every)
	for b.Loop() {
		a, err := trial.OpenArchive([]string{path}, source.NewRecords(source.Spec{Name: "contoh"}, source.NewVoices(nil), time.Time{}))
		if err != nil {
			b.Fatal(err)
		}
		out, err := trial.Run(b.Context(), trial.Setup{Rules: c.Rules, Plan: c.Plan, Places: source.NewGazetteer(c.Places)}, a.Events())
		if err != nil || out.Read != posts || out.Bad > 0 || out.Rules[0].Matches == 0 {
			b.Fatal(out.Read, out.Bad, err)
		}
		_ = a.Close()
	}
	b.ReportMetric(float64(posts*b.N)/b.Elapsed().Seconds(), "posts/s")
}

// before is how many posts of the crisis day are older than its crisis.
const before = 218

func writeArchive(b *testing.B, path string, posts, every int) {
	b.Helper()
	day, err := os.ReadFile("../testdata/contoh/hari-krisis.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	texts := texts(b, day)
	usual, crisis := texts[:before], texts[before:]
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rng := rand.New(rand.NewPCG(1, 2))
	at := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	for n := range posts {
		at = at.Add(10 * time.Second)
		text := usual[rng.IntN(len(usual))]
		if n%every == 0 {
			text = crisis[rng.IntN(len(crisis))]
		}
		fmt.Fprintf(f, "{\"id\": \"%d\", \"at\": %q, \"kind\": \"social\", \"author\": \"a%d\", \"text\": %q}\n",
			n, at.Format(time.RFC3339), rng.IntN(5000), fmt.Sprint(text, " ", n))
	}
}
