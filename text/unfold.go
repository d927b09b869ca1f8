package text

import (
	"slices"
	"strings"
)

// maxUnfolded bounds the words that Unfold looks at, in bytes. Indonesian has
// hardly a word over 30 letters.
const maxUnfolded = 64

// Unfold appends to dst the full writings of a word that is doubled with a 2 or
// ditto marks, best first: jalan2nya is jalan-jalannya, berlari2an is
// berlari-larian, debu" is debu-debu. Where the beginning of the word may be a
// prefix or not, both readings are appended; any other word appends nothing.
//
// The word is as written: in any case, with or without the hyphens of
// ke-merah2an. The writings are in lower case.
func Unfold(dst []string, word string) []string {
	if len(word) > maxUnfolded {
		return dst
	}
	word = plainTwo(word)
	if n := pairNumber(word); n != "" {
		return append(dst, n)
	}
	d, ok := doubledIn([]byte(word))
	if !ok {
		return unfoldShort(dst, word)
	}
	from := len(dst)
	for _, w := range writings(string(d.stem), string(d.appendTail(nil))) {
		if !slices.Contains(dst[from:], w) {
			dst = append(dst, w)
		}
	}
	return dst
}

// plainTwo folds word, with a 2 for every sign of doubling, no hyphens, and no
// letter that is stretched.
func plainTwo(word string) string {
	word = strings.Map(func(r rune) rune {
		switch r {
		case '"', '“', '”', '″', '²':
			return '2'
		case '-', '‐', '‑', '–', '^', '\'', '’':
			return -1
		}
		return r
	}, word)
	word = foldWord(lowerASCII(strings.TrimSpace(word)))
	if tripleIn([]byte(word)) >= 0 {
		word = string(shrunk(nil, []byte(word), 0))
	}
	return word
}

// pairNumber spells the few words in which the 2 is a number.
func pairNumber(word string) string {
	switch word {
	case "ke2":
		return "kedua"
	case "ke2nya":
		return "keduanya"
	case "ber2":
		return "berdua"
	case "ber2an":
		return "berduaan"
	}
	return ""
}

// unfoldShort reads stems of two letters, of which only a few are words.
func unfoldShort(dst []string, word string) []string {
	stem, tail, ok := strings.Cut(word, "2")
	full := clipped(stem)
	if !ok || len(stem) != 2 || full == "" || !isTail([]byte(tail)) {
		return dst
	}
	d := doubled{tail: []byte(tail)}
	return append(dst, string(d.appendTail([]byte(full+"-"+full))))
}

// writings returns the full writings of stem doubled before tail, best first.
func writings(stem, tail string) []string {
	twice := stem + "-" + stem + tail
	if place, ok := strings.CutSuffix(stem, "mana"); ok && (place == "di" || place == "ke") {
		return []string{place + " mana-mana" + tail, twice}
	}
	var out []string
	for _, rest := range afterPrefix(stem, tail) {
		out = append(out, stem+"-"+rest+tail)
	}
	if isRoot(stem) || strings.HasPrefix(stem, "ku") || strings.HasPrefix(stem, "nge") {
		out = slices.Insert(out, 0, twice)
	} else {
		out = append(out, twice)
	}
	if full := clipped(stem); full != "" {
		at := len(out)
		if !isSpeakable([]byte(stem)) {
			at = 0
		}
		out = slices.Insert(out, at, full+"-"+full+tail)
	}
	return out
}

// afterPrefix returns what the second half of a doubled word repeats, if the
// first has a prefix: only the word behind it, but with the nasal that the
// prefix made of its first sound (memukul-mukul).
func afterPrefix(stem, tail string) []string {
	if stem == "perlahan" {
		return []string{"lahan"}
	}
	for _, prefix := range [...]string{"memper", "diper", "ber", "ter", "di", "se", "ku", "nge"} {
		if rest, ok := strings.CutPrefix(stem, prefix); ok && isBase(rest) {
			return []string{rest}
		}
	}
	if rest, ok := strings.CutPrefix(stem, "ke"); ok && strings.HasPrefix(tail, "an") && isBase(rest) {
		return []string{rest}
	}
	return afterNasal(stem)
}

// isBase reports whether rest can stand on its own behind a prefix.
func isBase(rest string) bool {
	return len(rest) > 2 && hasVowel([]byte(rest)) && isSpeakable([]byte(rest))
}

// afterNasal is afterPrefix for me-, which changes with the sound behind it: a
// nasal before a consonant is its own (membagi-bagi), one before a vowel has
// taken the place of a consonant (memukul-mukul), but meng- may have not
// (mengada-ada).
func afterNasal(stem string) []string {
	rest, ok := strings.CutPrefix(stem, "me")
	if !ok {
		return nil
	}
	nasal, body := cutNasal(rest)
	own := body != "" && !isVowel(body[0])
	halves := []string{rest}
	switch {
	case own && nasal != "":
		halves = []string{body}
	case nasal == "ng" && !losesK(body):
		halves = []string{body, rest}
	}
	return slices.DeleteFunc(halves, func(half string) bool { return !isBase(half) })
}

func cutNasal(word string) (nasal, body string) {
	for _, nasal := range [...]string{"ng", "ny", "m", "n"} {
		if body, ok := strings.CutPrefix(word, nasal); ok {
			return nasal, body
		}
	}
	return "", word
}
