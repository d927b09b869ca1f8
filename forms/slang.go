package forms

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed slang.txt
var slangFile string

// A spelling is one way in which people write a standard word.
type spelling struct {
	text      string
	ambiguous bool // it is itself another common word
}

//nolint:gochecknoglobals // read once, then never written
var slang = sync.OnceValue(func() map[string][]spelling {
	words := make(map[string][]spelling, 256)
	for head, list := range groups(slangFile) {
		for s := range strings.FieldsSeq(list) {
			plain := strings.TrimSuffix(s, "!")
			words[head] = append(words[head], spelling{plain, plain != s})
		}
	}
	return words
})

// Slang returns the spellings under which people write a standard word, or
// words ("terima kasih"), in posts and chats: gak and tdk for tidak. They are
// folded, and none where the table has none. Spellings that are as often
// another word (kali: sungai or times) are left out.
func Slang(word string) []string {
	var list []string
	for _, s := range slang()[word] {
		if !s.ambiguous {
			list = append(list, s.text)
		}
	}
	return list
}

// inflects reports spellings that take affixes like the word they stand for
// (liat: diliat, ngeliatin), which abbreviations do not.
func (s spelling) inflects() bool { return len(s.text) > 3 && syllables(s.text) > 1 }

// Clipped returns the spellings of a word without its first vowel (tolak: tlak,
// sekali: skali) and without any behind the first letter (banyak: bnyk). Short
// ones, which are too often another word, are left out: four letters at least
// remain, and a vowel other than the first is not enough to begin with (abu).
func Clipped(word string) []string {
	if len(word) < 5 || len(word) > maxWord || isVowel(word[0]) {
		return nil
	}
	var list []string
	if isVowel(word[1]) && !isVowel(word[2]) {
		list = append(list, word[:1]+word[2:])
	}
	bare := string(slices.DeleteFunc([]byte(word), isVowel))
	if len(bare) > 3 && len(bare) < len(word)-1 {
		list = append(list, bare)
	}
	return list
}
