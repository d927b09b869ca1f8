package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/fakeslack"
)

// approving makes approvers of the people of chatReceivers.
var approving = strings.NewReplacer("[responder]", "[responder, approver]", "[lead]", "[lead, approver]").Replace(chatReceivers)

// quiet is a world with approvers in which nothing is posted.
func quiet(t *testing.T) tale {
	t.Helper()
	w := newWorld(t, approving)
	w.edit("  - {name: contoh,", "  # - {name: contoh,")
	w.withChats()
	t.Cleanup(w.sl.Close)
	return tale{w}
}

// dustSheet proposes a fact in the fake year.
const dustSheet = `teks: Debu di Kajar 61 mikrogram per meter kubik.
sumber: Dinas Lingkungan Hidup, https://dlh.example/udara.pdf
tingkat: 1
tanggal: 1999-12-20
berlaku: 2000-05-31
topik: debu
lokasi: rembang
tidak membuktikan: udara di desa lain`

func TestAFactIsProposedInOneMessengerAndAcceptedInTheOtherBySomebodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := quiet(t)
		s.sl.AddUser(fakeslack.User{ID: "U01SARI", Name: "sari"})
		s.start()
		rest(time.Minute)

		s.Telegram("Sari").Says("/fakta usul\n"+strings.Replace(dustSheet, "tingkat: 1\n", "", 1)).Reads("belum dicatat", "tingkat belum diisi")
		s.Telegram("Sari").Says("/fakta usul\n" + dustSheet)
		s.Telegram("Humas").Expect("USUL-1 dicatat", "Rina")
		s.Slack("#humas").Expect("Sari (Telegram) mengusulkan fakta (USUL-1)", "/isu fakta terima USUL-1", "Debu di Kajar 61", "@rina")

		s.Slack("Sari").Says("fakta terima USUL-1").Reads("Hanya orang lain", "Rina")
		s.Telegram("Sari").Says("/fakta Kajar").Reads("Tidak ada fakta yang berlaku")
		s.Slack("Rina").Says("fakta terima USUL-1").Reads("FAKTA-013 berlaku sampai 31 Mei")
		s.Telegram("Humas").Expect("FAKTA-013 berlaku", "usulan Sari (USUL-1) disetujui Rina (Slack)")
		s.Telegram("Sari").Says("/fakta debunya Kajar").Reads("FAKTA-013 · Dinas Lingkungan Hidup, 20 Des 1999, regulator · berlaku sampai 31 Mei",
			"Debu di Kajar 61", "Tidak membuktikan: udara di desa lain")

		s.edit("name: Rembang,", "name: Rembang Raya,") // a reload makes the list anew
		rest(10 * time.Second)
		s.Telegram("Sari").Says("/fakta Kajar").Reads("FAKTA-013")
		s.stop()
		s.start()
		rest(time.Minute)
		s.Slack("Rina").Says("fakta Kajar").Reads("FAKTA-013")
		s.Slack("Rina").Says("fakta USUL-1").Reads("disetujui Rina (Slack)", "sebagai FAKTA-013")
		s.stop()
	})
}

func TestAFactIsProposedWithTheFormOfSlack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := quiet(t)
		s.start()
		rest(time.Minute)
		s.Slack("Rina").Says("fakta usul").Reads("Salin, isi, lalu kirim", "tidak membuktikan:")
		s.pressWhispered("U02RINA", "📝 Isi formulir")
		rest(aMoment)
		if views := s.sl.Views(); len(views) != 1 || !views[0].Open {
			t.Fatalf("forms %+v", views)
		}
		s.Slack("Rina").Submits(map[string]string{"isu.words": dustSheet}).Reads("USUL-1 dicatat")
		s.Telegram("Humas").Expect("Rina (Slack) mengusulkan fakta (USUL-1)")
		s.Telegram("Sari").Says("/fakta tolak USUL-1 sumbernya draf").Reads("USUL-1 dari Rina ditolak Sari: sumbernya draf")
		s.Slack("Rina").Says("fakta terima USUL-1").Reads("Sudah diputuskan", "ditolak Sari (Telegram)")
		s.stop()
	})
}

// pressWhispered has somebody press a button of what they alone were told last.
func (w *world) pressWhispered(user, label string) {
	w.t.Helper()
	all := w.sl.Ephemerals()
	for i := len(all) - 1; i >= 0; i-- {
		for _, b := range all[i].Buttons {
			if all[i].User == user && b.Text == label {
				if err := w.sl.PressEphemeral(all[i].TS, user, b.ActionID); err != nil {
					w.t.Fatal(err)
				}
				return
			}
		}
	}
	w.t.Fatalf("no button %q in %+v", label, all)
}

func TestAnOwnerIsRemindedOnceOverRestartsAndTheEndIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := quiet(t).world
		fact := `facts:
  - {id: FAKTA-900, text: Kebisingan di pagar 52 dBA., source: {name: DLH, url: https://dlh.example/bising.pdf}, tier: 1, proves_not: malam hari,
     topics: [kebisingan], sites: [rembang], valid_until: 2000-02-10, owner: %s, approver: Budi}
`
		file := filepath.Join(w.dir, "facts.d", "bising.yaml")
		if err := os.WriteFile(file, fmt.Appendf(nil, fact, "sari"), 0o600); err != nil {
			t.Fatal(err)
		}
		// said counts the messages of both chats, after a moment with the program running.
		said := func(words string) string {
			w.start()
			rest(time.Minute)
			w.stop()
			slack := 0
			for _, m := range w.sl.Messages(channel) {
				if strings.Contains(m.Plain, words) && strings.Contains(m.Plain, "FAKTA-900") {
					slack++
				}
			}
			return fmt.Sprintf("%d %d", w.onTelegramCount(words), slack)
		}
		sleepTo := func(month time.Month, day, hour int) { // WIB
			rest(time.Until(time.Date(2000, month, day, hour, 0, 0, 0, time.FixedZone("WIB", 7*60*60))))
		}
		if got := said("FAKTA-900 tinggal"); got != "0 0" {
			t.Errorf("at first: %s", got)
		}
		sleepTo(1, 11, 8)
		if got := said("FAKTA-900 tinggal"); got != "0 0" {
			t.Errorf("an hour early: %s", got)
		}
		sleepTo(1, 11, 9)
		for range 3 {
			if got := said("FAKTA-900 tinggal 30 hari lagi"); got != "1 1" {
				t.Errorf("30 days ahead: %s", got)
			}
		}
		reminder := w.onTelegram("FAKTA-900 tinggal 30 hari lagi", "berlaku sampai 10 Feb", "/fakta usul")
		if !strings.Contains(reminder.Source, `<a href="tg://user?id=111">Sari</a>`) || reminder.Silent {
			t.Errorf("it calls nobody: %s", reminder.Source)
		}
		sleepTo(2, 9, 12) // nobody ran the program a week ahead
		for range 2 {
			if got := said("FAKTA-900 tinggal"); got != "2 2" {
				t.Errorf("a day ahead: %s", got)
			}
		}
		w.onSlack("FAKTA-900 tinggal 1 hari lagi", "U01SARI")
		sleepTo(2, 11, 0)
		for range 2 {
			if got := said("Jangan dipakai lagi: FAKTA-900 (berakhir 10 Feb)"); got != "1 1" {
				t.Errorf("at the end: %s", got)
			}
		}
		if end := w.onTelegram("Jangan dipakai lagi", "Belum pernah dipakai"); !end.Silent {
			t.Error("it rings at midnight")
		}
	})
}
