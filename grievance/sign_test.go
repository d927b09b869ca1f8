package grievance

import (
	"slices"
	"strings"
	"testing"
)

func has(g Reading, post string, s Sign, words string) bool {
	return slices.ContainsFunc(g.Marks, func(m Mark) bool { return m.Sign == s && post[m.Start:m.End] == words })
}

func TestEverySignIsFoundWhereItStands(t *testing.T) {
	r := NewReader([]string{"Rembang", "Nusa Tenggara"})
	for _, c := range []struct {
		sign        Sign
		words, post string
	}{
		{Person, "kami", "Di sini kami tidak bisa tidur"},
		{Person, "celenganku", "celenganku hilang"},
		{Kin, "bayi", "bayi batuk tiap malam"},
		{Folk, "ibu", "ibu saya sesak"},
		{Thing, "sumur", "sumur sudah asat"},
		{Thing, "omahe", "omahe retak"},
		{Place, "sini", "di warung sini berdebu"},
		{Place, "Nusa Tenggara", "debu di Nusa Tenggara"},
		{Place, "rembang", "debu di rembang parah"},
		{Time, "telung dina", "wis telung dina banyune mati"},
		{Time, "tiap malam", "bising tiap malam"},
		{Harm, "batuk", "anakku batuk"},
		{Harm, "belum dibayar", "upah belum dibayar"},
		{Source, "debu", "debu masuk kamar"},
		{Trace, "suara", "suara itu lagi"},
		{Plea, "tolong", "tolong pak"},
		{Upset, "capek", "capek begini terus"},
		{Turn, "padahal", "padahal sudah ditutup"},
		{Own, "anak bungsu saya", "anak bungsu saya batuk"},
		{Own, "beta pung ana", "beta pung ana su sakit"},
		{Own, "My well", "My well went dry"},
		{Own, "rumahku", "rumahku retak"},
		{Struck, "tembok kamar retak", "tembok kamar retak"},
		{Hearsay, "Konon", "Konon sumur di sana kering"},
		{Report, "ujar", "ujar seorang ibu"},
		{Office, "dinas", "dinas sudah datang"},
		{Others, "warga", "warga batuk"},
		{Advert, "Lowongan", "Lowongan sopir tambang"},
		{Event, "webinar", "webinar debu"},
		{Joke, "wkwkwk", "debu lagi wkwkwk"},
		{Slogan, "Selamatkan", "Selamatkan mata air"},
		{Opinion, "pemerintah", "pemerintah harus hadir"},
		{Question, "ada yang tau", "ada yang tau nomor dinas"},
		{Praise, "Terima kasih", "Terima kasih jalannya disiram"},
		{Company, "Kami berkomitmen", "Kami berkomitmen mengurangi debu"},
		{Elsewhere, "kurir", "kurir ngilang"},
		{Everyday, "hujan", "hujan terus"},
		{Supposed, "jangan sampai", "jangan sampai sumur kering"},
	} {
		if g := r.Read(c.post); !has(g, c.post, c.sign, c.words) {
			t.Errorf("%s %q is not in %q: %+v", c.sign, c.words, c.post, g.Marks)
		}
	}
}

func TestEveryListOfTheFileIsASign(t *testing.T) {
	known := append(Signs(), number, span, owner, not, nothing)
	seen := map[Sign]bool{}
	for list := range sections() {
		seen[list] = true
		if !slices.Contains(known, list) {
			t.Errorf("[%s] is no sign", list)
		}
	}
	for _, s := range Signs() {
		if made := slices.Contains([]Sign{Own, Struck, Nobody, Nowhen, Harmless}, s); !made && !seen[s] {
			t.Errorf("%s has no words", s)
		}
		if table[code(s)].sign != s {
			t.Errorf("%s has no points", s)
		}
	}
}

func TestWhatAWordMeansDependsOnThoseBesideIt(t *testing.T) {
	r := NewReader(nil)
	for _, c := range []struct {
		sign        Sign
		words, post string
	}{
		{Thing, "rumah", "rumah sakit itu ramai"},
		{Kin, "anak", "anak perusahaan itu merugi"},
		{Harm, "keruh", "air tidak keruh"},
		{Source, "debu", "tidak ada debu"},
		{Folk, "ibu", "ibu guru datang"},
		{Others, "warga", "kami warga gunem batuk"},
		{Own, "rumah. Kami", "Debu sampai rumah. Kami batuk"},
		{Own, "Kami, sumur", "Kami, sumur warga"},
	} {
		if g := r.Read(c.post); has(g, c.post, c.sign, c.words) {
			t.Errorf("%s %q is in %q", c.sign, c.words, c.post)
		}
	}
}

// TestThoseQuotedByAReporterAreNotTheWriter keeps an interview from being a
// complaint, and a complaint that quotes from not being one.
func TestThoseQuotedByAReporterAreNotTheWriter(t *testing.T) {
	r := NewReader(nil)
	for post, want := range map[string]bool{
		`"Sumur kami kering sejak Juni," ujar seorang ibu di dusun itu.`:                    false,
		`“Anak saya batuk tiap malam,” tutur ibu itu kepada wartawan.`:                      false,
		`Kata mereka "aman". Sumur kami kering sejak Juni, anak saya gatal-gatal di dusun.`: true,
	} {
		if g := r.Read(post); g.Credible != want {
			t.Errorf("%v: %s %+v", g.Credible, post, g.Terms)
		}
	}
}

func TestTheTermsMakeTheScore(t *testing.T) {
	r := NewReader(nil)
	for _, e := range examples(t, batches...) {
		g := r.Read(e.text)
		sum, at := Bias, 0
		for _, term := range g.Terms {
			sum += term.Points
			made := slices.Contains([]Sign{Nobody, Nowhen, Harmless}, term.Sign)
			if n := strings.Count(marksOf(g), string(term.Sign)+" "); n < term.Marks && !made {
				t.Errorf("%s counts %d marks of %d: %s", term.Sign, term.Marks, n, e.text)
			}
		}
		if sum != g.Score || g.Credible != (g.Score > 0) || g.Credible != r.Credible(e.text) {
			t.Errorf("the terms make %d, the score is %d, credible %v: %s", sum, g.Score, g.Credible, e.text)
		}
		for _, m := range g.Marks {
			if m.Start < at || m.End <= m.Start || m.End > len(e.text) {
				t.Errorf("mark %+v after %d: %s", m, at, e.text)
			}
			at = m.Start
		}
	}
}

func marksOf(g Reading) string {
	var b strings.Builder
	for _, m := range g.Marks {
		b.WriteString(string(m.Sign) + " ")
	}
	return b.String()
}
