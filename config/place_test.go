package config

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestEveryCharacterOfAScalarIsFoundWhereItStands(t *testing.T) {
	for name, text := range map[string]string{
		"plain":             "q: $debu NEAR/8 pabrik",
		"plain, wide":       "q: käse AND büro OR 🏭 AND debu",
		"plain, in lines":   "q: debu NEAR/8\n    (pabrik OR\n\n  semen)",
		"single":            "q: '\"semen contoh\" AND it''s'",
		"single, in lines":  "q: '  debu\n\n   asap '",
		"double":            `q: "debu NEAR/8 pabrik"`,
		"double, escapes":   `q: "\"semen\\contoh\"\n\tAND \x41\u0042\U00000043 asap"`,
		"double, continued": "q: \"debu \\\n   \\ asap\"",
		"literal":           "q: |\n  debu\n    NEAR/8\n\n  pabrik\n",
		"literal, indented": "q: |2-\n\n     debu\n   asap",
		"folded":            "q: >-\n  debu\n  asap\n\n  pabrik",
		"anchor and tag":    "q: &a !!str  'debu asap'",
		"windows":           "q: |\r\n  debu\r\n  asap\r\n",
		"in a list":         "q: [x, y]\nr: [{s: debu AND asap}]",
		"of an alias":       "p: &p debu asap\nq: *p",
	} {
		t.Run(name, func(t *testing.T) {
			f, problem := parse("config.yaml", []byte(text))
			if problem != nil {
				t.Fatal(problem)
			}
			scalar := leaf(place{f, f.root})
			for offset, r := range scalar.node.Value {
				if at := scalar.inside(offset); !unicode.IsSpace(r) && !showsAt(f.text[at:], r) {
					t.Errorf("%q at byte %d is said to stand at %q", r, offset, f.text[at:])
				}
			}
			if end := scalar.inside(len(scalar.node.Value)); strings.TrimSpace(f.text[:end]) != f.text[:end] {
				t.Errorf("the end is said to come after %q", f.text[:end])
			}
		})
	}
}

// leaf returns the last scalar of a file.
func leaf(p place) place {
	for len(p.node.Content) > 0 {
		p.node = aliased(p.node.Content[len(p.node.Content)-1])
	}
	return p
}

// showsAt reports whether s begins with r, or with an escape that stands for it.
func showsAt(s string, r rune) bool {
	for _, escape := range []string{`\"`, `\\`, `\x41`, `\u0042`, `\U00000043`} {
		if strings.HasPrefix(s, escape) {
			return strings.ContainsRune("\"\\ABC", r)
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return first == r
}

func TestAFieldIsFoundByItsKey(t *testing.T) {
	f, problem := parse("config.yaml", []byte(`rule: &r
  query: a
  labels: {topic: debu, self: *r}
  examples: {match: [x, "y"]}
merged: {<<: *r, query: b}
`))
	if problem != nil {
		t.Fatal(problem)
	}
	root := place{f, f.root}
	rule, _ := root.field("rule")
	merged, _ := root.field("merged")
	match, _ := rule.field("match")
	topic, _ := rule.field("topic")
	for what, tt := range map[string]struct {
		place        place
		line, column int
	}{
		"a field":              {topic, 3, 19},
		"an item":              {match.item(1), 4, 25},
		"no such item":         {match.item(7), 4, 21},
		"own before merged":    {must(merged.field("query")), 5, 25},
		"what is only merged":  {must(merged.field("topic")), 3, 19},
		"its own, if there is": {must(rule.field("query")), 2, 10},
	} {
		if got := tt.place.node; got.Line != tt.line || got.Column != tt.column {
			t.Errorf("%s: %d:%d, want %d:%d", what, got.Line, got.Column, tt.line, tt.column)
		}
	}
	if none, ok := rule.field("nothing"); ok || none.node != rule.node {
		t.Error("a field was found that is not there")
	}
}

func must(p place, _ bool) place { return p }

// FuzzLoad feeds bytes to the whole of Load. Whatever they are, it ends, and
// what it says about them lies within them.
func FuzzLoad(f *testing.F) {
	for _, dir := range []string{"bad", "good"} {
		for _, pattern := range []string{"testdata/" + dir + "/*.yaml", "testdata/" + dir + "/with/*.yaml"} {
			files, err := machine{}.Glob(pattern)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range files {
				data, err := machine{}.ReadFile(file)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		opt := Options{Env: env(nil), disk: folder{inMemory(map[string]string{
			"config.yaml": string(data), "rules.yaml": string(data), "facts.yaml": string(data),
			"all.yaml": "rule_files: [rules.yaml]\nfact_files: [facts.yaml]\n",
		})}}
		for _, name := range []string{"config.yaml", "all.yaml"} {
			c, err := Load(name, opt)
			if err == nil {
				if c.Rules == nil || c.Plan.Facts == nil || c.People == nil || len(c.Plan.AllDests()) == 0 || c.Timezone == nil {
					t.Errorf("something is missing in %+v", c)
				}
				continue
			}
			checkPlaces(t, err, string(data))
		}
	})
}

func checkPlaces(t *testing.T, err error, text string) {
	t.Helper()
	list, ok := err.(Errors) //nolint:errorlint // Load promises the type itself
	if !ok || len(list) == 0 {
		t.Fatalf("got %T: %v", err, err)
	}
	lines := strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n")
	for _, e := range list {
		if e.File == "all.yaml" || e.Line == 0 {
			continue
		}
		if e.Line > len(lines) || e.Column > utf8.RuneCountInString(lines[e.Line-1])+1 {
			t.Errorf("%v lies outside", e)
		}
	}
}
