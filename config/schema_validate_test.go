package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// node is one schema as editors read it. Unlike type schema it is made of the
// printed text, and so tests what we hand out.
type node struct {
	Dialect, Title, Description    string
	Default                        any
	Type, Enum, Required           []string
	Pattern                        string
	MinLength                      int
	Minimum, Maximum               *float64
	Above                          *float64 `json:"exclusiveMinimum"`
	PropertyNames, Items, If, Then *node
	Additional                     *node `json:"additionalProperties"`
	Properties                     map[string]*node
	AnyOf, OneOf, AllOf            []*node
	nothing                        bool
}

func (n *node) UnmarshalJSON(data []byte) error {
	if string(data) == "false" {
		n.nothing = true
		return nil
	}
	type plain node
	into := struct {
		*plain
		Dialect string `json:"$schema"`
	}{plain: (*plain)(n)}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields() // a keyword that is not checked here would be a promise that nobody tests
	if err := dec.Decode(&into); err != nil {
		return err
	}
	n.Dialect = into.Dialect
	return nil
}

func readSchema(t *testing.T, kind string) *node {
	t.Helper()
	text, err := Schema(kind)
	if err != nil {
		t.Fatal(err)
	}
	var n node
	if err := json.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	return &n
}

// refusal is one thing that a schema has against a value: the keyword, and
// where in the value.
type refusal struct{ keyword, at string }

// check validates a value as JSON Schema says, as far as our schemas go, and
// returns everything that is against it.
func (n *node) check(v any, at string) (out []refusal) {
	if n.nothing {
		return []refusal{{"false", at}}
	}
	if len(n.Type) > 0 && !slices.ContainsFunc(typesOf(v), func(t string) bool { return slices.Contains(n.Type, t) }) {
		_, number := v.(float64)
		if number && slices.Equal(n.Type, []string{"string"}) {
			return []refusal{{"form", at}} // the decoder takes it as text, and a check looks at the form
		}
		return []refusal{{"type", at}}
	}
	switch v := v.(type) {
	case map[string]any:
		out = n.checkObject(v, at)
	case []any:
		for i, item := range v {
			if n.Items != nil {
				out = append(out, n.Items.check(item, fmt.Sprintf("%s[%d]", at, i))...)
			}
		}
	case string:
		out = n.checkText(v, at)
	case float64:
		if n.Minimum != nil && v < *n.Minimum || n.Maximum != nil && v > *n.Maximum || n.Above != nil && v <= *n.Above {
			out = []refusal{{"range", at}}
		}
	}
	return append(out, n.checkCombined(v, at)...)
}

func (n *node) checkText(v, at string) []refusal {
	switch {
	case len(n.Enum) > 0 && !slices.Contains(n.Enum, v):
		return []refusal{{"enum", at}}
	case n.Pattern != "" && !regexp.MustCompile(n.Pattern).MatchString(v):
		return []refusal{{"pattern", at}}
	case utf8.RuneCountInString(v) < n.MinLength:
		return []refusal{{"minLength", at}}
	}
	return nil
}

func (n *node) checkObject(v map[string]any, at string) (out []refusal) {
	for _, name := range n.Required {
		if _, ok := v[name]; !ok {
			out = append(out, refusal{"required", at + "." + name})
		}
	}
	for name, field := range v {
		below := n.Properties[name]
		if below == nil {
			below = n.Additional
		}
		if n.PropertyNames != nil && len(n.PropertyNames.check(name, at)) > 0 {
			out = append(out, refusal{"propertyNames", at + "." + name})
		}
		if below != nil {
			out = append(out, below.check(field, at+"."+name)...)
		}
	}
	return out
}

func (n *node) checkCombined(v any, at string) (out []refusal) {
	fits := func(list []*node) int {
		sum := 0
		for _, one := range list {
			if len(one.check(v, at)) == 0 {
				sum++
			}
		}
		return sum
	}
	if len(n.AnyOf) > 0 && fits(n.AnyOf) == 0 {
		out = append(out, refusal{"anyOf", at})
	}
	if len(n.OneOf) > 0 && fits(n.OneOf) != 1 {
		out = append(out, refusal{"oneOf", at})
	}
	if fits(n.AllOf) != len(n.AllOf) {
		out = append(out, refusal{"allOf", at})
	}
	if n.If != nil && len(n.If.check(v, at)) == 0 {
		out = append(out, n.Then.check(v, at)...)
	}
	return out
}

func typesOf(v any) []string {
	switch v := v.(type) {
	case nil:
		return []string{"null"}
	case bool:
		return []string{"boolean"}
	case string:
		return []string{"string"}
	case []any:
		return []string{"array"}
	case float64:
		if v == math.Trunc(v) {
			return []string{"number", "integer"}
		}
		return []string{"number"}
	}
	return []string{"object"}
}

// value is what an editor makes of YAML: JSON, with dates as text.
func value(text string) (any, error) {
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		return nil, err
	}
	data, err := json.Marshal(dated(v))
	if err != nil {
		return nil, err
	}
	var out any
	err = json.Unmarshal(data, &out)
	return out, err
}

func dated(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case map[string]any:
		for key := range v {
			v[key] = dated(v[key])
		}
	case []any:
		for i := range v {
			v[i] = dated(v[i])
		}
	}
	return v
}
