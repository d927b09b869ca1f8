package forms

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPublicGoldIsMet measures against public word lists, if they are there:
// every lemma of a file is a root at once, as score_forms.py has it.
func TestPublicGoldIsMet(t *testing.T) {
	for name, goal := range map[string]struct{ recall, precision float64 }{
		"unimorph-ind.dev.tsv": {.99, .99}, "csui-train.tsv": {.99, .99}, "sastrawi-functional.tsv": {.95, .98},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("../../../shared/data/stem", name))
			if err != nil {
				data, err = os.ReadFile(filepath.Join("../../shared/data/stem", name))
			}
			if err != nil {
				t.Skip("the public data is not here")
			}
			forms, lemmas := lemmaGold(string(data))
			f := NewFamily(lemmas)
			var found, right, returned float64
			for form, want := range forms {
				n := 0
				got := f.Roots(nil, strings.ToLower(form))
				for _, g := range got {
					if slices.Contains(want, g) {
						n++
					}
				}
				found += float64(min(n, 1))
				right += float64(n)
				returned += float64(len(got))
			}
			r, p := found/float64(len(forms)), right/returned
			t.Logf("%d forms, %d roots: recall %.4f, precision %.4f", len(forms), len(lemmas), r, p)
			if r < goal.recall || p < goal.precision {
				t.Errorf("recall %.4f, precision %.4f, goal %v", r, p, goal)
			}
		})
	}
}

func lemmaGold(data string) (forms map[string][]string, lemmas []string) {
	forms = map[string][]string{}
	for line := range strings.Lines(data) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) < 2 || line[0] == '#' {
			continue
		}
		for l := range strings.SplitSeq(f[1], "|") {
			if len(l) >= 3 {
				forms[f[0]] = append(forms[f[0]], l)
				lemmas = append(lemmas, l)
			}
		}
	}
	return forms, lemmas
}
