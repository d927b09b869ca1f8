package evidence

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsAreWhatATextIsAbout(t *testing.T) {
	known := func(w string) bool { return w == "debu" || w == "pabrik" }
	for text, want := range map[string]string{
		"Debu dari pabrik itu":                    "debu pabrik",
		"PM10 naik 2,5 kali jadi 1.200 mikrogram": "pm10 naik 2.5 kali 1200 mikrogram",
		"1, 2":                                                     "1 2",
		"Rp50.000.000, 50jt, 50 juta, Rp50 juta":                   "50 juta 50 juta 50 juta 50 juta",
		"2,4jt 150rb 200.000 20K":                                  "2.4 juta 150 ribu 200 ribu 20 ribu",
		"dua truk, sepuluh trucks, ten juta, satu":                 "2 truk 10 trucks 10 juta satu",
		"2 billion, 2 milyar, 2.000.000.000":                       "2 miliar 2 miliar 2 miliar",
		"tahun 2000, 2.000 orang, 0.000, 1000,5 rp pm10":           "tahun 2000 2 ribu 0000 1000.5 rp pm10",
		"tanggal 6 Januari 2026, January 6, 2026":                  "tanggal januari 2026 january 2026",
		"lihat https://a.example/debu pabrik":                      "lihat pabrik",
		"foto pic.twitter.com/0eJtwJyS1J debu":                     "foto debu",
		"#SaveGunem2026 @DLHRembang":                               "save gunem 2026 dlh rembang",
		"#stopdebupabrik":                                          "stop debu pabrik",
		"#QuidProQuohttps://t.co/x #Antifapic.twitter.com/yo debu": "quid pro quo antifa debu",
		"Jum'at, Trump's, McDonald’s":                              "jumat trump mcdonald",
		"a b c":                                                    "",
		"akhir. Nanti/besok":                                       "akhir nanti besok",
	} {
		t.Run(text, func(t *testing.T) {
			var got []string
			for _, w := range wordsOf(nil, text, known) {
				got = append(got, w.spelled)
				if w.start < 0 || w.start >= w.end || w.end > len(text) {
					t.Errorf("%q stands at %d to %d", w.spelled, w.start, w.end)
				}
			}
			if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestALongTextIsAskedByItsBeginning(t *testing.T) {
	if n := len(wordsOf(nil, strings.Repeat("debu ", 1_000), nil)); n != maxWords {
		t.Errorf("%d words", n)
	}
}

func TestRootsAreLearntFromTheLibrary(t *testing.T) {
	for text, pair := range map[string][2]string{
		"pencemaran mencemari":       {"tercemar", "mencemari"},
		"warga diungsikan pengungsi": {"diungsikan", "mengungsi"},
		"penutupan jalan menutup":    {"nutupin", "penutupan"},
		"karyawan dipecat pemecatan": {"pecat", "pemecatan"},
		"hati-hati, pengukuran ukur": {"terukur", "pengukuran"},
	} {
		t.Run(text, func(t *testing.T) {
			r := newRanker([]string{text + " yang itu"}, shipped())
			a, _ := r.reader.root(nil, word{spelled: pair[0]}, indonesian)
			b, _ := r.reader.root(nil, word{spelled: pair[1]}, indonesian)
			if a != b {
				t.Errorf("%s is of %s, %s of %s", pair[0], a, pair[1], b)
			}
		})
	}
}

func TestEnglishWordsMeetInEnglishTexts(t *testing.T) {
	r := newRanker([]string{"The mines were closed by the court", "A company of the city", "It was the dust of the roads"}, shipped())
	d := newDesk(3)
	if got := r.rank(d, "The court is closing this mine", nil); len(got) == 0 || got[0].doc != 0 || got[0].words < .8 {
		t.Errorf("got %+v", got)
	}
}

func TestNumbersContradictOnlyWhatIsCountedAlike(t *testing.T) {
	r := newRanker([]string{"warga rumah yang itu"}, shipped())
	for name, c := range map[string]struct {
		fact, story string
		want        string
	}{
		"same":        {"212 warga", "212 warga", ""},
		"other":       {"212 warga", "ada 900 warga", "900 warga"},
		"also same":   {"212 warga", "900 warga, bukan 212 warga", ""},
		"other thing": {"212 warga", "900 rumah", ""},
		"years":       {"sejak 2025 warga", "sejak 2026 warga", ""},
		"scale":       {"5 juta ton", "5 ribu ton", "5 ribu ton"},
		"in words":    {"dua kali", "3 kali", "3 kali"},
		"same scale":  {"5 juta ton", "5.000.000 ton, 5jt ton", ""},
		"written so":  {"1.200 warga", "1,200 warga", ""},
	} {
		t.Run(name, func(t *testing.T) {
			q, _ := r.differ(c.fact, c.story)
			if got := strings.TrimSpace(q.value + " " + q.unit); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
