package source

import (
	"hash/maphash"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hostile are texts that were made to be expensive or confusing.
func hostile() []string {
	n := newNewsroom(1)
	article := n.article(12)
	return []string{
		"", " ", "a", "@ @@ #", article, n.around(body(article)), strings.ToUpper(article),
		strings.Repeat("debu ", 100_000), strings.Repeat("1 ", 100_000), strings.Repeat("1.", 100_000), strings.Repeat("12/", 50_000),
		strings.Repeat("tiga ribu ", 50_000), strings.Repeat("sembilan ratus ", 50_000), strings.Repeat("baca juga ", 50_000),
		strings.Repeat("di Rembang ", 50_000), strings.Repeat("Kabupaten ", 50_000), strings.Repeat("rp ", 1000), strings.Repeat("halaman 1 dari ", 1000),
		strings.Repeat("x", 1<<20), strings.Repeat("é", 1<<19), strings.Repeat("\u200d", 1<<18), "\xff\xfe 3 pekerja \x00 luka", strings.Repeat(article, 300),
		"rp", "rp.", "1 dari", "dari 1", "halaman 1 dari 2 dari 3 dari 4", "salah satu", "ribu ribu", "24 november", "24 november 20261", "99999999999999999999999999999999",
	}
}

func FuzzFold(f *testing.F) {
	all := hostile()
	for k, text := range all {
		other := all[(k+1)%len(all)]
		f.Add(text[:min(len(text), 2000)], other[:min(len(other), 2000)]) // TestHostileTexts has them whole
	}
	s := speller{maphash.MakeSeed()}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := s.gist(a), s.gist(b)
		for _, g := range []*gist{x, y} {
			checkGist(t, g)
		}
		if diff := cmp.Diff(like(x, y), like(y, x), cmp.AllowUnexported(likeness{})); diff != "" {
			t.Errorf("like is not the same both ways:\n%s", diff)
		}
		if clash(x, []*gist{y}) != clash(y, []*gist{x}) {
			t.Error("the clash is not the same both ways")
		}
		if clash(x, []*gist{x}) || len(x.shingles) >= minShared && like(x, x).part != 1 {
			t.Error("a text is not like itself")
		}
	})
}

// checkGist fails on what would not be found, or is too large to keep.
func checkGist(t *testing.T, g *gist) {
	t.Helper()
	for _, list := range [][]uint32{g.shingles, g.prints, g.words} {
		if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) || len(list) > maxGist {
			t.Fatalf("a set of %d is none", len(list))
		}
	}
	if common(g.prints, g.shingles) != len(g.prints) || len(g.shingles) >= window && len(g.prints) == 0 {
		t.Errorf("%d prints of %d shingles", len(g.prints), len(g.shingles))
	}
	if len(g.marks) > maxMarks+1 || !slices.IsSortedFunc(g.marks, compareMark) {
		t.Errorf("%d marks", len(g.marks))
	}
}

// TestHostileTextsAreTakenInAndStayApart takes each in twice: what one of them
// does to the index must not hurt the next.
func TestHostileTextsAreTakenInAndStayApart(t *testing.T) {
	i := newInlet(t)
	for k, text := range hostile() {
		i.now = i.now.Add(time.Second)
		i.take(written(strings.Repeat("x", k+1), text, i.now), written(strings.Repeat("y", k+1), text+" ", i.now))
	}
	if n := len(i.kept()); n != 2*len(hostile()) {
		t.Errorf("%d posts kept", n)
	}
}

// TestThereIsALimitToWhatIsReadOfAText: the end of a long text changes nothing.
func TestThereIsALimitToWhatIsReadOfAText(t *testing.T) {
	s := speller{maphash.MakeSeed()}
	long := strings.Repeat(newNewsroom(1).article(40), 30)
	a, b := s.gist(long[:maxGist]), s.gist(long+" 3 pekerja luka")
	if diff := cmp.Diff(a, b, cmp.AllowUnexported(gist{}, mark{})); diff != "" {
		t.Errorf("the end is read:\n%.300s", diff)
	}
}
