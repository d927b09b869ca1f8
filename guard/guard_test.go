package guard

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/facts"
)

// sample is what may stand in the sentences of testdata.
func sample() Cited {
	source := func(name, url string) facts.Source { return facts.Source{Name: name, URL: url} }
	until := time.Date(2027, 6, 30, 0, 0, 0, 0, time.UTC)
	list := []facts.Fact{
		{
			ID: "FAKTA-003", Text: "Pengukuran DLH Kabupaten Rembang di balai desa Tegaldowo mencatat PM10 rata-rata 24 jam sebesar 61 mikrogram per meter kubik.",
			Number: "61", Unit: "µg/m³", Date: "2026-09-18",
			Source:    source("DLH Kabupaten Rembang, laporan udara ambien triwulan III 2026", "https://dlh-rembang.example/laporan/udara-ambien-2026-tw3.pdf"),
			ProvesNot: "Keadaan udara hari ini, atau asal partikel yang terukur.",
		},
		{
			ID: "FAKTA-005", Text: "Laboratorium daerah mencatat kekeruhan sumur pantau di Timbrangan sebesar 3,1 NTU.",
			Number: "3,1", Unit: "NTU", Date: "2026-08-27", Source: source("Laboratorium kesehatan daerah", "https://labkesda.example/timbrangan.pdf"),
		},
		{
			ID: "FAKTA-008", Text: "Catatan keselamatan tiga pabrik memuat 2 kecelakaan kerja pada semester pertama 2026.",
			Number: "2", Unit: "kecelakaan", Date: "2026-07-20", Source: source("PT Semen Contoh", "https://semencontoh.example/k3.pdf"),
		},
		{
			ID: "FAKTA-013", Text: "Pemeriksaan kesehatan di Tegaldowo diikuti 1.500 warga.",
			Number: "1.500", Unit: "orang", Date: "2026-08-27", Source: source("Dinas Kesehatan Rembang", "https://dinkes.example/tegaldowo.pdf"),
		},
	}
	for i := range list {
		list[i].ValidUntil, list[i].Owner, list[i].Approver = until, "Agus Salim", "Budi"
	}
	return Cited{
		Facts: list, Names: []string{"Rina Wulandari", "@semencontoh"},
		Texts: []string{"PT Semen Contoh", "WhatsApp 0811-1234-567", "hari ini pukul 17.00 WIB", "Gunakan masker saat berada di luar rumah.", "Rembang", "debu", ""},
	}
}

// lines returns the sentences of a file.
func lines(t testing.TB, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

func TestAnOrdinarySentencePasses(t *testing.T) {
	good := lines(t, "testdata/good.txt")
	if len(good) < 60 {
		t.Fatalf("%d sentences", len(good))
	}
	for _, s := range good {
		for _, f := range Check(s, sample()) {
			t.Errorf("%s: %s %q", s, f.Kind, s[f.Start:f.End])
		}
	}
}

func TestWhatMustNotBeSaidIsFound(t *testing.T) {
	bad := lines(t, "testdata/bad.txt")
	if len(bad) < 120 {
		t.Fatalf("%d sentences", len(bad))
	}
	for _, line := range bad {
		kinds, s, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("no kind: %s", line)
		}
		var got, said []string
		for _, f := range Check(s, sample()) {
			if !slices.Contains(got, string(f.Kind)) {
				got = append(got, string(f.Kind))
			}
			said = append(said, string(f.Kind)+" "+s[f.Start:f.End])
		}
		want := strings.Fields(kinds)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %s", s, said, kinds)
		}
	}
}
