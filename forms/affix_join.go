package forms

// A stem is a root with a prefix before it.
type stem struct {
	text   []byte // valid until the next stem
	prefix *prefix
	cost   uint8 // how much less likely than another reading of the same text
}

// takes returns the endings that may follow.
func (s stem) takes() endings {
	if e := s.prefix.takes; e&endKan != 0 && s.text[len(s.text)-1] == 'k' {
		return e | endCut
	}
	return s.prefix.takes
}

// spokenEndings are the endings with which the stem is plainly speech.
func (s stem) spokenEndings() endings {
	if s.prefix == &prefixes[0] {
		return endIn
	}
	return endVerb
}

// Costs of a reading. Below costRare they decide between roots of the same
// length; from there on, also against a shorter root.
const (
	costPrefix = 1 // kepakan is first kepak+an, then ke+pakan
	costDrop   = 2 // memakan is first makan, then pakan
	costTwo    = 3 // penyetelan is first setel, then telan
	costRare   = 8 // mengantar is antar, not hantar; berapi is api, not rapi
)

// eachStem calls yield with every stem of root, the same text several times
// where several prefixes make it.
func eachStem(root string, yield func(stem)) {
	var buf [maxWord + 16]byte
	short := syllables(root) == 1
	for i := range prefixes {
		p := &prefixes[i]
		if len(root) < int(p.min) || p.joint == joinShort && !short {
			continue
		}
		p.join(buf[:0], root, yield)
	}
}

func (p *prefix) join(buf []byte, root string, yield func(stem)) {
	buf = append(buf, p.text...)
	switch p.joint {
	case joinPlain, joinShort:
	case joinNasal:
		p.joinNasals(buf, root, yield)
		return
	case joinBare, joinTwice:
		if isVowel(root[0]) || !isLetterOrDigit(root[0]) {
			return
		}
		if p.joint == joinTwice {
			buf = append(buf, root[0], 'e')
		}
	case joinR:
		if losesR(root) {
			yield(stem{append(buf[:len(buf)-1], root...), p, costRare})
			if root[0] == 'r' {
				return
			}
			buf = append(buf[:0], p.text...)
		}
	}
	yield(stem{append(buf, root...), p, p.cost(allomorph{})})
}

func (p *prefix) joinNasals(buf []byte, root string, yield func(stem)) {
	for _, a := range allomorphs[root[0]] {
		if p.text == "" && a.nasal == "" || a.drops == len(root) || p.text == "p" && a.nasal == "" {
			continue
		}
		yield(stem{append(append(buf, a.nasal...), root[a.drops:]...), p, p.cost(a)})
	}
}

func (p *prefix) cost(a allomorph) uint8 {
	switch {
	case p.text == "" && p.joint == joinPlain:
		return 0
	case a.rare || p.text == "" || p.clipped():
		return costRare
	case len(p.text) > 3:
		return costTwo
	case a.drops > 0:
		return costDrop
	}
	return costPrefix
}

// clipped reports prefixes without their vowel.
func (p *prefix) clipped() bool { return p.joint == joinBare || p.text == "m" || p.text == "p" }

// losesR reports roots before which ber-, per- and ter- are be-, pe- and te-.
func losesR(root string) bool {
	if root[0] == 'r' {
		return true
	}
	return len(root) > 3 && !isVowel(root[0]) && root[1] == 'e' && root[2] == 'r' && !isVowel(root[3])
}

func syllables(s string) int {
	n := 0
	for i := range len(s) {
		if isVowel(s[i]) {
			n++
		}
	}
	return n
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'
}

func isLetterOrDigit(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }
