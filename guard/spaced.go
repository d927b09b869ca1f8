package guard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/siaga-id/siaga/text"
)

// minSpaced is how many letters that stand alone make a word: P.T. is two.
const minSpaced = 3

// joined makes one word of letters that stand alone, one after another, with the
// same sign between all of them.
func joined(s string, words []word, speller *text.Speller) []word {
	var out []word
	for i := 0; i < len(words); {
		j, letters, sign := i, "", ""
		for ; j < len(words) && isSingle(words[j].spelled); j++ {
			if j > i {
				gap := text.Clean(s[words[j-1].end:words[j].start])
				if !spacesOut(gap) || j > i+1 && strings.TrimSpace(gap) != sign {
					break
				}
				sign = strings.TrimSpace(gap)
			}
			letters += words[j].spelled
		}
		if j-i < minSpaced || strings.Trim(letters, "0123456789") == "" {
			out = append(out, words[i])
			i++
			continue
		}
		w := word{spelled: letters, start: words[i].start, end: words[j-1].end, capital: words[i].capital}
		w.readings = append(readings(speller, letters), letters[len(words[i].spelled):]) // a s o m a s i
		out = append(out, w)
		i = j
	}
	return out
}

// spacesOut reports a gap that may stand between the letters of one word. Two
// spaces end it; punctuation before a space does so, too, but for the dots of
// U. U. I. T. E.
func spacesOut(gap string) bool {
	bare := strings.TrimSpace(gap)
	return len(gap)-len(bare) <= 1 && utf8.RuneCountInString(bare) <= 1 && !strings.ContainsAny(bare, ",;:!?()\"")
}

func isSingle(w string) bool {
	r, size := utf8.DecodeRuneInString(w)
	return size == len(w) && (unicode.IsLetter(r) || strings.ContainsRune("0134579", r))
}
