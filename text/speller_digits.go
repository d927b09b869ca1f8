package text

import "bytes"

// readDigits reads the digits of a word as the 2 of a doubled word or, if that
// makes no sense, as letters.
func (s *Speller) readDigits() {
	var room [maxPlayful]byte
	word := s.word
	d, ok := doubledIn(word)
	if !ok && tripleIn(word) >= 0 { // debu2nyaaa
		word = shrunk(room[:0], word, 0)
		d, ok = doubledIn(word)
	}
	if !ok {
		s.readLeet()
		return
	}
	n := len(s.buf)
	s.buf = d.appendTail(append(s.buf, d.stem...))
	s.offer(s.buf[n:])
	s.offer(d.stem)
}

func (s *Speller) readLeet() {
	if !isLeet(s.word) {
		return
	}
	var room [maxPlayful]byte
	plain := room[:len(s.word)]
	for i, c := range s.word {
		if plain[i] = letterFor(c); plain[i] == 0 {
			return
		}
	}
	if isSpeakable(plain) {
		s.offer(plain)
	}
}

// letterFor returns the letter that c stands for; c itself if it is a letter,
// and 0 if it stands for none.
func letterFor(c byte) byte {
	switch {
	case isLower(c):
		return c
	case isDigit(c):
		return "oi\x00eas\x00t\x00g"[c-'0'] // 2, 6 and 8 stand for none
	}
	return 0
}

// isLeet reports the shapes of a word whose digits may be letters: they stand
// inside it (s3men, m4nus14), or a single one at its beginning or end (4njing,
// dem0). More at an end alone are a year or a number: covid19, 10kg.
func isLeet(word []byte) bool {
	lead, tail, digits, longest := digitsIn(word)
	letters := len(word) - digits
	if letters == 0 || lead > 1 || tail > 1 && tail == digits || longest > 2 || isMadeOfCode(word) {
		return false
	}
	switch digits {
	case lead:
		return letters > 1 && !isUnit(word[lead:])
	case tail:
		return isWordBeforeDigit(word[:letters], word[letters])
	}
	return len(word) > 3 || digits > 1
}

// digitsIn counts the digits that word begins with, ends with, and has in all,
// and those of its longest number.
func digitsIn(word []byte) (lead, tail, all, longest int) {
	for i, c := range word {
		if !isDigit(c) {
			tail = 0
			continue
		}
		tail, all = tail+1, all+1
		if lead == i {
			lead++
		}
		longest = max(longest, tail)
	}
	return lead, tail, all, longest
}

// isWordBeforeDigit reports whether word+digit may be a word with a vowel for
// its end, and not the fifth of many: kelas3, rt4, ke3, liga1.
func isWordBeforeDigit(word []byte, digit byte) bool {
	return len(word) > 2 && isVowel(letterFor(digit)) && !isVowel(word[len(word)-1]) && hasVowel(word) && !isCounted(word)
}

// isMadeOfCode reports names that only look like words.
func isMadeOfCode(word []byte) bool {
	switch string(word) {
	case "h1n1", "h5n1", "g30s", "g30spki", "p3dn":
		return true
	}
	for _, money := range [...]string{"rp", "idr", "usd", "sgd"} {
		if rest, ok := bytes.CutPrefix(word, []byte(money)); ok && isDigit(rest[0]) {
			return true
		}
	}
	return len(word) == 3 && (word[1] == 'x' || word[1] == 'v') // 4x4, 3v3
}

// isCounted reports nouns that carry a number: kelas3 is the third class.
func isCounted(word []byte) bool {
	switch string(word) {
	case "ayat", "bab", "bagian", "blok", "bus", "buku", "cluster", "covid", "dapil", "distrik", "edisi", "eps", "episode", "gang", "gate", "gedung", "gel", "gol", "grup",
		"hal", "halaman", "jam", "jalan", "jalur", "jilid", "juz", "kapal", "kav", "kavling", "kelas", "kelompok", "kloter", "kodam", "kodim", "komisi", "kolom", "lampiran", "level",
		"lot", "mts", "man", "no", "nomor", "orang", "page", "paket", "part", "pasal", "pos", "posko", "pukul", "rayon", "ronde", "ring", "sektor", "sem", "semester", "seri",
		"shift", "sman", "smpn", "smkn", "sdn", "min", "mtsn", "tahap", "tahun", "tanggal", "termin", "terminal", "tim", "tingkat", "tipe", "tol", "tower", "type", "unit", "vol", "wilayah":
		return true
	}
	return false
}

// isUnit reports what stands after a number without a space.
func isUnit(word []byte) bool {
	switch string(word) {
	case "g", "gr", "gram", "kg", "kilo", "ons", "ton", "mg", "kwintal",
		"m", "cm", "mm", "km", "kilometer", "meter", "mtr", "mdpl", "ha", "hektar", "hektare", "inch", "inci", "ft",
		"l", "lt", "ltr", "liter", "ml", "cc", "galon",
		"jam", "menit", "mnt", "detik", "dtk", "hari", "hr", "minggu", "mgg", "bulan", "bln", "bl", "tahun", "thn", "th", "abad", "malam", "pagi", "siang", "sore", //nolint:misspell // Indonesian
		"rb", "ribu", "ratus", "jt", "juta", "jutaan", "ribuan", "ratusan", "puluh", "puluhan", "miliar", "milyar", "triliun", "k", "t", "rp", "usd", "sen", "persen",
		"an", "x", "kali", "st", "nd", "rd", "ke", "nya", "lah", "aja", "lagi",
		"orang", "org", "anak", "buah", "bh", "biji", "ekor", "unit", "lembar", "lbr", "pcs", "set", "kk", "jiwa", "rumah", "desa", "kota", "partai", "besar", "arah",
		"gb", "mb", "tb", "kb", "mbps", "gbps", "ghz", "mhz", "hz", "bit", "byte", "mah", "mp", "fps",
		"w", "kw", "mw", "gw", "kwh", "mwh", "gwh", "watt", "v", "volt", "va", "kva", "pk", "hp", "ampere", "db", "dpi",
		"am", "pm", "wib", "wita", "wit", "rt", "rw", "d", "s", "p", "u", "in", "on":
		return true
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isSpeakable reports whether an Indonesian could read word aloud: it has a
// vowel, and no crowd of consonants before, after or between them. P4GN and
// LP3ES are no words in disguise.
func isSpeakable(word []byte) bool {
	first := bytes.IndexAny(word, "aiueo")
	if first < 0 || !canBegin(word[:first]) {
		return false
	}
	last := bytes.LastIndexAny(word, "aiueo")
	return canEnd(word[last+1:]) && longestCrowd(word[first:last+1]) < 5 // pentingnya
}

func canBegin(cluster []byte) bool {
	switch len(cluster) {
	case 0, 1:
		return true
	case 2:
		return cluster[0] == 's' || bytes.IndexByte([]byte("rlyhw"), cluster[1]) >= 0 || string(cluster) == "ng"
	}
	return string(cluster) == "str" || string(cluster) == "ngg"
}

func canEnd(cluster []byte) bool {
	if len(cluster) < 2 {
		return true
	}
	switch string(cluster) {
	case "ng", "nk", "nt", "ns", "ngs", "rs", "rt", "rm", "ks", "ps", "ts", "st", "lm", "kh", "sh", "th", "ch":
		return true
	}
	return runEnd(cluster, 0) == len(cluster)
}

// longestCrowd returns the length of the longest crowd of consonants in word.
func longestCrowd(word []byte) int {
	longest, crowd := 0, 0
	for _, c := range word {
		crowd++
		if isVowel(c) {
			crowd = 0
		}
		longest = max(longest, crowd)
	}
	return longest
}
