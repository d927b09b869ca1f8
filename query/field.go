package query

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/siaga-id/siaga/source"
)

// fieldNode asks for something about a post that is not its text.
type fieldNode struct {
	where
	name, op string
	value    string // of the others
	number   int    // of tier and reach
}

func textFields() []string { return []string{"source", "site", "kind", "lang", "outlet"} }

func numberFields() []string { return []string{"tier", "reach"} }

func kindNames() []string {
	var names []string
	for _, k := range []source.Kind{source.News, source.Social, source.Video, source.Forum, source.Handed} {
		names = append(names, string(k))
	}
	return names
}

// splitField cuts name:value; ok is false for what has no name before a sign.
func splitField(s string, at where) (f *fieldNode, ok bool) {
	i := strings.IndexAny(s, ":<>=")
	if i <= 0 || strings.ContainsFunc(s[:i], func(r rune) bool { return r < 'A' || r > 'z' || 'Z' < r && r < 'a' }) {
		return nil, false
	}
	f = &fieldNode{where: at, name: s[:i]}
	for _, op := range []string{"<=", ">=", "<", ">", "=", ":"} { // longer ones first
		if value, found := strings.CutPrefix(s[i:], op); found {
			f.op, f.value = op, value
			break
		}
	}
	return f, true
}

func (p *parser) field(f *fieldNode) node {
	switch {
	case slices.Contains(textFields(), f.name):
		p.textField(f)
	case slices.Contains(numberFields(), f.name):
		p.numberField(f)
	case strings.HasPrefix(f.value, "//"):
		p.fail(f.where, "an address is not searched", "use source: or outlet: to choose where a post comes from")
	default:
		p.fail(f.cut(0, len(f.name)), fmt.Sprintf("there is no field %q", f.name),
			didYouMean(f.name, append(textFields(), numberFields()...), "fields"))
	}
	return f
}

func (p *parser) textField(f *fieldNode) {
	value := f.cut(len(f.name)+len(f.op), len(f.value))
	if f.op != ":" {
		p.fail(f.cut(len(f.name), len(f.op)), f.name+" cannot be compared by "+f.op, "write "+f.name+":"+cmp.Or(f.value, "..."))
		return
	}
	if r, _ := utf8.DecodeRuneInString(p.src[p.pos:]); f.value == "" && strings.ContainsRune(quotes, r) {
		f.value, value = p.quotedText()
		f.length = p.pos - f.offset
	}
	f.value = strings.TrimSpace(f.value)
	switch {
	case p.err != nil:
	case f.value == "":
		p.fail(f.where, f.name+": has no value", "write it right after the colon, without a space")
	case f.name == "kind" && !slices.Contains(kindNames(), f.value):
		p.fail(value, fmt.Sprintf("there is no kind %q", f.value), didYouMean(f.value, kindNames(), "kinds"))
	}
}

func (p *parser) numberField(f *fieldNode) {
	value := f.cut(len(f.name)+len(f.op), len(f.value))
	n, err := strconv.Atoi(f.value)
	switch {
	case f.op == ":":
		p.fail(f.cut(len(f.name), 1), f.name+" is a number and takes < <= = >= >", fmt.Sprintf("write %s=%s", f.name, cmp.Or(f.value, "1")))
	case f.value == "":
		p.fail(f.where, f.name+" has no number to compare with", "write it without spaces, such as "+f.name+f.op+"2")
	case err != nil || n < 0:
		p.fail(value, fmt.Sprintf("%q is not a whole number", f.value), "write digits only, such as 10000")
	case f.name == "tier" && (n < 1 || n > 3):
		p.fail(value, "tiers are 1 (national), 2 (regional) and 3 (local)", "")
	}
	f.value, f.number = "", n
}

func (f *fieldNode) String() string {
	if slices.Contains(numberFields(), f.name) {
		return f.name + f.op + strconv.Itoa(f.number)
	}
	if strings.ContainsFunc(f.value, endsChunk) {
		return f.name + `:"` + f.value + `"`
	}
	return f.name + ":" + f.value
}

// Unknown returns the fields that ask for a value which is not among those
// known by the name of the field (source, site, ...). What is known of no value
// is not judged.
func (q *Query) Unknown(known map[string][]string) []Error {
	var out []Error
	for n := range walk(q.root) {
		f, ok := n.(*fieldNode)
		if !ok || known[f.name] == nil || slices.Contains(known[f.name], f.value) {
			continue
		}
		out = append(out, *f.problem(fmt.Sprintf("there is no %s %q", f.name, f.value), didYouMean(f.value, known[f.name], f.name+"s")))
	}
	return out
}

// accepts reports whether the post is what the field asks for. An unknown tier
// is neither high nor low, so no comparison accepts it.
func (f *fieldNode) accepts(p *source.Post) bool {
	switch f.name {
	case "source":
		return strings.EqualFold(p.Source, f.value)
	case "site":
		return strings.EqualFold(p.Site, f.value)
	case "kind":
		return string(p.Kind) == f.value
	case "lang":
		return isLanguage(p.Lang, f.value)
	case "outlet":
		return strings.EqualFold(p.Outlet, f.value)
	case "tier":
		return p.Tier != 0 && f.compare(p.Tier)
	default:
		return f.compare(p.Reach)
	}
}

// isLanguage reports whether a tag is the language asked for, or a variety of
// it: id-ID is id.
func isLanguage(tag, want string) bool {
	if len(tag) > len(want) && tag[len(want)] == '-' {
		tag = tag[:len(want)]
	}
	return strings.EqualFold(tag, want)
}

func (f *fieldNode) compare(n int) bool {
	switch f.op {
	case "<":
		return n < f.number
	case "<=":
		return n <= f.number
	case ">":
		return n > f.number
	case ">=":
		return n >= f.number
	default:
		return n == f.number
	}
}
