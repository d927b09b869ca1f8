package source

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// The newsroom invents articles: sentences of parts that were written for this
// test, put together at random. Nobody and nothing in them exists.
type newsroom struct{ *rand.Rand }

func newNewsroom(seed uint64) newsroom { return newsroom{rand.New(rand.NewPCG(7, seed))} }

func (n newsroom) one(of []string) string { return of[n.IntN(len(of))] }

// article has a headline and so many sentences, of about 16 words each.
func (n newsroom) article(sentences int) string {
	out := []string{n.headline()}
	for range sentences {
		out = append(out, n.sentence())
	}
	return strings.Join(out, " ")
}

func (n newsroom) headline() string {
	return n.title(n.one(whos)+" "+n.one(dids)+" "+n.one(whats)) + ".\n"
}

func (n newsroom) title(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

func (n newsroom) sentence() string {
	s := strings.Join([]string{n.one(whos), n.one(dids), n.one(whats), n.where(), n.one(whens), n.one(whys)}, " ")
	if n.IntN(3) == 0 {
		s = fmt.Sprintf("Sebanyak %d %s %s %s %s", n.IntN(900)+2, n.one(counteds), n.one(dids), n.one(whats), n.where())
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func (n newsroom) where() string { return n.one(ins) + " " + n.one(villages) }

var (
	whos = cross(`warga|kepala dinas|para nelayan|pedagang|tim penyelamat|ketua paguyuban|pengelola|guru|juru bicara|anggota|relawan|petugas|
mahasiswa|pemilik kedai|sopir|peneliti|ibu rumah tangga|pengurus|kapolsek|bidan|manajer|tokoh adat|buruh|pembina|direktur|penjaga|peternak|panitia`,
		`sekitar bendungan|perhubungan|pasar induk|gabungan|petani|rumah sakit|sekolah dasar|perusahaan|dewan|dapur umum|pemadam|pecinta alam|
kopi|angkutan kota|universitas|koperasi|puskesmas|jembatan|karang taruna|mercusuar|sapi perah|lomba perahu|setempat|yang baru|senior|muda`)
	dids = strings.Split(`mengeluhkan|membagikan|meresmikan|menolak|memeriksa|menghentikan|mempertanyakan|menyiapkan|memperbaiki|menutup|mengusulkan|
menertibkan|menghitung|mencatat|menyelidiki|menyambut|menunda|melaporkan|membersihkan|mengawasi|membongkar|memamerkan|menuntut|mengingatkan|
memindahkan|mengukur|membahas|menjaga|mendata|mengecat`, "|")
	whats = cross(`saluran irigasi|bantuan beras|jembatan gantung|tarif parkir|izin tambang|pipa air|gudang pupuk|antrean truk|lampu jalan|wabah ternak|
harga gabah|tumpahan solar|kebakaran lahan|bau kolam|tanggul ombak|dinding kelas|kabel tembaga|lomba menu|pohon tumbang|pasokan obat|perahu karam|
tunggakan upah|batas tanah|panen bawang|kapal penyeberangan|mesin sampah|dana hibah|kawanan kera|sumur bor|atap pasar`,
		`yang tersumbat|dan minyak|diterjang arus|warga miskin|pasir laut|bersih|bersubsidi|berhari-hari|menular|kering panen|tongkang|gambut|
menyengat|penahan|retak|curian|ikan|di warung|menipis|gelombang tinggi|lembur|ulayat|merah|malam hari|rusak berat|kelompok tani|liar|dangkal`)
	ins = cross(`di lapangan|di bantaran|dekat terminal|di balai|sepanjang jalur|di perbatasan|di kompleks|di halaman|di lereng|di muara|di seberang|di simpang`,
		`desa|sungai|lama|pertemuan|pantai|kecamatan|pergudangan|kantor|bukit|timur|stasiun|empat|gereja|masjid|sawah|kebun`)
	villages = strings.Fields(`Karangwuni Tambakrejo Wonosari Sidomulyo Batulayar Tegalrandu Oelnasi Penfui Sumberagung Pandanan
Mekarjaya Rantepao Lubuklinggau Cikaret Gedangsari Banyuputih Kalibening Telukbakau`)
	whens = cross(`sejak|pada|menjelang|usai|selama|sesudah|hingga|di tengah|sebelum|sepanjang`,
		`awal pekan|musim kemarau|hari raya|hujan deras|dua hari|rapat tertutup|larut malam|cuaca buruk|subuh|jam kerja|libur sekolah|upacara`)
	whys = cross(`karena anggaran|agar kejadian|meski warga|sambil hasil|sehingga jalan|demi anak|yang nilainya|setelah video|dan pemerintah|walau keterangan|
supaya ekonomi|tetapi harapan|dengan biaya|sebab alat|padahal izin|asalkan harga`,
		`belum turun|tidak terulang|diprotes lagi|menunggu laboratorium|memutar jauh|tetap selamat|mencapai jutaan|beredar luas|turun tangan|
masih simpang siur|kembali berputar|jauh berbeda|swadaya|datang terlambat|turun-temurun|tidak masuk akal|terus naik|sudah habis`)
	counteds = strings.Split(`kepala keluarga|rumah warga|hektare sawah|ekor ternak|karung pupuk|siswa kelas|perahu kecil|kendaraan barang`, "|")
)

// cross joins everything of one list with everything of another.
func cross(a, b string) (out []string) {
	for x := range strings.SplitSeq(a, "|") {
		for y := range strings.SplitSeq(b, "|") {
			out = append(out, strings.TrimSpace(x)+" "+strings.TrimSpace(y))
		}
	}
	return out
}

// outlets are what a newsroom puts around an agency's text.
var outlets = []struct{ before, after string }{
	{"KABARPESISIR.EXAMPLE, KARANGWUNI - ", " Editor: Rara Pinasthika. Dibaca 1.234 kali."},
	{"Senin, 23/11/2026 10:31 WIB | ", " (rp/dn) Halaman 1 dari 3"},
	{"Liputan Nusa — Selasa (24/11/2026) ", " Ikuti kanal kami di aplikasi pesan untuk berita pilihan. 12 komentar"},
	{"", " Artikel ini telah tayang di Warta Muara dengan judul yang berbeda. Copyright 2026."},
	{"5 menit yang lalu. Harian Cakrawala, Tambakrejo: ", " Penulis: Bagas W. Penyunting: Lintang. Dibaca 56 kali."},
	{"24 November 2026, pukul 11.02 WIB. ", " Foto: dokumentasi warga. 3 menit baca."},
	{"Jakarta, Suara Tanjung -- ", " [Gambas] Simak juga: 7 Potret Pasar Terapung yang Memikat."},
}

var readAlso = []string{
	"Baca juga: 5 Fakta Kebakaran Gudang di Pelabuhan Tua.",
	"Baca Juga: 12 Desa Terima Bantuan Sumur Bor.",
	"Lihat juga: Harga Cabai Tembus Rp90.000, Pedagang Menjerit.",
	"Simak Juga: Jadwal Kapal Cepat 2026 Berubah, Ini Daftarnya.",
}

// around prints an article as an outlet does.
func (n newsroom) around(body string) string {
	o := outlets[n.IntN(len(outlets))]
	return n.headline() + o.before + body + o.after
}

// amid puts pointers to other articles between sentences.
func (n newsroom) amid(body string) string {
	parts := strings.SplitAfter(body, ". ")
	for range 2 {
		i := n.IntN(len(parts))
		parts = slices.Insert(parts, i, n.one(readAlso)+" ")
	}
	return strings.Join(parts, "")
}

// retouch changes one word in twenty: another one, none, or one more.
func (n newsroom) retouch(body string) string {
	var out []string
	for _, w := range strings.Fields(body) {
		switch n.IntN(60) {
		case 0:
			out = append(out, n.one(touches))
		case 1:
			continue
		case 2:
			out = append(out, w, n.one(touches))
		default:
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

var touches = strings.Fields(`kini juga tersebut pun segera kembali langsung sempat bahkan turut sangat tengah kerap lantas kian begitu
ujarnya katanya lokasi pihak kawasan masyarakat insiden peristiwa kondisi`)

// first cuts a text after so many words.
func first(body string, words int) string {
	all := strings.Fields(body)
	return strings.Join(all[:min(len(all), words)], " ")
}

// body is an article without its headline.
func body(article string) string {
	_, b, _ := strings.Cut(article, ".\n")
	return strings.TrimSpace(b)
}

// copies are twenty ways in which an article comes again.
func (n newsroom) copies(article string) map[string]string {
	b := body(article)
	out := map[string]string{
		"other headline":         n.headline() + b,
		"upper case":             strings.ToUpper(article),
		"read also":              n.amid(article),
		"read also and headline": n.headline() + n.amid(b),
		"forty words":            first(b, 40),
		"forty words, outlet":    n.headline() + first(b, 40) + " ...",
		"first paragraph":        first(b, 55),
		"repost with comment":    "Astaga, kok bisa begini lagi ya lur, ngeri banget! via @kabarpesisir: " + first(b, 60) + " https://pesisir.example/a1",
		"whole with comment":     "Tolong dibaca sampai habis teman-teman: " + article,
		"two thirds":             first(b, len(strings.Fields(b))*2/3),
	}
	for i := range 4 {
		out[fmt.Sprint("outlet ", i)] = n.around(b)
	}
	for i := range 4 {
		out[fmt.Sprint("retouched ", i)] = n.retouch(article)
	}
	out["retouched, outlet"] = n.around(n.retouch(b))
	out["all at once"] = n.around(n.amid(n.retouch(b)))
	return out
}
