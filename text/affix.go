package text

// The affix tables of this file follow the standard grammar (Alwi et al., Tata
// Bahasa Baku Bahasa Indonesia, the chapters on verbs, adjectives and nouns):
// which prefix goes with which ending, and what a nasal does to the letter after
// it. The rows marked as speech are what people write in chats: a bare nasal
// (nyapu), nge- (ngecat), the accidental ke- (ketabrak), the ending -in
// (benerin).

// endings is a set of derivational endings.
type endings uint8

const (
	endNone endings = 1 << iota
	endI
	endKan
	endAn
	endIn  // speech for -kan and -i
	endWan // -wan, -wati: persons
	endCut // -kan with one k behind a k: memasukan, merusakan

	endVerb = endNone | endI | endKan | endIn
	endAll  = endVerb | endAn | endWan
)

// joint is what happens where a prefix meets its root.
type joint uint8

const (
	joinPlain joint = iota
	joinR           // the prefix ends in r, and loses it before r and before -er-: berasa, bekerja
	joinNasal       // a nasal of the kind that the root's first letter asks for
	joinShort       // only to roots of one syllable: mengecat
	joinBare        // only to consonants: dbakar
	joinTwice       // the first letter and e stand before the root: pepohonan
)

// A prefix stands before a root of at least min bytes, with one of the endings
// in takes. The shorter a root, the more words only look like its forms; min
// keeps the rarer prefixes off them.
type prefix struct {
	text  string
	joint joint
	takes endings
	min   uint8
	noun  bool // what it makes is used with -ku, -mu
}

// prefixes is the circumfix table.
//
//nolint:gochecknoglobals // a table that nothing writes to
var prefixes = [...]prefix{
	{"", joinPlain, endAll, 1, true},
	{"di", joinPlain, endVerb, 1, false},
	{"me", joinNasal, endVerb, 1, true},
	{"pe", joinNasal, endNone | endAn, 1, true},
	{"ter", joinR, endNone | endI | endKan, 1, false},
	{"ber", joinR, endNone | endKan | endAn | endI, 1, false},
	{"per", joinR, endVerb | endAn, 1, true},
	{"ke", joinPlain, endNone | endAn | endIn, 3, true},
	{"se", joinPlain, endNone | endAn, 3, false},

	{"pe", joinPlain, endNone | endAn, 4, true}, // pejabat, petani: no nasal
	{"menge", joinShort, endVerb, 2, false},
	{"penge", joinShort, endNone | endAn, 2, true},
	{"", joinTwice, endNone | endAn, 4, false},

	// Two prefixes.
	{"memper", joinR, endVerb, 3, false},
	{"memer", joinPlain, endVerb, 4, false}, // memerhatikan
	{"diper", joinR, endVerb, 3, false},
	{"terper", joinR, endNone | endI | endKan, 4, false},
	{"pemer", joinPlain, endNone | endAn, 4, false}, // pemersatu
	{"member", joinR, endKan, 4, false},
	{"diber", joinR, endKan | endIn, 4, false},
	{"pember", joinR, endAn, 4, false},
	{"keber", joinR, endAn, 3, true},
	{"keter", joinR, endAn, 4, false},
	{"kese", joinPlain, endAn, 4, false},
	{"kepe", joinNasal, endAn, 4, false},
	{"ketidak", joinPlain, endAn, 3, false},
	{"perse", joinPlain, endAn, 5, false}, // persemakmuran
	{"berke", joinPlain, endAn, 4, false},
	{"berpe", joinNasal, endNone | endAn, 4, false},
	{"berper", joinR, endAn, 4, false},
	{"menge", joinPlain, endI | endKan, 4, false}, // the k of ke- dropped: mengetahui, mengesampingkan
	{"penge", joinPlain, endAn, 4, false},
	{"dike", joinPlain, endI | endKan, 4, false},
	{"terke", joinPlain, endKan, 4, false},
	{"menye", joinPlain, endVerb, 5, false}, // of se-: menyeluruh, menyeimbangkan
	{"penye", joinPlain, endNone | endAn, 5, false},
	{"dise", joinPlain, endI | endKan, 5, false},
	{"seper", joinPlain, endAn, 4, false},
	{"sepe", joinNasal, endAn, 4, false},

	// Bound words that are written with the root.
	{"non", joinPlain, endNone, 5, false},
	{"anti", joinPlain, endNone, 5, false},
	{"pasca", joinPlain, endNone, 5, false},

	// Persons before the verb.
	{"ku", joinPlain, endVerb, 4, false},
	{"kau", joinPlain, endVerb, 4, false},

	// Speech.
	{"", joinNasal, endVerb | endAn, 3, false},
	{"nge", joinPlain, endVerb | endAn, 3, false},
	{"d", joinBare, endVerb, 4, false},
}

// alone is the prefix of words that take none, and no endings.
//
//nolint:gochecknoglobals // a constant in all but syntax
var alone = prefix{"", joinPlain, endNone, 1, true}

// An allomorph is a nasal, and how many letters of the root it swallows.
type allomorph struct {
	nasal string
	drops int
	rare  bool // where a commoner reading of the same word exists, that one holds
}

// allomorphs are the nasals before each first letter: those of the grammar,
// then the letters that loans and clusters keep (mengkritik, memproduksi), then
// those of speech (nyari of cari, ngapus of hapus).
//
//nolint:gochecknoglobals // a table that nothing writes to
var allomorphs = [256][]allomorph{
	'a': {{"ng", 0, false}},
	'e': {{"ng", 0, false}},
	'i': {{"ng", 0, false}},
	'o': {{"ng", 0, false}},
	'u': {{"ng", 0, false}},
	'g': {{"ng", 0, false}},
	'q': {{"ng", 0, false}},
	'x': {{"ng", 0, false}},
	'h': {{"ng", 0, false}, {"ng", 1, true}},
	'k': {{"ng", 1, false}, {"ng", 0, true}},
	't': {{"n", 1, false}, {"n", 0, true}},
	'd': {{"n", 0, false}},
	'j': {{"n", 0, false}},
	'z': {{"n", 0, false}},
	'c': {{"n", 0, false}, {"ny", 1, true}},
	's': {{"ny", 1, false}, {"n", 0, true}},
	'p': {{"m", 1, false}, {"m", 0, true}},
	'b': {{"m", 0, false}},
	'f': {{"m", 0, false}},
	'v': {{"m", 0, false}},
	'l': {{"", 0, false}, {"ng", 0, true}}, // penglihatan
	'm': {{"", 0, false}},
	'n': {{"", 0, false}},
	'r': {{"", 0, false}, {"ng", 0, true}}, // pengrusakan
	'w': {{"", 0, false}},
	'y': {{"", 0, false}},
}

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
	case joinNasal:
		p.joinNasals(buf, root, yield)
		return
	case joinBare, joinTwice:
		if isVowel(root[0]) {
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
		if p.text == "" && a.nasal == "" || a.drops == len(root) {
			continue
		}
		yield(stem{append(append(buf, a.nasal...), root[a.drops:]...), p, p.cost(a)})
	}
}

func (p *prefix) cost(a allomorph) uint8 {
	switch {
	case p.text == "" && p.joint == joinPlain:
		return 0
	case a.rare || p.text == "" || p.joint == joinBare:
		return costRare
	case len(p.text) > 3:
		return costTwo
	case a.drops > 0:
		return costDrop
	}
	return costPrefix
}

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
