package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHTMLIsReducedToWhatAReaderSees(t *testing.T) {
	for markup, want := range map[string]string{
		"pa<b>brik</b> <i>semen</i>":                 "pabrik semen",
		"<p>satu</p><p>dua</p>tiga<br>empat":         "satu dua tiga empat",
		"de<!-- x -->bu":                             "debu",
		"a &amp; b &#8220;c&#8221;&nbsp;d":           "a & b “c” d",
		"x<script>alert('<p>debu</p>')</script>y":    "x y",
		"x<style>p{}</style>y<noscript>z</noscript>": "x y",
		"harga <5 ribu, a < b":                       "harga <5 ribu, a < b",
		"<img src='a.jpg' alt='foto'>Teks":           "Teks",
		"terpotong <a href=\"http://":                "terpotong",
		"  spasi \t\r\n  lebar\u00a0\u2003sekali ":   "spasi lebar sekali",
		"<script>tak ditutup":                        "",
		"caf\u0065\u0301":                            "caf\u00e9",
	} {
		if got := compose("", plain(markup)); got != want {
			t.Errorf("%q: got %q, want %q", markup, got, want)
		}
	}
}

func TestTextIsCutInRunes(t *testing.T) {
	long := strings.Repeat("é ", 2*maxText)
	got := compose("Judul", plain(long))
	if n := utf8.RuneCountInString(got); n != maxText || !strings.HasPrefix(got, "Judul\né é") {
		t.Errorf("%d runes, starting %q", n, got[:20])
	}
}

func TestTextInAnyEncodingBecomesUTF8(t *testing.T) {
	for _, c := range []struct{ name, in, contentType, want string }{
		{"UTF-8 with mark", "\xef\xbb\xbfé", "", "é"},
		{"UTF-8 whatever the header says", "é", "text/xml; charset=iso-8859-1", "é"},
		{"header", "\xe9", "text/xml; charset=iso-8859-2", "é"},
		{"declaration", `<?xml version="1.0" encoding="koi8-r"?>` + "\xc4", "text/xml", `<?xml version="1.0" encoding="koi8-r"?>д`},
		{"header before declaration", `<?xml version="1.0" encoding="koi8-r"?>` + "\xe9", "text/xml; charset=windows-1252", `<?xml version="1.0" encoding="koi8-r"?>é`},
		{"neither", "\x93x\x94", "", "“x”"},
		{"UTF-16 with mark", "\xff\xfed\x00e\x00\xe9\x00", "", "deé"},
		{"broken UTF-8", "a\xffb", "text/xml; charset=utf-8", "a\uFFFDb"},
	} {
		if got := string(toUTF8([]byte(c.in), c.contentType)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
