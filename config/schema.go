package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// schema is the part of JSON Schema that our files need. Editors and the
// tests know every keyword of it.
type schema struct {
	Dialect       string             `json:"$schema,omitempty"`
	Title         string             `json:"title,omitempty"`
	Description   string             `json:"description,omitempty"`
	Default       any                `json:"default,omitempty"`
	Type          []string           `json:"type,omitempty"`
	Enum          []string           `json:"enum,omitempty"`
	Pattern       string             `json:"pattern,omitempty"`
	MinLength     int                `json:"minLength,omitempty"`
	Minimum       *int64             `json:"minimum,omitempty"`
	Maximum       *int64             `json:"maximum,omitempty"`
	Above         *int64             `json:"exclusiveMinimum,omitempty"`
	PropertyNames *schema            `json:"propertyNames,omitempty"`
	Properties    map[string]*schema `json:"properties,omitempty"`
	Required      []string           `json:"required,omitempty"`
	Additional    *schema            `json:"additionalProperties,omitempty"`
	Items         *schema            `json:"items,omitempty"`
	AnyOf         []*schema          `json:"anyOf,omitempty"`
	OneOf         []*schema          `json:"oneOf,omitempty"`
	AllOf         []*schema          `json:"allOf,omitempty"`
	If            *schema            `json:"if,omitempty"`
	Then          *schema            `json:"then,omitempty"`

	nothing bool // takes no value at all: the schema false
}

// MarshalJSON writes the schema that takes nothing as false, which editors
// explain better than its equivalents.
func (s *schema) MarshalJSON() ([]byte, error) {
	if s.nothing {
		return []byte("false"), nil
	}
	type plain schema
	return json.Marshal((*plain)(s))
}

// dialect is the version of JSON Schema, which every schema of ours names.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// SchemaKinds returns the kinds of files that Schema describes.
func SchemaKinds() []string { return []string{"config", "rules", "facts"} }

// Schema returns the JSON Schema (draft 2020-12) of a kind of file: config for
// config.yaml, rules and facts for the files that it names. It is made of the
// structs that the decoder fills, and so refuses no field that the decoder
// takes and takes none that it refuses. The error names the kinds that exist.
func Schema(kind string) ([]byte, error) {
	docs := []any{document{}, ruleDocument{}, factDocument{}}
	i := slices.Index(SchemaKinds(), kind)
	if i < 0 {
		return nil, fmt.Errorf("there is no schema of %q (%s)", kind, nearest(kind, SchemaKinds()))
	}
	s := schemaOf(reflect.TypeOf(docs[i]))
	s.Dialect, s.Type = dialect, []string{"object"} // a file that holds nothing is refused
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	return b.Bytes(), nil
}

// schemaOf describes what decoder.into takes for a type, case by case as there.
func schemaOf(t reflect.Type) *schema {
	if f, ok := reflect.New(t).Interface().(described); ok {
		return f.schema()
	}
	switch t.Kind() {
	case reflect.Struct:
		return structSchema(t)
	case reflect.Slice:
		return &schema{Type: []string{"array", "null"}, Items: schemaOf(t.Elem())}
	case reflect.String:
		return &schema{Type: []string{"string", "number"}}
	case reflect.Bool:
		return &schema{Type: []string{"boolean"}}
	case reflect.Float64:
		return &schema{Type: []string{"number"}}
	default:
		return &schema{Type: []string{"integer"}}
	}
}

// structSchema describes what decoder.fields takes. A mapping that needs no
// field may be left empty.
func structSchema(t reflect.Type) *schema {
	notes := schemaNotes()
	s := &schema{Type: []string{"object", "null"}, Properties: map[string]*schema{}, Additional: &schema{nothing: true}}
	i := 0
	for name, option := range tags(t) {
		if option == "required" {
			s.Required = append(s.Required, name)
		}
		s.Properties[name] = schemaOf(t.Field(i).Type)
		s.Properties[name].add(notes[t.Name()+"."+name])
		i++
	}
	s.add(notes[t.Name()])
	if len(s.Required) > 0 {
		s.Type = []string{"object"}
	}
	return s
}

// add puts what is known of one field to what its type says.
func (s *schema) add(n schema) {
	s.Title, s.Description, s.Default = n.Title, n.Description, n.Default
	s.Enum, s.Minimum, s.Maximum, s.Above, s.PropertyNames = n.Enum, n.Minimum, n.Maximum, n.Above, n.PropertyNames
	if n.Type != nil {
		s.Type = n.Type
	}
	if n.Pattern != "" {
		s.Pattern = n.Pattern
	}
	if n.Items != nil {
		s.Items.add(*n.Items)
	}
	s.Required = append(s.Required, n.Required...)
	s.AnyOf, s.OneOf, s.AllOf = append(s.AnyOf, n.AnyOf...), append(s.OneOf, n.OneOf...), append(s.AllOf, n.AllOf...)
}

// described is a fitter in the files that have a schema: of what fit takes.
type described interface {
	fitter
	schema() *schema
}

func (*at[T]) schema() *schema { return schemaOf(reflect.TypeFor[T]()) }

func (*table[V]) schema() *schema {
	return &schema{Type: []string{"object", "null"}, Additional: schemaOf(reflect.TypeFor[V]())}
}

// durationPattern takes the larger unit first, each once, as parseDuration.
const durationPattern = "^([0-9]{1,9}w)?([0-9]{1,9}d)?([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?$"

func (*duration) schema() *schema {
	return &schema{Type: []string{"string"}, Pattern: durationPattern, MinLength: 2}
}

// sitesPattern takes what parseSites does.
const sitesPattern = "^[0-9]{1,9}( sites?)?$"

func (*siteCount) schema() *schema {
	return &schema{Type: []string{"string", "integer"}, Pattern: sitesPattern}
}

func (*wordList) schema() *schema {
	return &schema{Type: []string{"array"}, Items: &schema{
		AnyOf: []*schema{schemaOf(reflect.TypeFor[string]()), schemaOf(reflect.TypeFor[alsoEntry]())},
	}}
}
