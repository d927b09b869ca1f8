package text

import "strings"

// isRoot reports words that begin like a prefix and have none, as far as
// people double them: sendiri2 is sendiri-sendiri.
func isRoot(stem string) bool {
	for _, roots := range [...]string{
		" dia diri diam dinding dingin dini dinas dikit diskon diskusi distrik dimensi direktur direksi dialog diet digital dinamika diktator disiplin diare dialek diploma ",
		" berani berat beras berita beres bersih berapa beruang berkas beri berkat berkah berlian berak berang beranda berandal berantakan bertele ",
		" terus terang teras ternak terbang terima terong teriak terompet teri tertib terapi teror termos terminal terowongan terjemahan terkadang tersangka terdakwa teratai ",
		" merah mereka mewah meja mesin memang menteri mending meme member mentah menit mesra media medsos menara metode mesjid mental menantu mertua melayu merdeka ",
		" merpati merk merek mentor medali meter mendung mendadak memori meriah meriam merana melas mendes mesum menang mentari melek mewek meleng melulu mepet meong ",
		" semua sendiri sedikit sering senang sedih sedap sehat sejarah sekolah sepatu semut sepeda sepupu sebel sebal seru seram serem serius segar seger sekarang selamat ",
		" sesak setan setia senyum seneng sekali sebentar sentuh sengaja seri sesuatu sebab selang selimut semangat sembako sembarang semak semen senapan senior senja ",
		" sepele seragam sektor seni senam sewa sela selip sempat sempit sendok sendi sengat sesat setor serikat sertifikat servis sesuai segmen sebagian seorang seseorang ",
		" selundup serah seret sebar semalam sesekali sedang selalu semoga selokan seluruh seminar serpih serbuk serangga setrika ",
		" kejar kenang kebun kecil kelap keras kenal kerja kembar kencang kencan kering kesal keroyok kereta kepala kemah kelinci keluarga kempes kelar kelompok kebut ketik ",
		" ketok ketuk kepo kepung kerjasama kera kena kecut kebal kekeh kental kerap kerang kertas ketat ketua kesel kece kedip kelip kemas kendara keping kerumun kecap ",
	} {
		if strings.Contains(roots, " "+stem+" ") {
			return true
		}
	}
	return false
}

// losesK reports roots whose k became the ng of meng-; its nasal is repeated:
// mengejar-ngejar, but mengada-ada.
func losesK(body string) bool {
	const bodies = " ira ata atai ejar ipas orek ocok upas umpul edip unyah ais irim eluh enang entut etuk agum antuk elus ibas obar upil utuk eruk uap erjai ibar "
	return strings.Contains(bodies, " "+body+" ")
}

// clipped returns the standard word for the clipped or spoken one that people
// double most, or "".
func clipped(stem string) string {
	const pairs = " org=orang orng=orang tmn=teman temen=teman tmen=teman ank=anak bpk=bapak jln=jalan mcm=macam bnr=benar bener=benar bner=benar cpt=cepat cepet=cepat" +
		" mls=malas males=malas brg=barang mlm=malam malem=malam msg=masing sm=sama bs=bisa btl=betul kdg=kadang kdang=kadang sndiri=sendiri sndri=sendiri smua=semua" +
		" smw=semua sdkt=sedikit dikit=sedikit ati=hati hti=hati ht=hati rame=ramai cewe=cewek cwe=cewek cwek=cewek cowo=cowok cwo=cowok cwok=cowok kaka=kakak kk=kakak" +
		" ade=adik adek=adik sodara=saudara pake=pakai pinter=pintar inget=ingat deket=dekat dket=dekat item=hitam ijo=hijau liat=lihat denger=dengar seneng=senang" +
		" sebel=sebal maen=main sampe=sampai srg=sering mrk=mereka hr=hari bln=bulan thn=tahun byk=banyak bnyk=banyak dlu=dulu dl=dulu pgi=pagi plg=pulang tba=tiba" + //nolint:misspell // Indonesian
		" klo=kalau kalo=kalau omg=omong mdh=mudah mudh=mudah gr=gara gra=gara gmn=bagaimana knp=kenapa bgus=bagus gini=begini gitu=begitu crita=cerita poto=foto" +
		" photo=foto kcl=kecil kcil=kecil gde=gede rmh=rumah mtr=motor motr=motor ckup=cukup psti=pasti wkt=waktu tmpt=tempat kt=kata kta=kata mkn=makan mkan=makan "
	_, after, ok := strings.Cut(pairs, " "+stem+"=")
	if !ok {
		return ""
	}
	full, _, _ := strings.Cut(after, " ")
	return full
}
