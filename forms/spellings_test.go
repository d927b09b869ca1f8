package forms

import (
	"slices"
	"testing"
)

func TestSpellingsAreEverythingThatARootIsLookedForUnder(t *testing.T) {
	for _, c := range []struct {
		root, form string
		colloquial bool
		want       bool
	}{
		{"debu", "debu", false, true},
		{"debu", "berdebu", false, true},
		{"debu", "debunya", false, true},
		{"tidak", "gak", false, true},
		{"lihat", "diliat", false, true},
		{"tolak", "tlak", false, true},
		{"asap", "asep", false, false},
		{"asap", "asep", true, true},
		{"dapat", "dapet", false, true}, // too common to be left to the setting
		{"karang", "sekarang", true, false},
		{"semen", "sementara", true, false},
		{"semen", "semenjak", true, false},
	} {
		all := slices.Collect(Spellings(c.root, c.colloquial))
		if got := slices.Contains(all, c.form); got != c.want {
			t.Errorf("%s as %s: %v, want %v", c.root, c.form, got, c.want)
		}
	}
}
