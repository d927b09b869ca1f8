package forms

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

// calmed reads a token in which letters are repeated for emphasis (macettt,
// rusakk): three and more as two, then as one, and two at the end as one. Two
// within a word are left, as they are in kerugiannya.
func (f *Family) calmed(token string) reading {
	if !repeats(token) {
		return reading{}
	}
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

// repeats reports three equal letters in a row, or two at the end.
func repeats(s string) bool {
	last := len(s) - 1
	if last < 1 {
		return false
	}
	for i := 1; i < last; i++ {
		if s[i] == s[i-1] && s[i] == s[i+1] {
			return true
		}
	}
	return s[last] == s[last-1]
}

// squeeze writes s with most letters for each run of three or more, and for
// the run at the end.
func squeeze(buf []byte, s string, most int) int {
	n := 0
	for i := 0; i < len(s); {
		end := i + 1
		for end < len(s) && s[end] == s[i] {
			end++
		}
		run := end - i
		if run > 2 || end == len(s) {
			run = min(run, most)
		}
		n += copy(buf[n:], s[i:i+run])
		i = end
	}
	return n
}
