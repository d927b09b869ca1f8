package main

import (
	"slices"
	"strings"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/grievance"
)

// complaints returns what reads whether a post complains, and knows the
// places of the sites.
func complaints(c *config.Config) *grievance.Reader {
	var places []string
	for _, names := range c.Places {
		places = append(places, names...)
	}
	slices.Sort(places)
	return grievance.NewReader(places)
}

// signs returns the words by which a text reads as a complaint, each once, in
// the order in which they weigh.
func signs(r *grievance.Reader, text string) []string {
	reading := r.Read(text)
	terms := slices.Clone(reading.Terms)
	slices.SortStableFunc(terms, func(a, b grievance.Term) int { return b.Points - a.Points })
	var words []string
	for _, term := range terms {
		for _, m := range reading.Marks {
			word := text[m.Start:m.End]
			if term.Points > 0 && m.Sign == term.Sign && len(words) < maxSigns && !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, word) }) {
				words = append(words, word)
			}
		}
	}
	return words
}

// maxSigns is how many words are told: by the first few it is clear.
const maxSigns = 5
