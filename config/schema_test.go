package config

import (
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/siaga-id/siaga/internal/golden"
)

func TestTheSchemasInDocsAreFresh(t *testing.T) {
	for _, kind := range SchemaKinds() {
		text, err := Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		golden.Check(t, filepath.Join("..", "docs", "schema", kind+".json"), string(text))
	}
	if _, err := Schema("rule"); err == nil || !strings.Contains(err.Error(), `did you mean "rules"`) {
		t.Error(err)
	}
}

// shipped are the files that come with the program, each with the schema that
// its first line names.
func shipped(t *testing.T) map[string]string {
	t.Helper()
	kinds := map[string]string{"../config.yaml": "config"}
	for folder, kind := range map[string]string{"rules.d": "rules", "facts.d": "facts"} {
		found, err := filepath.Glob(filepath.Join("..", folder, "*.yaml"))
		if err != nil || len(found) == 0 {
			t.Fatal(folder, found, err)
		}
		for _, file := range found {
			kinds[file] = kind
		}
	}
	return kinds
}

func TestWhatIsShippedFitsTheSchemaThatItNames(t *testing.T) {
	for file, kind := range shipped(t) {
		text := contents(t, file)
		named := regexp.MustCompile(`^# yaml-language-server: \$schema=(\S+)\n`).FindStringSubmatch(text)
		if named == nil || filepath.Join(filepath.Dir(file), named[1]) != filepath.Join("..", "docs", "schema", kind+".json") {
			t.Errorf("%s does not name the schema of %s", file, kind)
		}
		fits(t, kind, file, text)
	}
}

func TestWhatIsGoodFitsTheSchema(t *testing.T) {
	for _, file := range corpus(t, "good") {
		fits(t, "config", file, contents(t, file))
	}
	fits(t, "facts", "facts", contents(t, "testdata/good/with/facts.yaml"))
	fits(t, "rules", "rules", contents(t, "testdata/good/with/rules-umum.yaml"))
}

func fits(t *testing.T, kind, name, text string) {
	t.Helper()
	v, err := value(text)
	if err != nil {
		t.Fatal(name, err)
	}
	if r := readSchema(t, kind).check(v, ""); len(r) > 0 {
		t.Errorf("%s: the schema of %s refuses %v", name, kind, r)
	}
}

// decoded tells what the decoder alone has against a file.
func decoded(t *testing.T, kind, text string) Errors {
	t.Helper()
	f, problem := parse(kind, []byte(text))
	if problem != nil {
		return Errors{problem}
	}
	var errs Errors
	doc := map[string]any{"config": &document{}, "rules": &ruleDocument{}, "facts": &factDocument{}}[kind]
	d := &decoder{file: f, errs: &errs}
	d.into(reflect.ValueOf(doc).Elem(), f.root)
	return errs
}

// TestWhatIsBadInStructureIsRefused reads every file of the bad corpus as an
// editor would. Which of the files pass is a golden file: what they do wrong
// shows only when all files are known, or is no matter of structure.
func TestWhatIsBadInStructureIsRefused(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/with/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var passed strings.Builder
	for _, file := range append(corpus(t, "bad"), files...) {
		kind := "config"
		switch base := filepath.Base(file); {
		case !strings.Contains(file, "with"+string(filepath.Separator)):
		case strings.HasPrefix(base, "fact-"):
			kind = "facts"
		default:
			kind = "rules"
		}
		text := contents(t, file)
		v, err := value(text)
		if err != nil {
			continue // no YAML: the editor says so without a schema
		}
		if len(readSchema(t, kind).check(v, "")) == 0 {
			fmt.Fprintln(&passed, filepath.ToSlash(file))
		}
	}
	golden.Check(t, "testdata/schema-lets-pass.golden", passed.String())
}

// TestDecoderAndSchemaTakeTheSame puts a value of every kind into every field
// that there is.
func TestDecoderAndSchemaTakeTheSame(t *testing.T) {
	values := []string{"word", "2026", "1.5", "true", "null", "{}", "{zzz: 1}", "[]", "[null]", "[word]", "[{}]", "[7]", "[true]", "[[]]", "[{also: [a]}]", "30m", "2026-11-03"}
	docs := map[string]reflect.Type{"config": reflect.TypeFor[document](), "rules": reflect.TypeFor[ruleDocument](), "facts": reflect.TypeFor[factDocument]()}
	tried := 0
	for _, kind := range SchemaKinds() {
		s := readSchema(t, kind)
		for _, frame := range frames(docs[kind], "%s") {
			for _, v := range values {
				tried++
				text := fmt.Sprintf(frame, v)
				parsed, err := value(text)
				if err != nil {
					t.Fatal(text, err)
				}
				agree(t, text, decoded(t, kind, text), s.check(parsed, ""))
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d tried", tried)
	}
}

// agree compares two verdicts on a value, but not on the fields that are
// missing beside it. What only the schema refuses is left to the checks:
// forms, and what must not be empty.
func agree(t *testing.T, text string, errs Errors, all []refusal) {
	t.Helper()
	missing := func(e *Error) bool { return strings.HasPrefix(e.Msg, "missing field") }
	own := func(r refusal) bool { return !slices.Contains([]string{"required", "oneOf", "allOf"}, r.keyword) }
	ofKind := func(r refusal) bool {
		return r.keyword == "false" || r.keyword == "type" && !regexp.MustCompile(`^(when|source|facts\[0\])$`).MatchString(r.at[strings.LastIndexByte(r.at, '.')+1:])
	}
	switch {
	case len(slices.DeleteFunc(slices.Clone(errs), missing)) > 0 && !slices.ContainsFunc(all, own):
		t.Errorf("%s: the schema takes what the decoder refuses: %v", text, errs)
	case len(errs) > 0 && len(all) == 0:
		t.Errorf("%s: the schema asks for none of the missing fields: %v", text, errs)
	case len(errs) == 0 && slices.ContainsFunc(all, ofKind):
		t.Errorf("%s: the schema refuses what the decoder takes: %v", text, all)
	}
}

// frames returns a document for every field below a type, with %s for its value.
func frames(of reflect.Type, around string) []string {
	inside := func(format string, args ...any) string {
		return strings.Replace(around, "%s", fmt.Sprintf(format, args...), 1)
	}
	switch {
	case of.Kind() == reflect.Slice && strings.HasPrefix(of.Name(), "table["):
		value, _ := of.Elem().FieldByName("Value")
		return append([]string{around}, frames(value.Type, inside("{x: %%s}"))...)
	case of.Kind() == reflect.Slice:
		return append([]string{around}, frames(of.Elem(), inside("[%%s]"))...)
	case strings.HasPrefix(of.Name(), "at["):
		value, _ := of.FieldByName("Value")
		return frames(value.Type, around)
	case of.Kind() != reflect.Struct || of == reflect.TypeFor[wordList]():
		return []string{around}
	}
	all := []string{around}
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("yaml"), ",")
		all = append(all, frames(of.Field(i).Type, inside("{%s: %%s}", name))...)
	}
	return all
}

func TestEveryFieldIsDescribedAndNoOther(t *testing.T) {
	missing := map[string]bool{}
	described := map[string]bool{}
	var visit func(reflect.Type)
	visit = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.Slice:
			visit(of.Elem())
		case reflect.Struct:
			described[of.Name()] = true
			for i := range of.NumField() {
				name, _, _ := strings.Cut(of.Field(i).Tag.Get("yaml"), ",")
				if key := of.Name() + "." + name; name != "" {
					described[key] = true
					missing[key] = schemaNotes()[key].Description == ""
				}
				visit(of.Field(i).Type)
			}
		default:
		}
	}
	for _, doc := range []any{document{}, ruleDocument{}, factDocument{}, alsoEntry{}} {
		visit(reflect.TypeOf(doc))
	}
	for _, key := range slices.Sorted(maps.Keys(missing)) {
		if missing[key] {
			t.Errorf("schemaNotes says nothing about %s", key)
		}
	}
	for key := range schemaNotes() {
		if !described[key] {
			t.Errorf("schemaNotes speaks of %s, which does not exist", key)
		}
	}
}

// TestThePatternsOfTheSchemaAreTheChecks tries both on words that are near to
// right.
func TestThePatternsOfTheSchemaAreTheChecks(t *testing.T) {
	refuses := func(check func(c *checker, a at[string])) func(string) bool {
		return func(s string) bool {
			f, problem := parse("x", []byte("x"))
			if problem != nil {
				t.Fatal(problem)
			}
			c := &checker{}
			check(c, at[string]{s, place{f, f.root}, true})
			return len(c.errs) == 0
		}
	}
	words := []string{
		"", "-", "-a", "a", "a-b", "a_b", "_a", "A", "Ab1", "1a", "a b", "debu é", "C", "C0", "C0a", "c0", "U01", "W02", "G1", "D9", "Z1",
		"id", "id-ID", "i", "bahasa", "in-", "id-123456789", "2026-11-03", "03-11-2026", "2026-1-3", "30m", "1h30m", "30m1h", "5", "m", "1w2d3h4m5s", "1.5h", "0000000001s", "2 sites", "2 site", "2 sites ", "2  sites", "2 site sites", "sites", "-2", "+2", "2sites", "0000000002", "1m1m",
		strings.Repeat("a", maxName), strings.Repeat("a", maxName+1), strings.Repeat("A", maxAlert), strings.Repeat("A", maxAlert+1), strings.Repeat("0a", 32), strings.Repeat("0A", 32), strings.Repeat("0g", 32),
	}
	for pattern, takes := range map[string]func(string) bool{
		namePattern():   refuses((*checker).identifier),
		setPattern():    refuses(func(c *checker, a at[string]) { c.name(a, "_-") }),
		alertPattern():  refuses((*checker).checkAlert),
		channelPattern:  func(s string) bool { return isSlackID(s, "CDG") },
		memberPattern:   func(s string) bool { return isSlackID(s, "UW") },
		variablePattern: isVariable,
		sumPattern:      isSHA256,
		languagePattern: isLanguage,
		datePattern:     refuses(func(c *checker, a at[string]) { c.cfg = &Config{}; c.cfg.Timezone = time.UTC; c.day(a) }),
		sitesPattern:    func(s string) bool { _, err := parseSites(s); return err == nil },
		durationPattern: func(s string) bool { _, err := parseDuration(s); return err == nil || s == "" }, // minLength
	} {
		for _, word := range words {
			if re := regexp.MustCompile(pattern); re.MatchString(word) != takes(word) {
				t.Errorf("%s and its check differ on %q", pattern, word)
			}
		}
	}
}
