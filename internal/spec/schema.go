package spec

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Schema is a JSON Schema (draft 07) as far as Slack's need it.
type Schema struct {
	root        *node
	definitions map[string]*node
}

// node is one schema within another. Each keyword it knows is checked; others
// are refused when the file is read, for they would be checked by nobody.
type node struct {
	Ref         string `json:"$ref"`
	Type        string
	Const       any
	Enum        []any
	Required    []string
	Properties  map[string]*node
	Additional  *node `json:"additionalProperties"`
	Items       *node
	MinLength   int
	MaxLength   *int // in code points
	MaxItems    *int
	AnyOf       []*node
	AllOf       []*node
	Description string

	nothing bool // the schema "false"
}

func (n *node) UnmarshalJSON(data []byte) error {
	if string(data) == "false" {
		n.nothing = true
		return nil
	}
	type plain node // without this method
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode((*plain)(n))
}

// readSchema returns nil where the file is absent.
func readSchema(name string) *Schema {
	var s Schema
	if !mustRead(name, &s) {
		return nil
	}
	return &s
}

// UnmarshalJSON reads a schema whose definitions stand at its root.
func (s *Schema) UnmarshalJSON(data []byte) error {
	var file struct {
		Ref         string `json:"$ref"`
		Definitions map[string]*node
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return err
	}
	s.root, s.definitions = &node{Ref: file.Ref}, file.Definitions
	for name, def := range s.definitions {
		if err := s.resolvable(def); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return s.resolvable(s.root)
}

// resolvable checks every reference once, so that Check need not.
func (s *Schema) resolvable(n *node) error {
	if n == nil {
		return nil
	}
	if n.Ref != "" && s.definitions[strings.TrimPrefix(n.Ref, "#/definitions/")] == nil {
		return fmt.Errorf("no definition %q", n.Ref)
	}
	below := slices.Concat(n.AnyOf, n.AllOf, []*node{n.Items, n.Additional}, slices.Collect(maps.Values(n.Properties)))
	for _, child := range below {
		if err := s.resolvable(child); err != nil {
			return err
		}
	}
	return nil
}

// Check returns everything that the schema has against decoded JSON, each with
// a JSON pointer to where. A nil schema has nothing against anything.
func (s *Schema) Check(value any) []string {
	if s == nil {
		return nil
	}
	return s.check(s.root, "", value)
}

func (s *Schema) check(n *node, at string, value any) (faults []string) {
	fail := func(format string, args ...any) {
		faults = append(faults, fmt.Sprintf(format, args...)+" at "+cmp.Or(at, "/"))
	}
	switch {
	case n.nothing:
		fail("not a known property")
		return faults
	case n.Ref != "":
		return s.check(s.definitions[strings.TrimPrefix(n.Ref, "#/definitions/")], at, value)
	case n.Type != "" && !is(value, n.Type):
		fail("not of type %s", n.Type)
		return faults
	case n.Const != nil && value != n.Const:
		fail("not %v", n.Const)
	case n.Enum != nil && !slices.Contains(n.Enum, value):
		fail("none of %v", n.Enum)
	}
	switch value := value.(type) {
	case string:
		if size := utf8.RuneCountInString(value); size < n.MinLength || n.MaxLength != nil && size > *n.MaxLength {
			fail("%d characters", size)
		}
	case []any:
		if n.MaxItems != nil && len(value) > *n.MaxItems {
			fail("%d items", len(value))
		}
		faults = append(faults, s.items(n, at, value)...)
	case map[string]any:
		faults = append(faults, s.fields(n, at, value)...)
	}
	for _, all := range n.AllOf {
		faults = append(faults, s.check(all, at, value)...)
	}
	return append(faults, s.closest(n.AnyOf, at, value)...)
}

func (s *Schema) items(n *node, at string, list []any) (faults []string) {
	if n.Items == nil {
		return nil
	}
	for i, item := range list {
		faults = append(faults, s.check(n.Items, at+"/"+strconv.Itoa(i), item)...)
	}
	return faults
}

func (s *Schema) fields(n *node, at string, object map[string]any) (faults []string) {
	for _, name := range n.Required {
		if _, ok := object[name]; !ok {
			faults = append(faults, "missing at "+at+"/"+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if field := cmp.Or(n.Properties[name], n.Additional); field != nil {
			faults = append(faults, s.check(field, at+"/"+name, object[name])...)
		}
	}
	return faults
}

// closest returns nil if one of the schemas fits, and otherwise what those
// have against the value that want its type, the shortest list of them.
func (s *Schema) closest(choices []*node, at string, value any) (best []string) {
	for i, choice := range choices {
		faults := s.check(choice, at, value)
		if len(faults) == 0 {
			return nil
		}
		if i == 0 || distance(faults, at) < distance(best, at) {
			best = faults
		}
	}
	return best
}

// distance makes a wrong type outweigh everything else.
func distance(faults []string, at string) int {
	const wrongType = 1000
	n := len(faults)
	for _, f := range faults {
		if strings.HasSuffix(f, " at "+at+"/type") {
			n += wrongType
		}
	}
	return n
}

func is(value any, kind string) bool {
	switch value.(type) {
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number"
	case []any:
		return kind == "array"
	case map[string]any:
		return kind == "object"
	}
	return false
}
