package guard

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/siaga-id/siaga/facts"
)

// measurement is a fact with one figure in it, as people write it.
func measurement(number, unit string) facts.Fact {
	return facts.Fact{
		ID: "FAKTA-001", Text: "Alat di balai desa mencatat partikel sebesar " + number + " " + unit + " di Kajar.", Number: number, Unit: unit,
		Date: "2026-09-18", Source: facts.Source{Name: "DLH Rembang"},
	}
}

func TestAnyOtherNumberInTheFactsPlaceIsAFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		figure := rapid.Custom(func(t *rapid.T) string { // in tenths, so that a decimal comma is in it
			n := rapid.IntRange(1, 99_999).Draw(t, "tenths")
			return fmt.Sprintf("%d,%d", n/10, n%10)
		})
		is, other := figure.Draw(t, "is"), figure.Draw(t, "other")
		f := measurement(is, rapid.SampledFrom([]string{"NTU", "µg/m³", "warga", "persen", "kejadian"}).Draw(t, "unit"))
		frame := rapid.SampledFrom([]string{"%s", "Menurut DLH Rembang: %s", "Alat mencatat partikel %s."}).Draw(t, "frame")
		rest := f.Text
		if !strings.HasSuffix(frame, "%s") {
			rest = is + " " + f.Unit
		}
		text := fmt.Sprintf(frame, strings.Replace(rest, is, other, 1))
		faults := Check(text, Cited{Facts: []facts.Fact{f}})
		wrong := slices.ContainsFunc(faults, func(f Fault) bool { return f.Kind == Number })
		if wrong == sameNumber(is, other) {
			t.Fatalf("%s, where the fact has %s: %v", text, is, faults)
		}
	})
}

func sameNumber(a, b string) bool {
	x, _ := new(big.Rat).SetString(strings.Replace(a, ",", ".", 1))
	y, _ := new(big.Rat).SetString(strings.Replace(b, ",", ".", 1))
	return x.Cmp(y) == 0
}

func TestAnyOtherDayInTheFactsPlaceIsAFault(t *testing.T) {
	months := strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
	english := strings.Fields("January February March April May June July August September October November December")
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(2020, 2029).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")
		said := rapid.SampledFrom([]string{
			fmt.Sprintf("%04d-%02d-%02d", y, m, d), fmt.Sprintf("%d/%d/%d", d, m, y), fmt.Sprintf("%02d.%02d.%d", d, m, y),
			fmt.Sprintf("%d %s %d", d, months[m-1], y), fmt.Sprintf("%s %d, %d", english[m-1], d, y), fmt.Sprintf("%d %s '%d", d, english[m-1][:3], y-2000),
		}).Draw(t, "said")
		text := "Pengukuran pada " + said + " tercatat."
		faults := Check(text, Cited{Facts: []facts.Fact{measurement("61", "NTU")}})
		if right := y == 2026 && m == 9 && d == 18; right != (len(faults) == 0) {
			t.Fatalf("%s: %v", text, faults)
		}
	})
}

func TestFiguresDoNotChangePlaces(t *testing.T) {
	rembang := facts.Fact{ID: "FAKTA-003", Text: "DLH Rembang mencatat PM10 rata-rata 24 jam sebesar 61 µg/m³, di bawah baku mutu 75 µg/m³.", Date: "2026-09-18"}
	kupang := facts.Fact{ID: "FAKTA-009", Text: "DLH Kota Kupang mencatat PM10 rata-rata 24 jam sebesar 44 µg/m³.", Date: "2026-09-18"}
	c := Cited{Facts: []facts.Fact{rembang, kupang}}
	for text, want := range map[string]int{
		rembang.Text: 0,
		"Di Rembang 61 µg/m³ dan di Kupang 44 µg/m³.":                                               0,
		"Di Kupang 44 µg/m³, di Rembang 61 µg/m³.":                                                  0,
		"Baku mutu PM10 adalah 75 µg/m³; yang tercatat 61 µg/m³.":                                   0,
		"DLH Rembang mencatat PM10 rata-rata 24 jam sebesar 75 µg/m³, di bawah baku mutu 75 µg/m³.": 1,
		"DLH Rembang mencatat PM10 rata-rata 24 jam sebesar 44 µg/m³.":                              1,
		"Di Rembang 44 µg/m³ dan di Kupang 61 µg/m³.":                                               2,
		"DLH Rembang mencatat PM10 rata-rata 24 jam sebesar 75 µg/m³, di bawah baku mutu 61 µg/m³.": 2,
		"DLH Rembang mencatat PM10 rata-rata 24 jam sebesar 24 µg/m³.":                              1,
		"DLH Rembang mencatat PM10 rata-rata 61 jam sebesar 61 µg/m³.":                              1,
	} {
		got := slices.DeleteFunc(Check(text, c), func(f Fault) bool { return f.Kind == Excuse })
		if len(got) != want {
			t.Errorf("%s: %v, want %d faults", text, got, want)
		}
	}
}

func TestAFaultInAnApprovedSentenceIsNone(t *testing.T) {
	f := facts.Fact{ID: "FAKTA-001", Text: "Polisi mencatat 3 kecelakaan; kabar tentang korban jiwa tidak benar.", Source: facts.Source{Name: "Polres Rembang"}}
	c := Cited{Facts: []facts.Fact{f}, Texts: []string{"Polisi 110"}, Quoted: []string{"air tidak pernah keruh, kata Pak Joko, dan polisi tahu"}}
	for text, want := range map[string]string{
		f.Text: "",
		"Menurut Polres Rembang: polisi  mencatat 3\nkecelakaan; kabar tentang korban jiwa tidak benar.": "",
		"Polisi mencatat 3 kecelakaan": "threat",
		"Hubungi Polisi 110.":          "",
		"Hubungi polisi.":              "threat",
		"Ada yang menulis bahwa air tidak pernah keruh, kata Pak Joko, dan polisi tahu.": "person threat",
		"Air tidak pernah keruh.": "absolute",
	} {
		var got []string
		for _, f := range Check(text, c) {
			got = append(got, string(f.Kind))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %q", text, got, want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, file := range []string{"testdata/good.txt", "testdata/bad.txt"} {
		for _, line := range lines(f, file) {
			f.Add(line)
		}
	}
	c := sample()
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, fault := range Check(s, c) {
			if fault.Start < last || fault.End <= fault.Start || fault.End > len(s) {
				t.Fatalf("%q: %+v", s, fault)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[fault.Start:fault.End]) {
				t.Fatalf("%q: %+v cuts a letter", s, fault)
			}
			if !slices.Contains(Kinds(), fault.Kind) {
				t.Fatalf("%q: %+v", s, fault)
			}
			last = fault.Start
		}
	})
}
