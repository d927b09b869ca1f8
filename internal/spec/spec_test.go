package spec

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const bookshelf = `{"$ref": "#/definitions/Shelf", "$schema": "x", "definitions": {
	"Shelf": {"type": "object", "additionalProperties": false, "required": ["books"], "properties": {
		"books": {"type": "array", "maxItems": 2, "items": {"anyOf": [{"$ref": "#/definitions/Novel"}, {"$ref": "#/definitions/Atlas"}]}},
		"label": {"allOf": [{"type": "string"}, {"maxLength": 3}]},
		"notes": {"type": "object", "additionalProperties": {"type": "string"}},
		"floor": {"type": "number", "enum": [0, 1]}, "open": {"type": "boolean"}}},
	"Novel": {"type": "object", "required": ["title"], "properties": {"type": {"const": "novel"}, "title": {"type": "string", "minLength": 1}}},
	"Atlas": {"type": "object", "required": ["maps"], "properties": {"type": {"const": "atlas"}, "maps": {"type": "number"}}}
}}`

func TestASchemaSaysWhatIsWrongAndWhere(t *testing.T) {
	var s Schema
	if err := json.Unmarshal([]byte(bookshelf), &s); err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string][]string{
		`{"books": [{"type": "novel", "title": "x"}, {"type": "atlas", "maps": 3}], "label": "äöü", "floor": 1, "open": true, "notes": {"a": "b"}}`: nil,
		`[]`:                               {"not of type object at /"},
		`{}`:                               {"missing at /books"},
		`{"books": [], "x": 1}`:            {"not a known property at /x"},
		`{"books": [], "notes": {"a": 1}}`: {"not of type string at /notes/a"},
		`{"books": {}}`:                    {"not of type array at /books"},
		`{"books": [], "label": "äöüß"}`:   {"4 characters at /label"},
		`{"books": [], "floor": 2}`:        {"none of [0 1] at /floor"},
		`{"books": [], "open": null}`:      {"not of type boolean at /open"},
		`{"books": [{"type": "novel", "title": ""}]}`:                                                                    {"0 characters at /books/0/title"},
		`{"books": [{"type": "atlas", "title": "x"}]}`:                                                                   {"missing at /books/0/maps"},
		`{"books": [{"type": "novel", "title": "x"}, {"type": "novel", "title": "x"}, {"type": "novel", "title": "x"}]}`: {"3 items at /books"},
	} {
		var decoded any
		if err := json.Unmarshal([]byte(value), &decoded); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, s.Check(decoded)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", value, diff)
		}
	}
	if faults := (*Schema)(nil).Check(1); faults != nil {
		t.Errorf("no schema, yet %v", faults)
	}
}

// A keyword that nobody checks would be a promise that nobody keeps.
func TestASchemaThatIsNotUnderstoodIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		`{"definitions": {"A": {"multipleOf": 3}}}`:                                               "multipleOf",
		`{"definitions": {"A": {"properties": {"b": {"anyOf": [{"$ref": "#/definitions/B"}]}}}}}`: `no definition "#/definitions/B"`,
		`{"$ref": "#/definitions/B", "definitions": {}}`:                                          `no definition "#/definitions/B"`,
	} {
		if err := json.Unmarshal([]byte(text), new(Schema)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestLengthsAreCountedAsPublished(t *testing.T) {
	l := Limits{"a.text": {1, 4, "characters"}, "a.data": {1, 4, "bytes"}, "a.list": {0, 2, "things"}}
	for _, c := range []struct {
		name, text, want string
	}{
		{"a.text", "🟠🟠", ""},
		{"a.text", "🟠🟠!", "a.text has 5 characters, published are 1-4"},
		{"a.text", "", "a.text has 0 characters, published are 1-4"},
		{"a.data", "🟠", ""},
		{"a.data", "ääa", "a.data has 5 bytes, published are 1-4"},
		{"a.list", "[1,2,3]", ""},
		{"a.else", strings.Repeat("x", 9999), ""},
	} {
		if got := l.Text(c.name, c.text); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.name, c.text, got, c.want)
		}
	}
	if got := l.Size("a.list", 3); got != "a.list has 3 things, published are 0-2" {
		t.Errorf("got %q", got)
	}
}

// TestThePublishedFilesAreRead looks at the folder itself, where it is.
func TestThePublishedFilesAreRead(t *testing.T) {
	if SlackMessage() == nil {
		t.Skip("no ../shared/data/spec")
	}
	message := map[string]any{"channel": "C1", "text": "x", "blocks": []any{map[string]any{"type": "divider"}}}
	if faults := SlackMessage().Check(message); faults != nil {
		t.Errorf("message: %v", faults)
	}
	message["blocks"] = []any{map[string]any{"type": "header", "text": map[string]any{"type": "plain_text", "text": strings.Repeat("x", 151)}}}
	if diff := cmp.Diff([]string{"151 characters at /blocks/0/text/text"}, SlackMessage().Check(message)); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"missing at /blocks", "missing at /title", "missing at /type"}, SlackModal().Check(map[string]any{})); diff != "" {
		t.Errorf("modal (-want +got):\n%s", diff)
	}
	if got := TelegramLimits()["sendMessage.text"]; got != (Limit{1, 4096, "characters"}) {
		t.Errorf("sendMessage.text: %+v", got)
	}
	if n := len(TelegramRefusals()); n < 100 {
		t.Errorf("%d refusals", n)
	}
}
