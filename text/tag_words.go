package text

// isUsualInTags reports words that tags of protests and campaigns are made of,
// and ordinary words that begin or end with what somebody may look for: semen,
// mati, debu, demo, bau, abu, gempa.
func isUsualInTags(word string) bool {
	switch word {
	case "tolak", "boikot", "boycott", "stop", "save", "selamatkan", "lindungi", "bela", "dukung", "kawal", "lawan", "usut", "tangkap", "adili", "hukum", "copot",
		"pecat", "mundur", "turunkan", "tutup", "hentikan", "bubarkan", "batalkan", "cabut", "bebaskan", "kembalikan", "tuntut", "gugat", "bongkar", "ungkap", "tuntaskan",
		"jangan", "bukan", "tidak", "tanpa", "lepas", "harus", "wajib", "segera", "ayo", "mari", "yuk", "cukup", "bebas", "anti", "pro", "peduli", "darurat", "krisis",
		"untuk", "buat", "demi", "dari", "dengan", "dan", "atau", "yang", "karena", "oleh", "pada", "tentang", "bagi", "soal", "jadi", "bisa", "mau", "ada", "sudah", "belum", "lagi", "saja", "aja",
		"kami", "kita", "saya", "aku", "kamu", "kalian", "mereka", "dia", "ini", "itu", "siapa", "mana", "kapan", "kenapa", "apa", "semua", "para",
		"bersama", "bersatu", "bergerak", "bersuara", "bangkit", "hidup", "maju", "merdeka", "damai", "adil", "keadilan", "kebenaran", "hak", "suara", "aksi", "gerakan", "solidaritas", "petisi",
		"rakyat", "warga", "masyarakat", "buruh", "petani", "nelayan", "mahasiswa", "pekerja", "karyawan", "anak", "ibu", "perempuan", "korban", "saksi", "pelaku", "pejabat", "pemerintah", "negara", "negeri", "bangsa",
		"indonesia", "jawa", "jakarta", "kota", "desa", "kabupaten", "provinsi", "daerah", "kampung", "bumi", "alam", "lingkungan", "hutan", "gunung", "sungai", "laut", "tanah", "air", "udara", "tambang", "pabrik",
		"baru", "lama", "besar", "kecil", "hari", "tahun", "malam", "pagi", "kotor", "bersih", "sehat", "sakit", "aman", "mahal", "murah", "sesak", "lestari", "hijau", "doa", "pray", "for", "the", "our", "justice", "now", "act",
		"di", "ke", "pt", "ri", "dpr", "kpk", "polri", "tni", "presiden", "menteri", "gubernur", "bupati", "walikota":
		return true
	case "sekarang", "sementara", "semenjak", "semenanjung", "semena", "semangat", "selamat", "sempat", "seminar",
		"matikan", "matang", "matahari", "materi", "nikmati", "menikmati", "hormati", "simpati",
		"debut", "demokrasi", "demokrat", "demokratis", "demonstran", "demonstrasi", "pabrikan", "pabrikasi",
		"baut", "bauran", "kabut", "kabar", "rambut", "sambut", "labuhan", "pelabuhan", "gempar", "gempita", "keadaan":
		return true
	}
	return false
}
