package source

import (
	"fmt"
	"hash/maphash"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// folds takes texts in one after another and returns the story of each, by its
// number.
func folds(t *testing.T, texts ...string) []int {
	t.Helper()
	i := newInlet(t)
	var out []int
	for n, text := range texts {
		i.now = i.now.Add(time.Second)
		p := i.take(written(fmt.Sprint(n), text, i.now)).Posts[0]
		var story int
		fmt.Sscanf(p.Story, "media:%d", &story)
		out = append(out, story)
	}
	return out
}

func TestTwentyCopiesOfAnArticleAreOneStory(t *testing.T) {
	missed, all := map[string]int{}, 0
	for seed := range uint64(30) {
		n := newNewsroom(seed)
		article := n.article(4 + n.IntN(20))
		copies := n.copies(article)
		names := slices.Sorted(maps.Keys(copies))
		n.Shuffle(len(names), func(a, b int) { names[a], names[b] = names[b], names[a] })
		texts := []string{article}
		for _, name := range names {
			texts = append(texts, copies[name])
		}
		for k, story := range folds(t, texts...)[1:] {
			if all++; story != 0 {
				missed[names[k]]++
				t.Logf("article %d: %s", seed, names[k])
			}
		}
	}
	t.Logf("%d of %d copies found", all-sum(missed), all)
	if sum(missed) > all/100 {
		t.Errorf("of %d copies %d are stories of their own: %v", all, sum(missed), missed)
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

func TestRandomArticlesAreNeverOneStory(t *testing.T) {
	s := speller{maphash.MakeSeed()}
	var gists []*gist
	for seed := range uint64(300) {
		n := newNewsroom(1000 + seed)
		gists = append(gists, s.gist(n.article(4+n.IntN(20))))
	}
	pairs, most := 0, 0.0
	for i, a := range gists {
		for _, b := range gists[:i] {
			pairs++
			part := like(a, b).part
			if most = max(most, part); part >= alike {
				t.Errorf("a pair shares %.2f", part)
			}
		}
	}
	t.Logf("%d pairs, the most alike share %.2f", pairs, most)
}

func TestANewStoryThatQuotesHalfStaysApart(t *testing.T) {
	folded, all := 0, 0
	for seed := range uint64(100) {
		n := newNewsroom(2000 + seed)
		old := n.article(4 + n.IntN(16))
		half := first(body(old), len(strings.Fields(old))/2)
		own := n.article(strings.Count(old, "."))
		own = first(own, len(strings.Fields(half))*(10+n.IntN(20))/10)
		if all++; folds(t, old, own+" "+half)[1] == 0 {
			folded++
		}
	}
	t.Logf("%d of %d folded", folded, all)
	if folded > all/33 {
		t.Errorf("%d of %d new stories were folded into the one they quote", folded, all)
	}
}

func TestDifferentReportsStayApart(t *testing.T) {
	for name, texts := range map[string][]string{
		"two reporters at one fire": {
			`Gudang kapas di Kelurahan Tambakrejo terbakar Selasa pagi. Api terlihat pertama kali oleh penjaga malam sekitar pukul 04.30 WIB. Lima mobil pemadam dikerahkan dan api padam dua jam kemudian. Tidak ada korban jiwa dalam kejadian itu, namun kerugian diperkirakan Rp2 miliar.`,
			`Si jago merah melalap tempat penyimpanan kapas milik seorang pengusaha di Tambakrejo. Menurut saksi mata, kobaran muncul dari arah belakang bangunan menjelang subuh. Petugas butuh waktu dua jam untuk menjinakkannya, sementara pemilik menaksir kehilangan hingga miliaran rupiah.`,
		},
		"other number of hurt": {
			`3 pekerja luka akibat ledakan tungku di pabrik semen, Senin malam. Para korban dibawa ke rumah sakit terdekat untuk mendapat perawatan, kata juru bicara perusahaan.`,
			`5 pekerja luka akibat ledakan tungku di pabrik semen, Senin malam. Para korban dibawa ke rumah sakit terdekat untuk mendapat perawatan, kata juru bicara perusahaan.`,
		},
		"other number, in words": {
			`Ledakan tungku di pabrik semen melukai tiga pekerja, Senin malam. Para korban dibawa ke rumah sakit terdekat untuk mendapat perawatan, kata juru bicara perusahaan.`,
			`Ledakan tungku di pabrik semen melukai 5 pekerja, Senin malam. Para korban dibawa ke rumah sakit terdekat untuk mendapat perawatan, kata juru bicara perusahaan.`,
		},
		"bridged by one without a number": {
			`Sebanyak 3 pekerja luka akibat ledakan tungku di pabrik semen, Senin malam. Para korban dibawa ke rumah sakit terdekat untuk mendapat perawatan, kata juru bicara perusahaan.`,
			`Para pekerja luka akibat ledakan tungku di pabrik semen, Senin malam. Semua korban dibawa ke rumah sakit terdekat untuk mendapat perawatan, kata juru bicara perusahaan.`,
			`Sebanyak 5 pekerja luka akibat ledakan tungku di pabrik semen, Senin malam. Para korban dibawa ke rumah sakit terdekat untuk mendapat perawatan, kata juru bicara perusahaan.`,
		},
		"sites": {
			`Hujan lebat disertai kilat dan angin kencang berpotensi terjadi di Rembang mulai sore hingga malam hari. Masyarakat diminta waspada terhadap banjir dan pohon tumbang.`,
			`Hujan lebat disertai kilat dan angin kencang berpotensi terjadi di Kupang mulai sore hingga malam hari. Masyarakat diminta waspada terhadap banjir dan pohon tumbang.`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			last := len(texts) - 1
			if got := folds(t, texts...); got[last] != last {
				t.Errorf("stories %v", got)
			}
		})
	}
}

// templates are texts that offices print daily; they differ in what is filled
// in and in nothing else.
var templates = map[string]func(k int, place string) string{
	"weather": func(_ int, place string) string {
		return fmt.Sprintf(`PERINGATAN DINI CUACA. Hujan lebat disertai kilat dan angin kencang berpotensi terjadi di wilayah Kabupaten %s mulai sore hingga malam hari dan dapat meluas ke daerah sekitarnya. Masyarakat di Kabupaten %s diimbau waspada terhadap genangan, pohon tumbang dan sambaran petir. Prakirawan siaga selama 24 jam.`, place, place)
	},
	"weather, small letters": func(_ int, place string) string {
		return fmt.Sprintf(`info cuaca: hujan lebat dan angin kencang diperkirakan turun di kecamatan %s sore ini, hindari berteduh di bawah pohon dan tetap waspada ya dulur`, strings.ToLower(place))
	},
	"wave height": func(k int, _ string) string {
		return fmt.Sprintf(`Tinggi gelombang di perairan utara diperkirakan mencapai %d meter pada pekan ini. Nelayan dengan perahu kecil diimbau tidak melaut sampai ada pemberitahuan berikutnya dari kantor pelabuhan setempat.`, k+1)
	},
	"prices": func(k int, _ string) string {
		return fmt.Sprintf(`Harga bahan pokok di pasar induk hari ini menurut catatan dinas perdagangan. Cabai rawit Rp%d.000 per kilogram, bawang merah Rp%d.500 per kilogram, telur ayam Rp28.000 per kilogram, minyak goreng curah Rp16.000 per liter, gula pasir Rp17.500 per kilogram. Pedagang menyebut pasokan lancar.`, 40+k, 30+k)
	},
	"gold": func(k int, _ string) string {
		return fmt.Sprintf(`Harga emas batangan hari ini berada di angka Rp%d.000 per gram menurut laman resmi penjualnya. Harga jual kembali ikut bergerak mengikuti pasar dunia dan nilai tukar rupiah terhadap dolar.`, 1400+k)
	},
	"job, place": func(_ int, place string) string {
		return fmt.Sprintf(`Lowongan kerja terbaru. Dibutuhkan segera operator produksi untuk penempatan di %s, pria atau wanita, usia maksimal 27 tahun, pendidikan minimal SMA, sehat jasmani dan rohani, siap kerja gilir. Kirim lamaran lengkap ke bagian personalia.`, place)
	},
	"job, firm": func(_ int, place string) string {
		return fmt.Sprintf(`Lowongan kerja terbaru di PT %s Sejahtera membutuhkan operator produksi, pria atau wanita, usia maksimal 27 tahun, pendidikan minimal SMA, sehat jasmani dan rohani, siap kerja gilir. Kirim lamaran lengkap ke bagian personalia.`, place)
	},
	"job, pay": func(k int, _ string) string {
		return fmt.Sprintf(`Lowongan kerja terbaru. Dibutuhkan segera kasir toko, pria atau wanita, usia maksimal 27 tahun, pendidikan minimal SMA, jujur dan teliti, dengan gaji pokok %d juta rupiah per bulan ditambah uang makan. Kirim lamaran lengkap ke bagian personalia.`, k+2)
	},
	"prayer times": func(k int, place string) string {
		return fmt.Sprintf(`Jadwal salat untuk Kota %s dan sekitarnya hari ini. Imsak pukul 03.%02d WIB, Subuh pukul 04.%02d WIB, Zuhur pukul 11.%02d WIB, Asar pukul 14.%02d WIB, Magrib pukul 17.%02d WIB, Isya pukul 18.%02d WIB. Selamat menunaikan ibadah bagi seluruh umat Islam di Kota %s.`, place, 10+k, 20+k, 25+k, 30+k, 35+k, 20+k, place)
	},
	"prayer times of another day": func(k int, _ string) string {
		return fmt.Sprintf(`Jadwal salat hari ini bagi umat Islam yang hendak menunaikan ibadah tepat pada waktunya di rumah maupun di masjid terdekat. Imsak pukul 03.%02d WIB, Subuh pukul 04.%02d WIB, Zuhur pukul 11.%02d WIB, Magrib pukul 17.%02d WIB. Selamat menunaikan ibadah dan jangan lupa berdoa bagi kedua orang tua.`, 10+k, 20+k, 25+k, 30+k)
	},
	"forecast": func(_ int, place string) string {
		return fmt.Sprintf(`Prakiraan Cuaca %s Hari Ini. Berikut prakiraan cuaca %s hari ini menurut kantor meteorologi: pagi cerah berawan, siang berpotensi hujan ringan, malam berawan tebal dengan angin bertiup pelan dari arah tenggara.`, place, place)
	},
	"power cut": func(_ int, place string) string {
		return fmt.Sprintf(`Pemeliharaan jaringan listrik akan dilakukan besok sehingga aliran untuk pelanggan di Desa %s dan sekitarnya padam sementara. Kami mohon maaf atas ketidaknyamanan ini dan berterima kasih atas pengertian pelanggan.`, place)
	},
}

func TestTemplatesWithAnotherPlaceOrNumberStayApart(t *testing.T) {
	for name, fill := range templates {
		t.Run(name, func(t *testing.T) {
			var texts []string
			for k, place := range villages[:15] {
				texts = append(texts, fill(k, place))
			}
			for k, story := range folds(t, texts...) {
				if story != k {
					t.Errorf("%d joins %d:\n%s\n%s", k, story, texts[k], texts[story])
				}
			}
		})
	}
}

// TestDatesAndBoilerplateDoNotPartCopies has what outlets print around an
// article, each with its own numbers.
func TestDatesAndBoilerplateDoNotPartCopies(t *testing.T) {
	const agency = `Warga Desa Tegalrandu menemukan retakan sepanjang 40 meter pada tanggul sungai. Kepala desa meminta balai sungai segera mengirim karung pasir karena hujan masih turun tiap malam. %s Sekitar seratus dua puluh keluarga tinggal di bawah tanggul itu. %s`
	i := newInlet(t)
	for k, around := range [][2]string{
		{"Baca juga: 5 Fakta Tanggul Jebol di Hulu.", "Dibaca 1.204 kali"},
		{"Baca juga: 8 Desa Terendam Banjir.", "Dibaca 31 kali"},
		{"Hal itu disampaikannya Senin (23/11/2026).", "23/11/2026 10:31 WIB"},
		{"Hal itu disampaikannya Selasa (24/11/2026).", "24/11/2026 pukul 08.15 WIB"},
		{"BACA JUGA 3 Jembatan Putus", "Halaman 1 dari 3"},
		{"", "Halaman 1 dari 2. Terbit 2025. 14 komentar"},
		{"", "3 menit lalu"},
		{"", "7 menit lalu"},
	} {
		text := fmt.Sprintf(agency, around[0], around[1])
		if k%2 == 1 {
			text = strings.NewReplacer("seratus dua puluh", "120", "40", "empat puluh").Replace(text)
		}
		if p := i.take(written(fmt.Sprint(k), text, i.now)).Posts[0]; p.Story != "media:0" {
			t.Errorf("%v makes it story %s", around, p.Story)
		}
	}
}

func TestNearCopiesTwoDaysApartAreTwoStories(t *testing.T) {
	n := newNewsroom(1)
	article := n.article(6)
	for after, want := range map[time.Duration]string{47 * time.Hour: "media:0", 49 * time.Hour: "media:1"} {
		i := newInlet(t)
		i.take(written("0", article, i.now))
		i.now = i.now.Add(after)
		if p := i.take(written("1", n.around(body(article)), i.now)).Posts[0]; p.Story != want {
			t.Errorf("%v later: %s", after, p.Story)
		}
	}
}

func TestATextThatWasPublishedTwoDaysBeforeIsAnotherStory(t *testing.T) {
	n := newNewsroom(1)
	article := n.article(6)
	for before, want := range map[time.Duration]string{47 * time.Hour: "media:0", 49 * time.Hour: "media:1"} {
		i := newInlet(t)
		i.take(written("0", article, i.now))
		if p := i.take(written("1", n.around(body(article)), i.now.Add(-before))).Posts[0]; p.Story != want {
			t.Errorf("%v before: %s", before, p.Story)
		}
	}
}

func TestALateCopyJoinsAndTheStoryKeepsItsName(t *testing.T) {
	n := newNewsroom(2)
	article := n.article(6)
	i := newInlet(t)
	i.take(written("0", article, i.now))
	if p := i.take(written("1", n.around(body(article)), i.now.Add(-5*time.Hour))).Posts[0]; p.Story != "media:0" {
		t.Errorf("story %s", p.Story)
	}
}

// TestTheOrderOfCopiesMakesNoDifference takes the same copies in in any order.
func TestTheOrderOfCopiesMakesNoDifference(t *testing.T) {
	n := newNewsroom(3)
	article := n.article(10)
	texts := append(slices.Collect(maps.Values(n.copies(article))), article)
	slices.Sort(texts)
	for seed := range uint64(5) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(texts), func(a, b int) { texts[a], texts[b] = texts[b], texts[a] })
		stories := map[int]bool{}
		for _, s := range folds(t, texts...) {
			stories[s] = true
		}
		if len(stories) > 2 { // what shares less than 0.6 with every other so far
			t.Errorf("order %d makes %d stories", seed, len(stories))
		}
	}
}
