package text

const (
	// maxSegmented bounds the work on one tag, in bytes: at most 22 questions
	// for each of them. Platforms allow longer tags; nobody can read those.
	maxSegmented = 64
	minTagWord   = 3
	maxTagWord   = 24
	// minEdge is how long a word must be to be seen in a tag whose rest is
	// unknown, and minRest how long that rest.
	minEdge = 6
	minRest = 4
)

// Segment cuts a tag of small letters into words: tolakpabriksemen. The tag is
// folded; known is asked for parts of it and must be cheap. Words are those
// that are known, those that are usual in tags of protests and campaigns, and
// numbers. The fewest words win, and of equals the one with the longest first,
// so that semen is not seen in sementaraini.
//
// If the whole tag can be cut, Segment appends all its words to dst. If not, it
// appends known words of six letters or more at the beginning and the end, if
// four letters or more are left and no longer usual word covers them: boikot in
// boikotindosat; usual words may stand before the first. The answer is whether anything was appended. Tags over 64
// bytes are not cut.
func Segment(dst []Part, tag string, known func(word string) bool) ([]Part, bool) {
	if len(tag) > maxSegmented {
		return dst, false
	}
	n := len(dst)
	var longest [maxSegmented]int
	if wholeCut(&longest, tag, known) {
		for i := 0; i < len(tag); i += longest[i] {
			dst = append(dst, Part{i, i + longest[i]})
		}
	} else {
		dst = appendEdges(dst, tag, known)
	}
	return dst, len(dst) > n
}

// wholeCut writes to length[i] how long the word at tag[i] is in the cut of
// tag[i:] with the fewest words, and reports whether all of tag can be cut.
func wholeCut(length *[maxSegmented]int, tag string, known func(string) bool) bool {
	const never = maxSegmented + 1
	var words [maxSegmented + 1]int // in tag[i:]
	for i := len(tag) - 1; i >= 0; i-- {
		words[i] = never
		if n := numberAt(tag, i); n > 0 {
			words[i], length[i] = words[i+n]+1, n
			continue
		}
		for n := min(maxTagWord, len(tag)-i); n > 1; n-- {
			if words[i+n]+1 < words[i] && isTagWord(tag[i:i+n], known) {
				words[i], length[i] = words[i+n]+1, n
			}
		}
	}
	return len(tag) > 0 && words[0] < never
}

// numberAt returns the length of the number at tag[i], which is never cut.
func numberAt(tag string, i int) int {
	n := 0
	for i+n < len(tag) && isDigit(tag[i+n]) {
		n++
	}
	return n
}

func isTagWord(word string, known func(string) bool) bool {
	return isUsualInTags(word) || len(word) >= minTagWord && known(word)
}

// appendEdges appends the known words at the two ends of a tag.
func appendEdges(dst []Part, tag string, known func(string) bool) []Part {
	first := edgeAtStart(tag, known)
	if first.End > 0 {
		dst = append(dst, first)
	}
	for n := min(maxTagWord, len(tag)-max(minRest, first.End)); n >= minEdge; n-- {
		if known(tag[len(tag)-n:]) && usualAtEnd(tag) <= n {
			return append(dst, Part{len(tag) - n, len(tag)})
		}
	}
	return dst
}

// edgeAtStart finds a known word at the beginning of a tag, or behind the usual
// words there: pabrik in tolakpabrikgunem.
func edgeAtStart(tag string, known func(string) bool) Part {
	for from := 0; from < len(tag); {
		usual := usualAt(tag[from:])
		for n := min(maxTagWord, len(tag)-from-minRest); n >= max(minEdge, usual); n-- {
			if known(tag[from : from+n]) {
				return Part{from, from + n}
			}
		}
		if usual == 0 {
			break
		}
		from += usual
	}
	return Part{}
}

// usualAt returns the length of the longest usual word that begins tag, or 0.
func usualAt(tag string) int {
	for n := min(maxTagWord, len(tag)); n > 0; n-- {
		if isUsualInTags(tag[:n]) {
			return n
		}
	}
	return 0
}

// usualAtEnd returns the length of the longest usual word that ends tag, or 0.
func usualAtEnd(tag string) int {
	for n := min(maxTagWord, len(tag)); n > 0; n-- {
		if isUsualInTags(tag[len(tag)-n:]) {
			return n
		}
	}
	return 0
}
