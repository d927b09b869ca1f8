package text

import (
	"strings"
	"testing"
	"time"
)

func TestEveryMonthIsKnownByItsNamesAndNothingElseIsOne(t *testing.T) {
	indonesian := strings.Fields("januari februari maret april mei juni juli agustus september oktober november desember")
	for i, name := range indonesian {
		english := strings.ToLower(time.Month(i + 1).String())
		for _, n := range []string{name, name[:3], english, english[:3]} {
			if Month(n) != i+1 {
				t.Errorf("%s is month %d", n, Month(n))
			}
		}
	}
	for word, want := range map[string]int{"agu": 8, "pebruari": 2, "nopember": 11, "sept": 9, "": 0, "senin": 0, "Mei": 0, "marah": 0} {
		if got := Month(word); got != want {
			t.Errorf("%q is month %d, want %d", word, got, want)
		}
	}
}
