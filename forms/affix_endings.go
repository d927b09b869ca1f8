package forms

// A tail is what may stand behind a root: one derivational ending, then a
// possessive (-ku -mu -nya), then a particle (-lah -kah -tah -pun).
type tail struct {
	start  int // where in the token it begins
	ending endings
}

// maxTails is the most tails that one token can be read with: with and without
// a particle, with and without a possessive, and three endings (none, -an, -kan).
const maxTails = 2 * 2 * 3

// tails returns all readings of the end of a token, in [0:n].
func tails(token string) (list [maxTails]tail, n int) {
	full := len(token)
	for _, particle := range [...]int{0, particleLen(token)} {
		if particle == 0 && n > 0 {
			break
		}
		word := token[:full-particle]
		n = derived(&list, n, word)
		if p := possessiveLen(word); p > 0 {
			n = derived(&list, n, word[:len(word)-p])
		}
	}
	return list, n
}

func derived(list *[maxTails]tail, n int, word string) int {
	add := func(length int, e endings) {
		if length == 0 || len(word) > length+1 {
			list[n] = tail{len(word) - length, e}
			n++
		}
	}
	add(0, endNone)
	if len(word) < 3 {
		return n
	}
	switch a, b, c := word[len(word)-3], word[len(word)-2], word[len(word)-1]; {
	case c == 'i':
		add(1, endI)
		if len(word) > 4 && word[len(word)-4:] == "wati" {
			add(4, endWan)
		}
	case b == 'k' && c == 'n': // clipped, as in matikn
		add(2, endKan)
	case b == 'i' && c == 'n':
		add(2, endIn)
	case b == 'a' && c == 'n':
		add(2, endAn|endCut)
		switch a {
		case 'k':
			add(3, endKan)
		case 'w':
			add(3, endWan)
		}
	}
	return n
}

func particleLen(s string) int {
	if len(s) < 5 {
		return 0
	}
	switch s[len(s)-3:] {
	case "lah", "kah", "tah", "pun":
		return 3
	}
	return 0
}

func possessiveLen(s string) int {
	if len(s) < 4 {
		return 0
	}
	switch s[len(s)-2:] {
	case "ku", "mu":
		return 2
	case "ny": // clipped, as in macetny
		return 2
	case "ya":
		if s[len(s)-3] == 'n' {
			return 3
		}
	}
	return 0
}
