package facts

import (
	"slices"
	"testing"
)

func TestAllFactsAreToldDeadOnesToo(t *testing.T) {
	want := []Fact{{ID: "FAKTA-001"}, {ID: "FAKTA-002", SupersededBy: "FAKTA-001"}}
	var got []string
	for f := range (&Library{facts: want}).All() {
		got = append(got, f.ID)
	}
	if !slices.Equal(got, []string{"FAKTA-001", "FAKTA-002"}) {
		t.Errorf("got %v", got)
	}
}

func TestAFactCoversItsCells(t *testing.T) {
	here := Fact{Topics: []string{"debu", "air"}, Sites: []string{"rembang"}}
	everywhere := Fact{Topics: []string{"debu"}}
	for name, c := range map[string]struct {
		fact        Fact
		topic, site string
		want        bool
	}{
		"its cell":      {here, "air", "rembang", true},
		"another topic": {here, "lahan", "rembang", false},
		"another site":  {here, "air", "kupang", false},
		"no site known": {here, "air", "", false},
		"all sites":     {everywhere, "debu", "", true},
	} {
		if got := c.fact.Covers(c.topic, c.site); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
