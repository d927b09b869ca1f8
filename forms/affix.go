package forms

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
	{"terke", joinPlain, endNone | endKan, 4, 0},
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
