package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/faketelegram"
)

// adminsOnSlack gives the humas a Telegram group and the admins a channel of
// their own.
const adminsOnSlack = `
receivers:
  - {name: humas-rembang, telegram: {chat: -1001234567890}}
  - {name: humas-aceh, telegram: {chat: -1001234567890}}
  - {name: humas-kupang, telegram: {chat: -1001234567890}}
  - {name: admin, slack: {channel: C0123456}}
admin_receivers: [admin]
people:
  - {name: Agus, telegram: 444, roles: [admin]}
  - {name: Wati, telegram: 445, slack: U06WATI, roles: [admin]}
`

const agus, wati = int64(444), "U06WATI"

// shadowWorld is the shipped configuration with its rule on dust in shadow.
func shadowWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, adminsOnSlack)
	w.withChats()
	w.tg.AddUser(faketelegram.User{ID: agus, Name: "Agus"})
	w.sl.AddUser(fakeslack.User{ID: wati, Name: "wati"})
	w.editRules("- alert: Debu\n", "- alert: Debu\n        status: shadow\n")
	return w
}

// editRules changes the shipped rules in one place.
func (w *world) editRules(from, to string) {
	w.t.Helper()
	file := filepath.Join(w.dir, "rules.d", "semen-contoh.yaml")
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), from) {
		w.t.Fatalf("no %q to change: %v", from, err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), from, to, 1)), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// calm checks that the humas were never shown what a rule in shadow says.
func (w *world) calm() {
	w.t.Helper()
	for _, m := range w.tg.Messages(group) {
		if strings.Contains(m.Source, "UJI COBA") || strings.Contains(m.Source, "🧪") {
			w.t.Errorf("the humas read %q", m.Source)
		}
	}
}

func (w *world) slash(text string) {
	w.t.Helper()
	if err := w.sl.Slash(channel, wati, "/isu", text); err != nil {
		w.t.Fatal(err)
	}
	rest(5 * time.Second)
}

func (w *world) agusSays(text string) {
	w.tg.Say(group, agus, text)
	rest(5 * time.Second)
}

func TestTwoAdminsMakeARuleInShadowActive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := shadowWorld(t)
		t.Cleanup(w.sl.Close)
		w.start()
		rest(30 * time.Second)
		card := w.onSlack("🧪 UJI COBA (hanya admin)", "Debu — Rembang", "Aturan Debu masih uji coba", "WASPADA")
		if strings.Contains(card.Plain, "Fakta") || strings.Contains(card.Plain, "akui") {
			t.Errorf("a shadow incident suggests an answer: %s", card.Plain)
		}
		for _, m := range w.tg.Messages(group) {
			if strings.Contains(m.Text, "Debu") {
				t.Errorf("the humas read %q", m.Text)
			}
		}

		w.agusSays("/aktifkan Debu")
		w.onTelegram("Tercatat: Agus minta aturan Debu diaktifkan", "Wati")
		w.onSlack("Agus (Telegram) minta aturan Debu diaktifkan", "/isu aktifkan Debu")
		w.agusSays("/aktifkan Debu")
		w.onTelegram("Perlu satu admin lain", "Wati")

		w.stop() // a crash forgets no vote
		w.start()
		rest(5 * time.Second)
		w.slash("aktifkan Debu")
		w.onSlack("✅ Aturan Debu aktif mulai sekarang: diminta Agus, disetujui Wati")
		rest(15 * time.Second) // the next tick: what holds is told as new, without a new post
		w.onTelegram("WASPADA", "Debu — Rembang", "KELUHAN", "Belum ditangani")
		if got := w.slackMessage(card.TS); !hasAll(got.Plain, []string{"UJI COBA", "selesai", "uji coba selesai"}) {
			t.Errorf("it goes on: %s", got.Plain)
		}

		w.agusSays("/kenapa_tidak warga Tegaldowo: debu pabrik semen lagi")
		if said := w.onTelegram("Debu: cocok").Text; strings.Contains(said, "uji coba") {
			t.Errorf("the rule is active: %s", said)
		}
		w.slash("tidurkan Debu")
		rest(5 * time.Second)
		w.agusSays("/kenapa_tidak warga Tegaldowo: debu pabrik semen lagi")
		w.onTelegram("Debu: cocok", "uji coba")
		w.onTelegram("Aturan Debu kembali ke uji coba dan tidak lagi memperbarui isu ini")
		rest(time.Minute)
		w.calm()
		w.stop()
		if v := w.tg.Violations(); len(v) > 0 {
			t.Errorf("Telegram was spoken to wrongly: %v", v)
		}
		if v := w.sl.Violations(); len(v) > 0 {
			t.Errorf("Slack was spoken to wrongly: %v", v)
		}
	})
}

func TestAChangeOfTheRuleTakesItsActivationBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := shadowWorld(t)
		t.Cleanup(w.sl.Close)
		w.start()
		rest(30 * time.Second)
		w.agusSays("/aktifkan Debu")
		w.slash("aktifkan Debu")
		w.editRules("suara soal debu di", "suara tentang debu di")
		rest(10 * time.Second)
		w.agusSays("/status")
		if strings.Contains(w.onTelegram("berjalan sejak").Text, "uji coba") {
			t.Error("another summary took the activation back")
		}
		w.editRules("$debu NEAR/8 $pabrik", "$debu NEAR/9 $pabrik")
		rest(10 * time.Second)
		w.onSlack("Aturan Debu berubah di YAML", "kembali ke uji coba")
		w.agusSays("/status")
		w.onTelegram("Aturan yang masih uji coba: 1 aturan")

		w.editRules("        status: shadow\n", "") // active by its file
		rest(10 * time.Second)
		w.agusSays("/aktifkan Debu")
		w.onTelegram("aktif menurut berkas YAML-nya")
		if card := w.onSlack("UJI COBA"); !strings.Contains(card.Plain, "uji coba selesai") {
			t.Errorf("it goes on: %s", card.Plain)
		}
		w.calm()
		w.stop()
	})
}

func TestAdminsHearOfARefusedConfigurationOnceAndOfAGoodOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := shadowWorld(t)
		t.Cleanup(w.sl.Close)
		w.start()
		rest(5 * time.Second)
		count := func(words ...string) (n int) {
			for _, m := range w.sl.Messages(channel) {
				if hasAll(m.Plain, words) {
					n++
				}
			}
			return n
		}
		w.edit("language: id", "language: jv\nrecieverz: 1\nb: 1\nc: 1\nd: 1\ne: 1")
		rest(10 * time.Second)
		w.onSlack("Konfigurasi baru ditolak", "aturan lama tetap berlaku", "config.yaml:7:11:", "+1 lagi")
		w.edit("e: 1", "e: 1 ") // nothing new
		rest(10 * time.Second)
		if n := count("Konfigurasi baru ditolak"); n != 1 {
			t.Errorf("the same mistakes were told %d times", n)
		}
		w.edit("recieverz: 1\nb: 1\nc: 1\nd: 1\ne: 1 ", "")
		rest(10 * time.Second)
		if n := count("Konfigurasi baru ditolak"); n != 2 {
			t.Errorf("other mistakes were told %d times", n-1)
		}
		w.edit("language: jv", "language: id")
		rest(10 * time.Second)
		w.edit("timezone: Asia/Jakarta", "timezone: Asia/Jakarta ")
		rest(10 * time.Second)
		if n := count("Konfigurasi diterima lagi"); n != 1 {
			t.Errorf("the good end was told %d times", n)
		}
		for _, m := range w.tg.Messages(group) {
			if strings.Contains(m.Text, "Konfigurasi") {
				t.Errorf("the humas read %q", m.Text)
			}
		}
		w.stop()
	})
}

func TestAloneAtTheKeyboardARuleInShadowIsShownAndNotActivated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.editRules("- alert: Debu\n", "- alert: Debu\n        status: shadow\n")
		w.start()
		rest(30 * time.Second)
		w.expect("card", "🧪 UJI COBA (hanya admin)", "Debu — Rembang")
		w.say("/aktifkan Debu")
		w.expect("alone", "perlu dua admin", "Tambahkan satu")
		w.stop()
	})
}
