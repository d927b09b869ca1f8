package text

import "bytes"

// stretched reports whether a writer drew letters of word out.
func stretched(word []byte) bool {
	if endsStretched(word) {
		return true
	}
	i := tripleIn(word)
	if i < 0 || isNumeral(word) {
		return false
	}
	// PPPK, PPPA and KKKS are offices; bgttt and siappp are none.
	isOffice := !hasVowel(word) || word[i] == 'p'
	return !isOffice || runEnd(word, i) == len(word)
}

// tripleIn returns where the first run of three or more begins, or -1.
func tripleIn(word []byte) int {
	for i := 0; i < len(word); {
		end := runEnd(word, i)
		if end-i > 2 {
			return i
		}
		i = end
	}
	return -1
}

// runEnd returns the end of the run of one letter at word[i]. What is no letter
// a-z is a run of its own.
func runEnd(word []byte, i int) int {
	end := i + 1
	for isLower(word[i]) && end < len(word) && word[end] == word[i] {
		end++
	}
	return end
}

// isNumeral reports XIII, LIII and, as prisons and pay grades are called, IIIB.
func isNumeral(word []byte) bool {
	if last := word[len(word)-1]; 'a' <= last && last <= 'e' {
		word = word[:len(word)-1]
	}
	return len(bytes.Trim(word, "ivxl")) == 0
}

// endsStretched reports a pair in the last syllable that no Indonesian word and
// hardly a name has. None of 10,900 words in UniMorph and the CSUI treebank ends
// in a pair of any letter, but names and loans do, most in those left out here:
// Lee, staff, Hall, zoo, Foxx, jazz. How much must stand before the pair differs
// by letter: sihh is plain enough, but RUU, PSBB and Ann are not stretched, so
// most need a syllable more.
func endsStretched(word []byte) bool {
	n := len(word)
	switch {
	case n < 3:
		return false
	case word[n-1] != word[n-2]:
		return closesStretched(word)
	case word[n-3] == word[n-1]:
		return false
	}
	before := word[:n-2]
	switch word[n-1] {
	case 'h', 'k', 'w', 'y':
		return isVowel(before[n-3])
	case 'g':
		return before[n-3] == 'n' && hasVowel(before)
	case 'a', 'i', 'u':
		return hasVowel(before) && !isBorrowed(word) || isEveryday(word)
	case 's':
		return isSecondSyllable(before) && isOurS(word)
	case 'b', 'd', 'm', 'n', 'p', 'r', 't':
		return isSecondSyllable(before) && !isBorrowed(word) || isEveryday(word)
	}
	return isEveryday(word)
}

// isSecondSyllable reports whether word ends in a vowel that is not its first.
func isSecondSyllable(word []byte) bool {
	first := bytes.TrimRight(word, "aiueo")
	return len(first) < len(word) && hasVowel(first)
}

// closesStretched reports a last syllable with ii or uu before its consonant:
// sakiit, bisiing. The other vowels may stand there twice: maaf, week, book.
func closesStretched(word []byte) bool {
	body, ok := bytes.CutSuffix(word, []byte("ng"))
	if !ok {
		body = word[:len(word)-1]
	}
	n := len(body)
	if n < 4 || isVowel(word[len(word)-1]) || !isLower(word[len(word)-1]) {
		return false
	}
	v := body[n-1]
	return (v == 'i' || v == 'u') && body[n-2] == v && body[n-3] != v && hasVowel(body[:n-2]) && !bytes.HasSuffix(word, []byte("uum"))
}

// isEveryday reports what is drawn out so often that it is known against the
// rule of its letters.
func isEveryday(word []byte) bool {
	switch string(word) {
	case "yaa", "gaa", "kann", "kuatt", "buatt", "ayoo", "haloo", "okee", "sampee", "kesell", "betull", "mahall":
		return true
	}
	return false
}

// isBorrowed reports endings of names and foreign words: megawatt, Hermann,
// WhatsApp. Of -ett only -gett is ours (banget, kaget); Bennett and Hewlett are
// many.
func isBorrowed(word []byte) bool {
	if bytes.HasSuffix(word, []byte("ett")) {
		before := word[:len(word)-3]
		return !bytes.HasSuffix(before, []byte("g")) || bytes.HasSuffix(before, []byte("gg")) || bytes.HasSuffix(before, []byte("dg"))
	}
	switch string(word) { // on the stock exchange
	case "asii", "arii", "ifii", "giaa":
		return true
	}
	for _, end := range [...]string{
		"waii", "faii", "afii", "vicii", "torii", "ishii", "fujii", "apjii", "sanaa", "israa", "noaa", "ncaa",
		"mann", "hann", "onn",
		"ott", "watt", "ritt", "vitt", "witt", "bitt", "futt",
		"sapp", "eapp", "rapp", "bapp", "ilipp",
	} {
		if bytes.HasSuffix(word, []byte(end)) {
			return true
		}
	}
	return false
}

// isOurS tells haruss and abiss from discuss, express and boss.
func isOurS(word []byte) bool {
	n := len(word)
	if v := word[n-3]; v != 'i' && v != 'u' {
		return false
	}
	switch word[n-4] { // two vowels make Strauss and Weiss
	case 'a', 'e', 'o', 'c', 'f', 'm', 'w':
		return false
	}
	return true
}

// shrink adds what word may have been before it was drawn out. The order goes
// from likely to unlikely: massaaa was massa before it was masa.
func (s *Speller) shrink(word []byte) {
	pairs, all := runsOf(word)
	last := all &^ (all >> 1)
	s.addShrunk(word, pairs)
	s.addShrunk(word, 0)
	s.addBreath(word)
	for run := uint64(1); run&all != 0 && len(s.out) < maxSpellings; run <<= 1 {
		s.addShrunk(word, run)
	}
	s.addShrunk(word, all&^last)
	s.addShrunk(word, all)
}

// runsOf numbers the runs of two letters and more in word and returns, one bit
// each, those that may well be two by right, and all of them.
func runsOf(word []byte) (pairs, all uint64) {
	run := uint64(1)
	for i := 0; i < len(word); {
		end := runEnd(word, i)
		if end-i == 2 && end < len(word) {
			pairs |= run
		}
		if end-i > 1 {
			all |= run
			run <<= 1
		}
		i = end
	}
	return pairs, all
}

// addShrunk adds word with two letters left of the runs in two, and one of the
// others.
func (s *Speller) addShrunk(word []byte, two uint64) {
	var room [maxPlayful]byte
	s.add(shrunk(room[:0], word, two))
}

func shrunk(dst, word []byte, two uint64) []byte {
	for i := 0; i < len(word); {
		end := runEnd(word, i)
		dst = append(dst, word[i])
		if end-i > 1 {
			if two&1 == 1 {
				dst = append(dst, word[i])
			}
			two >>= 1
		}
		i = end
	}
	return dst
}

// addBreath takes away the h that ends a long vowel: iyaaah is iya.
func (s *Speller) addBreath(word []byte) {
	body := bytes.TrimRight(word, "h")
	n := len(body)
	if n == len(word) || n < 3 || !isVowel(body[n-1]) || tripleIn(body[n-3:]) < 0 {
		return
	}
	s.addShrunk(body, 0)
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'
}

func hasVowel(word []byte) bool { return bytes.ContainsAny(word, "aiueo") }
