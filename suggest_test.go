package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// denial answers the rumour of a hurt worker, as the puskesmas does on the crisis day.
const denial = `facts:
  - id: FAKTA-021
    text: "Puskesmas Gunem menyatakan tidak ada pekerja pabrik Semen Contoh yang terluka dan dibawa ke puskesmas."
    date: 2000-01-01
    source: {name: Puskesmas Gunem, url: "https://puskesmas-gunem.example/keterangan"}
    tier: 1
    proves_not: "keadaan pekerja yang berobat ke tempat lain"
    topics: [keselamatan]
    sites: [rembang]
    valid_until: 2027-01-31
    owner: Rina
    approver: Budi
`

func TestAFactIsSaidNotToFitInBothMessengers(t *testing.T) {
	ready := func(w *world) {
		if err := os.WriteFile(filepath.Join(w.dir, "facts.d", "puskesmas.yaml"), []byte(denial), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tellOf(t, ready, func(s tale) {
		const fact, none = "Fakta siap: FAKTA-021 (Puskesmas Gunem, 1 Jan, regulator)", "Belum ada fakta disetujui"
		rest(2 * time.Minute)
		open := "✋ Ambil | ⏫ Eskalasi · 💤 2 jam | 📋 Fakta & draf"
		s.Telegram("Humas").ExpectCard("ISU-2").Says(fact).Buttons(open)
		s.Slack("#humas").ExpectCard("ISU-2").Says(fact).Buttons(open)
		s.Telegram("Humas").ExpectCard("ISU-1").Buttons("✋ Ambil | ⏫ Eskalasi") // a complaint

		s.Slack("Rina").Presses("📋 Fakta & draf", "ISU-2").Reads("FAKTA-021", "Sama dengan pos: ", "puskesmas", "Tidak membuktikan: keadaan pekerja yang berobat ke tempat lain")
		s.Telegram("Tamu").Presses("📋 Fakta & draf", "ISU-2").Reads("Hanya petugas: Sari, Rina")
		s.Telegram("Sari").Presses("📋 Fakta & draf", "ISU-2")
		list := s.Telegram("Humas").Expect("Tidak membuktikan", "FAKTA-021")
		said, err := s.Telegram("Sari").tap(list, "Tidak cocok: FAKTA-021")
		if err != nil || !strings.Contains(said, "FAKTA-021 tidak ditawarkan lagi untuk Keselamatan di Rembang") {
			t.Errorf("%q, %v", said, err)
		}
		rest(aMoment)
		for _, card := range []view{s.Slack("#humas").ExpectCard("ISU-2"), s.Telegram("Humas").ExpectCard("ISU-2")} {
			if card.Says(none); strings.Contains(card.text, "FAKTA-021") {
				t.Errorf("%s still offers it:\n%s", card.in, card.text)
			}
		}
		s.Slack("Rina").Says("jejak 2").Reads("Sari (Telegram) · menandai fakta tidak cocok: FAKTA-021")
		s.Slack("Rina").Presses("📋 Fakta & draf", "ISU-2").Reads("Ditahan FAKTA-021: dinyatakan tidak cocok oleh Sari")

		s.Telegram("Sari").Says("/tidak_cocok 2 FAKTA-021 batal").Reads("Hanya ketua: Rina")
		s.Slack("Rina").Says("tidak-cocok 2 FAKTA-021 batal").Reads("boleh ditawarkan lagi")
		s.Telegram("Humas").ExpectCard("ISU-2").Says(fact)
	})
}
