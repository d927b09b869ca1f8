package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func written(tag string, parts []Part) string {
	var words []string
	for _, p := range parts {
		words = append(words, tag[p.Start:p.End])
	}
	return strings.Join(words, " ")
}

func TestTagsAreCutAsTheyAreWritten(t *testing.T) {
	for tag, want := range map[string]string{
		"GunemSesak":        "Gunem Sesak",
		"PTSemenContoh":     "PT Semen Contoh",
		"SaveRembang2026":   "Save Rembang 2026",
		"save_rembang":      "save rembang",
		"_Save__Rembang_":   "Save Rembang",
		"boikotindosat":     "boikotindosat",
		"BOIKOT":            "BOIKOT",
		"iPhoneBaru":        "iPhone Baru",
		"eKTPRusak":         "eKTP Rusak",
		"SaveKPK":           "Save KPK",
		"TolakPLTUBatang":   "Tolak PLTU Batang",
		"G20Bali":           "G20 Bali",
		"KM57":              "KM57",
		"PPDB2026":          "PPDB 2026",
		"HUT79RI":           "HUT 79 RI",
		"Jaringan5G":        "Jaringan 5G",
		"5GTelkom":          "5G Telkom",
		"2Mei":              "2 Mei",
		"10TahunDebu":       "10 Tahun Debu",
		"10kg":              "10 kg",
		"Covid19":           "Covid 19",
		"hati2":             "hati 2",
		"2026":              "2026",
		"A":                 "A",
		"aB":                "aB",
		"DebuÉlan":          "Debu Élan",
		"ÉlanDe\u0301bu":    "Élan De\u0301bu",
		"PTE\u0301lan":      "PT E\u0301lan",
		"Se\u200bmenContoh": "Se\u200bmen Contoh",
		"МоскваДом":         "Москва Дом",
		"粉塵Debu":            "粉塵 Debu",
		"Debu①":             "Debu①",
		"":                  "",
		"__":                "",
		"a\xffB":            "a B",
	} {
		if got := written(tag, TagParts(nil, tag)); got != want {
			t.Errorf("%q is cut into %q, want %q", tag, got, want)
		}
	}
}

func TestTagPartsAllocatesNothing(t *testing.T) {
	buf := make([]Part, 0, 8)
	if n := testing.AllocsPerRun(100, func() { buf = TagParts(buf[:0], "PTSemenContohG20_save2026") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzTagParts(f *testing.F) {
	for _, s := range []string{"PTSemenContoh", "iPhone5G", "G20_Bali", "ǅuroǅ", "\u0301A\u0301\u0301b", "5\u20e3G", "a\xff\xffB", "ＳａＶｅ２０", "É\u200d\u200dÉa", "粉塵A1b2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		end := 0
		for _, p := range TagParts(nil, tag) {
			if p.Start < end || p.End <= p.Start || p.End > len(tag) {
				t.Fatalf("part %+v after %d of %q", p, end, tag)
			}
			if utf8.ValidString(tag) && !utf8.ValidString(tag[p.Start:p.End]) {
				t.Fatalf("part %+v cuts a rune of %q", p, tag)
			}
			if skipped := tag[end:p.Start]; strings.ContainsFunc(skipped, isPlain) {
				t.Fatalf("%q of %q is in no part", skipped, tag)
			}
			end = p.End
		}
		if strings.ContainsFunc(tag[end:], isPlain) {
			t.Fatalf("%q of %q is in no part", tag[end:], tag)
		}
	})
}

func BenchmarkTagParts(b *testing.B) {
	var buf []Part
	b.ReportAllocs()
	for b.Loop() {
		buf = TagParts(buf[:0], "SavePTSemenContoh2026")
	}
}
