package source

import "slices"

const (
	// maxMarks bounds what is kept of a text that is all numbers.
	maxMarks = 256

	// telling is the least length of a word beside a number that says what
	// it counts.
	telling = 4

	// maxNamed is how many words a name has at most.
	maxNamed = 3
)

// marks returns the numbers, dates and names of a text and where each stands,
// in the order of compareMark.
func (s speller) marks(units []unit) []mark {
	var out []mark
	small := allSmall(units)
	for i := 0; i < len(units) && len(out) < maxMarks; i++ {
		switch u := units[i]; {
		case u.kind == numeral:
			out = s.between(out, ofAmount, units, i)
		case u.kind == clock:
			out = s.between(out, ofTime, units, i)
		case u.kind == calendar:
			out = s.between(out, ofDate, units, i)
		case placeWord(u.word) != nowhere:
			out = s.placed(out, units, i, small)
		case isName(u) && i > 0 && !isName(units[i-1]) && placeWord(units[i-1].word) == nowhere:
			out = s.named(out, units, i)
		}
	}
	slices.SortFunc(out, func(a, b mark) int {
		if c := compareMark(a, b); c != 0 {
			return c
		}
		return int(int64(a.value) - int64(b.value))
	})
	return slices.Clip(slices.Compact(out))
}

// between adds a number by the two units before it and by the two behind it,
// as far as its sentence goes.
func (s speller) between(out []mark, kind markKind, units []unit, i int) []mark {
	value := s.word(units[i].word)
	if i >= 2 && !units[i].first && !units[i-1].first && tells(units[i-2:i]) {
		out = append(out, mark{kind, mix(1, s.face(units[i-2]), s.face(units[i-1])), value})
	}
	if i+2 < len(units) && !units[i+1].first && !units[i+2].first && tells(units[i+1:i+3]) {
		out = append(out, mark{kind, mix(2, s.face(units[i+1]), s.face(units[i+2])), value})
	}
	return out
}

// tells reports whether units say what is counted beside them.
func tells(units []unit) bool {
	return slices.ContainsFunc(units, func(u unit) bool { return u.kind == plainWord && len(u.word) >= telling })
}

// face is what a unit is beside a number: of another number it does not matter
// which.
func (s speller) face(u unit) uint32 {
	if u.kind != plainWord {
		return uint32(u.kind)
	}
	return s.word(u.word)
}

// placed adds the name behind a word that goes before places, by the words
// around it. Of a longer name the first word is compared.
func (s speller) placed(out []mark, units []unit, i int, small bool) []mark {
	end := nameEnd(units, i+1)
	if small && end < len(units) && placeWord(units[i].word) == surely && mayName(units[end]) {
		end = i + 2
	}
	if end == i+1 {
		return out
	}
	value := s.word(units[i+1].word)
	if i >= 2 && !units[i].first && !units[i-1].first {
		at := mix(3, s.face(units[i-2]), s.face(units[i-1]), s.face(units[i]))
		out = append(out, mark{ofName, at, value})
	}
	if end+1 < len(units) && !units[end].first && !units[end+1].first {
		at := mix(4, s.face(units[i]), s.face(units[end]), s.face(units[end+1]))
		out = append(out, mark{ofName, at, value})
	}
	return out
}

// named adds a name that stands in the middle of a sentence, by the two words
// on either side. In a headline, where all words have capital letters, none
// does.
func (s speller) named(out []mark, units []unit, i int) []mark {
	end := nameEnd(units, i)
	if i < 2 || end+1 >= len(units) || units[i-1].first || units[end].first || units[end+1].first {
		return out
	}
	around := []unit{units[i-2], units[i-1], units[end], units[end+1]}
	if !slices.ContainsFunc(around, func(u unit) bool { return !u.name && tells([]unit{u}) }) {
		return out
	}
	at := mix(5, s.face(around[0]), s.face(around[1]), s.face(around[2]), s.face(around[3]))
	return append(out, mark{ofName, at, s.word(units[i].word)})
}

func nameEnd(units []unit, i int) int {
	end := i
	for end < len(units) && end < i+maxNamed && isName(units[end]) {
		end++
	}
	return end
}

func isName(u unit) bool { return u.name && mayName(u) }

func mayName(u unit) bool {
	return u.kind == plainWord && !u.first && placeWord(u.word) == nowhere
}

// allSmall reports a text whose names have no capital letters, as people type.
func allSmall(units []unit) bool {
	return !slices.ContainsFunc(units, func(u unit) bool { return u.name && !u.first })
}
