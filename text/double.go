package text

import "bytes"

// doubled is a word that is said twice, written once with a 2: debu2nya.
type doubled struct {
	stem []byte // debu
	tail []byte // nya
}

// doubledIn reads word as a doubled one. The 2 follows three letters or more
// (CO2 and S2 are none) and only endings follow it (BP2MI is none). Ber2 is a
// number, as ke2 is.
func doubledIn(word []byte) (doubled, bool) {
	i := bytes.IndexByte(word, '2')
	if i < 3 || !isLetters(word[:i]) {
		return doubled{}, false
	}
	d := doubled{stem: word[:i], tail: word[i+1:]}
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
	if _, ok := shortTail(tail); ok {
		return true
	}
	for _, endings := range [...][4]string{
		{"kah", "lah", "pun", "tah"},
		{"nya", "ku", "mu"},
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

// shortTail returns what an ending stands for that is written as in a short
// message; hati2x is hati "two times".
func shortTail(tail []byte) (full string, ok bool) {
	switch string(tail) {
	case "x":
		return "", true
	case "nx", "ny", "na", "nye":
		return "nya", true
	case "q":
		return "ku", true
	}
	return "", false
}

// appendTail appends the tail in full.
func (d doubled) appendTail(dst []byte) []byte {
	if full, ok := shortTail(d.tail); ok {
		return append(dst, full...)
	}
	return append(dst, d.tail...)
}
