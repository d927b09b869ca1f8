package config

import (
	"fmt"
	"iter"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/siaga-id/siaga/text"
)

// maxValues bounds what aliases can make of one file. 1 MiB of YAML holds
// fewer values than this if they are words of four letters.
const maxValues = 200_000

// decoder puts the nodes of one file into Go values and notes everything that
// does not fit, with its place. yaml.Node.Decode would stop at the first
// mistake of a kind and forget the columns.
type decoder struct {
	file   *file
	errs   *Errors
	values int
	merges int
}

// fitter is a type that takes a node in by itself.
type fitter interface {
	fit(d *decoder, n *yaml.Node)
}

func (d *decoder) refuse(n *yaml.Node, msg, hint string) {
	*d.errs = append(*d.errs, place{d.file, n}.problem(msg, hint))
}

// want refuses a node that is something else. Text is not repeated where a
// mapping or a list belongs: it may be a secret in the wrong place.
func (d *decoder) want(n *yaml.Node, what string) {
	got := "text"
	switch {
	case n.Kind == yaml.MappingNode:
		got = "a mapping"
	case n.Kind == yaml.SequenceNode:
		got = "a list"
	case isNull(n):
		got = "nothing"
	case !strings.HasPrefix(what, "a mapping") && !strings.HasPrefix(what, "a list"):
		got = strconv.Quote(shorten(n.Value))
	}
	d.refuse(n, fmt.Sprintf("want %s, got %s", what, got), "")
}

// maxQuote is how much of a wrong value an error repeats, in runes.
const maxQuote = 40

func shorten(s string) string {
	if runes := []rune(s); len(runes) > maxQuote {
		return string(runes[:maxQuote]) + "…"
	}
	return s
}

// aliased returns the node that an alias stands for.
func aliased(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// enough reports, once with an error, that there are too many values.
func (d *decoder) enough(n *yaml.Node) bool {
	d.values++
	if d.values == maxValues {
		d.refuse(n, fmt.Sprintf("more than %d values in one file", maxValues), "every use of an anchor counts all that it holds")
	}
	return d.values >= maxValues
}

// into sets v to what n holds.
func (d *decoder) into(v reflect.Value, n *yaml.Node) {
	n = aliased(n)
	if d.enough(n) {
		return
	}
	if f, ok := v.Addr().Interface().(fitter); ok {
		f.fit(d, n)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.fields(v, n)
	case reflect.Slice:
		d.list(v, n)
	case reflect.String:
		d.text(v, n)
	case reflect.Bool:
		d.boolean(v, n)
	case reflect.Float64:
		d.decimal(v, n)
	default:
		d.number(v, n)
	}
}

// fields fills a struct from a mapping. The tag `yaml:"name,required"` says
// that a field must be there.
func (d *decoder) fields(v reflect.Value, n *yaml.Node) {
	if n.Kind != yaml.MappingNode && !isNull(n) {
		d.want(n, "a mapping")
		return
	}
	given := map[string]bool{}
	for _, p := range d.pairs(n) {
		given[p.key.Value] = true
		known := fieldNames(v.Type())
		if i := slices.Index(known, p.key.Value); i >= 0 {
			d.into(v.Field(i), p.value)
			continue
		}
		d.refuse(p.key, fmt.Sprintf("unknown field %q", shorten(p.key.Value)), nearest(p.key.Value, known))
		if meant, ok := text.Nearest(p.key.Value, known); ok {
			given[meant] = true
		}
	}
	for name, option := range tags(v.Type()) {
		if option == "required" && !given[name] {
			d.refuse(n, fmt.Sprintf("missing field %q", name), "")
		}
	}
}

// tags yields the name and the option of every field of a struct.
func tags(t reflect.Type) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for i := range t.NumField() {
			name, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
			if !yield(name, option) {
				return
			}
		}
	}
}

func fieldNames(t reflect.Type) []string {
	var names []string
	for name := range tags(t) {
		names = append(names, name)
	}
	return names
}

// maxKnown is how many names a hint lists when none is near to what was written.
const maxKnown = 10

// nearest is the hint after a name that does not exist.
func nearest(word string, among []string) string {
	if near, ok := text.Nearest(word, among); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(among) == 0 || len(among) > maxKnown {
		return ""
	}
	return "known: " + strings.Join(among, ", ")
}

func (d *decoder) list(v reflect.Value, n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		if !isNull(n) { // all of its items are comments
			d.want(n, "a list such as [a, b]")
		}
		return
	}
	for _, item := range n.Content {
		one := reflect.New(v.Type().Elem()).Elem()
		d.into(one, item)
		v.Set(reflect.Append(v, one))
	}
}

// text takes what was written, also of numbers and dates: a name or a figure
// is text to us, whatever YAML takes it for.
func (d *decoder) text(v reflect.Value, n *yaml.Node) {
	switch n.ShortTag() {
	case "!!str", "!!int", "!!float", "!!timestamp":
		if n.Kind == yaml.ScalarNode {
			v.SetString(n.Value)
			return
		}
	}
	if tag, _, ok := (place{d.file, n}).swallowed(); ok && isNull(n) {
		d.refuse(n, "want text, got nothing: to YAML, "+tag+" is a comment", "put ' before and after the text")
		return
	}
	d.want(n, "text")
}

func (d *decoder) boolean(v reflect.Value, n *yaml.Node) {
	if n.ShortTag() != "!!bool" {
		d.want(n, "true or false")
		return
	}
	v.SetBool(strings.EqualFold(n.Value, "true"))
}

func (d *decoder) decimal(v reflect.Value, n *yaml.Node) {
	f, err := strconv.ParseFloat(n.Value, 64)
	if tag := n.ShortTag(); tag != "!!int" && tag != "!!float" || err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		d.want(n, "a number such as 3 or 2.5")
		return
	}
	v.SetFloat(f)
}

func (d *decoder) number(v reflect.Value, n *yaml.Node) {
	i, err := strconv.ParseInt(n.Value, 10, 64)
	if n.ShortTag() != "!!int" || err != nil {
		d.want(n, "a whole number")
		return
	}
	v.SetInt(i)
}
