package text

import "testing"

func TestNearestForgivesSlipsUpToAThirdOfTheWord(t *testing.T) {
	among := []string{"debu", "limbah", "getaran", "gempa", "GETAR"}
	for name, c := range map[string]struct{ word, want string }{
		"itself":            {"limbah", "limbah"},
		"case":              {"Debu", "debu"},
		"letter missing":    {"limba", "limbah"},
		"letter too many":   {"limmbah", "limbah"},
		"letter wrong":      {"lembah", "limbah"},
		"letters swapped":   {"dbeu", "debu"},
		"two slips":         {"gtearn", "getaran"},
		"shorter is nearer": {"getat", "GETAR"},
		"too far":           {"dada", ""},
		"nothing typed":     {"", ""},
		"one letter":        {"d", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := Nearest(c.word, among)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("Nearest(%q) = %q, %v, want %q", c.word, got, ok, c.want)
			}
		})
	}
	if got, _ := Nearest("abu", []string{"ibu", "aku"}); got != "ibu" {
		t.Errorf("of equals the first: got %q", got)
	}
}
