package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAnAdminSeesWhatTheRulesDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.start()
		defer func() { w.stop() }()
		rest(30 * time.Second)
		w.expect("first card", "ISU-1", "Debu — Rembang")
		w.say("/kenapa 1")
		w.expect("why", "Kenapa ISU-1", "Aturan Debu:", "batas 5 suara", "konfigurasi", "← aturan Debu", "kartu pertama")
		w.say("/uji")
		w.expect("test of the chat", "obrolan ini terjangkau", "Rembang", "operator", "tidak ada di terminal")
		w.say("/uji debu")
		w.expect("dry run", "Aturan Debu dijalankan atas", "berbunyi", "Contoh: ")
		w.say("/uji Dbeu")
		w.expect("slip", "Maksudnya begini? /uji Debu")
		w.say("/muatulang")
		w.expect("nothing new", "Tidak ada yang baru")
		w.edit("fact_files", "fact_fils")
		w.say("/muatulang")
		w.expect("mistake", "Berkas ditolak", "config.yaml", "unknown field")
		if log := w.err.String(); strings.Count(log, "configuration refused") != 1 {
			t.Errorf("the same mistake should be logged once:\n%s", log)
		}
		w.edit("fact_fils", "fact_files")
		w.edit("name: Rembang,", "name: Rembang Raya,")
		w.say("/muatulang")
		w.expect("swapped", "Dimuat ulang: ", "sites")
	})
}

const admins = `
receivers:
  - {name: humas-rembang, telegram: {chat: -1001234567890}, slack: {channel: C0123456}}
  - {name: humas-aceh, slack: {channel: C0123456}}
  - {name: humas-kupang, slack: {channel: C0123456}}
people:
  - {name: Sari, telegram: 111, roles: [admin]}
  - {name: Rina, slack: U02RINA, roles: [admin]}
`

func TestAChatIsTestedWhereItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, admins)
		w.withChats()
		t.Cleanup(w.sl.Close)
		w.start()
		defer func() { w.stop() }()
		rest(20 * time.Second)
		w.tg.Say(group, sari, "/uji")
		rest(5 * time.Second)
		asked := w.onTelegram("obrolan ini terjangkau", "semua topik di Rembang, juga", "tampil di sini", "Sari · peran: admin")
		toast, err := w.tg.Press(t.Context(), group, asked.ID, sari, "👆 Uji tombol")
		if err != nil || !strings.Contains(toast.Text, "Tombol jalan.") {
			t.Errorf("toast %q, %v", toast.Text, err)
		}
		rest(5 * time.Minute) // by then the message with the button is gone
		w.onTelegram("Tombol jalan.", "obrolan ini terjangkau")
		if err := w.sl.Slash(channel, "U02RINA", "/isu", "uji"); err != nil {
			t.Fatal(err)
		}
		rest(5 * time.Second)
		w.whispered("obrolan ini terjangkau", "Aceh (Lhoknga), Kupang, Rembang", "belum dapat diuji")
		if err := w.sl.Slash(channel, "U02RINA", "/isu", "kenapa 1"); err != nil {
			t.Fatal(err)
		}
		rest(5 * time.Second)
		w.whispered("Kenapa ISU-1", "kartu pertama")
		if tg, sl := w.tg.Violations(), w.sl.Violations(); len(tg)+len(sl) > 0 {
			t.Errorf("spoken to wrongly: %v %v", tg, sl)
		}
		w.keepsSecrets()
	})
}

// whispered expects that Slack's last message to one person holds all words.
func (w *world) whispered(words ...string) {
	w.t.Helper()
	all := w.sl.Ephemerals()
	if len(all) == 0 || !hasAll(all[len(all)-1].Plain, words) {
		w.t.Errorf("no whisper with %q: %+v", words, all)
	}
}
