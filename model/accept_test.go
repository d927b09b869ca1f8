package model

import (
	"slices"
	"strings"
	"testing"

	"github.com/siaga-id/siaga/facts"
	"github.com/siaga-id/siaga/guard"
	"github.com/siaga-id/siaga/internal/hostile"
)

func TestWhatSaysNothingNewIsTaken(t *testing.T) {
	for _, text := range []string{
		"Pengukuran DLH di balai desa Tegaldowo mencatat PM10 sebesar 61 mikrogram per meter kubik [FAKTA-003].",
		"Pengukuran DLH di balai desa Tegaldowo mencatat PM10 sebesar 61 mikrogram per meter kubik. [FAKTA-003]",
		"Menurut pengukuran DLH Rembang pada 18 September 2026, PM10 di balai desa Tegaldowo sebesar 61 µg/m³ [FAKTA-003].",
		"Yang sudah dapat dipastikan sampai saat ini:\nLaboratorium mencatat kekeruhan sumur pantau 3.1 NTU [FAKTA-005].\n\nKabar berikutnya hari ini pukul 17.00 WIB.",
		"Sumur pantau: kekeruhan 3,1 NTU, menurut Labkesda [FAKTA-005]. Hubungi WhatsApp 0811-1234-567.",
		"Laboratorium mencatat kekeruhan 3,1 NTU [FAKTA-005]. Gunakan masker. Tutup jendela. Pertanyaan dan laporan: humas@semencontoh.example.",
		"Pengukuran DLH mencatat PM10 61 µg/m³, dan laboratorium mencatat 3,1 NTU [FAKTA-003, FAKTA-005].",
		"Pengukuran DLH mencatat PM10 61 µg/m³ (https://dlh.example/FAKTA-003.pdf) [FAKTA-003].",
		"According to DLH Rembang: Pengukuran DLH di balai desa Tegaldowo mencatat PM10 sebesar 61 mikrogram per meter kubik [FAKTA-003]. Thank you.",
	} {
		if reasons := Accept(text, request()); len(reasons) > 0 {
			t.Errorf("%s: %v", text, reasons)
		}
	}
}

func TestEachReasonIsNamed(t *testing.T) {
	const good = "Laboratorium mencatat kekeruhan sumur pantau sebesar 3,1 NTU [FAKTA-005]. "
	for text, want := range map[string]Why{
		good + "Pabrik sudah ditutup.": Uncited,
		"Terima kasih.":                Uncited,
		"":                             Uncited,
		good + "Kabar berikutnya hari ini pukul 18.00 WIB.":                                Uncited,
		good + "Hubungi dukun.":                                                            Uncited,
		good + "Pengukuran DLH mencatat PM10 [FAKTA-099].":                                 Unknown,
		good + "Pengukuran DLH mencatat PM10 [FAKTA-007].":                                 Dead,
		good + "Pengukuran DLH mencatat PM10 [lihat sumber].":                              Unknown,
		"Laboratorium mencatat kekeruhan sumur pantau sebesar 3,1 NTU [FAKTA-005":          Misquoted,
		"Laboratorium mencatat kekeruhan sumur pantau sebesar 3,1[FAKTA-005] NTU.":         Misquoted,
		good + "Laboratorium KLHK mencatat kekeruhan sumur pantau [FAKTA-005].":            Name,
		good + "Laboratorium mencatat kekeruhan sumur pantau di Kajar [FAKTA-005].":        Name,
		good + "Sumur pantau Laboratorium mencatat kekeruhan eLife [FAKTA-005].":           Name,
		good + "Laboratorium mencatat kekeruhan sumur pantau di bawah batas [FAKTA-005].":  Verdict,
		good + "Perusahaan membagikan sembako kepada keluarga petani [FAKTA-005].":         Unsupported,
		good + "Laboratorium mencatat kekeruhan sumur pantau sebesar 3,2 NTU [FAKTA-005].": Guarded,
		good + "Laboratorium mencatat PM10 sebesar 61 mikrogram [FAKTA-005].":              Guarded,
		good + "Lihat semencontoh.example.":                                                Address,
		good + "https://dlh.example/FAKTA-003.pdf.exe":                                     Address,
		good + "humas@semencontoh.example.jahat.example":                                   Address,
		good + "# Terima kasih.":                                                           Signs,
		good + "Terima\u00a0kasih.":                                                        Signs,
		good + "Terima kаsih.":                                                             Signs,
		strings.Repeat("a", MaxRunes+1):                                                    Long,
	} {
		reasons := Accept(text, request())
		if !slices.ContainsFunc(reasons, func(r Reason) bool { return r.Why == want }) {
			t.Errorf("%s: %v, want %s", text, reasons, want)
		}
	}
}

func TestADenialIsTakenOnlyWhereTheStrategyAllowsIt(t *testing.T) {
	r := request()
	r.Facts[1].ProvesNot = "Bahwa kabar tentang sumur keliru."
	const text = "Kabar tentang sumur pantau keliru, laboratorium mencatat kekeruhan 3,1 NTU [FAKTA-005]."
	refused := Accept(text, r)
	if !slices.ContainsFunc(refused, func(r Reason) bool { return r.Why == Guarded && r.Kind == string(guard.Denial) }) {
		t.Error(refused)
	}
	r.Denies = true
	if reasons := Accept(text, r); len(reasons) > 0 {
		t.Error(reasons)
	}
}

// Whatever a model writes: what is taken is plain text without brackets that
// passes the guard, says nothing of a dead fact and is not long.
func FuzzAccept(f *testing.F) {
	hostile.Add(f)
	f.Add("Laboratorium mencatat kekeruhan 3,1 NTU [FAKTA-005]. Terima kasih.", uint16(1))
	f.Add("Pengukuran DLH mencatat PM10 61 µg/m³ [FAKTA-003, FAKTA-005].", uint16(1))
	f.Add("Menurut Labkesda: 3,1 NTU [FAKTA-005]\nGunakan masker. Tutup jendela.", uint16(2))
	r := request()
	f.Fuzz(func(t *testing.T, s string, times uint16) {
		s = hostile.Long(s, times)
		if len(Accept(s, r)) > 0 {
			return
		}
		plain := Plain(s)
		if strings.ContainsAny(plain, "[]<>*_`\u200b\x00") || len([]rune(s)) > MaxRunes || strings.Contains(s, "FAKTA-007") {
			t.Errorf("taken: %q", s)
		}
		live := []facts.Fact{r.Facts[0], r.Facts[1]}
		if faults := guard.Check(plain, guard.Cited{Facts: live, Texts: r.Safe}); len(faults) > 0 {
			t.Errorf("taken: %q, with %v", s, faults)
		}
	})
}
