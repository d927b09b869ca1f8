package guard

import (
	"strings"
	"unicode"
)

// vague reads numbers of which nobody says how many.
func (s *scanner) vague(i int) int {
	switch w := s.words[i].spelled; w {
	case "belasan", "puluhan", "ratusan", "ribuan", "jutaan", "separuh", "separo", "setengah", "sepertiga", "seperempat", "half", "dozens", "hundreds", "thousands",
		"millions", "double", "doubled", "triple", "tripled", "twice":
		return s.keep(figure{sort: aName, value: w}, i, i+1)
	}
	return i
}

// roman reads the number of a part of a year or of a stage: triwulan III. In
// other places such letters are other things.
func (s *scanner) roman(i int) int {
	w := s.words[i]
	if i == 0 || !w.capital || strings.Trim(w.spelled, "ivx") != "" {
		return i
	}
	switch s.words[i-1].spelled {
	case "triwulan", "semester", "kuartal", "tahap", "fase", "jilid", "golongan", "kelas", "kelompok", "tipe", "stage", "phase":
		return s.keep(figure{sort: aName, value: s.words[i-1].spelled + " " + w.spelled}, i, i+1)
	}
	return i
}

// phone reads a telephone number: seven digits at least, from a 0 or a + on.
func (s *scanner) phone(i int) int {
	w := s.words[i].spelled
	plus := strings.HasSuffix(s.text[:s.words[i].start], "+")
	if cut, _ := cutDigits(w); cut != w || w == "" || w[0] != '0' && !plus {
		return i
	}
	digits, next := w, i+1
	for ; next < len(s.words); next++ {
		more, rest := cutDigits(s.words[next].spelled)
		if rest != "" || len(more) < 2 || len(s.words[next].gap) > 2 || strings.Trim(s.words[next].gap, "- .)") != "" {
			break
		}
		digits += more
	}
	if len(digits) < 7 {
		return i
	}
	return s.keep(figure{sort: aPhone, value: digits}, i, next)
}

// code reads names with digits in them: PM10, PM2,5, FAKTA-012, CO2. They are
// the same in whichever way they are joined.
func (s *scanner) code(i int) int {
	w := s.words[i]
	head := strings.TrimRight(w.spelled, "0123456789")
	switch next := i + 1; {
	case head == "" || strings.ContainsAny(head, "0123456789"):
		return i
	case head == w.spelled && next < len(s.words) && isWhole(s.words[next].spelled) && (s.words[next].gap == "-" || head == "pm" && s.words[next].gap == " "):
		return s.keep(figure{sort: aName, value: head + s.tail(&next)}, i, next)
	case head != w.spelled:
		next = i
		s.tail(&next)
		return s.keep(figure{sort: aName, value: head + s.after(i, next, head)}, i, next)
	}
	return i
}

func isWhole(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }

// tail reads digits and the decimals behind them, and moves next behind these.
func (s *scanner) tail(next *int) string {
	out := s.words[*next].spelled
	for *next++; *next < len(s.words) && isWhole(s.words[*next].spelled) && (s.words[*next].gap == "." || s.words[*next].gap == ","); *next++ {
		out += "." + s.words[*next].spelled
	}
	return out
}

func (s *scanner) after(i, next int, head string) string {
	out := strings.TrimPrefix(s.words[i].spelled, head)
	for _, w := range s.words[i+1 : next] {
		out += "." + w.spelled
	}
	return out
}

// signs reads what has a number's meaning and is no word: ½, Ⅳ, ①.
func (s *scanner) signs() {
	for at, r := range s.text {
		if !unicode.In(r, unicode.No, unicode.Nl) || s.inWord(at) {
			continue
		}
		s.out = append(s.out, figure{sort: aName, value: string(r), start: at, end: at + len(string(r))})
	}
}

func (s *scanner) inWord(at int) bool {
	for _, w := range s.words {
		if w.start <= at && at < w.end {
			return true
		}
	}
	return false
}
