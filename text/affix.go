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
	use   use
}

// use is how the words of a prefix are used.
type use uint8

const (
	useNoun   use = 1 << iota // with -ku, -mu
	useSpoken                 // with roots spelled as they are said: ditangkep
	useMood                   // with -lah, -pun
	useDaily  = useNoun | useSpoken
	useAll    = useDaily | useMood
)

// prefixes is the circumfix table.
//
//nolint:gochecknoglobals // a table that nothing writes to
var prefixes = [...]prefix{
	{"", joinPlain, endAll, 1, useAll},
	{"di", joinPlain, endVerb, 1, useSpoken},
	{"me", joinNasal, endVerb, 1, useNoun},
	{"pe", joinNasal, endNone | endAn, 1, useNoun},
	{"ter", joinR, endNone | endI | endKan, 1, 0},
	{"ber", joinR, endNone | endKan | endAn | endI, 1, 0},
	{"per", joinR, endVerb | endAn, 1, useNoun},
	{"ke", joinPlain, endNone | endAn | endIn, 3, useDaily},
	{"se", joinPlain, endNone | endAn, 3, 0},

	{"pe", joinPlain, endNone | endAn, 4, useNoun}, // pejabat, petani: no nasal
	{"menge", joinShort, endVerb, 2, 0},
	{"penge", joinShort, endNone | endAn, 2, useNoun},
	{"", joinTwice, endNone | endAn, 4, 0},

	// Two prefixes.
	{"memper", joinR, endVerb, 3, 0},
	{"memer", joinPlain, endVerb, 4, 0}, // memerhatikan
	{"diper", joinR, endVerb, 3, 0},
	{"terper", joinR, endNone | endI | endKan, 4, 0},
	{"pemer", joinPlain, endNone | endAn, 4, 0}, // pemersatu
	{"member", joinR, endKan, 4, 0},
	{"diber", joinR, endKan | endIn, 4, 0},
	{"pember", joinR, endAn, 4, 0},
	{"keber", joinR, endAn, 3, useNoun},
	{"keter", joinR, endAn, 4, 0},
	{"kese", joinPlain, endAn, 4, 0},
	{"kepe", joinNasal, endAn, 4, 0},
	{"ketidak", joinPlain, endAn, 3, 0},
	{"perse", joinPlain, endAn, 5, 0}, // persemakmuran
	{"berke", joinPlain, endAn, 4, 0},
	{"berpe", joinNasal, endNone | endAn, 4, 0},
	{"berper", joinR, endAn, 4, 0},
	{"menge", joinPlain, endI | endKan, 4, 0}, // the k of ke- dropped: mengetahui, mengesampingkan
	{"penge", joinPlain, endAn, 4, 0},
	{"dike", joinPlain, endI | endKan, 4, 0},
	{"terke", joinPlain, endKan, 4, 0},
	{"menye", joinPlain, endVerb, 5, 0}, // of se-: menyeluruh, menyeimbangkan
	{"penye", joinPlain, endNone | endAn, 5, 0},
	{"dise", joinPlain, endI | endKan, 5, 0},
	{"seper", joinPlain, endAn, 4, 0},
	{"sepe", joinNasal, endAn, 4, 0},

	// Bound words that are written with the root.
	{"non", joinPlain, endNone, 5, 0},
	{"anti", joinPlain, endNone, 5, 0},
	{"pasca", joinPlain, endNone, 5, 0},

	// Persons before the verb.
	{"ku", joinPlain, endVerb, 4, 0},
	{"kau", joinPlain, endVerb, 4, 0},

	// Speech.
	{"", joinNasal, endVerb | endAn, 3, useSpoken},
	{"nge", joinPlain, endVerb | endAn, 3, useSpoken},
	{"d", joinBare, endVerb, 4, 0},
	{"m", joinNasal, endVerb, 4, 0},
	{"p", joinNasal, endNone | endAn, 4, 0},
	{"br", joinBare, endNone | endAn | endKan, 4, 0},
	{"tr", joinBare, endNone | endI | endKan, 4, 0},
}

// alone is the prefix of words that take none, and no endings.
//
//nolint:gochecknoglobals // a constant in all but syntax
var alone = prefix{"", joinPlain, endNone, 1, useDaily}

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
	case joinNasal:
		p.joinNasals(buf, root, yield)
		return
	case joinBare, joinTwice:
		if isVowel(root[0]) || !isPlain(rune(root[0])) {
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
