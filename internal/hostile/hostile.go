// Package hostile holds what people write to break a card, and says what no
// message may show whatever they write.
package hostile

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// Texts returns a text for each way in which a post can be trouble.
func Texts() []string {
	return []string{
		"genteng putih semua, anak batuk",
		"<b>tebal</i> & <a href=\"tg://user?id=1\">Sari</a> <script>",
		"</b></blockquote>&lt;&amp;&#0;",
		"*tebal* _miring_ ~coret~ `kode` ```blok``` > kutip <https://x.id|klik>",
		"<!channel> <!here> <@U1> <#C1|umum> <!subteam^S1> @channel @here",
		"@budi tolong @siti_a, surat ke budi@contoh.id /selesai 42 #debu",
		"@\u200bbudi @\u2060budi @\u0301budi \uff20budi",
		"\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1ee\U0001f1e9 ❤\ufe0f 👍\U0001f3fd \u0031\ufe0f\u20e3",
		"غبار في رمبانج 42 <b>",
		"debu \u202e gnabmer \u202d 42 \u2066 x \u2067 y",
		"אבק \u2069\u2069 42 \u2068 רמבנג",
		"\u200f\u200e\u061c",
		"\x1b[2J\x1b]0;judul\x07\x9b31m\x00\x7f\u0085",
		"\xff\xfe\xc3(\xed\xa0\x80",
		"\u200b\u200d\ufeff\u3164\u115f",
		" \r\n\t\u2028\u2029 ",
		"debu" + strings.Repeat("\u0301", 500),
		"{text} {at} %s %d {{.}} $1 \\",
		"",
	}
}

// most is how long a post gets, in bytes.
const most = 10_000

// Add seeds a fuzz target of Long's arguments with each text, and with 10,000
// bytes of words, of what grows when it is escaped, of a single word, of emoji
// and of writing from right to left.
func Add(f *testing.F) {
	for _, s := range Texts() {
		f.Add(s, uint16(1))
	}
	for _, s := range []string{"genteng putih ", "<&>", "a", "🟠", "غبار "} {
		f.Add(s, uint16(most))
	}
}

// Long repeats s so often, up to 10,000 bytes.
func Long(s string, times uint16) string {
	return strings.Repeat(s, min(int(times), most/max(len(s), 1)))
}

const (
	isolate = '\u2068'
	release = '\u2069'
	joiner  = '\u2060'
)

var mention = regexp.MustCompile(`(^|\W)@\w`)

// Faults returns what a message shows that it must not: bytes that are no
// text, characters that a screen obeys or that nobody sees, mentions by name,
// and writing from right to left outside of an isolate of its line, where it
// would reorder its surroundings.
func Faults(shown string) (faults []string) {
	if !utf8.ValidString(shown) {
		faults = append(faults, "not UTF-8")
	}
	if mention.MatchString(shown) {
		faults = append(faults, "a live mention: "+mention.FindString(shown))
	}
	for line := range strings.SplitSeq(shown, "\n") {
		faults = append(faults, inLine(line)...)
	}
	return faults
}

func inLine(line string) (faults []string) {
	open, before := false, ' '
	for _, r := range line {
		switch {
		case r == isolate && !open, r == release && open:
			open = !open
		case r == joiner && before == '@': // parts an account name from its sign
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			faults = append(faults, fmt.Sprintf("%U in %q", r, line))
		case !open && reorders(r):
			faults = append(faults, fmt.Sprintf("%U outside of an isolate in %q", r, line))
		}
		before = r
	}
	if open {
		faults = append(faults, fmt.Sprintf("an open isolate in %q", line))
	}
	return faults
}

func reorders(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL || p.Class() == bidi.AN
}
