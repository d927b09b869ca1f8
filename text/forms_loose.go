package text

import "strings"

// loose reads tokens that are no plain forms: doubled words, and letters
// repeated for emphasis.
func (f *Family) loose(token string) reading {
	if len(token) > maxLoose {
		return reading{}
	}
	if i := strings.IndexByte(token, '-'); i >= 0 {
		return f.hyphened(token, i)
	}
	if i := strings.IndexByte(token, '2'); i > 1 {
		return f.without(token, i) // rusak2, mobil2nya
	}
	return f.calmed(token)
}

// maxLoose is the longest token that loose takes the trouble to spell anew.
// Up to this length Go keeps such a string on the stack.
const maxLoose = 32

// hyphened reads x-y, of which both halves must name the same member, and else
// takes the hyphen for one before an affix: di-PHK, PHK-kan, allah-lah.
func (f *Family) hyphened(token string, i int) reading {
	a, b := f.read(token[:i]), f.read(token[i+1:])
	for _, w := range a.words[:a.n] {
		for _, v := range b.words[:b.n] {
			if w == v {
				return reading{[2]int32{w}, 1, a.length, a.cost}
			}
		}
	}
	if r := f.without(token, i); a.n == 0 || b.n == 0 {
		return r
	}
	return reading{}
}

// without reads the token without its byte i.
func (f *Family) without(token string, i int) reading {
	var buf [maxLoose]byte
	n := copy(buf[:], token[:i])
	n += copy(buf[n:], token[i+1:])
	return f.read(string(buf[:n]))
}

// calmed reads a token in which letters are repeated (macettt, rusakk), with
// two of each and with one of each.
func (f *Family) calmed(token string) reading {
	for most := 2; most > 0; most-- {
		var buf [maxLoose]byte
		n := squeeze(buf[:], token, most)
		if n == len(token) {
			continue
		}
		if r := f.read(string(buf[:n])); r.length > 0 {
			return r
		}
	}
	return reading{}
}

// squeeze writes s with no letter more than most times in a row.
func squeeze(buf []byte, s string, most int) int {
	n, run := 0, 0
	for i := range len(s) {
		if run++; i > 0 && s[i] != s[i-1] {
			run = 1
		}
		if run <= most {
			buf[n] = s[i]
			n++
		}
	}
	return n
}
