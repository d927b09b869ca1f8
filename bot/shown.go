package bot

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"github.com/siaga-id/siaga/text"
)

// Isolate begins a part of a text that takes its direction from its own first
// letter and gives none to what stands beside it (U+2068, Unicode Annex 9,
// X5c); release ends it. Without them, a quotation in Arabic script would draw
// the numbers and names that follow it to its other side.
const (
	Isolate = "\u2068"
	release = "\u2069"
)

// Shown returns s fit to be shown, as text.Clean does, but with each part
// that is written from right to left in an isolate of its own. Isolates that
// s has already stay; at the end of a line they are closed. It is the last
// look at a text before it leaves: Shown(Shown(s)) is Shown(s).
func Shown(s string) string {
	var b strings.Builder
	open := false
	for {
		i := strings.IndexAny(s, Isolate+release)
		part := text.Clean(s[:max(i, 0)])
		if i < 0 {
			part = text.Clean(s)
		}
		if open {
			part = strings.ReplaceAll(part, "\n", release+"\n"+Isolate)
		} else {
			part = isolated(part)
		}
		b.WriteString(part)
		if i < 0 {
			break
		}
		mark, size := utf8.DecodeRuneInString(s[i:])
		if opens := string(mark) == Isolate; opens != open {
			open = opens
			b.WriteRune(mark)
		}
		s = s[i+size:]
	}
	return Closed(b.String())
}

// isolated encloses what is written from right to left in each line of s,
// from its first letter to its last.
func isolated(s string) string {
	if strings.IndexFunc(s, rightToLeft) < 0 {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		from, last := strings.IndexFunc(line, rightToLeft), strings.LastIndexFunc(line, rightToLeft)
		if from >= 0 {
			_, size := utf8.DecodeRuneInString(line[last:])
			lines[i] = line[:from] + Isolate + line[from:last+size] + release + line[last+size:]
		}
	}
	return strings.Join(lines, "\n")
}

// rightToLeft reports whether r moves what stands beside it: letters of
// scripts that run from right to left, and the digits of Arabic.
func rightToLeft(r rune) bool {
	properties, _ := bidi.LookupRune(r)
	switch properties.Class() {
	case bidi.R, bidi.AL, bidi.AN:
		return true
	default:
		return false
	}
}

// Closed ends the isolate that a cut through a text left open.
func Closed(s string) string {
	if Unclosed(s) {
		s += release
	}
	return s
}

// Unclosed reports whether an isolate has begun in s and not ended.
func Unclosed(s string) bool { return strings.LastIndex(s, Isolate) > strings.LastIndex(s, release) }
