package fakeslack

import (
	"math"
	"testing"
)

func FuzzAStampIsReadAsItIsWritten(f *testing.F) {
	for _, seed := range []string{"0", "1700000000.000100", "1.5", "", ".", "-1", "1.0000001", "99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		read, ok := parseStamp(text)
		if !ok || read == 0 {
			return
		}
		if again, ok := parseStamp(read.String()); !ok || again != read {
			t.Errorf("%q was read as %d and then as %d", text, read, again)
		}
	})
}

func TestStampsOfUnreadableTextsAreRefused(t *testing.T) {
	for text, want := range map[string]stamp{
		"1700000000.000100": 1700000000000100, "1.5": 1500000, "0": 0, "9223372036854.775807": math.MaxInt64,
	} {
		if got, ok := parseStamp(text); !ok || got != want {
			t.Errorf("%q is %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", ".5", "-1", "x", "1.0000001", "1.-1", "9223372036854.775808"} {
		if got, ok := parseStamp(text); ok {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}
