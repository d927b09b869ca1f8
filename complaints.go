package main

import (
	"slices"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/grievance"
)

// complaints returns what reads whether a post complains, and knows the places
// of the sites.
func complaints(c *config.Config) func(text string) bool {
	var places []string
	for _, names := range c.Places {
		places = append(places, names...)
	}
	slices.Sort(places)
	return grievance.NewReader(places).Credible
}
