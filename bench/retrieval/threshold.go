package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/siaga-id/siaga/evidence"
)

// falseShare is the share of queries without an answer that may get one.
const falseShare = 0.05

// threshold tells what suggestions cost and bring on queries with one known
// answer each; further answers of a query are not looked at.
func threshold(out io.Writer, claims, queries []record, qrels string) error {
	answers, err := readAnswers(qrels)
	if err != nil {
		return err
	}
	at := make(map[string]int, len(claims))
	for i, c := range claims {
		at[c.ID] = i
	}
	r := evidence.NewRank(texts(claims))
	var right, wrong []float64
	for _, q := range queries {
		gold, known := at[answers[q.ID]]
		if !known {
			continue
		}
		right = append(right, first(r.Near(q.Text))(func(i int) bool { return r.Copies(i, gold) }))
		wrong = append(wrong, first(r.NearWithout(q.Text, gold))(func(int) bool { return true }))
	}
	if len(wrong) == 0 {
		return fmt.Errorf("%s answers none of the queries with one of the claims", qrels)
	}
	slices.Sort(wrong)
	least := wrong[min(int(float64(len(wrong))*(1-falseShare)), len(wrong)-1)]
	covered := 0
	for _, score := range right {
		if score > least {
			covered++
		}
	}
	fmt.Fprintf(out, "%d queries; at %.3f and more %.0f %% false suggestions, coverage %.3f\n",
		len(right), least, 100*falseShare, float64(covered)/float64(len(right)))
	return nil
}

// first returns the score of the first place if it is one of those asked for,
// otherwise 0.
func first(places []int, scores []float64) func(func(int) bool) float64 {
	return func(ok func(int) bool) float64 {
		if len(places) == 0 || !ok(places[0]) {
			return 0
		}
		return scores[0]
	}
}

// readAnswers returns a claim for each query of a TREC file of judgements.
func readAnswers(path string) (map[string]string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	answers := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) == 4 && f[3] != "0" {
			answers[f[0]] = f[2]
		}
	}
	return answers, nil
}
