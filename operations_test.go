package main

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

func TestTheDayOfOneIncidentInBothMessengers(t *testing.T) {
	tell(t, func(s tale) {
		open, taken := "✋ Ambil | ⏫ Eskalasi", "✅ Selesai · ↩️ Lepas | 🤝 Akui & tindak lanjuti | ⏫ · 📝 Catat"
		s.Telegram("Humas").ExpectCard("ISU-1").Owner("").Buttons(open).Says("KELUHAN")
		s.Slack("#humas").ExpectCard("ISU-1").Owner("").Buttons(open)

		s.Telegram("Tamu").Presses("✋ Ambil", "ISU-1").Reads("Hanya petugas: Sari, Rina")
		s.Telegram("Sari").Presses("✋ Ambil", "ISU-1").Reads("Terima kasih, Sari")
		s.Slack("#humas").ExpectCard("ISU-1").Owner("Sari").Buttons(taken)
		s.Telegram("Humas").ExpectCard("ISU-1").Owner("Sari").Buttons(taken)
		s.Slack("#humas").Expect("Diambil oleh Sari (Telegram)")

		s.Telegram("Sari").Presses("📝 Catat", "ISU-1")
		question := s.Telegram("Humas").Expect("Sari: 📝 Tulis catatan untuk ISU-1")
		s.Telegram("Sari").Says("tim lapangan tiba di Tegaldowo", question).Reads("Dicatat di ISU-1")
		s.Slack("#humas").Expect("Sari (Telegram)", "tim lapangan tiba di Tegaldowo")
		for _, m := range s.Telegram("Humas").messages() {
			if m.num == question.num {
				t.Error("the question stays after it was answered")
			}
		}

		s.Slack("Rina").Presses("📝 Catat", "ISU-1")
		s.Slack("Rina").Submits(map[string]string{"isu.words": "humas pusat sudah tahu"}).Reads("Dicatat di ISU-1")
		s.Telegram("Humas").Expect("Rina (Slack)", "humas pusat sudah tahu")

		s.Telegram("Sari").Says("/tunda 1 2j").Reads("ditunda sampai")
		s.Slack("#humas").ExpectCard("ISU-1").Buttons("✅ Selesai · ↩️ Lepas | 🤝 Akui & tindak lanjuti | ⏫ · ⏰ Bangunkan · 📝 Catat")
		s.Slack("Rina").Presses("⏰ Bangunkan", "ISU-1").Reads("Penundaan ISU-1 diakhiri")
		s.Telegram("Humas").ExpectCard("ISU-1").Buttons(taken)

		s.Telegram("Sari").Presses("↩️ Lepas", "ISU-1").Reads("dilepas")
		s.Slack("Rina").Presses("✋ Ambil", "ISU-1").Reads("Terima kasih, Rina")
		s.Telegram("Humas").ExpectCard("ISU-1").Owner("Rina")
		s.Telegram("Sari").Presses("✅ Selesai", "ISU-1").Reads("Apa alasan")
		s.Telegram("Sari").Presses("↩️ Lepas", "ISU-1").Reads("Hanya Rina atau ketua: Rina")

		s.Slack("Rina").Presses("✅ Selesai", "ISU-1")
		s.Slack("Rina").Submits(map[string]string{"isu.choice": "k", "isu.words": "sumur diperiksa DLH"}).Reads("ISU-1 selesai")
		s.Telegram("Humas").ExpectCard("ISU-1").Says("✅ selesai", "keluhan ditindaklanjuti").
			Buttons("🔄 Buka lagi | Tepat · Bising · Salah lokasi")
		s.Telegram("Sari").Presses("Tepat", "ISU-1").Reads("Tercatat untuk ISU-1: tepat")
		s.Telegram("Sari").Presses("🔄 Buka lagi", "ISU-1").Reads("dibuka lagi")
		s.Slack("#humas").ExpectCard("ISU-1").Owner("").Buttons(open)

		s.Slack("Rina").Says("jejak 1").Reads("telegram:999 (Telegram) · ditolak: /ambil (perannya tidak cukup)",
			"Sari (Telegram) · ditolak: /lepas (bukan pemiliknya)", "Rina (Slack) · menutup", "Sari (Telegram) · membuka lagi")
	})
}

func TestOfTwoWhoTapAtOnceOneWinsAndBothAreTold(t *testing.T) {
	tell(t, func(s tale) {
		rest(10 * time.Minute) // the crisis day is over
		wins := map[string]int{}
		for range 12 {
			tg, sl := s.Telegram("Sari"), s.Slack("Rina")
			before := len(s.sl.Ephemerals())
			var toast string
			var wait sync.WaitGroup
			cards := [2]view{tg.ExpectCard("ISU-1"), sl.ExpectCard("ISU-1")}
			wait.Go(func() {
				var err error
				if toast, err = tg.tap(cards[0], "✋ Ambil"); err != nil {
					t.Error(err)
				}
			})
			late := false // her card has changed before she could tap
			wait.Go(func() {
				_, err := sl.tap(cards[1], "✋ Ambil")
				if late = errors.Is(err, fakeslack.ErrNotThere); err != nil && !late {
					t.Error(err)
				}
			})
			wait.Wait()
			rest(aMoment)
			if late {
				wins["nobody to compete with"]++
				tg.Presses("↩️ Lepas", "ISU-1")
				continue
			}
			whispers := s.sl.Ephemerals()[before:]
			if len(whispers) != 1 {
				t.Errorf("Rina was told %v", whispers)
				return
			}
			winner, won, lost := "Sari", toast, whispers[0].Plain
			if strings.HasPrefix(toast, "Lebih dulu") {
				winner, won, lost = "Rina", lost, won
			}
			wins[winner]++
			if !strings.Contains(won, "Terima kasih, "+winner) || !strings.HasPrefix(lost, "Lebih dulu diambil "+winner) {
				t.Errorf("%s won: one reads %q, the other %q", winner, won, lost)
			}
			tg.ExpectCard("ISU-1").Owner(winner)
			sl.ExpectCard("ISU-1").Owner(winner)
			if winner == "Sari" {
				tg.Presses("↩️ Lepas", "ISU-1")
			} else {
				sl.Presses("↩️ Lepas", "ISU-1")
			}
		}
		if t.Logf("of 12 times %v", wins); wins["Sari"]+wins["Rina"] == 0 {
			t.Error("no two taps were at once")
		}
	})
}
