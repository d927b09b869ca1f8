package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/siaga-id/siaga/config"
	"github.com/siaga-id/siaga/internal/golden"
	"github.com/siaga-id/siaga/source"
	"github.com/siaga-id/siaga/store"
)

// asks runs `siaga explain` and returns what a person would see.
func (w *world) asks(stdin string, args ...string) string {
	w.t.Helper()
	var shown []string
	for _, arg := range args {
		if strings.ContainsAny(arg, " \n\"") {
			arg = "'" + arg + "'"
		}
		shown = append(shown, arg)
	}
	o := w.outside(strings.NewReader(stdin))
	var out, errs safeBuffer
	o.out, o.err = &out, &errs
	code := run(w.t.Context(), append([]string{"-config", filepath.Join(w.dir, "config.yaml"), "explain"}, args...), o)
	said := "$ siaga explain " + strings.Join(shown, " ") + "\n" + out.String()
	if errs := errs.String(); errs != "" {
		said += "[stderr] " + strings.TrimSuffix(errs, "\n") + "\n"
	}
	if code != 0 {
		said += "[exit 1]\n"
	}
	return strings.ReplaceAll(said, w.dir+"/", "") + "\n"
}

func (w *world) put(name, content string) string {
	w.t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

var explainedAt = time.Date(2025, 11, 4, 3, 40, 0, 0, time.UTC)

// reads puts posts into the store as the watcher would.
func (w *world) reads(posts ...source.Post) {
	w.t.Helper()
	db, err := store.Open(filepath.Join(w.dir, "siaga.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer db.Close()
	in := source.Intake{Places: source.NewGazetteer(map[string][]string{"rembang": {"gunem"}})}
	b := source.Batch{Live: true}
	for _, p := range posts {
		b.Events = append(b.Events, source.Event{Post: p})
	}
	err = db.Update(w.t.Context(), func(tx store.Tx) error {
		_, err := in.Accept(tx, source.Spec{Name: "contoh", Site: "kupang"}, b, explainedAt)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestTheShippedRulesExplainThemselves(t *testing.T) {
	w := newWorld(t, "")
	var said strings.Builder
	for _, words := range []string{
		"pabrik semennya berdebu parah, genteng putih semua",
		"Bledug soko pabrik semen ketoke, Gunem podo kabeh",
		"lowongan kerja pabrik semen bebas debu",
		"debu lagi. Tadi pagi anak-anak berangkat sekolah naik truk tetangga lewat depan pabrik semen",
		"air sumur saya keruh, baunya aneh juga, di Timbrangan",
		"jangan suka memancing di air keruh",
		"air sumur di Gunem kotor",
		"ada kecelakaan kerja di pabrik Semen Contoh Gunem, satu pekerja terluka",
		"kecelakaan motor di perempatan depan pabrik semen",
		"Makasih PT Semen Contoh sudah bantu net voli",
		"contoh semen yang bagus untuk nat keramik",
		"suara mesin pabrik @debu_pabrik brebeg lagi, lihat https://x.example/debu",
		"selamat pagi, Rembang",
	} {
		said.WriteString(w.asks("", words))
	}
	said.WriteString(w.asks("", "debu", "pabrik")) // quotes are optional
	said.WriteString(w.asks("debu pabrik di Alak\nsejak subuh\n", "-"))
	said.WriteString(w.asks("", w.put("pesan.txt", "Debu pabrik di Kajar,\nmotor putih semua.\n")))
	said.WriteString(w.asks("", w.put("arsip.jsonl", `{"id": "1", "at": "2025-11-04 10:40", "kind": "news", "outlet": "kabar.example", "url": "https://kabar.example/1", "title": "Debu pabrik", "text": "Warga Gunem mengeluh ke @pak_lurah."}
{"id": "2", "at": "2025-11-04 10:41"}
{"id": "3", "at": "2025-11-04 10:42", "author": "warga_gunem", "site": "kupang", "text": "sumur keruh"}
`)))
	golden.Check(t, "testdata/explain/shipped.golden", said.String())
	for line := range strings.SplitSeq(said.String(), "\n") {
		if n := utf8.RuneCountInString(line); n > columns && !strings.HasPrefix(line, "$") {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// everyCause has a rule for each way to miss and each way to count.
const everyCause = `
groups:
  - name: sebab
    rules:
      - {alert: Urutan, query: warga ONEAR/3 (demo OR blokade), labels: {topic: umum, severity: info}}
      - {alert: Bola, query: 'semen NEAR/4 juara NOT "semen padang fc"', labels: {topic: umum, severity: info}}
      - {alert: Berita, query: 'semen kind:news tier<=2 NOT outlet:"Kabar Contoh"', labels: {topic: umum, severity: info}}
      - {alert: Tumpang, query: 'padang NEAR/9 "semen padang"', labels: {topic: umum, severity: info}}
      - {alert: Lama, query: jembatan*, when: {posts: 3, within: 1h30m}, for: 5m, by: [site], labels: {topic: umum, severity: info}}
      - {alert: Akun, query: '#boikot lurah', labels: {topic: umum, severity: info}}
`

func TestEveryReasonIsSaidInWords(t *testing.T) {
	w := newWorld(t, "")
	w.put("rules.d/contoh.yaml", everyCause)
	var said strings.Builder
	for _, words := range []string{
		"besok demo besar, ratusan warga ikut",
		"Semen Padang FC juara lagi",
		"harga semen naik",
		"semen padang",
		"jembatannya ambruk di Gunem",
		"#Boikot @lurah_contoh",
	} {
		said.WriteString(w.asks("", words))
	}
	golden.Check(t, "testdata/explain/causes.golden", said.String())
}

func TestAPostThatWasReadIsExplainedByItsAddress(t *testing.T) {
	w := newWorld(t, "")
	var said strings.Builder
	said.WriteString(w.asks("", "https://linimasa.example/p/1"))
	at := explainedAt.Add(-10 * time.Minute)
	w.reads(
		source.Post{ID: "contoh:1", Kind: source.Social, URL: "https://linimasa.example/@warga/1", Text: "@warga_gunem debu pabrik lagi, cc @bupati", Published: at},
		source.Post{ID: "contoh:2", Kind: source.News, Outlet: "Kabar Contoh", URL: "https://kabar.example/2", Text: "Debu pabrik di Gunem", Published: at.Add(-72 * time.Hour)},
	)
	said.WriteString(w.asks("", "https://linimasa.example/@warga/1?utm_source=wa"))
	said.WriteString(w.asks("", "https://kabar.example/2"))
	said.WriteString(w.asks("", "https://kabar.example/3"))
	said.WriteString(w.asks("", "tidak-ada.jsonl"))
	said.WriteString(w.asks("", w.put("kosong.txt", " \n")))
	golden.Check(t, "testdata/explain/kept.golden", said.String())
	for _, name := range []string{"warga_gunem", "bupati", "@warga/"} {
		if strings.Contains(strings.ReplaceAll(said.String(), "$ siaga explain https://linimasa.example/@warga", ""), name) {
			t.Errorf("%s was shown", name)
		}
	}
}

func TestARunningSiagaLendsItsPostsToExplain(t *testing.T) {
	w := newWorld(t, "")
	w.edit("127.0.0.1:8095", freeAddress(t))
	o := w.outside(strings.NewReader(""))
	o.listen = net.Listen
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	go func() { done <- run(ctx, []string{"-config", filepath.Join(w.dir, "config.yaml")}, o) }()
	for !strings.Contains(w.out.String(), "ISU-1") {
		time.Sleep(10 * time.Millisecond)
	}
	const address = "https://linimasa.example/p/65ccd5c4a8"
	if said := w.asks("", address); !strings.Contains(said, "Jembatan kecil arah Blora") {
		t.Errorf("while it runs: %s", said)
	}
	if err := os.Remove(filepath.Join(w.dir, "siaga.db.token")); err != nil {
		t.Fatal(err)
	}
	if said := w.asks("", address); !strings.Contains(said, "/kenapa_tidak") || !strings.Contains(said, "[exit 1]") {
		t.Errorf("without the token: %s", said)
	}
	cancel()
	<-done
	left, err := filepath.Glob(filepath.Join(w.dir, ".siaga-explain-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAChatIsToldWhatBecameOfAPost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, "")
		w.start()
		rest(10 * time.Second)
		w.expect("first card", "ISU-1")
		w.say("/kenapa_tidak linimasa.example/p/65ccd5c4a8?utm_source=wa")
		w.expect("a post of the day", "Pos (media sosial)", "tanpa lokasi", "Tidak satu kata pun cocok: Debu, AirKeruh")
		w.say("/kenapa_tidak contoh:hk-001")
		w.expect("by its id", "Pos (kabarrembang.example)", "Rembang (karena", "SebutanUmum: cocok")
		w.say("/kenapa_tidak https://linimasa.example/p/0")
		w.expect("unknown", "belum pernah terbaca", "contoh, antara-jateng", "Buta: antara-jateng")
		w.say("/kenapa-tidak sumur di Alak kotor")
		w.expect("a text", `Kupang (karena "Alak")`, "AirKeruh: tidak — ada \"sumur\"")
		w.stop()
	})
}

func TestWrapBreaksBetweenWords(t *testing.T) {
	if got, want := wrap("satu dua  tiga empat\nlima", 2, 10), "  satu dua\n    tiga\n    empat\n  lima\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := wrap("", 2, 10)+wrap("\nabcdefghijkl m", 0, 5), "\n\nabcdefghijkl\n  m\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnAddressIsKnownFromAText(t *testing.T) {
	c := &config.Config{Sources: []source.Spec{{Name: "contoh"}}}
	for what, want := range map[string]string{
		"https://x.example/1":     "https://x.example/1",
		"HTTPS://x.example/1":     "https://x.example/1",
		"kabar.example/berita/1":  "https://kabar.example/berita/1",
		"contoh:hk-001":           "contoh:hk-001",
		"contoh:":                 "",
		"lain:hk-001":             "",
		"debu/abu":                "",
		"debu":                    "",
		"":                        "",
		"https://x.example/1 lho": "",
	} {
		if got, ok := addressIn(c, what); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v", what, got, ok)
		}
	}
}
