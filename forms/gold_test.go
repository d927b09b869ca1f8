package forms

import (
	_ "embed"
	"os"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/keywords.txt
var keywordsFile string

// gold reads a labelled file: which root each token is a form of.
func gold(t *testing.T, name string) (roots []string, of map[string]string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	of = map[string]string{}
	for head, list := range groups(string(data)) {
		if head != "-" {
			roots = append(roots, head)
		}
		for token := range strings.FieldsSeq(list) {
			of[token] = head
		}
	}
	return roots, of
}

// TestHandLabelledFormsAreFound measures the three kinds of words that public
// gold does not have, all roots of a file at once. The limits are the goals of
// matching.md.
func TestHandLabelledFormsAreFound(t *testing.T) {
	for _, c := range []struct {
		file              string
		recall, precision float64
	}{
		{"testdata/keywords.txt", .95, .98},
		{"testdata/speech.txt", .95, .98},
		{"testdata/comments.txt", .85, .98},
	} {
		roots, of := gold(t, c.file)
		f := NewFamily(roots)
		var want, right, wrong float64
		for token, root := range of {
			got := f.Roots(nil, token)
			if root != "-" {
				want++
			}
			if slices.Contains(got, root) {
				right++
			} else if root != "-" {
				t.Logf("%s: %s is a form of %s, got %v", c.file, token, root, got)
			}
			for _, g := range got {
				if g != root {
					wrong++
					t.Logf("%s: %s is no form of %s", c.file, token, g)
				}
			}
		}
		r, p := right/want, right/(right+wrong)
		t.Logf("%s: %d words, recall %.3f, precision %.3f", c.file, len(of), r, p)
		if r < c.recall || p < c.precision {
			t.Errorf("%s: recall %.3f (goal %.2f), precision %.3f (goal %.2f)", c.file, r, c.recall, p, c.precision)
		}
	}
}
