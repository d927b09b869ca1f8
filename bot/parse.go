package bot

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/siaga-id/siaga/incident"
	"github.com/siaga-id/siaga/text"
)

// order is a line that was meant for us.
type order struct {
	typed string // the first word as it was written, for an answer that quotes it
	name  string // the verb, lower case, with hyphens; "" asks for help
	rest  string // what follows, with its line breaks
	under bool   // it followed "/isu", where a word may be a verb or what an issue is about
}

// mention is how transports write the bot's own name at the start of a line.
const mention = "@siaga"

// parse reads "/ambil 42", "/ambil@siagabot 42", "@siaga ambil 42" and, as
// Slack has one command only, "/isu ambil 42". ok is false for free talk.
func parse(line string) (o order, ok bool) {
	first, rest := cutWord(text.Clean(line))
	switch {
	case strings.EqualFold(first, mention):
		first, rest = cutWord(rest)
		first = strings.TrimPrefix(first, "/")
	case strings.HasPrefix(first, "/"):
		first, _, _ = strings.Cut(first[1:], "@")
		if !isName(first) {
			return order{}, false
		}
	default:
		return order{}, false
	}
	o = order{typed: first, name: fold(first), rest: rest}
	if isUmbrella(o.name) {
		if word, after := cutWord(rest); isName(strings.TrimPrefix(word, "/")) && !isID(word) {
			word = strings.TrimPrefix(word, "/")
			o = order{typed: word, name: fold(word), rest: after, under: true}
		}
	}
	return o.joined(), true
}

// joined takes the name of a verb that was written as two words for one, as
// people write "/kenapa tidak" and "/muat ulang".
func (o order) joined() order {
	word, after := cutWord(o.rest)
	for _, between := range []string{"-", ""} {
		if v, ok := find(o.name + between + fold(word)); ok && word != "" {
			o.name, o.rest = v.names[0], after
			return o
		}
	}
	return o
}

// isUmbrella reports whether a name may stand before any verb.
func isUmbrella(name string) bool {
	return name == "isu" || name == "issue" || name == "issues"
}

// fold makes Telegram's spelling of a name, in which "_" stands for "-", ours.
func fold(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, "_", "-"))
}

// isName reports whether word looks like the name of a command: anything else
// after a slash is a path, a fraction or a date.
func isName(word string) bool {
	odd := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' }
	return word != "" && len(word) <= 32 && !strings.ContainsFunc(word, odd)
}

func isID(word string) bool {
	_, err := incident.ParseID(word)
	return err == nil
}

// cutWord splits s after its first word.
func cutWord(s string) (word, rest string) {
	s = strings.TrimSpace(s)
	i := strings.IndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimSpace(s[i:])
}

// subject finds the incident that a command is about: the one it names, or
// else the one whose card it replies to. In a reply a bare number that is not
// the card's own begins the text, as in "/catat 12 rumah retak" on ISU-42;
// commands without a text have no use for such a number but as an id.
func subject(rest string, on incident.ID, hasText bool) (incident.ID, string, bool) {
	word, after := cutWord(rest)
	next, left := cutWord(after)
	named := isUmbrella(fold(word)) && isID(next) // "isu 42"
	if named {
		word, after = next, left
	}
	id, err := incident.ParseID(word)
	bare := !named && !unicode.IsLetter([]rune(word + " ")[0])
	switch {
	case err != nil, bare && hasText && on != 0 && id != on:
		return on, rest, on != 0
	}
	return id, after, true
}

// maxItem bounds the number of a draft or promise.
const maxItem = 9999

// parseItem reads a draft or promise as people name it: 42.1, ISU-42.1, also
// with a stop or comma after it.
func parseItem(word string) (id incident.ID, n int, ok bool) {
	word = strings.TrimRight(word, ",:;.!")
	dot := strings.LastIndexByte(word, '.')
	if dot < 0 {
		return 0, 0, false
	}
	id, err := incident.ParseID(word[:dot])
	n, bad := strconv.Atoi(word[dot+1:])
	return id, n, err == nil && bad == nil && n > 0 && n <= maxItem
}

// cutItem takes the number of a draft off the incident's in front of s: "42.2
// ya" is 2 and "42 ya". n is 0 where there is none.
func cutItem(s string) (n int, rest string) {
	word, after := cutWord(s)
	id, n, ok := parseItem(word)
	if !ok {
		return 0, s
	}
	return n, number(id) + " " + after
}

// number is the id as people type it.
func number(id incident.ID) string { return strconv.FormatUint(uint64(id), 10) }
