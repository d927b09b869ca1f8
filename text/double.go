package text

import "bytes"

// doubled is a word that is said twice, written once with a 2: debu2nya.
type doubled struct {
	stem []byte // debu
	tail []byte // nya
}

// doubledIn reads word as a doubled one. The 2 follows three letters or more
// (CO2 and S2 are none) and only endings follow it (BP2MI is none). Ke2 and
// ber2 are numbers.
func doubledIn(word []byte) (doubled, bool) {
	i := bytes.IndexByte(word, '2')
	if i < 3 || !isLetters(word[:i]) {
		return doubled{}, false
	}
	d := doubled{stem: word[:i], tail: word[i+1:]}
	if string(d.tail) == "x" { // hati2x: "two times"
		d.tail = nil
	}
	if string(d.stem) == "ber" || isSchool(d.stem) || !isTail(d.tail) {
		return doubled{}, false
	}
	return d, true
}

func isLetters(word []byte) bool {
	for _, c := range word {
		if !isLower(c) && c < 0x80 && c != '\'' {
			return false
		}
	}
	return true
}

// isSchool reports kinds of schools, which are numbered without a space.
func isSchool(stem []byte) bool {
	switch string(stem) {
	case "sdn", "smp", "smpn", "sma", "sman", "smk", "smkn", "mtsn":
		return true
	}
	return false
}

// isTail reports whether tail is made of the endings that may follow a doubled
// word: an ending of the word class, a possessive, a particle, in this order.
func isTail(tail []byte) bool {
	for _, endings := range [...][6]string{
		{"kah", "lah", "pun", "tah"},
		{"nya", "ku", "mu", "ny"},
		{"kan", "an", "in", "i"},
	} {
		for _, e := range endings {
			if e != "" && bytes.HasSuffix(tail, []byte(e)) {
				tail = tail[:len(tail)-len(e)]
				break
			}
		}
	}
	return len(tail) == 0
}
