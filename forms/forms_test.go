package forms

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFormsAreWhatTheGrammarAndSpeechMake(t *testing.T) {
	for root, c := range map[string]struct{ has, hasNot string }{
		"tolak":        {"tolak menolak ditolak penolakan penolakannya tertolak nolak ketolak tolakin menolakan", "olak tolakk"},
		"cemar":        {"mencemari pencemaran tercemar dicemari tercemarnya", "mecemar menemar"},
		"sapu":         {"menyapu nyapu penyapu disapukan", "mesapu"},
		"bakar":        {"kebakaran terbakar membakar mbakar ngebakar kebakar", "mebakar membakari2"},
		"kerja":        {"bekerja pekerja pekerjaan kerjaan kinerja kerjain mengerjakan", "berkerjasama"},
		"rasa":         {"berasa perasaan merasa terasa", "berrasa"},
		"cat":          {"mengecat pengecatan ngecat dicat", ""},
		"muka":         {"mengemukakan dikemukakan permukaan terkemuka", ""},
		"ajar":         {"belajar pelajaran mempelajari pembelajaran mengajar", ""},
		"krisis":       {"krisisnya mengkrisis", "mekrisis"},
		"tidak":        {"tidakkan", "tidak-tidak"},
		"karang":       {"mengarang pengarang terkarang", "sekarang sekarangnya"},
		"ikan":         {"perikanan ikannya", "berikan berikannya"},
		"parah":        {"memperparah separah", "marah memarahi"},
		"asap":         {"berasap pengasapan mengasapi", "asep"},
		"pala":         {"palanya", "kepala kepalanya"},
		"dana":         {"mendanai pendanaan", "perdana"},
		"polusi udara": {"polusi udara", "polusi"},
	} {
		forms := slices.Collect(Of(root))
		if forms[0] != root {
			t.Errorf("forms of %s begin with %s", root, forms[0])
		}
		words := strings.Fields(c.has)
		if strings.Contains(root, " ") {
			words = []string{root}
		}
		for _, w := range words {
			if !slices.Contains(forms, w) {
				t.Errorf("%s is no form of %s", w, root)
			}
		}
		for w := range strings.FieldsSeq(c.hasNot) {
			if slices.Contains(forms, w) {
				t.Errorf("%s is a form of %s", w, root)
			}
		}
	}
}

func TestFormsComeOnceAndAreFoundAgain(t *testing.T) {
	roots := []string{"kan", "an", "i", "ku", "lah", "ai", "nya", "rr", "sekutu", "berperan", "é", "ñandu", "a", "x", "kakak"}
	more, _ := gold(t, "testdata/keywords.txt")
	for _, root := range append(roots, more...) {
		checkForms(t, root)
	}
}

// checkForms says what must hold for the forms of any root.
func checkForms(t *testing.T, root string) {
	t.Helper()
	f := NewFamily([]string{root})
	seen := map[string]bool{}
	for form := range Of(root) {
		if seen[form] {
			t.Errorf("%q: %q twice", root, form)
		}
		seen[form] = true
		if len(form) > len(root)+24 {
			t.Errorf("%q: %q is long", root, form)
		}
		if got := f.Roots(nil, form); len(form) <= maxWord && !slices.Equal(got, []string{root}) {
			t.Errorf("%q: the family takes %q for %q", root, form, got)
		}
	}
	if len(seen) > 1500 {
		t.Errorf("%q has %d forms", root, len(seen))
	}
}

func TestFormsStopWhenNobodyListens(t *testing.T) {
	for range Of("tolak") {
		break
	}
	for range VowelShifted("dapat") {
		break
	}
	if got := slices.Collect(Of("")); got != nil {
		t.Errorf("forms of nothing: %v", got)
	}
	long := strings.Repeat("bakar", 20)
	if got := slices.Collect(Of(long)); !slices.Equal(got, []string{long}) {
		t.Errorf("a root over the limit has %d forms", len(got))
	}
}

func TestVowelsShiftInClosedLastSyllables(t *testing.T) {
	for root, want := range map[string]string{
		"dapat": "dapet didapetin", "malam": "malem", "asap": "asep", "teman": "temen",
		"cat": "", "kita": "", "tolak": "tolek", "buat": "", "ikut": "", "": "", "a": "",
	} {
		forms := slices.Collect(VowelShifted(root))
		for w := range strings.FieldsSeq(want) {
			if !slices.Contains(forms, w) {
				t.Errorf("%s is no shifted form of %s", w, root)
			}
		}
		if want == "" && forms != nil || slices.Contains(forms, root) {
			t.Errorf("shifted forms of %q: %v", root, forms)
		}
	}
}

func TestAFamilyKnowsItsOwn(t *testing.T) {
	roots := strings.Fields("rusak rusa cari cemar karang arang ikan antar hantar pantar tutup laku lakukan mati dapat usaha sungai krisis api")
	f := NewFamily(append(roots, "", "rusak", strings.Repeat("x", 60)))
	for name, c := range map[string]struct{ tokens, want string }{
		"the longest root wins":          {"kerusakan mencemari mengarang", "rusak cemar karang"},
		"a root is only itself":          {"arang rusa lakukan", "arang rusa lakukan"},
		"a command is its root's":        {"dilakukan melakukannya", "laku laku"},
		"a likely reading wins":          {"mengantar berapi", "antar api"},
		"halves that agree":              {"tutup-menutup ditutup-tutupi rusak-rusakan", "tutup tutup rusak"},
		"halves that do not":             {"rusak-mati karang-arang", "- -"},
		"a hyphen before an affix":       {"di-rusak rusak-nya", "rusak rusak"},
		"2 for a word twice":             {"rusak2 mati2an rusak2nya", "rusak mati rusak"},
		"letters for emphasis":           {"rusakkk maaati matiii rusakk", "rusak mati mati rusak"},
		"only the end is emphasis":       {"ikann ikkan", "ikan -"},
		"lookalikes":                     {"sekarang sekarangnya berikan", "- - -"},
		"slang":                          {"dpt didapet liat prusahaan rsk", "dapat dapat - usaha rusak"},
		"another word's spelling":        {"kali", "-"},
		"a spoken vowel needs an affix":  {"ngedapetin dapet", "dapat dapat"},
		"clipped":                        {"krsak krss trtutup mrusak drusak brtutup", "- krisis tutup rusak rusak tutup"},
		"particles":                      {"matilah rusakkah matipun rusaknyalah", "mati rusak mati rusak"},
		"nothing, and too much":          {"x " + strings.Repeat("rusak", 12) + " " + strings.Repeat("k", 40), "- - -"},
		"nothing of the kind":            {"menikmati kabut ini-itu a- -a -- 22 -2", "- - - - - - - -"},
		"what is no letter does no harm": {"\xff\xfe rusak\xff éé2", "- - -"},
	} {
		want := strings.Fields(c.want)
		for i, token := range strings.Fields(c.tokens) {
			got := strings.Join(f.Roots(nil, token), "|")
			if got != want[i] && (got != "" || want[i] != "-") {
				t.Errorf("%s: %s is %q, want %s", name, token, got, want[i])
			}
		}
	}
}

func TestRootsAppendsWithoutAllocating(t *testing.T) {
	f := NewFamily([]string{"rusak", "mati", "dapat"})
	dst := make([]string, 0, 8)
	for _, token := range []string{"kerusakannya", "mati2an", "rusakkk", "mati-matian", "di-rusak", "tidak", "pengkhianatannyalah", "dpt", strings.Repeat("ab-", 15)} {
		if n := testing.AllocsPerRun(100, func() { dst = f.Roots(dst[:0], token) }); n != 0 {
			t.Errorf("%s: %v allocations", token, n)
		}
	}
	if got := f.Roots([]string{"rusak"}, "dirusak"); !slices.Equal(got, []string{"rusak", "rusak"}) {
		t.Errorf("got %q", got)
	}
}

func FuzzForms(f *testing.F) {
	for _, s := range []string{"rusak", "karang", "i", "kan", "érr", "kuku", "\xff", "tahu", strings.Repeat("per", 16), "a-b", "x2", "dwi tunggal"} {
		f.Add(s, "ke"+s+"annya")
	}
	family := NewFamily([]string{"rusak", "mati", "dapat", "i", "kan", "usaha"})
	f.Fuzz(func(t *testing.T, root, token string) {
		known := family.Roots(nil, token)
		if len(known) > 2 {
			t.Errorf("%q is %q", token, known)
		}
		own := NewFamily([]string{root})
		own.Roots(nil, token)
		n := 0
		for form := range Of(root) {
			n++
			if utf8.ValidString(root) && !utf8.ValidString(form) || len(form) > len(root)+24 {
				t.Fatalf("%q has the form %q", root, form)
			}
			if got := own.Roots(nil, form); len(form) <= maxWord && !slices.Equal(got, []string{root}) {
				t.Fatalf("%q: the family takes %q for %q", root, form, got)
			}
		}
		if n > 1500 {
			t.Fatalf("%q has %d forms", root, n)
		}
	})
}
