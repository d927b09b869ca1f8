package source

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/unicode/norm"
)

// maxText bounds the text of one post, in runes: twice a long news article.
const maxText = 8000

// compose makes the text of a post: the title on its own line, then the body,
// both in NFC.
func compose(title, body string) string {
	text := strings.TrimSpace(oneLine(title) + "\n" + oneLine(body))
	runes := 0
	for i := range text {
		if runes == maxText {
			return text[:i]
		}
		runes++
	}
	return text
}

// oneLine folds every run of blanks and control characters into one blank.
func oneLine(s string) string {
	blank := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.FieldsFunc(s, blank), " ")
}

// plain returns what a reader sees of a piece of HTML, entities decoded,
// without scripts and styles. It stops when it has more than a post may hold.
func plain(markup string) string {
	var b strings.Builder
	hidden := false
	z := html.NewTokenizer(strings.NewReader(markup))
	for b.Len() <= maxText*utf8.UTFMax {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if !hidden {
				b.Write(z.Text())
			}
		case html.CommentToken, html.DoctypeToken: // part no words
		default:
			tag := z.Token().DataAtom
			hidden = kind == html.StartTagToken && unseen(tag)
			if !inline(tag) {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// unseen lists elements whose content the tokenizer hands over as one text.
func unseen(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes:
		return true
	default:
		return false
	}
}

// inline lists elements that do not part words.
func inline(tag atom.Atom) bool {
	switch tag {
	case atom.A, atom.Abbr, atom.B, atom.Em, atom.Font, atom.I, atom.Mark, atom.S,
		atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.U, atom.Wbr:
		return true
	default:
		return false
	}
}

// declared finds the encoding that an XML declaration names.
var declared = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// toUTF8 returns data in UTF-8 and without byte order mark. Valid UTF-8 is taken
// as such, whatever header and declaration say, since text in another encoding
// is hardly ever valid by chance. Otherwise the mark decides, then the header,
// then the declaration; the default is windows-1252, as browsers have it.
func toUTF8(data []byte, contentType string) []byte {
	if !utf8.Valid(data) {
		if m := declared.FindSubmatch(data); m != nil && !strings.Contains(contentType, "charset=") {
			contentType = "text/xml; charset=" + string(m[1])
		}
		enc, _, _ := charset.DetermineEncoding(data, contentType)
		if decoded, err := enc.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
		data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return bytes.TrimPrefix(data, []byte("\uFEFF"))
}
