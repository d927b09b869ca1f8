package grievance

import (
	"os"
	"strings"
	"testing"
)

// batches are the files of posts, in the order in which they were written.
var batches = []string{"dev", "held", "held2", "held3", "held4", "held5", "held6", "held7", "long"}

type example struct {
	complaint      bool
	register, text string
}

func examples(t testing.TB, names ...string) []example {
	t.Helper()
	var out []example
	for _, name := range names {
		data, err := os.ReadFile("testdata/" + name + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(cells) != 3 || cells[0] != "c" && cells[0] != "n" {
				t.Fatalf("%s: %q", name, line)
			}
			out = append(out, example{cells[0] == "c", cells[1], cells[2]})
		}
	}
	return out
}

// TestComplaintsAreTakenForComplaints wants recall .90 and precision .80 on each
// batch and on the whole, and prints what is read wrongly; of held2, which was
// written to be hard, recall .85. The batches have been learnt from since, of
// others only how many points a post needs; testdata/README.md says how each
// was read at first.
func TestComplaintsAreTakenForComplaints(t *testing.T) {
	r := NewReader(nil)
	for name, files := range map[string][]string{
		"dev": {"dev"}, "held": {"held"}, "held2": {"held2"}, "held3": {"held3"}, "held4": {"held4"}, "held5": {"held5"}, "held6": {"held6"}, "held7": {"held7"},
		"long": {"long"}, "others": {"others"}, "all": append(batches, "others"),
	} {
		least := .90
		if name == "held2" {
			least = .85
		}
		t.Run(name, func(t *testing.T) {
			if recall, precision := measure(t, r, files...); recall < least || precision < .80 {
				t.Errorf("recall %.3f, precision %.3f; wanted are %.2f and .80", recall, precision, least)
			}
		})
	}
}

// TestPostsNobodyLearntFrom reads the one batch whose words went nowhere: the
// honest figure, which is below what is wanted of posts to come (.90 and .80).
// Whoever teaches the lists its words has to write another.
func TestPostsNobodyLearntFrom(t *testing.T) {
	if recall, precision := measure(t, NewReader(nil), "held8"); recall < .72 || precision < .79 {
		t.Errorf("recall %.3f, precision %.3f, which were .73 and .80", recall, precision)
	}
}

func measure(t *testing.T, r *Reader, files ...string) (recall, precision float64) {
	t.Helper()
	var found, missed, alarms float64
	for _, e := range examples(t, files...) {
		switch g := r.Read(e.text); {
		case e.complaint && g.Credible:
			found++
		case e.complaint:
			missed++
			t.Logf("missed (%d, %s): %s", g.Score, e.register, e.text)
		case g.Credible:
			alarms++
			t.Logf("false alarm (%d, %s): %s", g.Score, e.register, e.text)
		}
	}
	recall, precision = found/(found+missed), found/(found+alarms)
	t.Logf("recall %.3f, precision %.3f", recall, precision)
	return recall, precision
}
