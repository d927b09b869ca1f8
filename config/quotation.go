package config

import "strings"

// quotation finds what is wrong with the quotation marks of a line at which
// the file stops being YAML: one that never ends, or one that ends before its
// value does, as in query: "polusi udara" OR debu.
func (f *file) quotation(line int) *Error {
	start := f.lines[line-1]
	text, _, _ := strings.Cut(f.text[start:], "\n")
	for at := 0; at < len(text) && !strings.HasPrefix(strings.TrimSpace(text), "#"); at++ {
		if !opens(text, at) {
			continue
		}
		end := closing(text, at)
		if end < 0 {
			return f.errorAt(start+at, "this quotation mark is never closed", "write "+text[at:at+1]+" where its text ends")
		}
		if rest := strings.TrimSpace(text[end+1:]); rest != "" && !strings.ContainsRune(",]}:#", rune(rest[0])) {
			other := map[byte]string{'"': "'", '\'': `"`}[text[at]]
			return f.errorAt(start+at, "text goes on after the quotation mark that ends this value", "put "+other+" before and after the whole value")
		}
		at = end
	}
	return nil
}

// opens reports whether a value in quotation marks begins at a byte of a line.
func opens(line string, at int) bool {
	if line[at] != '"' && line[at] != '\'' {
		return false
	}
	before := line[:at]
	trimmed := strings.TrimRight(before, " ")
	return trimmed == "" || strings.ContainsRune("[{", rune(trimmed[len(trimmed)-1])) ||
		len(trimmed) < len(before) && strings.ContainsRune(":,-", rune(trimmed[len(trimmed)-1]))
}

// closing returns where the quotation that opens at a byte ends, or -1.
func closing(line string, open int) int {
	mark := line[open]
	for i := open + 1; i < len(line); i++ {
		switch {
		case mark == '"' && line[i] == '\\':
			i++
		case line[i] == mark && mark == '\'' && strings.HasPrefix(line[i+1:], "'"):
			i++
		case line[i] == mark:
			return i
		}
	}
	return -1
}
