package text

import (
	"bufio"
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// spellings asks a fresh Speller.
func spellings(word string) []string {
	var s Speller
	var out []string
	for _, w := range s.Of([]byte(word)) {
		out = append(out, string(w))
	}
	return out
}

func TestTheSpellerKnowsWhatWasMeant(t *testing.T) {
	for word, want := range map[string]string{
		"massaaa":     "massa masa",
		"bangettt":    "banget",
		"baaangeeet":  "banget baanget bangeet baangeet",
		"tinggiiii":   "tinggi tingi",
		"saaaat":      "sat saat",
		"tungggu":     "tungu tunggu",
		"iyaaah":      "iyah iya iyaah",
		"staffff":     "staf staff",
		"parahh":      "parah",
		"dongg":       "dong",
		"akuu":        "aku",
		"sakiit":      "sakit",
		"bisiing":     "bising",
		"aamiin":      "amin aamin",
		"bangett":     "banget",
		"haruss":      "harus",
		"yaa":         "ya",
		"bgttt":       "bgt bgtt",
		"s3men":       "semen",
		"l1mb4h":      "limbah",
		"k0rups1":     "korupsi",
		"dem0":        "demo",
		"s3mennn":     "semen",
		"debu2":       "debu",
		"debu2an":     "debuan debu",
		"debu2nya":    "debunya debu",
		"berlari2":    "berlari",
		"sebaik2nya":  "sebaiknya sebaik",
		"hati2x":      "hati",
		"bauuu2":      "bau",
		"debu2nyaaa":  "debunya debu",
		"m4nus14":     "manusia",
		"p3nt1ngny4":  "pentingnya",
		"jum'attt":    "jum'at",
		"cafééé":      "",
		"se\xffmennn": "se\xffmen",
	} {
		if diff := cmp.Diff(strings.Fields(want), spellings(word), cmp.Comparer(slices.Equal[[]string])); diff != "" {
			t.Errorf("Of(%q) (-want +got):\n%s", word, diff)
		}
	}
}

func TestTheSpellerLeavesCleanWordsAlone(t *testing.T) {
	clean := `hall staff bass zoo fee committee massa saat maaf keadaan tinggal mall press boss express discuss swiss strauss weiss
		coffee yahoo shampoo jazz buzz foxx scott bennett barrett everett hewlett burnett megawatt hyatt boycott leavitt hewitt merritt
		vacuum skiing ruud diikuti diisi yasin ann hermann bachmann johann lynn finn quinn todd webb carr starr whatsapp philipp hawaii wii torii sanaa israa syafii noaa
		pt ruu uu psbb dkk dll kk pkk skk ntt ott bumn pppk pppa kemenpppa kkks www aaa bbb kkk iii viii xiii lviii iiib iib asii giaa apjii
		covid19 g20 b30 b100 4g 5g km5 km57 pm2 pm10 co2 so2 no2 h2s h2so4 s1 s2 d3 a1 q3 u17 f1 t50i su35 f16 c130 p3k dp3akb bp2mi kp2mi
		p4gn lp3es h1n1 h5n1 g30s cb150r l300 mp3 ps5 note3 windows11 liga1 seri3 kelas3 pasal1 blok4 rt4 rw02 sdn2 sman1 smpn4 rp5juta
		usd10juta 2026 1945 1444h 10kg 3jam 5rb 2jt 100m 10ribu 5ribu 7hari 3orang 100an 90an 17an 1st 2nd 4x4 2x45 3d 3v3 1mdb ke2 ke3
		ber2 ke2nya se7 wkwkwkwk hahahaha hehehe huhuhu jum'at qur'an ta'aruf semen debu pabrik rembang kupang москва μμμ ééé` + " ああ '"
	for word := range strings.FieldsSeq(clean) {
		if got := spellings(word); got != nil {
			t.Errorf("Of(%q) = %q, want nothing", word, got)
		}
	}
}

// TestEveryFormOfTheTreebanksIsClean asks the Speller about public word lists.
func TestEveryFormOfTheTreebanksIsClean(t *testing.T) {
	n := 0
	for _, list := range []string{"unimorph-ind.dev.tsv", "csui-train.tsv"} {
		data, err := os.ReadFile("../../shared/data/stem/" + list)
		if err != nil {
			t.Skip("measured where the public data is")
		}
		for line := range strings.Lines(string(data)) {
			word, _, _ := strings.Cut(line, "\t")
			n++
			if got := spellings(word); got != nil && word[0] != '#' {
				t.Errorf("Of(%q) = %q, want nothing", word, got)
			}
		}
	}
	t.Logf("%d clean words", n)
}

// pairs reads a list of testdata: the word as written and as meant.
func pairs(t *testing.T, list string) [][2]string {
	t.Helper()
	f, err := os.Open("testdata/" + list)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][2]string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if written, meant, ok := strings.Cut(lines.Text(), "\t"); ok {
			out = append(out, [2]string{written, meant})
		}
	}
	return out
}

// checkRate measures knows on the even pairs, of which no rule was made.
func checkRate(t *testing.T, all [][2]string, goal float64, knows func(written, meant string) bool) {
	t.Helper()
	known, asked := 0, 0
	for i, p := range all {
		ok := knows(p[0], p[1])
		switch {
		case i%2 == 1:
			asked++
			if ok {
				known++
			}
		case !ok:
			t.Logf("of the half that the rules were made with: %q is not known as %q", p[0], p[1])
		}
	}
	rate := float64(known) / float64(asked)
	t.Logf("%d of %d (%.3f)", known, asked, rate)
	if asked < 100 || rate < goal {
		t.Errorf("%d of %d known, want %.2f", known, asked, goal)
	}
}

func TestStretchedWordsAreKnown(t *testing.T) {
	checkRate(t, pairs(t, "stretched.txt"), 0.97, func(written, meant string) bool {
		return slices.Contains(spellings(Tokenize(nil, written)[0].Word), meant)
	})
}

func TestTheSpellerBoundsItsWork(t *testing.T) {
	scream := strings.Repeat("a", maxPlayful-1) + "u"
	if got := spellings(scream); !slices.Equal(got, []string{"au", "aau"}) {
		t.Errorf("of a scream: %q", got)
	}
	if got := spellings("a" + scream); got != nil {
		t.Errorf("of a longer scream: %q", got)
	}
	if got := spellings(strings.Repeat("aaabbb", 40)); len(got) != maxSpellings {
		t.Errorf("of eighty runs: %q", got)
	}
}

func TestTheSpellerReusesItsMemory(t *testing.T) {
	var s Speller
	words := [][]byte{[]byte("baaangeeettt"), []byte("s3mennn"), []byte("debu2annya"), []byte("debu")}
	all := func() {
		for _, w := range words {
			s.Of(w)
		}
	}
	all()
	if n := testing.AllocsPerRun(100, all); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzSpeller(f *testing.F) {
	for _, s := range []string{
		"massaaa", "wkwkwkwk", "s4y4", "debu2annya", "jum'attt", "PPPK IIIB covid19", "4njiiing2an", "se\xffmennn", "ああああ", "a2", "222", "'''", "hhh", "ngggg",
		strings.Repeat("ab", 200), strings.Repeat("x", 300), "rp0", "usd", "0", "ssss", "tt", "ett", "-2", "iss", "uss", "aa\x00\x00\x00", "\x80\x81\x82",
	} {
		f.Add([]byte(s))
	}
	var s Speller
	f.Fuzz(func(t *testing.T, word []byte) {
		before := bytes.Clone(word)
		got := s.Of(word)
		if len(got) > maxSpellings || !bytes.Equal(before, word) || got != nil && len(got) == 0 {
			t.Fatalf("Of(%q) = %q", before, got)
		}
		for i, g := range got {
			if len(g) == 0 || bytes.Equal(g, word) || len(g) > len(word) {
				t.Fatalf("Of(%q) = %q", word, got)
			}
			for _, other := range got[:i] {
				if bytes.Equal(g, other) {
					t.Fatalf("Of(%q) says %q twice", word, g)
				}
			}
		}
		if len(word) <= maxPlayful && !Playful(word) {
			if s.word, s.out = word, nil; len(word) > 0 {
				s.guess()
			}
			if len(s.out) > 0 {
				t.Fatalf("%q is not playful, but may be %q", word, s.out)
			}
		}
	})
}

func BenchmarkPlayful(b *testing.B) {
	words := bytes.Fields([]byte("warga desa tegaldowo mengeluh debu tebal dari pabrik semen yang masuk rumah sejak kemarin pagi tanpa pertanggungjawaban"))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, w := range words {
			if Playful(w) {
				n++
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(words)), "ns/word")
	if n > 0 {
		b.Fatal("a plain word is playful")
	}
}

func BenchmarkSpeller(b *testing.B) {
	words := bytes.Fields([]byte("parahhh baaangeeettt massaaa s3men debu2nya tinggal2an covid19 10kg iyaaah akuu"))
	var s Speller
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			s.Of(w)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(words)), "ns/word")
}
