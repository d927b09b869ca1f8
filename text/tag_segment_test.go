package text

import (
	"strings"
	"testing"
)

func knows(words string) func(string) bool {
	list := strings.Fields(words)
	set := make(map[string]bool, len(list))
	for _, w := range list {
		set[w] = true
	}
	return func(w string) bool { return set[w] }
}

func TestSmallLetterTagsAreCutIntoWords(t *testing.T) {
	known := knows("semen pabrik debu mati demo boikot indosat abu limbah pencemaran tara ini banjir kebakaran")
	for tag, want := range map[string]string{
		"tolakpabriksemen":       "tolak pabrik semen",
		"boikotindosat":          "boikot indosat",
		"boikotsemen2026":        "boikot semen 2026",
		"2026tolakdebu":          "2026 tolak debu",
		"semendipabrik":          "semen di pabrik",
		"saverembang":            "",
		"sementaraini":           "sementara ini",
		"semenjakkemarin":        "",
		"semenjakini":            "semenjak ini",
		"semen":                  "semen",
		"sementara":              "sementara",
		"sementok":               "",
		"matikanlampu":           "",
		"demokrasimati":          "demokrasi mati",
		"demokrasikita":          "demokrasi kita",
		"debutaktor":             "",
		"kabupaten":              "kabupaten",
		"boikotmaskapai":         "boikot",
		"tolakpencemaranrembang": "pencemaran",
		"rembangpencemaran":      "pencemaran",
		"boikotxyzwpencemaran":   "boikot pencemaran",
		"pabrikan":               "pabrikan",
		"pabrikannya":            "",
		"pabrikasibaja":          "",
		"pabriksemx":             "pabrik",
		"boikotabc":              "",
		"":                       "",
	} {
		parts, ok := Segment(nil, tag, known)
		if got := written(tag, parts); got != want || ok != (want != "") {
			t.Errorf("%q is cut into %q, %v, want %q", tag, got, ok, want)
		}
	}
}

func TestSegmentAsksABoundedNumberOfTimes(t *testing.T) {
	asked := 0
	all := func(string) bool { asked++; return true }
	none := func(string) bool { asked++; return false }
	if parts, ok := Segment(nil, strings.Repeat("a", maxSegmented), all); !ok || len(parts) != 3 {
		t.Errorf("64 letters of which all are words: %v, %v", parts, ok)
	}
	if parts, ok := Segment(nil, strings.Repeat("a", maxSegmented), none); ok || parts != nil {
		t.Errorf("64 letters without a word: %v, %v", parts, ok)
	}
	if asked > 2*maxSegmented*maxTagWord {
		t.Errorf("asked %d times", asked)
	}
	if parts, ok := Segment(nil, strings.Repeat("a", maxSegmented+1), all); ok || parts != nil {
		t.Errorf("65 letters: %v, %v", parts, ok)
	}
}

func TestSegmentAllocatesNothing(t *testing.T) {
	known := knows("semen pabrik")
	buf := make([]Part, 0, 8)
	if n := testing.AllocsPerRun(100, func() { buf, _ = Segment(buf[:0], "tolakpabriksemendirembang", known) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzSegment(f *testing.F) {
	f.Add("tolakpabriksemen", "semen pabrik")
	f.Add("sementaraini", "semen tara ini")
	f.Add("2026\xff粉塵", "粉塵 \xff")
	f.Add("boikotindosat", "boikot kotindo indosat")
	f.Add(strings.Repeat("boikot", 11), "boikot")
	f.Fuzz(func(t *testing.T, tag, words string) {
		known := knows(words)
		parts, ok := Segment(nil, tag, known)
		if ok != (len(parts) > 0) {
			t.Fatalf("%v, %v", parts, ok)
		}
		end := 0
		for _, p := range parts {
			if p.Start < end || p.End <= p.Start || p.End > len(tag) {
				t.Fatalf("part %+v after %d of %q", p, end, tag)
			}
			if w := tag[p.Start:p.End]; !known(w) && !isUsualInTags(w) && strings.Trim(w, "0123456789") != "" {
				t.Fatalf("%q of %q is no word", w, tag)
			}
			end = p.End
		}
	})
}

func BenchmarkSegment(b *testing.B) {
	known := knows("semen pabrik")
	var buf []Part
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = Segment(buf[:0], "tolakpabriksemendirembang", known)
	}
}
