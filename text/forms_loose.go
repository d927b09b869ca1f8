package text

import "strings"

// loose reads tokens that are no plain forms: doubled words, and letters
// repeated for emphasis.
func (f *Family) loose(dst []string, token string) []string {
	if i := strings.IndexByte(token, '-'); i >= 0 {
		return f.halves(dst, token, i)
	}
	return dst
}

func (f *Family) halves(dst []string, token string, i int) []string {
	a := f.read(token[:i])
	if b := f.read(token[i+1:]); a.length > 0 && b.length > 0 {
		for _, w := range a.words[:a.n] {
			for _, v := range b.words[:b.n] {
				if w == v {
					return append(dst, f.words[w].roots...)
				}
			}
		}
	}
	return dst
}
