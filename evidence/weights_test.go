package evidence

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// public is where the questions of CheckThat! 2020 are, if they are there.
const public = "../../shared/data/factmatch/"

// A collection is claims and questions that one of them answers.
type collection struct {
	claims  []string
	answers []int
	asked   []string
}

func readPublic(b *testing.B, part string) collection {
	b.Helper()
	var c collection
	at := map[string]int{}
	eachRecord(b, "claims.jsonl", func(r map[string]string) {
		at[r["id"]] = len(c.claims)
		c.claims = append(c.claims, r["claim"]+". "+r["title"])
	})
	gold := map[string]int{}
	data, err := os.ReadFile(public + part + ".qrels")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		gold[f[0]] = at[f[2]]
	}
	eachRecord(b, part+".queries.jsonl", func(r map[string]string) {
		c.asked = append(c.asked, r["text"])
		c.answers = append(c.answers, gold[r["id"]])
	})
	return c
}

func eachRecord(b *testing.B, name string, yield func(map[string]string)) {
	b.Helper()
	data, err := os.ReadFile(public + name)
	if os.IsNotExist(err) {
		b.Skip("the public data is not here")
	}
	for line := range strings.Lines(string(data)) {
		var r map[string]string
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			b.Fatal(err)
		}
		yield(r)
	}
}

// measure returns MAP@5, copies being one claim, and the share of questions that
// get their answer at 5 % false suggestions.
func measure(c collection, w weights) (mean, coverage float64) {
	r := Rank{newRanker(c.claims, w)}
	var right, wrong []float64
	for i, q := range c.asked {
		places, scores := r.Near(q)
		at := slices.IndexFunc(places, func(p int) bool { return r.Copies(p, c.answers[i]) })
		if at >= 0 && at < 5 {
			mean += 1 / float64(at+1) / float64(len(c.asked))
		}
		if at == 0 {
			right = append(right, scores[0])
		}
		_, scores = r.NearWithout(q, c.answers[i])
		wrong = append(wrong, append(scores, 0)[0])
	}
	slices.Sort(wrong)
	for _, s := range right {
		if s > wrong[len(wrong)*95/100] {
			coverage += 1 / float64(len(c.asked))
		}
	}
	return mean, coverage
}

// BenchmarkWeights tells what other weights would bring.
func BenchmarkWeights(b *testing.B) {
	for _, part := range []string{"train", "dev"} {
		for name, change := range map[string]func(*weights){
			"shipped":        func(*weights) {},
			"saturation=0.6": func(w *weights) { w.saturation = 0.6 },
			"saturation=2":   func(w *weights) { w.saturation = 2 },
			"length=0.4":     func(w *weights) { w.length = 0.4 },
			"length=0.9":     func(w *weights) { w.length = 0.9 },
			"pairs=0":        func(w *weights) { w.pairs = 0 },
			"pairs=0.2":      func(w *weights) { w.pairs = 0.2 },
			"pairs=0.6":      func(w *weights) { w.pairs = 0.6 },
			"lead=0":         func(w *weights) { w.lead = 0 },
			"lead=1":         func(w *weights) { w.lead = 1 },
			"lead=5":         func(w *weights) { w.lead = 5 },
		} {
			b.Run(part+"/"+name, func(b *testing.B) {
				c := readPublic(b, part)
				w := shipped()
				change(&w)
				var mean, coverage float64
				for b.Loop() {
					mean, coverage = measure(c, w)
				}
				b.ReportMetric(mean, "MAP@5")
				b.ReportMetric(coverage, "coverage")
			})
		}
	}
}
