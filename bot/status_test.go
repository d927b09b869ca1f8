package bot

import (
	"fmt"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/rules"
)

func TestTheStatusNamesTheRulesThatStillLearn(t *testing.T) {
	for code, want := range map[string]string{
		"id": "Masih belajar apa yang biasa: Aturan0 0/14 hari, Aturan1 1/14 hari, Aturan2 2/14 hari, Aturan3 3/14 hari, Aturan4 4/14 hari, +2 lagi",
		"en": "Still learning what is usual: Aturan0 0/14 days, Aturan1 1/14 days, Aturan2 2/14 days, Aturan3 3/14 days, Aturan4 4/14 days, +2 more",
	} {
		w := newWorld(t, code)
		if said := w.says(group, sari, "/status").Text; strings.Contains(said, "0/14") {
			t.Errorf("nobody learns: %s", said)
		}
		for n := range 7 {
			w.status.Learning = append(w.status.Learning, rules.Learning{Rule: fmt.Sprint("Aturan", n), Learnt: n, Needed: 14})
		}
		if said := w.says(group, sari, "/status").Text; !strings.Contains(said, want) {
			t.Errorf("said %s", said)
		}
	}
}
