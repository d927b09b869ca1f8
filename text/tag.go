package text

import (
	"unicode"
	"unicode/utf8"
)

// Part is one word inside a tag: the bytes [Start, End) of it.
type Part struct {
	Start, End int
}

// TagParts appends to dst the words that the writing of a tag shows, in order:
// those of GunemSesak, PTSemenContoh, save_rembang, SaveRembang2026. The tag is
// as written, without its sign. A code of a letter or two and a number stays
// whole, as in G20Bali and Jaringan5G, and so does the first letter of iPhone.
// A tag that shows no cut is one part; one without letters and digits has none.
func TagParts(dst []Part, tag string) []Part {
	for i := 0; i < len(tag); {
		p := partAt(tag, i)
		if p.End > p.Start {
			dst = append(dst, p)
		}
		i = p.End
	}
	return dst
}

// partAt reads the part that begins at tag[i]; it is empty for what stands
// between words.
func partAt(tag string, i int) Part {
	switch kind, end := kindRun(tag, i); kind {
	case gap:
		return Part{end, end}
	case digit:
		if letter := capitalRun(tag, end); end-i <= 2 && letter == end+1 {
			end = letter // 5G
		}
		return Part{i, end}
	case lower:
		if next, _ := kindAt(tag, end); i == 0 && end == 1 && next == upper {
			end = partAt(tag, end).End // iPhone
		}
		return Part{i, end}
	default:
		return capitalPart(tag, i, end)
	}
}

// capitalPart reads a part that begins with the capitals [i, end): a word, the
// capitals of PT before Semen, or those of G20.
func capitalPart(tag string, i, end int) Part {
	next, _ := kindAt(tag, end)
	if next == lower {
		if before := capitalRun(tag, i); before > i {
			return Part{i, before}
		}
		_, end = kindRun(tag, end)
		return Part{i, end}
	}
	if next == digit && end-i <= 2 {
		if _, number := kindRun(tag, end); number-end <= 3 {
			end = number
		}
	}
	return Part{i, end}
}

// capitalRun returns the end of the capitals at tag[i] without the one that
// begins a word.
func capitalRun(tag string, i int) int {
	kind, end := kindRun(tag, i)
	if kind != upper {
		return i
	}
	if next, _ := kindAt(tag, end); next == lower {
		end = lastCapital(tag, i, end)
	}
	return end
}

// lastCapital returns where the last of the capitals [i, end) begins, with the
// marks that belong to it.
func lastCapital(tag string, i, end int) int {
	for {
		r, size := utf8.DecodeLastRuneInString(tag[i:end])
		end -= size
		if end <= i || kindOf(r) == upper {
			return end
		}
	}
}

// A kind is what a rune does in a tag.
type kind int

const (
	gap kind = iota
	lower
	upper
	digit
	follower // a mark or what cannot be seen: as the rune before it
)

// kindRun returns the kind of tag[i] and the end of the run of it.
func kindRun(tag string, i int) (kind, int) {
	first, end := kindAt(tag, i)
	if first == follower {
		first = gap
	}
	for end < len(tag) {
		k, next := kindAt(tag, end)
		if k != first && k != follower {
			break
		}
		end = next
	}
	return first, end
}

// kindAt returns the kind of the rune at tag[i] and where it ends.
func kindAt(tag string, i int) (kind, int) {
	if i >= len(tag) {
		return gap, i
	}
	r, size := utf8.DecodeRuneInString(tag[i:])
	return kindOf(r), i + size
}

func kindOf(r rune) kind {
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r):
		return lower
	case unicode.IsDigit(r):
		return digit
	case unicode.IsMark(r) || isInvisible(r):
		return follower
	case r >= utf8.RuneSelf && isWord(r):
		return lower
	}
	return gap
}
