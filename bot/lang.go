package bot

import (
	"embed"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/siaga-id/siaga/text"
)

//go:embed lang/id.yaml lang/en.yaml
var catalogues embed.FS

// Lang says things in one language.
type Lang struct {
	code string
	says map[phrase]string
}

// NewLang reads the catalogue of a language: "id" or "en".
func NewLang(code string) (*Lang, error) {
	if code != "id" && code != "en" {
		return nil, fmt.Errorf("language %q: want id or en", code)
	}
	file, err := catalogues.ReadFile("lang/" + code + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	l := &Lang{code: code}
	if err := yaml.Unmarshal(file, &l.says); err != nil {
		return nil, fmt.Errorf("read catalogue %s: %w", code, err)
	}
	return l, nil
}

// say fills args, pairs of a name and its value, into a phrase. Braces in a
// value mean nothing.
func (l *Lang) say(key phrase, args ...string) string {
	return fill(l.says[key], args...)
}

func fill(form string, args ...string) string {
	pairs := make([]string, len(args))
	for i, arg := range args {
		if i%2 == 0 {
			arg = "{" + arg + "}"
		}
		pairs[i] = arg
	}
	return strings.NewReplacer(pairs...).Replace(form)
}

// Say returns a sentence that only one transport needs, such as
// "telegram.private". A key that is not in the catalogue is its own sentence.
func (l *Lang) Say(key string) string {
	if said, ok := l.says[phrase(key)]; ok {
		return said
	}
	return key
}

// count says how many, in the form that the language has for n.
func (l *Lang) count(key phrase, n int) string {
	one, many, _ := strings.Cut(l.says[key], "|")
	if n == 1 || many == "" {
		many = one
	}
	return fill(many, "n", strconv.Itoa(n))
}

// More says that n blocks were left out.
func (l *Lang) More(n int) string { return l.say(cardMore, "n", strconv.Itoa(n)) }

// pick returns the Indonesian or the English one.
func (l *Lang) pick(names [2]string) string {
	if l.code == "en" {
		return names[1]
	}
	return names[0]
}

// one returns at most limit runes of what comes from outside, on one line and
// without anything that cannot be seen. What is written from right to left
// stands in an isolate, whose two marks are not counted.
func one(s string, limit int) string {
	line := text.Excerpt(s, 0, 0, limit)
	if strings.IndexFunc(line, rightToLeft) >= 0 {
		line = Isolate + line + release
	}
	return line
}

// upper makes the first letter a capital, as on a button.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return ""
}
