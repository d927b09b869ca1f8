package faketelegram

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Entity is one stretch of formatting. Offset and Length count UTF-16 units of the plain text.
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
	User   *User  `json:"user,omitempty"`
}

var (
	referencePattern = regexp.MustCompile(`&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z]+);?`)
	startPattern     = regexp.MustCompile(`^<([^\s>]*)`)
	attributePattern = regexp.MustCompile(`^\s+([^\s=>]+)(\s*=\s*("[^"]*"?|'[^']*'?|[a-zA-Z0-9.-]+))?`)
	closePattern     = regexp.MustCompile(`^\s*>`)
	endPattern       = regexp.MustCompile(`^</([^\s>]*)\s*>`)
)

// parseHTML reads parse_mode HTML as the server does and returns the plain text, trimmed, with its entities. Its errors
// carry the server's words (tdlib MessageEntity.cpp). <span> and <tg-emoji>, which the server knows, are refused: no
// message of ours needs them.
func parseHTML(source string) (string, []Entity, error) {
	r := htmlReader{source: source}
	for r.pos < len(source) {
		if err := r.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(r.open); n > 0 {
		return "", nil, cantParse(`Can't find end tag corresponding to start tag "%s"`, r.open[n-1].name)
	}
	slices.SortStableFunc(r.entities, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	text, entities := trim(r.plain.String(), r.entities)
	return text, entities, nil
}

func cantParse(format string, values ...any) error {
	return malformed("can't parse entities: " + fmt.Sprintf(format, values...))
}

type htmlReader struct {
	source   string
	pos      int // bytes of source read
	plain    strings.Builder
	units    int // UTF-16 units in plain
	open     []startTag
	entities []Entity
}

type startTag struct {
	name       string
	link       string
	expandable bool
	offset     int
}

func (r *htmlReader) step() error {
	rest := r.source[r.pos:]
	switch {
	case strings.HasPrefix(rest, "</"):
		return r.endTag(rest)
	case rest[0] == '<':
		return r.startTag(rest)
	}
	text, _, _ := strings.Cut(rest, "<")
	plain := unescape(text)
	r.plain.WriteString(plain)
	r.units += utf16Len(plain)
	r.pos += len(text)
	return nil
}

// unescape decodes character references. The server knows four names and numbers; any other ampersand stands for
// itself.
func unescape(text string) string {
	return referencePattern.ReplaceAllStringFunc(text, func(reference string) string {
		name := strings.Trim(reference, "&;")
		if plain, ok := map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`}[name]; ok {
			return plain
		}
		digits, numeric := strings.CutPrefix(name, "#")
		base := 10
		if hex, ok := strings.CutPrefix(digits, "x"); ok {
			digits, base = hex, 16
		}
		code, err := strconv.ParseInt(digits, base, 32)
		if !numeric || err != nil || code == 0 || !utf8.ValidRune(rune(code)) {
			return reference
		}
		return string(rune(code))
	})
}

func (r *htmlReader) startTag(rest string) error {
	m := startPattern.FindStringSubmatch(rest)
	tag := startTag{name: strings.ToLower(m[1]), offset: r.units}
	n := len(m[0])
	if n == len(rest) {
		return cantParse("Unclosed start tag at byte offset %d", r.pos)
	}
	if tag.kind() == "" {
		return cantParse(`Unsupported start tag "%s" at byte offset %d`, tag.name, r.pos)
	}
	for !closePattern.MatchString(rest[n:]) {
		attribute := attributePattern.FindStringSubmatch(rest[n:])
		if attribute == nil {
			return cantParse("Unclosed start tag at byte offset %d", r.pos)
		}
		if !tag.set(attribute[1], attribute[3]) {
			return cantParse(`Expected equal sign in declaration of an attribute of the tag "%s" at byte offset %d`, tag.name, r.pos)
		}
		n += len(attribute[0])
	}
	r.open = append(r.open, tag)
	r.pos += n + len(closePattern.FindString(rest[n:]))
	return nil
}

// set takes one attribute and reports whether it may stand like that: only expandable goes without a value. Attributes
// that mean nothing are ignored.
func (t *startTag) set(name, quoted string) bool {
	if t.name == "blockquote" && name == "expandable" {
		t.expandable = true
		return true
	}
	if t.name == "a" && name == "href" {
		t.link = unescape(strings.Trim(quoted, `"'`))
	}
	return quoted != ""
}

func (r *htmlReader) endTag(rest string) error {
	if len(r.open) == 0 {
		return cantParse("Unexpected end tag at byte offset %d", r.pos)
	}
	m := endPattern.FindStringSubmatch(rest)
	if m == nil {
		return cantParse("Unclosed end tag at byte offset %d", r.pos)
	}
	tag := r.open[len(r.open)-1]
	if name := strings.ToLower(m[1]); name != "" && name != tag.name {
		return cantParse(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, r.pos, tag.name, name)
	}
	if e, ok := tag.entity(r.units - tag.offset); ok {
		r.entities = append(r.entities, e)
	}
	r.open = r.open[:len(r.open)-1]
	r.pos += len(m[0])
	return nil
}

// entity is what the tag means over length units; an empty stretch or a link nobody can open means nothing.
func (t startTag) entity(length int) (Entity, bool) {
	e := Entity{Type: t.kind(), Offset: t.offset, Length: length}
	if t.name != "a" {
		return e, length > 0
	}
	if u, err := url.Parse(t.link); err == nil && u.Scheme == "tg" && u.Host == "user" {
		id, err := strconv.ParseInt(u.Query().Get("id"), 10, 64)
		e.Type, e.User = "text_mention", &User{ID: id}
		return e, length > 0 && err == nil
	}
	e.URL = t.link
	return e, length > 0 && validLink(t.link)
}

// kind returns the entity type of a tag, "" for a tag the server does not know.
func (t startTag) kind() string {
	switch t.name {
	case "b", "strong":
		return "bold"
	case "i", "em":
		return "italic"
	case "u", "ins":
		return "underline"
	case "s", "strike", "del":
		return "strikethrough"
	case "tg-spoiler":
		return "spoiler"
	case "a":
		return "text_link"
	case "blockquote":
		if t.expandable {
			return "expandable_blockquote"
		}
		return "blockquote"
	case "code", "pre":
		return t.name
	}
	return ""
}

// trim cuts white space off both ends of the text and off the entities that covered it.
func trim(text string, entities []Entity) (string, []Entity) {
	shift := utf16Len(text) - utf16Len(strings.TrimLeftFunc(text, unicode.IsSpace))
	text = strings.TrimSpace(text)
	end := utf16Len(text)
	var kept []Entity
	for _, e := range entities {
		from, to := max(e.Offset-shift, 0), min(e.Offset+e.Length-shift, end)
		if from < to {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	return text, kept
}
