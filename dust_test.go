package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/siaga-id/siaga/internal/fakeslack"
	"github.com/siaga-id/siaga/internal/faketelegram"
	"github.com/siaga-id/siaga/internal/golden"
)

const rembang = int64(-100111) // the group of the works

// diary writes down what two chats show, step by step, as somebody reads it who
// looks at both.
type diary struct {
	*world
	out   strings.Builder
	begin time.Time
	seen  map[string]string
	posts int
}

// at lets time pass until some minutes after the beginning, and heads a chapter.
func (d *diary) at(minute int, title string) {
	rest(time.Until(d.begin.Add(time.Duration(minute) * time.Minute)))
	d.news()
	fmt.Fprintf(&d.out, "\n## %s — %s\n", time.Now().UTC().Add(jakin).Format("15:04"), title)
}

// news writes down which messages are new or changed in both chats.
func (d *diary) news() {
	now := map[string]string{}
	for _, m := range d.tg.Messages(rembang) {
		text := m.Text
		for _, row := range m.Keyboard {
			text += "\n[" + labels(row, func(b faketelegram.Button) string { return b.Text }) + "]"
		}
		if m.Silent {
			text = "(tanpa suara) " + text
		}
		now[fmt.Sprintf("Telegram %06d", m.ID)] = text
	}
	for _, m := range d.sl.Messages(channel) {
		now["Slack "+m.TS] = m.Plain
	}
	for _, id := range slices.Sorted(maps.Keys(now)) {
		before, known := d.seen[id]
		if before == now[id] {
			continue
		}
		kind := ""
		if known {
			kind = ", diubah"
		}
		chat, _, _ := strings.Cut(id, " ")
		fmt.Fprintf(&d.out, "\n%s%s:\n    %s\n", chat, kind, strings.ReplaceAll(now[id], "\n", "\n    "))
	}
	d.seen = now
}

// post pushes public posts.
func (d *diary) post(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		d.posts++
		body := fmt.Sprintf(`{"posts":[{"id":"%d","kind":"social","author":"warga%d","text":%q}]}`, d.posts, d.posts, text)
		if code, answer := d.knock(signed(d.t, d.env["HOOK"], body)); code != http.StatusOK && code != http.StatusAccepted {
			d.t.Errorf("post %d got %d: %s", d.posts, code, answer)
		}
		rest(2 * time.Second)
	}
	rest(aMoment)
	d.news()
}

// says has somebody write in the group, or under a message of it.
func (d *diary) says(who int64, name, line string, under ...int) {
	fmt.Fprintf(&d.out, "\n%s (Telegram)> %s\n", name, line)
	var options []faketelegram.SayOption
	for _, id := range under {
		options = append(options, faketelegram.ReplyTo(id))
	}
	d.seen[fmt.Sprintf("Telegram %06d", d.tg.Say(rembang, who, line, options...))] = line
	rest(aMoment)
	d.news()
}

// asks has Rina say something in Slack.
func (d *diary) asks(line string) {
	d.t.Helper()
	fmt.Fprintf(&d.out, "\nRina (Slack)> /isu %s\n", line)
	before := len(d.sl.Ephemerals())
	if err := d.sl.Slash(channel, "U02RINA", "/isu", line); err != nil {
		d.t.Error(err)
	}
	rest(aMoment)
	for _, e := range d.sl.Ephemerals()[before:] {
		fmt.Fprintf(&d.out, "    hanya Rina: %s\n", strings.ReplaceAll(e.Plain, "\n", "\n    "))
	}
	d.news()
}

// taps has Sari press a button of the newest message that has it, and returns
// the id of what came of it.
func (d *diary) taps(label string) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), time.Minute)
	defer cancel()
	for _, m := range slices.Backward(d.tg.Messages(rembang)) {
		if !hasButton(m, label) {
			continue
		}
		a, err := d.tg.Press(ctx, rembang, m.ID, sari, label)
		if err != nil {
			d.t.Errorf("%s: %v", label, err)
		}
		fmt.Fprintf(&d.out, "\nSari menekan [%s]: %s\n", label, a.Text)
		rest(aMoment)
		d.news()
		return
	}
	d.t.Errorf("nothing to press %s on", label)
}

// last is the newest message in the group with a word.
func (d *diary) last(word string) int {
	d.t.Helper()
	for _, m := range slices.Backward(d.tg.Messages(rembang)) {
		if strings.Contains(m.Text, word) {
			return m.ID
		}
	}
	d.t.Errorf("no %q in the group", word)
	return 0
}

// TestTheFirstTwoHoursOfADustCrisis goes by the clock of a humas office (crisis.md): a rumour that a
// fact could answer, a complaint that makes the answer wrong, and what an office
// does then. The file is all that people read.
func TestTheFirstTwoHoursOfADustCrisis(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{world: newWorld(t, ""), seen: map[string]string{}}
		for _, name := range []string{"config.yaml", "facts.yaml"} {
			data, err := os.ReadFile(filepath.Join("testdata/dust", name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(d.dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		d.withChats()
		t.Cleanup(d.sl.Close)
		d.env["HOOK"] = "s3cret-of-the-hook"
		d.tg.AddChat(faketelegram.Chat{ID: rembang, Type: "supergroup", Title: "Humas Rembang"})
		d.tg.AddUser(faketelegram.User{ID: budi, Name: "Budi"})
		d.sl.AddUser(fakeslack.User{ID: "U02RINA", Name: "rina"})
		d.begin = time.Now()
		d.start()

		d.at(2, "sebuah kabar tentang angka, tanpa keluhan")
		d.post(
			"Beredar kabar PM10 di balai desa Tegaldowo tembus ambang, ada yang punya data debu resminya?",
			"Data debu Tegaldowo katanya ditutupi, alat ukur PM10 di balai desa itu punya siapa?",
			"Kabar soal PM10 balai desa Tegaldowo jadi ramai, debu Rembang masuk berita nasional",
		)
		d.at(5, "Sari mengambil, melihat fakta, dan menyusun klarifikasi")
		d.taps("✋ Ambil")
		d.taps("📋 Fakta & draf")
		d.says(sari, "Sari", "/draf 1")
		d.says(sari, "Sari", "/draf 1 klarifikasi lugas debu di Tegaldowo sudah di atas ambang")
		d.says(sari, "Sari", "/setujui 1.1")

		d.at(9, "seorang warga mengeluh: klarifikasi itu gugur")
		d.post("genteng rumah saya di Tegaldowo putih semua kena debu dari subuh, anak saya batuk terus, sumur juga keruh")
		d.asks("kenapa 1")
		d.says(sari, "Sari", "/draf 1 klarifikasi")
		d.says(budi, "Budi", "/setujui 1.1")

		d.at(12, "akui dan tindak")
		d.taps("🤝 Akui & tindak lanjuti")
		d.says(sari, "Sari", "cek lapangan di RT 3 Tegaldowo dan kabari warga sampai jam 9", d.last("membalas pesan ini"))
		d.says(sari, "Sari", "/draf 1 akui lugas")

		d.at(16, "ketua menaikkan tingkat; dua penyetuju")
		d.asks("tingkat 1 siaga penangkap debu jalur 2 berhenti")
		d.says(budi, "Budi", "/draf 1.2")
		d.says(budi, "Budi", "/setujui 1.2")
		d.asks("draf 1.2")
		d.asks("setujui 1.2")
		d.at(24, "orang menerbitkan, Siaga mencatat")
		d.says(sari, "Sari", "/tayang 1.2 https://semencontoh.example/kabar/debu-tegaldowo")

		d.at(31, "yang ditolak")
		d.says(sari, "Sari", "/siapa pemilik akun itu")
		d.says(sari, "Sari", "/ubah 1.2 Warga tenang saja, udara 100% aman. Yang menyebar kabar ini ditunggangi dan akan kami laporkan ke polisi.")

		d.at(48, "hasil lapangan: sebagian benar")
		d.says(sari, "Sari", "/verifikasi 1 sebagian DLH dan tim, debu dari jalur 2 sejak 05.30, sumur tidak terdampak")
		d.says(sari, "Sari", "/draf 1 klarifikasi resmi FAKTA-003")
		d.says(budi, "Budi", "/setujui 1.3")
		d.says(budi, "Budi", "/setujui 1.3")
		d.asks("draf 1.3")
		d.asks("setujui 1.3")

		d.at(75, "janji ditepati")
		d.says(sari, "Sari", "/janji tepati 1.1 foto penangkap debu jalan lagi, warga RT 3 sudah dikabari")
		d.asks("janji")

		d.at(110, "selesai, dan jejaknya")
		d.taps("✅ Selesai")
		d.taps("Keluhan ditindaklanjuti")
		d.asks("jejak 1")
		d.at(120, "dua jam")
		d.stop()
		if v := d.tg.Violations(); len(v) > 0 {
			t.Errorf("Telegram was spoken to wrongly: %v", v)
		}
		if v := d.sl.Violations(); len(v) > 0 {
			t.Errorf("Slack was spoken to wrongly: %v", v)
		}
		version := regexp.MustCompile(`konfigurasi [0-9a-f]{12}`) // which depends on the folder
		golden.Check(t, "testdata/dust/two-hours.golden", version.ReplaceAllString(d.out.String(), "konfigurasi …"))
	})
}
