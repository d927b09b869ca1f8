package source

// The tables of words that numbers, dates and places are recognised by.

// numberWord returns the value of a word for a number; whole: it takes no
// puluh, ratus or belas behind it.
func numberWord(w string) (value int, whole bool) {
	switch w {
	case "satu":
		return 1, false
	case "dua":
		return 2, false
	case "tiga":
		return 3, false
	case "empat":
		return 4, false
	case "lima":
		return 5, false
	case "enam":
		return 6, false
	case "tujuh":
		return 7, false
	case "delapan":
		return 8, false
	case "sembilan":
		return 9, false
	case "sepuluh":
		return 10, true
	case "sebelas":
		return 11, true
	case "seratus":
		return 100, true
	case "seribu":
		return 1000, true
	}
	return 0, false
}

func isWeekday(w string) bool {
	switch w {
	case "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad":
		return true
	}
	return false
}

func isMonth(w string) bool {
	switch w {
	case "januari", "februari", "pebruari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
		"oktober", "november", "nopember", "desember", "jan", "feb", "mar", "apr", "jun", "jul", "agu", "agt",
		"sep", "sept", "okt", "nov", "nop", "des":
		return true
	}
	return false
}

func isZone(w string) bool { return w == "wib" || w == "wita" || w == "wit" }

// isCounted reports words before a number that outlets print around an
// article, isCounting those behind it.
func isCounted(w string) bool {
	switch w {
	case "dibaca", "dilihat", "ditonton", "dibagikan", "halaman", "hal", "hlm", "komentar", "foto", "views",
		"shares", "pembaca", "copyright":
		return true
	}
	return false
}

func isCounting(w string) bool {
	switch w {
	case "komentar", "suka", "pengikut", "views", "likes", "shares", "pembaca", "dibaca", "komentator":
		return true
	}
	return false
}

// isSpan reports units of time: 5 menit lalu is no number of the text.
func isSpan(w string) bool {
	switch w {
	case "detik", "menit", "jam", "hari":
		return true
	}
	return false
}

// recommending reports the beginnings of lines that point to other articles.
func recommending(first, second string) bool {
	switch first {
	case "baca", "simak", "lihat", "tonton":
		return second == "juga" || second == "selengkapnya"
	case "artikel", "berita":
		return second == "terkait"
	}
	return false
}

// placeKind says how sure it is that the name of a place, or of a firm,
// follows.
type placeKind uint8

const (
	nowhere placeKind = iota
	maybe             // if it has a capital letter
	surely
)

func placeWord(w string) placeKind {
	switch w {
	case "di", "wilayah", "kawasan", "daerah", "perairan", "pasar", "untuk", "pt", "cv", "ud":
		return maybe
	case "kabupaten", "kab", "kota", "kecamatan", "kec", "desa", "kelurahan", "kel", "dusun", "provinsi",
		"prov", "pulau", "pelabuhan", "bandara", "stasiun", "gunung", "sungai", "jalan", "jl":
		return surely
	}
	return nowhere
}
