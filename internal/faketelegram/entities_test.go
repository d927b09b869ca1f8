package faketelegram

import (
	"html"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestHTMLBecomesTextAndEntities(t *testing.T) {
	entity := func(kind string, offset, length int) Entity {
		return Entity{Type: kind, Offset: offset, Length: length}
	}
	tests := []struct {
		source, text string
		entities     []Entity
	}{
		{"polos", "polos", nil},
		{"<b>🟠</b> <i>x</i>", "🟠 x", []Entity{entity("bold", 0, 2), entity("italic", 3, 1)}},
		{"<B>a</b><strong>b</>", "ab", []Entity{entity("bold", 0, 1), entity("bold", 1, 1)}},
		{"<b><i>a</i>b</b>", "ab", []Entity{entity("bold", 0, 2), entity("italic", 0, 1)}},
		{"<u>a</u><s>b</s><code>c</code><pre>d</pre>", "abcd", []Entity{
			entity("underline", 0, 1), entity("strikethrough", 1, 1), entity("code", 2, 1), entity("pre", 3, 1),
		}},
		{"<blockquote>a</blockquote>", "a", []Entity{entity("blockquote", 0, 1)}},
		{"<blockquote expandable >a</blockquote>", "a", []Entity{entity("expandable_blockquote", 0, 1)}},
		{"<tg-spoiler>a</tg-spoiler>", "a", []Entity{entity("spoiler", 0, 1)}},
		{`<a href="https://contoh.id/?a=1&amp;b=2">a</a>`, "a", []Entity{{Type: "text_link", Length: 1, URL: "https://contoh.id/?a=1&b=2"}}},
		{`<a href='tg://user?id=111' class=x>a</a>`, "a", []Entity{{Type: "text_mention", Length: 1, User: &User{ID: 111}}}},
		{`<a href="contoh">a</a><a>b</a>`, "ab", nil},
		{"<b></b>a", "a", nil},
		{"&lt;b&gt; &amp; &quot;&#39;&#x1F534;", `<b> & "'🔴`, nil},
		{"&nbsp;&& &lt &#0;&#xD800;&lth;", "&nbsp;&& < &#0;&#xD800;&lth;", nil},
		{" \n<b> a </b> ", "a", []Entity{entity("bold", 0, 1)}},
		{"a <b> </b>", "a", nil},
	}
	for _, tt := range tests {
		text, entities, err := parseHTML(tt.source)
		if err != nil || text != tt.text || !reflect.DeepEqual(entities, tt.entities) {
			t.Errorf("%s\n got %q %+v, %v\nwant %q %+v", tt.source, text, entities, err, tt.text, tt.entities)
		}
	}
}

func TestBrokenHTMLIsRefusedInTheServersWords(t *testing.T) {
	tests := map[string]string{
		"<b>a":                `Can't find end tag corresponding to start tag "b"`,
		"a <3 kamu":           `Unsupported start tag "3" at byte offset 2`,
		"<br/>":               `Unsupported start tag "br/" at byte offset 0`,
		"<h1>a</h1>":          `Unsupported start tag "h1" at byte offset 0`,
		"a < b":               `Unsupported start tag "" at byte offset 2`,
		"é<b":                 "Unclosed start tag at byte offset 2",
		`<a href="x>a</a>`:    "Unclosed start tag at byte offset 0",
		"a</b>":               "Unexpected end tag at byte offset 1",
		"<b>a</b":             "Unclosed end tag at byte offset 4",
		"<b><i>a</b></i>":     `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
		"<b expandable>a</b>": `Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0`,
	}
	for source, want := range tests {
		_, _, err := parseHTML(source)
		if err == nil || err.Error() != "Bad Request: can't parse entities: "+want {
			t.Errorf("%s: %v", source, err)
		}
	}
}

// Any text that is escaped reads back as itself, and whatever parses has its entities inside its text.
func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{
		"🟠 <b>WASPADA</b> · ISU-42", "<blockquote expandable>\"genteng putih\"</blockquote>", "a & b < c > d",
		`<a href="tg://user?id=1">Sari</a>`, "&#x1F534;&#0;", "<b><i></b>", "</", "<a href='", "\u2003 x \u00a0",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if utf8.ValidString(source) {
			text, entities, err := parseHTML(html.EscapeString(source))
			if err != nil || text != strings.TrimSpace(source) || len(entities) > 0 {
				t.Errorf("escaped %q reads as %q %v, %v", source, text, entities, err)
			}
		}
		text, entities, err := parseHTML(source)
		if err != nil {
			return
		}
		units := len(utf16.Encode([]rune(text)))
		for _, e := range entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > units {
				t.Errorf("%q: entity %+v outside %d units", source, e, units)
			}
		}
	})
}
