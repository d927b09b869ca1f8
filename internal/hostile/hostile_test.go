package hostile

import "testing"

func TestWhatBreaksAMessageIsFound(t *testing.T) {
	for text, faults := range map[string]int{
		"genteng putih\nanak batuk 🟠 ❤\ufe0f": 0,
		"a \u2068غبار 42\u2069 · 10:42":       0,
		"a غبار 42":                           4,
		"a \u2068غبار":                        1,
		"a \u2069 b":                          1,
		"a \u2068\u2068 b\u2069":              1,
		"a\u2068\nb\u2069":                    2,
		"\x1b[31m":                            1,
		"a\u202eb\u200bc\u2028":               3,
		"\xff":                                1,
		"surat ke budi@contoh.id, @\u2060budi, harga @ 5": 0,
		"hai @budi": 1,
	} {
		if got := Faults(text); len(got) != faults {
			t.Errorf("%q: %d faults, want %d: %q", text, len(got), faults, got)
		}
	}
}
