package text

import (
	"strings"
	"unicode"
)

// latinised returns a word that mixes scripts with its Cyrillic and Greek
// letters that look Latin made Latin; sеmen with a Cyrillic е is a disguise.
// A word of one script is what it is and stays.
func latinised(word string) string {
	if !mixesScripts(word) {
		return word
	}
	return strings.Map(latinTwin, word)
}

// Latin returns a folded word with all Cyrillic and Greek letters that look Latin
// made Latin, whether or not it mixes scripts. Whoever expects only Latin text
// reads more with it than Tokenize does: ѕомаѕі.
func Latin(word string) string { return strings.Map(latinTwin, word) }

func mixesScripts(word string) bool {
	latin, other := false, false
	for _, r := range word {
		latin = latin || unicode.Is(unicode.Latin, r)
		other = other || unicode.In(r, unicode.Cyrillic, unicode.Greek)
	}
	return latin && other
}

// latinTwin returns the lower-case Latin letter that r looks like, or r. A
// capital that has no twin of its own is taken for its small letter, because
// that is what a second folding would see.
func latinTwin(r rune) rune {
	if twin := twinOf(r); twin != 0 {
		return twin
	}
	if twin := twinOf(unicode.ToLower(r)); twin != 0 {
		return twin
	}
	return r
}

// twinOf knows the pairs that most typefaces draw alike. Where the capital and
// the small letter look like different Latin letters both have a line: Η is an
// H, η is an n.
func twinOf(r rune) rune {
	switch r {
	case 'а', 'α':
		return 'a'
	case 'в', 'β', 'ь':
		return 'b'
	case 'с', 'ϲ':
		return 'c'
	case 'ԁ':
		return 'd'
	case 'е', 'ε':
		return 'e'
	case 'ԍ':
		return 'g'
	case 'н', 'һ', 'Η':
		return 'h'
	case 'і', 'ι':
		return 'i'
	case 'ј', 'ϳ':
		return 'j'
	case 'к', 'κ':
		return 'k'
	case 'ӏ':
		return 'l'
	case 'м', 'Μ':
		return 'm'
	case 'п', 'η', 'Ν':
		return 'n'
	case 'о', 'ο', 'σ':
		return 'o'
	case 'р', 'ρ':
		return 'p'
	case 'ԛ':
		return 'q'
	case 'г':
		return 'r'
	case 'ѕ':
		return 's'
	case 'т', 'τ':
		return 't'
	case 'υ', 'μ', 'и':
		return 'u'
	case 'ѵ', 'ν':
		return 'v'
	case 'ԝ':
		return 'w'
	case 'х', 'χ':
		return 'x'
	case 'у', 'ү', 'γ', 'Υ':
		return 'y'
	case 'Ζ':
		return 'z'
	}
	return 0
}
